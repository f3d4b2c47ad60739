"""The tables of `jiebang.detection.tables`, taken from the libraries that know; run as a program, it writes them anew.

Syllables come last: they are those of the readings that are written."""

from __future__ import annotations

from pathlib import Path

from confusable_homoglyphs import confusables
from opencc import OpenCC
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict
from pypinyin.style.bopomofo import converter
from pypinyin.style.wadegiles import to_wade_glides

from jiebang.detection import tables
from jiebang.detection.confusables import is_han, is_latin
from jiebang.detection.honorifics import SURNAMES
from jiebang.detection.pinyin import readings_of
from jiebang.detection.variant_characters import in_use, simplify

FOLDER = Path(tables.__file__).parent


def lookalikes() -> dict[str, str]:
    """Letter → the Latin letter, digit or Han character that it is taken for, by Unicode's confusables."""
    found = {}
    for letter, entries in confusables.confusables_data.items():
        if len(letter) == 1 and not letter.isascii():
            targets = [entry["c"] for entry in entries]
            told = [t for t in targets if is_latin(t)] or [t for t in targets if is_han(t) and not is_han(letter)]
            if told:
                found[letter] = told[0]
    return found


def japanese() -> dict[str, str]:
    """Shape in use in Japan alone → the character that mainland texts write, by OpenCC. Traditional characters are simplified before."""
    characters = [chr(code) for code in range(0x4E00, 0xA000) if not in_use(chr(code))]
    every = "\n".join(characters)
    simplified = simplify(every).split("\n")
    ours = simplify(OpenCC("jp2t").convert(every)).split("\n")
    return {
        old: new
        for old, same, new in zip(characters, simplified, ours, strict=True)
        if old == same != new and len(new) == 1 and in_use(new)
    }


def readings() -> dict[str, str]:
    """Character → its readings, the usual one first, with commas between them, by pypinyin."""
    return {chr(code): found for code, found in pinyin_dict.items()}


def syllables() -> dict[str, tuple[str, str]]:
    """Syllable in pinyin, of all readings → (in bopomofo, in Wade-Giles), by pypinyin."""
    every = sorted({syllable for character in readings() for syllable in readings_of(character)})
    return {one: (str(converter.to_bopomofo(one)), str(to_wade_glides(one))) for one in every}


def words_like_names() -> list[str]:
    """Words of two or three characters of which the first is a surname as well, by pypinyin."""
    return sorted(word for word in phrases_dict if len(word) in {2, 3} and word[0] in SURNAMES)


def _of_words_like_names() -> str:
    first: dict[str, list[str]] = {}
    for word in words_like_names():
        first.setdefault(word[0], []).append(word[1:])
    lines = "\n".join(f"{letter} {' '.join(rest)}" for letter, rest in first.items())
    return f'"""Words that begin with a surname, by their first characters: by pypinyin."""\n\nWORDS_LIKE_NAMES = """{lines}"""\n'


def _of_lookalikes() -> str:
    # As numbers: some letters run from right to left, and an editor would show the rest of their line backwards.
    pairs = " ".join(f"{ord(letter):x}={target}" for letter, target in lookalikes().items())
    return (
        '"""Letters that are taken for a Latin letter, a digit or a Han character: Unicode\'s confusables, by confusable-homoglyphs."""\n\n'
        f'LOOKALIKES = """{pairs}"""\n'
    )


def _of_japanese() -> str:
    pairs = " ".join(old + new for old, new in japanese().items())
    return f'"""Shapes in use in Japan alone, each before the character that mainland texts write: by OpenCC."""\n\nJAPANESE = """{pairs}"""\n'


def _of_readings() -> str:
    characters: dict[str, list[str]] = {}
    for character, found in readings().items():
        characters.setdefault(found, []).append(character)
    lines = "\n".join(f"{found} {''.join(having)}" for found, having in characters.items())
    return f'"""The readings of Han characters, in each line before the characters that have them: by pypinyin."""\n\nREADINGS = """{lines}"""\n'


def _of_syllables() -> str:
    lines = "\n".join(f"{pinyin} {bopomofo} {wade_giles}" for pinyin, (bopomofo, wade_giles) in syllables().items())
    return f'"""Syllables in pinyin, bopomofo and Wade-Giles: by pypinyin."""\n\nSYLLABLES = """{lines}"""\n'


FILES = {
    "lookalikes.py": _of_lookalikes,
    "japanese.py": _of_japanese,
    "readings.py": _of_readings,
    "syllables.py": _of_syllables,
    "words_like_names.py": _of_words_like_names,
}


def main() -> None:
    """Writes the tables of today."""
    for name, text in FILES.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
