"""The whole judgement of a catalogue: what reading, the schemas and the rules find, each once, in a stable order.

Map, compare, map: the facts of each record alone; which public texts need a careful look among all that is private; and the rules that
compare records. What a run of the same program has found out about the same bytes is not worked out again (`jiebang.mapping`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.catalogue import ReadFile, assemble
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.keys import KeyNeededError
from jiebang.catalogue.record import far_fields_closed
from jiebang.mapping import Maps, Shared, digest, packed, program_digest, unpacked
from jiebang.memory import forget_records, give_back
from jiebang.problems import Problem, in_order, plain_problems, problems_of
from jiebang.rules.earlier_looks import TEXTS, earlier_look, note_look
from jiebang.rules.facts import Item, compared_part, facts_of, recorded
from jiebang.rules.ledger import Ledger, Line
from jiebang.rules.privacy import secrets_in, short_names
from jiebang.rules.public_texts import speaks_in_public
from jiebang.rules.reading import Progress, Reading, steadily
from jiebang.rules.recalled import Recalled
from jiebang.rules.registry import RULES, Report, check_across
from jiebang.rules.secret_index import SecretIndex, secret_index
from jiebang.rules.secrets import KnownNeedles
from jiebang.rules.settings import settings_of
from jiebang.rules.suspicion import Surroundings, Text, all_texts_looked_through, light_text, suspect, text_key, text_of


@dataclass(frozen=True, slots=True)
class Judged:
    """A catalogue and what is wrong with it. `key` names the bytes of all its files, and the program: equal keys, equal judgements."""

    catalogue: Catalogue
    problems: list[Problem]
    key: bytes
    keys: dict[str, bytes]
    """By path, what names a file's content."""
    around: Shared
    """The `Surroundings` of its texts."""
    ledger: Ledger | None
    """What still holds after an edit of few files; None where a public text is suspected, or a file could not be opened."""

    def let_go(self) -> None:
        """Lets go of the records, of what names their files and of what is remembered of their texts, when they were published."""
        self.catalogue.let_go()
        self.keys.clear()
        forget_records()


def judge(
    root: Path, maps: Maps | None = None, progress: Progress | None = None, *, whole: bool = True
) -> tuple[Catalogue, list[Problem]]:
    """Reads and judges a catalogue; nothing in it can raise.

    Raises KeyNeededError where sealed records cannot be opened, unless whoever asks can do without the `whole` of them.

    `maps` keeps what was found out, and says where the work is done; without it everything is done here, once. `progress` is called with
    (files done, files in all).
    """
    judged = judge_whole(root, maps if maps is not None else Maps(jobs=1), progress, whole=whole)
    return judged.catalogue, judged.problems


def judge_whole(root: Path, maps: Maps, progress: Progress | None = None, *, whole: bool = True) -> Judged:
    """As `judge`, with the keys."""

    def look(reading: Reading) -> Judged:
        if whole and reading.closed:
            raise KeyNeededError(reading.closed)
        return judge_files(reading, maps, progress)

    return steadily(root, maps, look)


def judge_files(reading: Reading, maps: Maps, progress: Progress | None) -> Judged:
    """As `judge_whole`, of files that were looked at. Raises ChangedError."""
    districts = districts_of(reading)
    compared: list[bytes] = []
    alone: dict[str, tuple[Problem, ...]] = {}
    reads = _noted(reading, _facts(reading, maps, districts, compared), alone)
    catalogue, problems = assemble(reading.root, reading.files, reading.problems, reads, progress)
    if catalogue.districts is not None:
        catalogue.districts.facts = settings_of(catalogue.districts)
    give_back()
    secrets = secret_index(catalogue, reading.keys, maps)
    give_back()
    around = around_of(secrets, districts)
    suspected = _suspected(reading, maps, around, catalogue)
    give_back()
    key = digest("across", program_digest(), *compared)
    problems.extend(suspected.problems)
    for reminded in suspected.reminders.values():
        problems.extend(reminded)
    problems.extend(_across(reading, maps, catalogue, key))
    ledger = None
    if not suspected.any and not reading.failed:
        ledger = Ledger(_lines(reading, catalogue, alone, suspected.reminders), key, secrets.key)
    return Judged(catalogue, in_order(problems), reading.key, reading.keys, around, ledger)


def around_of(secrets: SecretIndex, districts: Shared) -> Shared:
    """The `Surroundings` of a catalogue's texts."""
    return Shared(digest(secrets.key, districts.key), Surroundings(secrets, districts.value, districts.key))


def _noted(
    reading: Reading, reads: Iterator[ReadFile | OSError], alone: dict[str, tuple[Problem, ...]]
) -> Iterator[ReadFile | OSError]:
    """The same files; `alone` takes, by path, what is wrong with each by itself, where anything is."""
    for file, read in zip(reading.files, reads, strict=True):
        if isinstance(read, ReadFile) and read.problems:
            alone[file.path] = read.problems
        yield read


