"""Whether a text may hold something private, told soon and for a whole catalogue at once; who owns it, `jiebang.rules.secrets` tells.

The private values of each record are facts of that record alone, packed as numbers; put together, they are an index that takes a moment
to make, to keep and to hand to another process. What is found counts by the same rules as there: what has to stand around it, and what
the allowlist excuses. So "nothing" here means nothing there, which a test holds both to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import Reading
from jiebang.detection.matching import may_count
from jiebang.detection.pattern_index import ENTRY, PatternIndex, entries_of, pack, rule_of
from jiebang.detection.screening import TABLE_BITS, Screen, together_in
from jiebang.detection.trigrams import Trigrams
from jiebang.mapping import Maps, digest
from jiebang.rules.allowlist import Allowlist
from jiebang.rules.hidden_names import hidden_somewhere
from jiebang.rules.recalled import portions, recall, recalled_together
from jiebang.rules.secrets import Needle, name_needles, private_needles, said_in_public
from jiebang.rules.settings import Settings, settings_of

PRIVATE, NAME = 0, 1
"""The sorts of entries: what a record keeps to itself, and one of an enterprise's names."""

_MANY = 2000
"""Records from which on a catalogue is told folder by folder."""
_MANY_TOGETHER = 50
"""Records of a folder whose values are kept: of fewer they are put together sooner."""
_TOGETHER = 1 << (TABLE_BITS - 3)
"""Bytes of the packed table of a `Screen`."""

_MIX = np.array([0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93], dtype=np.uint64)


def packed(needles: Iterable[Needle]) -> bytes:
    """Needles as entries of an index."""
    return pack((needle.text, needle.rule, NAME if needle.secret.is_name else PRIVATE) for needle in needles)


def packed_needles(needles: Iterable[Needle]) -> list[bytes]:
    """The same one by one."""
    entries = packed(needles)
    return [entries[first : first + ENTRY.itemsize] for first in range(0, len(entries), ENTRY.itemsize)]


class SecretIndex:
    """Everything private of a catalogue, as numbers. `key` names the whole of it: equal keys find the same."""

    def __init__(self, entries: Any, owners: Sequence[str], firsts: Sequence[int], together: bytes) -> None:
        """`owners`: paths of records; `firsts`: the number of the first entry of each; `together`: the packed table of a `Screen`."""
        self._index = PatternIndex(entries)
        self._together = together
        self._owners = tuple(owners)
        self._firsts = np.asarray(firsts, dtype=np.int64)
        told = "\n".join(self._owners)
        self.key = digest(_bytes(entries), _bytes(self._firsts), told, together)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _again, (self.key, self._index.entries, self._owners, self._firsts, self._together)

    def plain(self) -> tuple[Any, ...]:
        """All of it as plain values."""
        return _bytes(self._index.entries), self._owners, _bytes(self._firsts), self._together

    @classmethod
    def of_plain(cls, plain: Any) -> SecretIndex:
        """The index again."""
        entries, owners, firsts, together = plain
        return cls(entries_of(entries), owners, np.frombuffer(firsts, dtype=np.int64).tolist(), together)

    @cached_property
    def _screen(self) -> Screen:
        return Screen(self._index, np.unpackbits(np.frombuffer(self._together, dtype=np.uint8)).view(np.bool_))

    def doubts(self, texts: Sequence[str]) -> set[int]:
        """The numbers of the texts of files in which perhaps something stands; in no reading of another does anything. Many texts at once
        cost least."""
        return self.look(texts)[0]

    def look(self, texts: Sequence[str]) -> tuple[set[int], list[Trigrams]]:
        """The same, and the trigrams of all readings of the others."""
        return self._screen.look(texts)

    @property
    def _identities(self) -> NDArray[np.uint64]:
        """A number for each entry, the same for those of one value, rule and sort."""
        hashes, rest = np.ascontiguousarray(self._index.entries).view("<u8").reshape(-1, 2).T
        numbers: NDArray[np.uint64] = hashes * _MIX[0] + rest * _MIX[1]
        return numbers

    @cached_property
    def identities(self) -> NDArray[np.uint64]:
        """These numbers, sorted."""
        return np.sort(self._identities)

    def beyond(self, known: NDArray[np.uint64]) -> list[int]:
        """The numbers of the entries that have another identity than any of these, which are sorted."""
        # By `numpy.isin` it would take twenty times as long: it sorts all by itself.
        places = np.searchsorted(known, self.identities)
        new = self.identities[known.take(places, mode="clip") != self.identities] if len(known) else self.identities
        found: list[int] = np.flatnonzero(np.isin(self._identities, new)).tolist()
        return found

    def _owner_of(self, number: int) -> str:
        """The path of the record that an entry, by its number, belongs to."""
        return self._owners[int(np.searchsorted(self._firsts, number, side="right")) - 1]

    def owned(self, numbers: Iterable[int]) -> dict[str, set[bytes]]:
        """The entries of these numbers, by the paths of the records that own them."""
        owned: dict[str, set[bytes]] = {}
        for number in numbers:
            owner = self._owner_of(number)
            owned.setdefault(owner, set()).add(self._index.entries[number].tobytes())
        return owned

    def __len__(self) -> int:
        return len(self._index)

    @property
    def longest(self) -> int:
        """Letters of the longest folded value."""
        return self._index.longest

    def owners_in(self, readings: Sequence[tuple[Reading, Allowlist]]) -> Iterator[tuple[int, str]]:
        """(number of the reading, path of a record that keeps what may stand in it), for each place where something may; the path is empty
        where something is excused, and would not be if another record kept it."""
        for number, start, end, entry in self._index.find([reading.squashed for reading, _ in readings]):
            reading, covers = readings[number]
            found = self._index.entries[entry]
            owner = self._owner_of(entry)
            is_name = bool(found["sort"] == NAME)
            if covers and covers.hide(reading.squashed, start, end, owner, is_name):
                if covers.hide(reading.squashed, start, end, "", is_name):
                    continue
                owner = ""
            if may_count(rule_of(found), reading, start, end):
                yield number, owner


