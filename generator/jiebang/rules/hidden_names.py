"""Who is hidden, and by which words: what the records tell to those who look for names in texts (rules, and the leak gate).

Region words come from the record's registered place and the catalogue's districts; words that everybody uses come from the code
lists, the districts and the examples of the schemas.
"""

from __future__ import annotations

from typing import Any, cast

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import Identity, Variant, fold, variants
from jiebang.rules.settings import Settings

OPENLY = "公开"
"""The only answer to 是否公开企业名称 that shows a name."""


def is_hidden(enterprise: Record) -> bool:
    """Whether an enterprise's names must not be found anywhere: all but those that answered exactly 公开."""
    return bool(enterprise.get("disclosure") != OPENLY)


def identity_of(enterprise: Record, regions: tuple[str, ...]) -> Identity:
    """An enterprise's names as its record has them. `regions` are those of the settings."""
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

_NO_ALIASES = {"name", "credit_code", "affiliates"}
"""Fields of an Identity that the record has at its top."""


def field_path(source: str) -> str:
    """The path, as the schema names it, of the field that a variant's source stands for."""
    return source if source in _NO_ALIASES else f"aliases.{source}"


def names_of(enterprise: Record, settings: Settings) -> tuple[Variant, ...]:
    """Every way to name an enterprise, short ones too."""
    if enterprise.facts is not None:
        return cast("tuple[Variant, ...]", enterprise.facts.names)
    return tuple(variants(identity_of(enterprise, settings.regions), settings.common))


def marks_of(enterprise: Record) -> tuple[str, ...]:
    """What makes two records the same enterprise's, folded: its credit code and its name, as far as they are there."""
    if enterprise.facts is not None:
        return cast("tuple[str, ...]", enterprise.facts.marks)
    values = (enterprise.get("credit_code"), enterprise.get("name"))
    return tuple(fold(value) for value in values if value)


def hidden_somewhere(catalogue: Catalogue) -> set[str]:
    """Ids of the enterprise records whose enterprise is hidden in at least one record: the same by credit code or by name.

    Who is 公开 in one round and 不公开 in the next is looked for everywhere but where the open record itself is shown.
    """
    marks: dict[str, list[Record]] = {}
    for record in catalogue.enterprises:
        for mark in marks_of(record):
            marks.setdefault(mark, []).append(record)
    hidden = {record.id for record in catalogue.enterprises if is_hidden(record)}
    for records in marks.values():
        if any(is_hidden(record) for record in records):
            hidden.update(record.id for record in records)
    return hidden
