"""Which records need a careful look for what must not stand in their public texts: most need none.

A map over the records whose texts readers will see, each with the enterprise it belongs to and the index of everything private. What is
suspected here is judged, and told, by the rules on names and private values (`jiebang.rules.privacy`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import Reading, readings
from jiebang.rules.allowlist import NOTHING_ALLOWED, Allowlist, open_names
from jiebang.rules.facts import read_districts
from jiebang.rules.hidden_names import is_hidden
from jiebang.rules.privacy import short_names
from jiebang.rules.public_texts import joined_texts, public_texts
from jiebang.rules.registry import RULES, Report
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.settings import settings_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the texts of all records are held against."""

    secrets: SecretIndex
    districts: bytes | None
    """districts.yml"""


Text = tuple[Record, Record | None]
"""A record whose texts readers will see, and the enterprise that it belongs to."""


def suspect(around: Surroundings, items: Sequence[Text]) -> list[Any]:
    """Of each record (paths of the records whose private values may stand in its texts, whether R405 may have something to say)."""
    districts = read_districts(around.districts)
    read: list[tuple[Reading, Allowlist]] = []
    whose: list[int] = []
    reminded = []
    for number, (record, own) in enumerate(items):
        alone = Catalogue(Path(), districts, alone=record)
        for one in (record, own):
            if one is not None:
                alone.add(one)
        covers = _covers(record, own, districts)
        texts = [typed.text for typed in public_texts(record)]
        texts += [joined.text for joined in joined_texts(alone)]
        for text in texts:
            for reading in readings(text):
                read.append((reading, covers))
                whose.append(number)
        reminded.append(any(True for _ in short_names(alone, Report(RULES["R405"].finding))))
    owners: list[set[str]] = [set() for _ in items]
    for at, owner in around.secrets.owners_in(read):
        owners[whose[at]].add(owner)
    return [(tuple(sorted(found)), short) for found, short in zip(owners, reminded, strict=True)]


def _covers(record: Record, own: Record | None, districts: Record | None) -> Allowlist:
    """As `PublicNames.of_text`."""
    named = record if record.kind == "enterprise" else own if record.kind == "demand" else None
    if named is None or is_hidden(named):
        return NOTHING_ALLOWED
    return Allowlist(open_names(named, settings_of(districts)))
