"""What is wrong with a catalogue, and no more: where nothing changed since the last time, no record is read, and little is imported."""

from __future__ import annotations

from dataclasses import dataclass
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
    key: bytes
    """Names the contents of all files."""
    judged: Judged | None = None
    """The catalogue as well, where it had to be read."""


def verdict(root: Path, maps: Maps, progress: Progress | None = None) -> Verdict:
    """Judges a catalogue as `jiebang.rules.judgement.judge` does."""

    def tell(reading: Reading) -> Verdict:
        known = maps.look_up(reading.key)
        if known is not None:
            problems, unread = known
            return Verdict(problems_of(problems), [f.path for f in reading.files if f.path not in unread], reading.key)
        from jiebang.rules.judgement import judge_files

        judged = judge_files(reading, maps, progress)
        found = Verdict(judged.problems, [record.path for record in judged.catalogue.records()], reading.key, judged)
        unread = {file.path for file in reading.files}.difference(found.records)
        maps.note(reading.key, (plain_problems(found.problems), dict.fromkeys(unread, True)))
        # A build keeps its files there as well, of which a check knows nothing.
        maps.sweep(8)
        return found

    return steadily(root, maps, tell)