def _lines(
    reading: Reading,
    catalogue: Catalogue,
    alone: Mapping[str, tuple[Problem, ...]],
    reminders: Mapping[str, list[Problem]],
) -> dict[str, Line]:
    records = {record.path: record for record in catalogue.records()}
    lines = {}
    for path, key in reading.keys.items():
        record = records.get(path)
        own = text_of(catalogue, record)[1] if record is not None else None
        lines[path] = Line(
            key,
            record is not None,
            own.path if own is not None else "",
            (record.get("demand") or "") if record is not None and record.kind == "application" else "",
            plain_problems(alone.get(path, ())),
            plain_problems(reminders.get(path, ())),
        )
    return lines


def _across(reading: Reading, maps: Maps, catalogue: Catalogue, key: bytes) -> list[Problem]:
    """What the comparison of records finds."""
    known = across_known(reading, maps, key)
    if known is not None:
        return known
    with far_fields_closed():
        found = list(check_across(catalogue))
    maps.note(key, (plain_problems(found), {p.path: reading.keys[p.path] for p in found if p.path in reading.keys}))
    return found


def across_known(reading: Reading, maps: Maps, key: bytes) -> list[Problem] | None:
    """What the comparison of records found, which `key` names. It is known where nothing changed that is compared, and the files with a
    finding, whose lines it tells, are the same."""
    known = maps.look_up(key)
    if known is None:
        return None
    plain, files = known
    same = all(reading.keys.get(path) == content for path, content in files.items())
    return problems_of(plain) if same else None


def districts_of(reading: Reading) -> Shared:
    """The bytes of districts.yml, with which every record is read; None where there is none."""
    file = next((file for file in reading.files if file.kind == "districts" and file.path in reading.keys), None)
    if file is None:
        return Shared(b"", None)
    return Shared(reading.keys[file.path], reading.take(file)[0])


def facts_map(reading: Reading, maps: Maps, districts: Shared, files: Sequence[RecordFile]) -> Iterator[bytes]:
    """The map over records: each file by itself."""
    return maps.map(
        facts_of,
        districts,
        [reading.keys[file.path] for file in files],
        lambda number: Item(files[number], *reading.take(files[number])),
    )


def _facts(reading: Reading, maps: Maps, districts: Shared, compared: list[bytes]) -> Iterator[ReadFile | OSError]:
    """All records. `compared` takes what names the part of each that others are compared with."""
    values = facts_map(reading, maps, districts, [file for file in reading.files if file.path in reading.keys])
    recalled = Recalled(lambda paths: _recalled(reading, maps, districts, paths))
    for file in reading.files:
        if file.path in reading.failed:
            yield reading.failed[file.path]
        else:
            value = unpacked(next(values))
            compared.append(compared_part(file, value))
            yield recorded(file, value, reading.root, recalled)


def _recalled(reading: Reading, maps: Maps, districts: Shared, paths: Sequence[str]) -> Iterator[Any]:
    """What the map over records gave for files; found out once more where the store has lost it. Raises ChangedError where another content
    stands there since."""
    keys = maps.keys(facts_of, districts.key, [reading.keys[path] for path in paths])
    known = maps.known(keys)
    for path, key in zip(paths, keys, strict=True):
        if key not in known:
            file = reading.file(path)
            (value,) = facts_of(districts.value, [Item(file, *reading.take(file))])
            known[key] = packed(value)
            maps.keep([(key, known[key])])
        yield unpacked(known[key])


@dataclass(slots=True)
class _Suspected:
    """What the public texts of a catalogue hold."""

    any: bool = False
    """Whether something private may stand in one, even if the careful look excused it."""
    problems: list[Problem] = field(default_factory=list)
    reminders: dict[str, list[Problem]] = field(default_factory=dict)
    """By path."""


def _suspected(reading: Reading, maps: Maps, around: Shared, catalogue: Catalogue) -> _Suspected:
    """The map over public texts: which hold something private; and what is wrong with those, by the rules."""
    texts = [text_of(catalogue, record) for record in catalogue.records() if speaks_in_public(record)]
    keys = [text_key(text, reading.keys) for text in texts]
    earlier = earlier_look(TEXTS, maps, catalogue, around.value.secrets)
    values, together = all_texts_looked_through(
        maps, suspect, around, keys, lambda number: light_text(texts[number]), earlier
    )
    if not together:
        note_look(TEXTS, maps, catalogue.root, around.value.secrets)
    found, private = _Suspected(), KnownNeedles()
    for text, (owners, reminded) in zip(texts, values, strict=True):
        if owners:
            found.any = True
            found.problems.extend(secrets_in(text[0], catalogue, frozenset(owners), private))
        if reminded:
            found.reminders[text[0].path] = reminders(text, catalogue.districts)
    return found


def reminders(text: Text, districts: Record | None) -> list[Problem]:
    """What a person has to look at in a text that may only look like the name of its own enterprise."""
    record, own = text
    if own is None:
        return []
    return list(short_names(Catalogue.of_one(record, districts, own), Report(RULES["R405"].finding)))
