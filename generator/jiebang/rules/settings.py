"""What all records of a catalogue are read with: the words for places, and the bureaus' own contacts. All of it stands in districts.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jiebang.catalogue import Record
from jiebang.detection import fold
from jiebang.rules.public_texts import public_texts
from jiebang.schemas import KINDS, fields_of

_APART = "\n"
"""Between two words of a folded text: no name reaches across it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`regions`: the city and its districts, by name. `common`: folded words that everybody uses, in one text: those of the schemas, and
    the names of places and bureaus. A part of a name that stands in it names nobody. What else a bureau writes (its banner, its contacts)
    is no common word: somebody may have typed a name there. `contacts` finds the bureaus' own telephones, mailboxes and addresses.
    """

    regions: tuple[str, ...]
    common: str
    contacts: re.Pattern[str] | None

    def without_bureaus(self, text: str) -> str:
        """A text without the bureaus' own contacts, for those who look for contact data by its shape.

        What a record keeps private is looked for in the whole text: a private number does not become public as a bureau's.
        """
        return self.contacts.sub(" ", text) if self.contacts is not None else text


def settings_of(districts: Record | None) -> Settings:
    """The settings of a catalogue by its districts.yml; those of a catalogue without where it is None."""
    if districts is None:
        return _without_districts()
    if isinstance(districts.facts, Settings):
        return districts.facts
    return _read(districts)


@cache
def _without_districts() -> Settings:
    return Settings((), _common(()), None)


def _read(districts: Record) -> Settings:
    places = [holder.get("name") for holder in _holders(districts)]
    values = {typed.text for typed in public_texts(districts) if typed.is_bureau_contact}
    longest_first = sorted(values, key=len, reverse=True)
    return Settings(
        tuple(name for name in places if name),
        _common(tuple(_official_names(districts))),
        re.compile("|".join(map(re.escape, longest_first))) if values else None,
    )


def _common(official_names: tuple[str, ...]) -> str:
    return _APART.join(dict.fromkeys([*words_of_schemas(), *map(fold, official_names)]))


def _holders(districts: Record) -> Iterator[dict[str, Any]]:
    """The city and its districts, as far as they were valid."""
    yield districts.get("city") or {}
    yield from (entry for entry in districts.get("districts") or () if isinstance(entry, dict))


def _official_names(districts: Record) -> Iterator[str]:
    for holder in _holders(districts):
        yield from (holder[key] for key in ("name", "bureau") if isinstance(holder.get(key), str))


@cache
def words_of_schemas() -> tuple[str, ...]:
    """Folded titles, choices and examples of all fields: the program's own words, the same in every catalogue."""
    words: dict[str, None] = {}
    for kind in KINDS:
        for field in fields_of(kind):
            examples = field.example if isinstance(field.example, list) else [field.example]
            for word in (field.title, *field.choices, *(e for e in examples if isinstance(e, str))):
                words[fold(word)] = None
    return tuple(word for word in words if word)
