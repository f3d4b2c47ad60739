"""The whole judgement of a catalogue: what reading, the schemas and the rules find, each once, in a stable order.

Map, compare, map: the facts of each record alone; which public texts need a careful look among all that is private; and the rules that
compare records. What a run of the same program has found out about the same bytes is not worked out again (`jiebang.mapping`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jiebang.catalogue import Catalogue
from jiebang.catalogue.catalogue import ReadFile, assemble
from jiebang.catalogue.record import far_fields_closed
from jiebang.mapping import Maps, Shared, digest, program_digest, unpacked
from jiebang.problems import Problem, in_order, plain_problems, problems_of
from jiebang.rules.facts import Item, compared_part, facts_of, recorded
from jiebang.rules.privacy import secrets_in, short_names
from jiebang.rules.public_texts import speaks_in_public
from jiebang.rules.reading import Progress, Reading, steadily
from jiebang.rules.registry import RULES, Report, check_across
from jiebang.rules.secret_index import secret_index
from jiebang.rules.secrets import KnownNeedles
from jiebang.rules.settings import settings_of
from jiebang.rules.suspicion import Surroundings, light_text, suspect, text_key, text_of


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


def judge(root: Path, maps: Maps | None = None, progress: Progress | None = None) -> tuple[Catalogue, list[Problem]]:
    """Reads and judges a catalogue; nothing in it can raise.

    `maps` keeps what was found out, and says where the work is done; without it everything is done here, once. `progress` is called with
    (files done, files in all).
    """
    judged = judge_whole(root, maps if maps is not None else Maps(jobs=1), progress)
    return judged.catalogue, judged.problems


def judge_whole(root: Path, maps: Maps, progress: Progress | None = None) -> Judged:
    """As `judge`, with the keys."""
    return steadily(root, maps, lambda reading: judge_files(reading, maps, progress))


def judge_files(reading: Reading, maps: Maps, progress: Progress | None) -> Judged:
    """As `judge_whole`, of files that were looked at. Raises ChangedError."""
    districts = _districts(reading)
    compared: list[bytes] = []
    reads = _facts(reading, maps, districts, compared)
    catalogue, problems = assemble(reading.root, reading.files, reading.problems, reads, progress)
    if catalogue.districts is not None:
        catalogue.districts.facts = settings_of(catalogue.districts)
    secrets = secret_index(catalogue)
    around = Shared(digest(secrets.key, districts.key), Surroundings(secrets, districts.value))
    problems.extend(_suspected(reading, maps, around, catalogue))
    problems.extend(_across(reading, maps, catalogue, digest("across", program_digest(), *compared)))
    return Judged(catalogue, in_order(problems), reading.key, reading.keys, around)


def _across(reading: Reading, maps: Maps, catalogue: Catalogue, key: bytes) -> list[Problem]:
    """What the comparison of records finds. It is known where nothing changed that is compared, and the files with a finding, whose
    lines it tells, are the same."""
    known = maps.look_up(key)
    if known is not None:
        plain, files = known
        if all(reading.keys.get(path) == content for path, content in files.items()):
            return problems_of(plain)
    with far_fields_closed():
        found = list(check_across(catalogue))
    maps.note(key, (plain_problems(found), {p.path: reading.keys[p.path] for p in found if p.path in reading.keys}))
    return found


def _districts(reading: Reading) -> Shared:
    """The bytes of districts.yml, with which every record is read; None where there is none."""
    file = next((file for file in reading.files if file.kind == "districts" and file.path in reading.keys), None)
    if file is None:
        return Shared(b"", None)
    return Shared(reading.keys[file.path], reading.take(file)[0])


def _facts(reading: Reading, maps: Maps, districts: Shared, compared: list[bytes]) -> Iterator[ReadFile | OSError]:
    """The map over records: each file by itself. `compared` takes what names the part of each that others are compared with."""
    readable = [file for file in reading.files if file.path in reading.keys]
    values = maps.map(
        facts_of,
        districts,
        [reading.keys[file.path] for file in readable],
        lambda number: Item(readable[number], *reading.take(readable[number])),
    )
    for file in reading.files:
        if file.path in reading.failed:
            yield reading.failed[file.path]
        else:
            value = unpacked(next(values))
            compared.append(compared_part(file, value))
            yield recorded(file, value, reading.root / file.path)


def _suspected(reading: Reading, maps: Maps, around: Shared, catalogue: Catalogue) -> Iterator[Problem]:
    """The map over public texts: which hold something private; and what is wrong with those, by the rules."""
    texts = [text_of(catalogue, record) for record in catalogue.records() if speaks_in_public(record)]
    keys = [text_key(text, reading.keys) for text in texts]
    values = maps.map(suspect, around, keys, lambda number: light_text(texts[number]))
    private = KnownNeedles()
    for (record, own), value in zip(texts, values, strict=True):
        owners, reminded = unpacked(value)
        if owners:
            yield from secrets_in(record, catalogue, frozenset(owners), private)
        if reminded and own is not None:
            alone = Catalogue.of_one(record, catalogue.districts, own)
            yield from short_names(alone, Report(RULES["R405"].finding))
