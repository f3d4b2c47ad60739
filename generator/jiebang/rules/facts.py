"""Facts of a record: all that rules and publication ask of one record alone, as a pure function of its file's bytes and districts.yml.

The map over records (`jiebang.mapping`) calls `facts_of`; what it gave is kept, and `recorded` makes a record of it again. Everything dear
is here: parsing, the schema, the rules on one record, folded texts, ways to write a name.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.catalogue import ReadFile, read_record
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.packing import packed as packed_value
from jiebang.catalogue.packing import unpacked as unpacked_value
from jiebang.catalogue.record import Far
from jiebang.catalogue.sealed import Seal
from jiebang.detection import Rule, Variant
from jiebang.detection.classification_marks import in_a_row
from jiebang.detection.innocent import look_over
from jiebang.detection.normalisation import prepare
from jiebang.detection.pattern_index import ENTRY, pack
from jiebang.mapping import digest
from jiebang.problems import Problem, plain_problems, problems_of
from jiebang.rules.hidden_names import marks_of, names_of
from jiebang.rules.public_texts import joined_texts, texts_as_read
from jiebang.rules.recalled import FACTS, Recalled
from jiebang.rules.registry import check_record
from jiebang.rules.sealing import problems_of_seal
from jiebang.rules.secrecy import lacking_in_review
from jiebang.rules.secret_index import NAME, PRIVATE
from jiebang.rules.secrets import folded_words, name_texts, private_texts_of
from jiebang.rules.settings import settings_of
from jiebang.schemas import resolved_schema

_PROSE = 1000
"""Characters that a field may hold, from which on it is prose."""
_OF_ONE_RECORD = {"secrecy_review", "clearances"}
"""What people decided of a record's own texts."""
_KEPT_AT_HAND = {"demand", "round", "districts"}
"""Kinds of record whose long texts are public: a build reads them all."""


