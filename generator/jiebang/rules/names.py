"""Who is hidden, and by which words: what the records tell to those who look for names in texts (rules, and the leak gate).

Region words come from the record's registered place and the catalogue's districts; words that everybody uses come from the code
lists, the districts and the examples of the schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.disguise import Identity, fold
from jiebang.schemas import KINDS, fields_of

OPENLY = "公开"
"""The only answer to 是否公开企业名称 that shows a name."""
_APART = "\n"
"""Between two words of a folded text: no name reaches across it."""


def is_hidden(enterprise: Record) -> bool:
    """Whether an enterprise's names must not be found anywhere: all but those that answered exactly 公开."""
    return bool(enterprise.get("disclosure") != OPENLY)


def region_words(catalogue: Catalogue) -> tuple[str, ...]:
    """The city and its districts, by name."""
    if catalogue.districts is None:
        return ()
    names = [
        catalogue.districts.get("city", "name"),
        *(d.get("name") for d in catalogue.districts.get("districts") or ()),
    ]
    return tuple(name for name in names if name)


def identity_of(enterprise: Record, regions: tuple[str, ...]) -> Identity:
    """An enterprise's names as its record has them. `regions` are those of `region_words`."""
    aliases: dict[str, Any] = enterprise.get("aliases") or {}
    place: dict[str, Any] = enterprise.get("registered_place") or {}

    def several(name: str) -> tuple[str, ...]:
        return tuple(value for value in aliases.get(name) or () if isinstance(value, str))

    return Identity(
        name=enterprise.get("name") or "",
        short_names=several("short_names"),
        former_names=several("former_names"),
        english_names=several("english_names"),
        brands=several("brands"),
        domains=several("domains"),
        credit_code=enterprise.get("credit_code") or "",
        regions=tuple(sorted({*regions, *(value for value in place.values() if isinstance(value, str))})),
    )


FIELDS = {"name": "name", "credit_code": "credit_code"}
"""Field of an Identity → path of the record's field, where it is not one of the aliases."""


def field_path(source: str) -> str:
    """The path, as the schema names it, of the field that a variant's source stands for."""
    return FIELDS.get(source, f"aliases.{source}")


@cache
def _words_of_schemas() -> tuple[str, ...]:
    words: dict[str, None] = {}
    for kind in KINDS:
        for field in fields_of(kind):
            examples = field.example if isinstance(field.example, list) else [field.example]
            for word in (field.title, *field.choices, *(e for e in examples if isinstance(e, str))):
                words[fold(word)] = None
    return tuple(word for word in words if word)


def public_words(catalogue: Catalogue) -> Iterator[str]:
    """Folded words and texts that are public in their own right, whoever else uses them."""
    yield from _words_of_schemas()
    if catalogue.districts is not None:
        for text in _strings(catalogue.districts.value):
            yield fold(text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def common_text(catalogue: Catalogue) -> str:
    """All of `public_words` in one text: a part of a name that stands in it names nobody."""
    return _APART.join(dict.fromkeys(public_words(catalogue)))
