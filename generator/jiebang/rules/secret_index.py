"""Whether a text may hold something private, told soon and for a whole catalogue at once; who owns it, `jiebang.rules.secrets` tells.

The private values of each record are facts of that record alone, packed as numbers; put together, they are an index that takes a moment
to make, to keep and to hand to another process. What is found counts by the same rules as there: what has to stand around it, and what
the allowlist excuses. So "nothing" here means nothing there, which a test holds both to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import Reading
from jiebang.detection.matching import may_count
from jiebang.detection.pattern_index import ENTRY, PatternIndex, entries_of, pack, rule_of
from jiebang.rules.allowlist import Allowlist
from jiebang.rules.hidden_names import hidden_somewhere
from jiebang.rules.secrets import Needle, name_needles, private_needles, private_records, said_in_public
from jiebang.rules.settings import Settings, settings_of

_NAME = 1
"""The sort of an entry that is one of an enterprise's names."""


def packed(needles: Iterable[Needle]) -> bytes:
    """Needles as entries of an index."""
    return pack((needle.text, needle.rule, _NAME if needle.secret.is_name else 0) for needle in needles)


class SecretIndex:
    """Everything private of a catalogue, as numbers. `key` names the whole of it: equal keys find the same."""

    def __init__(self, entries: Any, owners: Sequence[str], firsts: Sequence[int]) -> None:
        """`owners`: paths of records; `firsts`: the number of the first entry of each."""
        self._index = PatternIndex(entries)
        self._owners = tuple(owners)
        self._firsts = np.asarray(firsts, dtype=np.int64)
        told = "\n".join(self._owners).encode()
        self.key = blake2b(entries.tobytes() + self._firsts.tobytes() + told, digest_size=16).digest()

    def __reduce__(self) -> tuple[type[SecretIndex], tuple[Any, ...]]:
        return SecretIndex, (self._index.entries, self._owners, self._firsts)

    def __len__(self) -> int:
        return len(self._index)

    def owners_in(self, readings: Sequence[tuple[Reading, Allowlist]]) -> Iterator[tuple[int, str]]:
        """(number of the reading, path of a record that keeps what may stand in it), for each place where something may."""
        for number, start, end, entry in self._index.find([reading.squashed for reading, _ in readings]):
            reading, covers = readings[number]
            found = self._index.entries[entry]
            owner = self._owners[int(np.searchsorted(self._firsts, entry, side="right")) - 1]
            if covers and covers.hide(reading.squashed, start, end, owner, found["sort"] == _NAME):
                continue
            if may_count(rule_of(found), reading, start, end):
                yield number, owner


def secret_index(catalogue: Catalogue) -> SecretIndex:
    """The index of a catalogue, from the facts of its records; for records without facts they are worked out here."""
    settings = settings_of(catalogue.districts)
    hidden = hidden_somewhere(catalogue)
    parts: list[Any] = []
    owners: list[str] = []
    for record in catalogue.enterprises:
        if record.id in hidden:
            parts.append(entries_of(_names(record, settings)))
            owners.append(record.path)
    answers: dict[str, list[Record]] = {}
    for record in private_records(catalogue):
        if record.kind == "application":
            answers.setdefault(record.get("demand") or "", []).append(record)
        else:
            parts.append(entries_of(_private(record, settings)))
            owners.append(record.path)
    for id_, applications in answers.items():
        for record, entries in _unsaid(applications, catalogue.find("demand", id_), settings):
            parts.append(entries)
            owners.append(record.path)
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
    firsts = np.concatenate(([0], ends[:-1])) if parts else ends
    entries = np.concatenate(parts) if parts else np.empty(0, dtype=ENTRY)
    # A record without entries owns nothing; the search for an owner takes the last that begins at or before an entry.
    has_some = [number for number, part in enumerate(parts) if len(part)]
    return SecretIndex(entries, [owners[n] for n in has_some], [int(firsts[n]) for n in has_some])


def _names(record: Record, settings: Settings) -> bytes:
    known: bytes | None = record.facts.named if record.facts is not None else None
    return known if known is not None else packed(name_needles(record, settings))


def _private(record: Record, settings: Settings) -> bytes:
    known: bytes | None = record.facts.private if record.facts is not None else None
    return known if known is not None else packed(private_needles(record, settings))


def _unsaid(applications: Sequence[Record], demand: Record | None, settings: Settings) -> Iterator[tuple[Record, Any]]:
    """The entries of the applications to one demand without what its public words say themselves."""
    kept = [(record, _texts(record, settings), entries_of(_private(record, settings))) for record in applications]
    needles = ((text, rule_of(entry)) for _, texts, entries in kept for text, entry in zip(texts, entries, strict=True))
    said = said_in_public(needles, demand)
    for record, texts, entries in kept:
        yield record, entries[[text not in said for text in texts]] if said else entries


def _texts(record: Record, settings: Settings) -> Sequence[str]:
    known: Sequence[str] | None = record.facts.texts if record.facts is not None else None
    return known if known is not None else [needle.text for needle in private_needles(record, settings)]
