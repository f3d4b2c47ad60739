"""What is wrong with a catalogue, and no more: where nothing changed since the last time, no record is read, and little is imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jiebang.mapping import Maps
from jiebang.problems import Problem, plain_problems, problems_of
from jiebang.rules.reading import Progress, Reading, steadily

if TYPE_CHECKING:
    from jiebang.rules.judgement import Judged


@dataclass(frozen=True, slots=True)
class Verdict:
    """The problems of a catalogue, and the paths of the records that could be read."""

    problems: list[Problem]
    records: list[str]
    reading: Reading
    """The files that were judged."""
    judged: Judged | None = None
    """The catalogue as well, where it had to be read."""

    @property
    def key(self) -> bytes:
        """Names the contents of all files."""
        return self.reading.key

    @property
    def closed(self) -> int:
        """How many records are sealed and were not opened: only their public parts were judged."""
        return self.reading.closed


def verdict(root: Path, maps: Maps, progress: Progress | None = None, *, sweeps: bool = True) -> Verdict:
    """Judges a catalogue as `jiebang.rules.judgement.judge` does.

    `sweeps`: whether what nobody used is dropped from the store, where there is much of it; a build does that by itself, when it has used
    what it keeps.
    """

    def tell(reading: Reading) -> Verdict:
        known = maps.look_up(reading.key)
        if known is not None:
            problems, unread = known
            return Verdict(problems_of(problems), [f.path for f in reading.files if f.path not in unread], reading)
        found = _after_an_edit(reading, maps)
        if found is not None:
            return found
        from jiebang.rules.judgement import judge_files
        from jiebang.rules.ledger import note_index, note_ledger

        judged = judge_files(reading, maps, progress)
        ledger, judged = judged.ledger, replace(judged, ledger=None)
        found = Verdict(judged.problems, [record.path for record in judged.catalogue.records()], reading, judged)
        unread = {file.path for file in reading.files}.difference(found.records)
        _note(reading, maps, judged.problems, unread)
        if ledger is not None:
            note_ledger(root, maps, ledger)
            note_index(root, maps, judged.around.value.secrets)
        if sweeps:
            # A build keeps its files there as well, of which a check knows nothing.
            maps.sweep(8)
        return found

    return steadily(root, maps, tell)


def _after_an_edit(reading: Reading, maps: Maps) -> Verdict | None:
    from jiebang.rules.edited import after_an_edit

    told = after_an_edit(reading, maps)
    if told is None:
        return None
    problems, unread = told
    _note(reading, maps, problems, unread)
    return Verdict(problems, [file.path for file in reading.files if file.path not in unread], reading)


def _note(reading: Reading, maps: Maps, problems: list[Problem], unread: set[str]) -> None:
    maps.note(reading.key, (plain_problems(problems), dict.fromkeys(unread, True)))
