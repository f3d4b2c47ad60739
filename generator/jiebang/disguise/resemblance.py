"""What is not a name and still says it: words that sound like it, and the name with a character masked. A person has to decide.

Only parts of a name of three Han characters or more are compared, and only with the texts of that enterprise's own demands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from jiebang.disguise.folding import as_seen, squash
from jiebang.disguise.pinyin import readings_of, spellings

SOUND, WADE_GILES, BOPOMOFO, MASKED = "读音相同的字", "威妥玛拼音", "注音符号", "遮住一个字"
_SHORTEST = 3
_LONGEST = 10
_HAN = re.compile("[\u3400-\u9fff]+")
_MASK = r"[×x✕✖✗*○〇◯●□■△某?_…·.\\-~口囗]"
_SIGNS = re.compile("[\u3105-\u312f]")
_TONES = re.compile("[ˊˇˋ˙ˉ\u0300-\u030c\\s]")
_INITIALS = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs",
    "z": "ts", "c": "ts", "s": "s", "r": "j", "m": "m", "f": "f", "n": "n", "l": "l", "h": "h", "y": "y", "w": "w",
}  # fmt: skip
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "yi": "i", "you": "yu", "yong": "yung",
    "yan": "yen", "ye": "yeh", "yue": "yueh", "er": "erh", "ge": "ko", "ke": "ko", "he": "ho", "e": "o", "guo": "kuo", "kuo": "kuo",
    "huo": "huo", "shuo": "shuo", "gui": "kuei", "kui": "kuei", "ju": "chu", "qu": "chu", "xu": "hsu", "juan": "chuan", "quan": "chuan",
    "xuan": "hsuan", "jun": "chun", "qun": "chun", "xun": "hsun", "jue": "chueh", "que": "chueh", "xue": "hsueh",
}  # fmt: skip
_FINALS = {"ong": "ung", "ian": "ien", "ie": "ieh", "uo": "o", "iong": "iung", "ue": "ueh"}


def _wade_giles(syllable: str) -> str:
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial = next((letters for letters in _INITIALS if syllable.startswith(letters)), "")
    final = syllable.removeprefix(initial)
    return _INITIALS.get(initial, "") + _FINALS.get(final, final)


@lru_cache(maxsize=4096)
def _readings(part: str) -> tuple[tuple[str, ...], ...]:
    return tuple(readings_of(character) for character in part)


@lru_cache(maxsize=4096)
def _in_wade_giles(part: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squash("".join(_wade_giles(one[0]) for one in _readings(part) if one)) for _ in (0,)))


@lru_cache(maxsize=4096)
def _in_bopomofo(part: str) -> str:
    from pypinyin.style.bopomofo import BopomofoConverter

    to_signs = BopomofoConverter()
    return "".join(_TONES.sub("", to_signs.to_bopomofo(one[0])) for one in _readings(part) if one)


@lru_cache(maxsize=4096)
def _masked(part: str) -> re.Pattern[str]:
    first = 0 if len(part) > _SHORTEST else 1
    forms = ([*part[:at], f"{_MASK}{{1,3}}", *part[at + 1 :]] for at in range(first, len(part)))
    return re.compile("|".join(r"\s*".join(form) for form in forms))


def _sounds_alike(part: str, run: str) -> bool:
    """Whether a run of Han characters holds other characters with the readings of a part."""
    wanted = [set(one) for one in _readings(part)]
    if not all(wanted):
        return False
    for start in range(len(run) - len(part) + 1):
        window = run[start : start + len(part)]
        if window != part and all(
            wanted[at].intersection(readings_of(character)) or character == part[at]
            for at, character in enumerate(window)
        ):
            return True
    return False


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if _SHORTEST <= len(name) <= _LONGEST and _HAN.fullmatch(name):
            yield name


def resembles(text: str, names: Iterable[str]) -> str | None:
    """In which manner (Chinese) a text resembles one of some folded names, without saying it; None where it does not."""
    seen = as_seen(text)
    parts = list(_parts(names))
    folded = squash(seen)
    runs = _HAN.findall(folded)
    signs = _TONES.sub("", seen) if _SIGNS.search(seen) else ""
    for part in parts:
        if any(_sounds_alike(part, run) for run in runs):
            return SOUND
        if _masked(part).search(seen):
            return MASKED
        if signs and _in_bopomofo(part) in signs:
            return BOPOMOFO
        if any(spelt and spelt in folded and spelt not in spellings(part) for spelt in _in_wade_giles(part)):
            return WADE_GILES
    return None
