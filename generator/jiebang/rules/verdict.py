"""What is wrong with a catalogue, and no more: where nothing changed since the last time, no record is read, and little is imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jiebang.mapping import Maps
from jiebang.problems import Problem, plain_problems, problems_of
from jiebang.rules.reading import Progress, Reading, steadily


@dataclass(frozen=True, slots=True)
class Verdict:
    """The problems of a catalogue of so many records."""

    problems: list[Problem]
    records: int


def verdict(root: Path, maps: Maps, progress: Progress | None = None) -> Verdict:
    """Judges a catalogue as `jiebang.rules.judgement.judge` does."""

    def tell(reading: Reading) -> Verdict:
        known = maps.look_up(reading.key)
        if known is not None:
            return Verdict(problems_of(known[0]), known[1])
        from jiebang.rules.judgement import judge_files

        judged = judge_files(reading, maps, progress)
        found = Verdict(judged.problems, sum(1 for _ in judged.catalogue.records()))
        maps.note(reading.key, (plain_problems(found.problems), found.records))
        # A build keeps its files there as well, of which a check knows nothing.
        maps.sweep(8)
        return found

    return steadily(root, maps, tell)
