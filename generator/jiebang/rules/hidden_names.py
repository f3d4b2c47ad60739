"""Who is hidden, and by which words: what the records tell to those who look for names in texts (rules, and the leak gate).

Region words come from the record's registered place and the catalogue's districts; words that everybody uses come from the code
lists, the districts and the examples of the schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import Identity, fold
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
        affiliates=_family(enterprise) if is_hidden(enterprise) else (),
        credit_code=enterprise.get("credit_code") or "",
        regions=tuple(sorted({*regions, *(value for value in place.values() if isinstance(value, str))})),
    )


def _family(enterprise: Record) -> tuple[str, ...]:
    """The names of its parents and subsidiaries. Of an enterprise named openly they are not its own to make public."""
    entries = [entry for entry in enterprise.get("affiliates") or () if isinstance(entry, dict)]
    names = (entry.get("name") for entry in entries if entry.get("relation") in _OF_THE_FAMILY)
    return tuple(name for name in names if isinstance(name, str))


_OF_THE_FAMILY = {"母公司", "子公司", "控股公司", "其他关联企业"}
"""Relations that give an enterprise away; a supplier delivers to many."""

FIELDS = {"name": "name", "credit_code": "credit_code", "affiliates": "affiliates"}
"""Field of an Identity → path of the record's field, where it is not one of the aliases."""


def field_path(source: str) -> str:
    """The path, as the schema names it, of the field that a variant's source stands for."""
    return FIELDS.get(source, f"aliases.{source}")


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


def common_text(catalogue: Catalogue) -> str:
    """Folded words that everybody uses, in one text: those of the schemas, and the names of places and bureaus.

    A part of a name that stands in it names nobody. What else a bureau writes (its banner, its contacts) is no common word: somebody
    may have typed a name there.
    """
    return _APART.join(dict.fromkeys([*words_of_schemas(), *map(fold, _official_names(catalogue))]))


def _official_names(catalogue: Catalogue) -> Iterator[str]:
    if catalogue.districts is None:
        return
    for holder in (catalogue.districts.get("city") or {}, *(catalogue.districts.get("districts") or ())):
        yield from (holder[key] for key in ("name", "bureau") if isinstance(holder.get(key), str))


def hidden_somewhere(catalogue: Catalogue) -> set[str]:
    """Ids of the enterprise records whose enterprise is hidden in at least one record: the same by credit code or by name.

    Who is 公开 in one round and 不公开 in the next is looked for everywhere but where the open record itself is shown.
    """
    marks: dict[str, list[Record]] = {}
    for record in catalogue.enterprises:
        for value in (record.get("credit_code"), record.get("name")):
            if isinstance(value, str) and value:
                marks.setdefault(fold(value), []).append(record)
    hidden = {record.id for record in catalogue.enterprises if is_hidden(record)}
    for records in marks.values():
        if any(is_hidden(record) for record in records):
            hidden.update(record.id for record in records)
    return hidden