def _bytes(numbers: Any) -> memoryview:
    """The bytes of an array, not copied."""
    view: memoryview = numbers.view(np.uint8).data
    return view


_AT_HAND: WeakValueDictionary[bytes, SecretIndex] = WeakValueDictionary()
"""By their keys: what comes to another process with the pages, with the texts and by itself is one index there, and its tables are made once."""


def _again(key: bytes, *parts: Any) -> SecretIndex:
    """An index that comes from another process."""
    known = _AT_HAND.get(key)
    if known is None:
        known = _AT_HAND[key] = SecretIndex(*parts)
    return known


@dataclass(slots=True)
class _Portion:
    """Records whose private values depend on each other and on no other record, but for who is `hidden` somewhere."""

    enterprises: list[Record] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    """The ids of those enterprises that are."""
    demands: list[tuple[Record, list[Record]]] = field(default_factory=list)
    """Each with its applications."""
    others: list[tuple[str | None, list[Record]]] = field(default_factory=list)
    """Applications to what is no demand, by what they name."""

    def records(self) -> Iterator[Record]:
        yield from self.enterprises
        for demand, answers in self.demands:
            yield demand
            yield from answers
        for _, answers in self.others:
            yield from answers


def _portions(catalogue: Catalogue) -> Iterable[_Portion]:
    """A large catalogue by its folders, so that an edit leaves most portions as they were."""
    count = len(catalogue.enterprises) + len(catalogue.demands) + len(catalogue.applications)
    found: dict[str, _Portion] = {}

    def portion_of(record: Record) -> _Portion:
        return found.setdefault(record.path.rpartition("/")[0].rpartition("/")[0] if count >= _MANY else "", _Portion())

    hidden = hidden_somewhere(catalogue)
    for record in catalogue.enterprises:
        portion = portion_of(record)
        portion.enterprises.append(record)
        portion.hidden.update({record.id} & hidden)
    answers: dict[str | None, list[Record]] = {}
    for record in catalogue.applications:
        answers.setdefault(record.get("demand"), []).append(record)
    for record in catalogue.demands:
        # Where two files claim an id, the first one is meant.
        mine = answers.pop(record.id, []) if catalogue.find("demand", record.id) is record else []
        portion_of(record).demands.append((record, mine))
    for named, records in answers.items():
        portion_of(records[0]).others.append((named, records))
    return found.values()