class PackedFacts(NamedTuple):
    """What `facts_of` tells of a record that keeps something private, as plain values."""

    private: bytes
    """Its private values as entries of a `SecretIndex`."""
    lines: str
    """The folded texts behind `private`, one a line."""
    named: bytes
    """An enterprise's own names as entries of a `SecretIndex`."""
    name_lines: str
    """The folded texts behind `named`, one a line."""
    variants: bytes
    marks: tuple[str, ...]
    folded: str
    """A demand's public words, folded, one text a line."""
    blob: str
    """git's name for a demand's file."""
    lacking: str | None
    """Why a demand may not be published for want of a review (`jiebang.rules.secrecy.lacking_in_review`)."""

    def without_its_words(self) -> PackedFacts:
        """All but what is said of a demand's words, of its file, and of its review."""
        return self._replace(folded="", blob="", lacking=None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one record. Lists of many small things are packed until somebody asks. What only the index of everything private is
    made from is recalled: of many records it would be half of the memory. It is None where nothing can be recalled, as in another process."""

    variants: bytes
    marks: tuple[str, ...]
    blob: str
    lacking: str | None
    path: str
    recalled: Recalled | None

    @property
    def told(self) -> PackedFacts | None:
        """All that `facts_of` told."""
        return _packed_facts(self.recalled.value(self.path)) if self.recalled is not None else None

    @property
    def names(self) -> tuple[Variant, ...]:
        """Every way to name the enterprise."""
        listed = marshal.loads(self.variants) if self.variants else ()  # noqa: S302 - our own
        return tuple(Variant(text, source, manner, Rule(rule), short) for text, source, manner, rule, short in listed)


@dataclass(frozen=True, slots=True)
class Item:
    """A file on its way to `facts_of`, with its `Content`: opened before, so that no other process needs a key."""

    file: RecordFile
    data: bytes
    size: int
    seal: Seal | None = None


@cache
def far_fields(kind: str) -> frozenset[str]:
    """The fields of a kind of record that no rule reads which compares records: prose, and what was decided about it. Of ten thousand
    records they would be most of the memory, and an edit of them changes nothing between records."""
    return frozenset(
        name
        for name, schema in resolved_schema(kind)["properties"].items()
        if name in _OF_ONE_RECORD or _holds_prose(schema)
    )


def _holds_prose(schema: Any) -> bool:
    if schema.get("type") == "object":
        return any(map(_holds_prose, schema.get("properties", {}).values()))
    return bool(schema.get("type") == "string" and schema.get("maxLength", 0) >= _PROSE)


@lru_cache(maxsize=4)
def read_districts(data: bytes | None) -> Record | None:
    """districts.yml from its bytes, with its settings, once a process; None where there is none."""
    if data is None:
        return None
    record = read_record(RecordFile("districts", "districts.yml", None, None), data).record
    if record is not None:
        record.facts = settings_of(record)
    return record


def facts_of(districts: bytes | None, items: Sequence[Item]) -> list[Any]:
    """What each file gives, as plain values for `recorded`. `districts`: the bytes of districts.yml, None where there is none."""
    around = read_districts(districts)
    drafts = [_Draft(item, read_record(item.file, item.data, item.size, item.seal), around) for item in items]
    texts = list(dict.fromkeys(text for draft in drafts for text in draft.texts()))
    prepare(texts)
    look_over(texts)
    for draft in drafts:
        draft.judge(around)
    _add_private(drafts)
    # Packed all at once: for a few values at a time, the calls would cost more than the work.
    entries = pack(chain.from_iterable(values for draft in drafts for values in (draft.private, draft.named)))
    values, at = [], 0
    for draft in drafts:
        middle = at + len(draft.private) * ENTRY.itemsize
        end = middle + len(draft.named) * ENTRY.itemsize
        values.append(draft.plain(entries[at:middle], entries[middle:end]))
        at = end
    return values


_KEEPS = {"enterprise", "demand", "application"}
"""Kinds of record that keep something private."""


class _Draft:
    """A file's facts while its needles are not packed yet."""

    def __init__(self, item: Item, read: ReadFile, districts: Record | None) -> None:
        self._item = item
        self.record = read.record
        self._alone = Catalogue.of_one(read.record, districts) if read.record is not None else None
        self._problems: list[Problem] = [*read.problems, *problems_of_seal(item.file, item.seal, districts)]
        self.private: Sequence[tuple[str, Rule, int]] = ()
        self.named: Sequence[tuple[str, Rule, int]] = ()
        self._variants = b""
        self._lacking: str | None = None

    def texts(self) -> Iterator[str]:
        """What rules will look through, in all the forms in which they do."""
        if self._alone is None:
            return
        yield from texts_as_read(self._alone)
        for joined in joined_texts(self._alone):
            yield in_a_row(joined.text)
        if self.record is not None and isinstance(original := self.record.get("original_text"), str):
            yield original

    def judge(self, districts: Record | None) -> None:
        """What the rules find in the record alone, and its names."""
        record = self.record
        if record is None or self._alone is None:
            return
        self._problems.extend(check_record(self._alone, record))
        if record.kind == "enterprise":
            settings = settings_of(districts)
            names = names_of(record, settings)
            told = [(v.text, v.source, v.manner, v.rule.value, v.short) for v in names]
            self._variants = marshal.dumps(told)
            self.named = [(text, rule, NAME) for text, rule, *_ in name_texts(record, names)]
        elif record.kind == "demand":
            self._lacking = lacking_in_review(record, districts)

    def plain(self, private: bytes, named: bytes) -> Any:
        """All of it as plain values."""
        problems = plain_problems(self._problems)
        record = self.record
        if record is None:
            return (None, problems)
        value, names = record.value, far_fields(record.kind)
        rest = {name: entry for name, entry in value.items() if name in names}
        far = packed_value(rest)
        near = packed_value({name: entry for name, entry in value.items() if name not in rest})
        facts = None
        if record.kind in _KEEPS:
            lines, name_lines = ("\n".join([text for text, *_ in values]) for values in (self.private, self.named))
            marks = marks_of(record) if record.kind == "enterprise" else ()
            is_demand = record.kind == "demand"
            folded, blob = (folded_words(record), blob_id(self._item.data)) if is_demand else ("", "")
            facts = PackedFacts(private, lines, named, name_lines, self._variants, marks, folded, blob, self._lacking)
        return (
            near,
            tuple(rest),
            far if record.kind in _KEPT_AT_HAND else None,
            record.sound,
            problems,
            tuple(facts) if facts is not None else None,
            record.closed,
        )


def _packed_facts(value: Any) -> PackedFacts | None:
    """Those of what `facts_of` gave; None for a record that keeps nothing private."""
    return PackedFacts._make(value[FACTS]) if value[FACTS] is not None else None


def _add_private(drafts: Sequence[_Draft]) -> None:
    keeping = [(draft, draft.record) for draft in drafts if draft.record is not None and draft.record.kind in _KEEPS]
    found = private_texts_of([record for _, record in keeping])
    for (draft, _), texts in zip(keeping, found, strict=True):
        draft.private = [(text, rule, PRIVATE) for text, rule, _ in texts]


def blob_id(data: bytes) -> str:
    """git's own name for a content; no protection against anybody."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def compared_part(file: RecordFile, value: Any) -> bytes:
    """Names what rules that compare records read of one: all that `facts_of` gave but its far fields."""
    near, *rest = value
    names = rest[0] if near is not None else ()
    return digest(file.path, near or b"", *names)


def is_alike(before: Any, after: Any) -> bool:
    """Whether two values that `facts_of` gave for one file are the same in all that rules compare records by, and in all that is private:
    they differ in far fields, in problems and in what a demand's public words say at most. Two that are no record are not alike."""
    if before[0] is None or after[0] is None:
        return False
    near, names, _, sound, _, _, closed = after
    was, now = (facts and facts.without_its_words() for facts in map(_packed_facts, (before, after)))
    return bool(was == now and (before[0], before[1], before[3], before[6]) == (near, names, sound, closed))


def found_alone(value: Any) -> Any:
    """The plain problems of a record by itself, of what `facts_of` gave for its file."""
    return value[4]


_ID = 16
"""Characters that a short text has at most: an id, a day, a code."""


def _share_short_texts(value: dict[str, Any]) -> None:
    """Makes one object of each short text that many records hold: their ids, days and states."""
    for name, entry in value.items():
        if isinstance(entry, str):
            if len(entry) <= _ID and entry.isascii():
                value[name] = intern(entry)
        elif isinstance(entry, dict):
            _share_short_texts(entry)


@cache
def _names(listed: tuple[str, ...]) -> frozenset[str]:
    """One object for all records that hold the same fields."""
    return frozenset(listed)


def recorded(file: RecordFile, value: Any, origin: bytes | Path, recalled: Recalled | None = None) -> ReadFile:
    """The record and the problems of what `facts_of` gave for a file. `origin`: as in `Record`. Where the value can be `recalled`, the record
    holds no more of it than what many rules read."""
    if value[0] is None:
        return ReadFile(None, tuple(problems_of(value[1])))
    packed_near, rest, _, sound, problems, _, closed = value
    facts = _packed_facts(value)
    recalled = recalled or Recalled(lambda _: (value,))
    near = unpacked_value(packed_near)
    _share_short_texts(near)
    record = Record(
        file.kind,
        file.path,
        file.round,
        file.district,
        near,
        origin,
        sound,
        Far(_names(rest), recalled) if rest else None,
        closed,
        Facts(facts.variants, facts.marks, facts.blob, facts.lacking, file.path, recalled)
        if facts is not None
        else None,
    )
    return ReadFile(record, tuple(problems_of(problems)))
