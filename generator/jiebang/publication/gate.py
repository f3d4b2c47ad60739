"""The last look before a site goes out: no private value of any record stands in any file of it, as typed.

This is the plain form of the gate: it undoes HTML, JSON and percent escapes and width, and looks for the values as they were
typed. It names record and field, never the value. Source: safety rules 4 and 10.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import ahocorasick

from jiebang.catalogue import Catalogue, Record
from jiebang.publication.disclose import OPENLY
from jiebang.schemas import KINDS, Privacy, fields_of

_SHORTEST_TEXT = 12
"""Of an application's texts, short ones ("12 个月") are said by everybody."""
_SHORTEST = 4
"""Shorter values (a surname, a province, 是) stand in innocent text everywhere; a person has to look for those."""
_GENERIC = {
    "schema",
    "registered_place.province",
    "registered_place.city",
    "registered_place.county",
    "registered_on",
    "contact.position",
    "postcode",
}
"""Private fields whose values are common words, dates or short numbers, so that finding one proves nothing."""
_OTHER_NAMES = "aliases."
"""Whoever is named openly has no name to hide, not in short either."""
_LONGEST = 40
"""Of long texts the beginning is enough to recognise them."""
_BOUNDED = re.compile(r"[0-9a-z@.+()-]+\Z")


@dataclass(frozen=True, slots=True)
class Leak:
    """A private value found in the finished site: in which file, of which record and field; never the value."""

    file: str
    record: str
    field: str


class Secrets:
    """What must not be found: every identity and personal value of a catalogue, and the texts of its applications.

    Aho-Corasick over the folded values: the time to read a page does not grow with the number of records.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        allowed = _public_values(catalogue)
        needles: dict[str, tuple[str, str]] = {}
        texts: dict[str, tuple[str, str]] = {}
        for record in [*catalogue.enterprises, *catalogue.demands, *catalogue.applications]:
            kept, shortest = (texts, _SHORTEST_TEXT) if record.kind == "application" else (needles, _SHORTEST)
            for title, value in _private_values(record):
                folded = fold(value)[:_LONGEST]
                if len(folded) >= shortest and folded not in allowed:
                    kept.setdefault(folded, (record.path, title))
        # An applicant may repeat the demand's own public words; those prove nothing.
        said = _Automaton(texts)
        repeated = {needle for text in _public_texts(catalogue) for _, needle, _ in said.search(text)}
        self._automaton = _Automaton({**{k: v for k, v in texts.items() if k not in repeated}, **needles})

    def search(self, text: str) -> Iterator[tuple[str, str]]:
        """(path of the record, name of the field) of each value that a folded text holds."""
        for end, needle, owner in self._automaton.search(text):
            if _stands_alone(text, end + 1 - len(needle), end + 1, needle):
                yield owner


class _Automaton:
    def __init__(self, needles: dict[str, tuple[str, str]]) -> None:
        self._machine = ahocorasick.Automaton()
        for needle, owner in needles.items():
            self._machine.add_word(needle, (needle, owner))
        self._empty = not needles
        if needles:
            self._machine.make_automaton()

    def search(self, text: str) -> Iterator[tuple[int, str, tuple[str, str]]]:
        """(index of the last character, needle, owner) of every occurrence."""
        if self._empty:
            return
        for end, (needle, owner) in self._machine.iter(text):
            yield end, needle, owner


def fold(text: str) -> str:
    """One form for a value however it was escaped or widened: unescaped, NFKC, lower case, without white space."""
    for _ in range(2):
        text = html.unescape(unquote(text))
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _private_values(record: Record) -> Iterator[tuple[str, str]]:
    """(name of the field, value) of everything in a record that must not go out."""
    openly = record.get("disclosure") == OPENLY
    for field in fields_of(record.kind):
        if field.path in _GENERIC or field.choices or field.type not in {"文本", "列表"}:
            continue
        if field.privacy is Privacy.PUBLIC or (
            openly and (field.shown_when is not None or field.path.startswith(_OTHER_NAMES))
        ):
            continue
        if field.privacy is Privacy.INTERNAL and record.kind != "application":
            continue
        for value in _texts(_at(record.value, field.path)):
            yield field.title, value


def _at(value: Any, path: str) -> Any:
    """The values at a field path; `[]` collects those of all items."""
    for step in path.split("."):
        name = step.removesuffix("[]")
        if isinstance(value, list):
            value = [item[name] for item in value if isinstance(item, dict) and name in item]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _public_values(catalogue: Catalogue) -> set[str]:
    """Values that are public in their own right: the bureaus' contacts, openly named enterprises, codes and titles of
    demands, and the examples of the field reference."""
    values = {
        fold(str(field.example))
        for kind in KINDS
        for field in fields_of(kind)
        if not isinstance(field.example, dict | list)
    }
    if catalogue.districts is not None:
        for field in fields_of("districts"):
            values.update(fold(text) for text in _texts(_at(catalogue.districts.value, field.path)))
    for record in catalogue.enterprises:
        if record.get("disclosure") == OPENLY:
            values.add(fold(record.get("name") or ""))
    for record in catalogue.demands:
        for name in ("code", "title", "id"):
            values.add(fold(record.get(name) or ""))
    return {value[:_LONGEST] for value in values}


def _public_texts(catalogue: Catalogue) -> Iterator[str]:
    """The public texts of the demands, folded."""
    for record in catalogue.demands:
        for field in fields_of("demand"):
            if field.privacy is Privacy.PUBLIC:
                yield from map(fold, _texts(_at(record.value, field.path)))


def _stands_alone(text: str, start: int, end: int, needle: str) -> bool:
    """A code or number found inside a longer run of the same characters (a hash, say) is another value."""
    if not _BOUNDED.match(needle):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_is_code_character(before) or _is_code_character(after))


def _is_code_character(character: str) -> bool:
    return character.isascii() and character.isalnum()


def find_leaks(file: str, content: bytes, secrets: Secrets) -> list[Leak]:
    """The private values that a file of the site holds, in its name or in its content; binary files are read as Latin-1."""
    leaks: dict[Leak, None] = {}
    for text in (file, _as_text(content)):
        for path, title in secrets.search(fold(text)):
            leaks[Leak(file, path, title)] = None
    return list(leaks)


def _as_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match.group(1), 16)), text)
