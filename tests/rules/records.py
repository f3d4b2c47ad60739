"""Records in memory, as small as a rule about private values needs them: nothing is read from a file, nothing judged by a schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jiebang.catalogue import Catalogue, Record

_FOLDERS = {"E": "enterprise", "D": "demand", "A": "application"}


def record(id_: str, **value: Any) -> Record:
    """A record of the kind that its id tells; `source` says what its file holds."""
    kind = _FOLDERS[id_[0]]
    source = value.pop("source", "").encode()
    path = f"2024/qiaokou/{kind}s/{id_.lower()}.yml"
    return Record(kind, path, "2024", "qiaokou", {"id": id_, **value}, source, sound=True)


def districts(**value: Any) -> Record:
    """`districts.yml`."""
    return Record("districts", "districts.yml", None, None, value, b"", sound=True)


def catalogue(*records: Record) -> Catalogue:
    """A catalogue of these records, in their order."""
    made = Catalogue(Path())
    for one in records:
        made.add(one)
    return made
