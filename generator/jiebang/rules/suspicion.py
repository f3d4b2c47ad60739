"""Which records need a careful look for what must not stand in their public texts: most need none.

A map over the records whose texts readers will see, each with the enterprise it belongs to and the index of everything private. What is
suspected here is judged, and told, by the rules on names and private values (`jiebang.rules.privacy`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import Far
from jiebang.detection import Reading, readings
from jiebang.detection.letter_tables import APART
from jiebang.detection.normalisation import prepare
from jiebang.detection.trigrams import Trigrams, summary_of, trigrams_of
from jiebang.mapping import Maps, Shared, digest
from jiebang.rules.allowlist import Allowlist, covers_of
from jiebang.rules.earlier_looks import Earlier, Look, all_looked_through, looked_through
from jiebang.rules.facts import read_districts
from jiebang.rules.privacy import short_names
from jiebang.rules.public_texts import texts_as_read
from jiebang.rules.registry import RULES, Report
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.settings import settings_of
from jiebang.workers import Function


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the texts of all records are held against."""

    secrets: SecretIndex
    districts: bytes | None
    """districts.yml"""
    beside: bytes
    """Names it."""


Text = tuple[Record, Record | None]
"""A record whose texts readers will see, and the enterprise that it belongs to."""


def text_of(catalogue: Catalogue, record: Record) -> Text:
    """A record with its enterprise."""
    return record, catalogue.find("enterprise", record.get("enterprise")) if record.kind == "demand" else None


def text_key(text: Text, keys: Mapping[str, bytes]) -> bytes:
    """Names the contents of both, by what names those of files."""
    record, own = text
    return digest(keys[record.path], keys[own.path] if own is not None else b"")


class Looks:
    """Texts to be looked through for private values, all at once: one by one, the calls would cost more than the work."""

    def __init__(self) -> None:
        self._readings: list[tuple[Reading, Allowlist]] = []
        self._whose: list[int] = []
        self._unread: list[Trigrams] = []
        """Those of texts that were not read, as nothing stands in them."""

    def add(self, number: int, text: str, covers: Allowlist, code_like: bool = False) -> None:
        """A text that belongs to the item of a number."""
        self.read(number, readings(text, code_like), covers)

    def add_all(self, texts: Sequence[tuple[int, str, Allowlist]], secrets: SecretIndex) -> None:
        """As `add`, of many (number, text, covers): of most texts a quick look tells that nothing stands in them."""
        doubts, trigrams = secrets.look([text for _, text, _ in texts])
        self._unread.extend(trigrams)
        for place in sorted(doubts):
            self.add(*texts[place])

    def read(self, number: int, read: Iterable[Reading], covers: Allowlist) -> None:
        """The same of a text that somebody has read already."""
        for reading in read:
            self._readings.append((reading, covers))
            self._whose.append(number)

    def owners(self, secrets: SecretIndex, count: int) -> list[tuple[str, ...]]:
        """Of each of so many items the paths of the records whose private values may stand in its texts."""
        return [owners for owners, _ in self._look(secrets, count)]

    def _look(self, secrets: SecretIndex, count: int) -> list[tuple[tuple[str, ...], bool]]:
        """The same, and whether that is so whoever keeps what is private."""
        found: list[set[str]] = [set() for _ in range(count)]
        for at, owner in secrets.owners_in(self._readings):
            found[self._whose[at]].add(owner)
        return [(tuple(sorted(filter(None, owners))), "" not in owners) for owners in found]

    def trigrams(self) -> list[Trigrams]:
        """Those of all readings."""
        return [*self._unread, trigrams_of(APART.join([reading.squashed for reading, _ in self._readings]))]

    def told(self, secrets: SecretIndex, count: int) -> list[tuple[tuple[str, ...], bytes | None]]:
        """Of each of so many items (owners, summary), as `looked_through` wants it. What is excused for whose it is may not be another time,
        so that no summary tells of it."""
        looked = self._look(secrets, count)
        summaries = chain([summary_of(self.trigrams())], repeat(b""))
        return [(owners, next(summaries) if whoever else None) for owners, whoever in looked]


def texts_looked_through(
    maps: Maps,
    function: Function,
    around: Shared,
    keys: Sequence[bytes],
    load: Callable[[int], Any],
    earlier: Earlier | None = None,
) -> list[tuple[tuple[str, ...], Any]]:
    """As `looked_through`, with `Surroundings`: of each text (owners, what else)."""
    beside = around.value.beside
    before = earlier.beside(beside) if earlier is not None else None
    return _told(looked_through(maps, function, around, keys, load, beside, before))


def all_texts_looked_through(
    maps: Maps,
    function: Function,
    around: Shared,
    keys: Sequence[bytes],
    load: Callable[[int], Any],
    earlier: Earlier | None,
) -> tuple[list[tuple[tuple[str, ...], Any]], bool]:
    """As `texts_looked_through`, of all texts of a sort; and as `all_looked_through`, whether they were told together."""
    beside = around.value.beside
    before = earlier.beside(beside) if earlier is not None else None
    looks, together = all_looked_through(maps, function, around, keys, load, beside, before)
    return _told(looks), together


def _told(looks: Iterable[Look]) -> list[tuple[tuple[str, ...], Any]]:
    return [(look.owners, look.said) for look in looks]


def suspect(around: Surroundings, items: Sequence[tuple[Text, bool | None]]) -> list[Any]:
    """Of each record (paths of the records whose private values may stand in its texts, summary, whether R405 may have something to say)."""
    districts = read_districts(around.districts)
    settings = settings_of(districts)
    looks = Looks()
    reminded = []
    texts: list[tuple[int, str, Allowlist]] = []
    each = [Catalogue.of_one(record, districts, own) for (record, own), _ in items]
    read = [list(texts_as_read(alone)) for alone in each]
    prepare(
        text for texts_of_one, (_, known) in zip(read, items, strict=True) if known is None for text in texts_of_one
    )
    for number, (((record, own), known), alone) in enumerate(zip(items, each, strict=True)):
        covers = covers_of(record, own, settings)
        texts.extend((number, text, covers) for text in read[number])
        if known is None:
            known = any(True for _ in short_names(alone, Report(RULES["R405"].finding)))
        reminded.append(known)
    looks.add_all(texts, around.secrets)
    told = looks.told(around.secrets, len(items))
    return [(*looked, known) for looked, known in zip(told, reminded, strict=True)]


def light_text(text: Text) -> Text:
    """A record and its enterprise on their way to another process, with what is asked of them there."""
    record, own = text
    return _light(record), _light(own) if own is not None else None


def _light(record: Record) -> Record:
    far, origin = record.far, b""
    if far is not None:
        entries = far.entries(record.path)
        far = Far(far.names, entries)
        origin = record.source if entries is None else b""
    facts = replace(record.facts, recalled=None) if record.kind == "enterprise" and record.facts is not None else None
    return replace(record, facts=facts, origin=origin, far=far)