def secret_index(
    catalogue: Catalogue, keys: Mapping[str, bytes] | None = None, maps: Maps | None = None
) -> SecretIndex:
    """The index of a catalogue, from the facts of its records; for records without facts they are worked out here. `keys` name the contents of
    its files, by path: what they gave before, `maps` know."""
    packed_entries, owners, firsts = bytearray(), list[str](), list[int]()
    together = np.zeros(_TOGETHER, dtype=np.uint8)
    for portion in _portions(catalogue):
        known, entries, threes = _told(portion, catalogue, keys or {}, maps)
        for owner, first in known:
            owners.append(owner)
            firsts.append(first + len(packed_entries) // ENTRY.itemsize)
        packed_entries.extend(entries)
        together |= np.frombuffer(threes, dtype=np.uint8)
    return SecretIndex(entries_of(bytes(packed_entries)), owners, firsts, together.tobytes())


def _told(portion: _Portion, catalogue: Catalogue, keys: Mapping[str, bytes], maps: Maps | None) -> Any:
    """What the records of a portion keep private: (each owner and the number of its first entry, the packed entries, the packed table of a
    `Screen`)."""
    records = list(portion.records())
    settings = catalogue.districts
    files = [record.path for record in ([settings] if settings is not None else []) + records]
    if maps is None or len(records) < _MANY_TOGETHER or not keys.keys() >= set(files):
        return _values_of(portion, settings_of(settings))
    parts = [part for path in files for part in (path, keys[path])]
    named = digest(b"private", *parts, *sorted(portion.hidden))
    return maps.recall(named, lambda: _values_of(portion, settings_of(settings)))


def _values_of(portion: _Portion, settings: Settings) -> Any:
    entries, owners = bytearray(), list[tuple[str, int]]()

    def values() -> Iterator[str]:
        # The values themselves are let go of record by record: of all of them they would be the most of the memory here.
        for owner, told, lines in _parts(portion, settings):
            # A record without entries owns nothing; the search for an owner takes the last that begins at or before an entry.
            if told:
                owners.append((owner, len(entries) // ENTRY.itemsize))
                entries.extend(told)
                yield lines

    threes = np.packbits(together_in(values())).tobytes()
    return owners, bytes(entries), threes


def _parts(portion: _Portion, settings: Settings) -> Iterator[tuple[str, bytes, str]]:
    """(owner, packed entries, their texts, one a line), in an order in which each record is recalled once."""

    def of_answers(answers: Sequence[Record], demand: Record | None) -> Iterator[tuple[str, bytes, str]]:
        for owner, entries, texts in unsaid(answers, demand, settings):
            yield owner, entries.tobytes(), "\n".join(texts)

    for record in recalled_together(portion.enterprises):
        if record.id in portion.hidden:
            yield record.path, *_names(record, settings)
        yield record.path, *_private(record, settings)
    for together in portions(portion.demands):
        recall(chain.from_iterable((demand, *answers) for demand, answers in together))
        for demand, answers in together:
            yield demand.path, *_private(demand, settings)
            yield from of_answers(answers, demand)
    for _, answers in portion.others:
        yield from of_answers(answers, None)


def _names(record: Record, settings: Settings) -> tuple[bytes, str]:
    """An enterprise's names as packed entries, and their texts, one a line."""
    if record.facts is not None and (told := record.facts.told) is not None:
        return told.named, told.name_lines
    needles = list(name_needles(record, settings))
    return packed(needles), "\n".join(needle.text for needle in needles)


def _private(record: Record, settings: Settings) -> tuple[bytes, str]:
    """A record's private values in the same form."""
    if record.facts is not None and (told := record.facts.told) is not None:
        return told.private, told.lines
    needles = list(private_needles(record, settings))
    return packed(needles), "\n".join(needle.text for needle in needles)


def unsaid(
    applications: Sequence[Record], demand: Record | None, settings: Settings
) -> Iterator[tuple[str, Any, Sequence[str]]]:
    """(owner, entries, their texts) of the applications to one demand, without what its public words say themselves."""
    kept = []
    for record in applications:
        told, lines = _private(record, settings)
        kept.append((record, lines.split("\n") if lines else [], entries_of(told)))
    needles = ((text, rule_of(entry)) for _, texts, entries in kept for text, entry in zip(texts, entries, strict=True))
    said = said_in_public(needles, demand)
    for record, texts, entries in kept:
        yield record.path, entries[[text not in said for text in texts]] if said else entries, texts
