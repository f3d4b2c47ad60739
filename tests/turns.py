"""What is tested in each run, and what has its turn: at night everything, by day a part of what is dear.

Nothing is left out for good: what a run by day leaves is drawn by the seed of the run, so each promise has its turn every few runs, and each
night all of them (`.github/workflows/night.yml`). What is asked for by name or folder (`pytest tests/wheel`) is tested whole.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest
from hypothesis import settings

# Two cores shared with a browser: a slow example is no failure. `make test ARGS=--hypothesis-profile=night` looks further.
# Seeds differ from run to run: what 30 examples miss today the next run finds.
NIGHT = "night"
"""The profile under which everything is tested; `.github/workflows/night.yml` asks for it."""
settings.register_profile("day", deadline=None, max_examples=30)
settings.register_profile(NIGHT, deadline=None, max_examples=1000)
settings.load_profile("day")


class Dear(NamedTuple):
    """A file of tests that takes long."""

    seconds: float
    """About so much computing for all of its tests, those of the processes it starts included."""
    share: float = 1.0
    """By day so many of its tests are run, at least one. 1 where they guard what must never go wrong, or where most of the time goes into what they share."""


DEAR = {
    "tests/browser/test_browser_actions.py": Dear(18, 1 / 3),
    "tests/browser/test_browser_engine.py": Dear(10, 1 / 3),
    "tests/browser/test_browser_export.py": Dear(5, 1 / 2),
    "tests/browser/test_browser_favourites.py": Dear(5, 1 / 2),
    "tests/browser/test_browser_firefox.py": Dear(8, 1 / 3),
    "tests/browser/test_browser_frame.py": Dear(8, 1 / 2),
    "tests/browser/test_browser_hostile.py": Dear(5, 1 / 2),
    "tests/browser/test_browser_journey.py": Dear(24, 1 / 4),
    "tests/browser/test_browser_list.py": Dear(25, 1 / 4),
    "tests/browser/test_browser_match.py": Dear(4, 1 / 2),
    "tests/browser/test_browser_measured.py": Dear(4, 1 / 2),
    "tests/browser/test_browser_pages.py": Dear(50, 1 / 4),
    "tests/browser/test_browser_paper.py": Dear(6, 1 / 2),
    "tests/browser/test_browser_reader.py": Dear(40, 1 / 5),
    "tests/browser/test_browser_submit.py": Dear(45, 1 / 4),
    "tests/browser/test_browser_submit_parts.py": Dear(18, 1 / 3),
    "tests/build/test_build.py": Dear(30, 1 / 3),
    "tests/build/test_clocks.py": Dear(4, 1 / 3),
    "tests/build/test_edits_beside_records.py": Dear(28, 1 / 3),
    "tests/build/test_figures_of_builds.py": Dear(5, 1 / 3),
    "tests/build/test_incremental.py": Dear(30, 1 / 5),
    "tests/build/test_looked_through_again.py": Dear(18, 1 / 3),
    "tests/build/test_own_pages.py": Dear(3, 1 / 3),
    "tests/build/test_preview.py": Dear(10, 1 / 4),
    "tests/build/test_publishing.py": Dear(18, 1 / 2),
    "tests/build/test_same_bytes.py": Dear(12, 1 / 4),
    "tests/build/test_second_city.py": Dear(12, 1 / 4),
    "tests/cli/test_cluster.py": Dear(10, 1 / 4),
    "tests/cli/test_hooks.py": Dear(8, 1 / 3),
    "tests/cli/test_lazy_commands.py": Dear(10, 1 / 2),
    "tests/cli/test_three_gates.py": Dear(5, 1 / 3),
    "tests/cli/test_verify.py": Dear(12, 1 / 2),
    "tests/desk/test_external.py": Dear(6, 1 / 2),
    "tests/detection/test_letter_tables.py": Dear(4, 1 / 3),
    "tests/faults/test_faults.py": Dear(40, 1 / 4),
    "tests/forms/test_browser_door.py": Dear(5, 1 / 4),
    "tests/forms/test_corpus.py": Dear(20, 1 / 4),
    "tests/forms/test_forms.py": Dear(6, 1 / 2),
    "tests/forms/test_round_trip.py": Dear(30, 1 / 3),
    "tests/forms/test_word_forms.py": Dear(4, 1 / 2),
    "tests/frame/test_benchmarks.py": Dear(17, 1 / 5),
    "tests/frame/test_recipes.py": Dear(15, 1 / 4),
    "tests/frame/test_scripts_are_checked.py": Dear(20, 1 / 4),
    "tests/hostile/test_catalogues.py": Dear(10, 1 / 3),
    "tests/hostile/test_records.py": Dear(14, 1 / 3),
    "tests/proposal/test_as_of.py": Dear(25, 1 / 5),
    "tests/proposal/test_attacks.py": Dear(12, 1 / 4),
    "tests/proposal/test_difference.py": Dear(9, 1 / 3),
    "tests/proposal/test_end_to_end.py": Dear(4, 1 / 3),
    "tests/proposal/test_illegal_changes.py": Dear(25, 1 / 4),
    "tests/proposal/test_judge_script.py": Dear(50, 1 / 5),
    "tests/proposal/test_preexisting.py": Dear(4, 1 / 3),
    "tests/proposal/test_preview_of_each_change.py": Dear(9, 1 / 3),
    "tests/proposal/test_received.py": Dear(10, 1 / 3),
    "tests/proposal/test_strangers.py": Dear(9, 1 / 4),
    "tests/proposal/test_undoing.py": Dear(12, 1 / 4),
    "tests/proposal/test_whole_round.py": Dear(10, 1 / 4),
    "tests/publication/test_attacker.py": Dear(14),
    "tests/publication/test_earlier_looks.py": Dear(8),
    "tests/publication/test_intruder.py": Dear(6),
    "tests/publication/test_noninterference.py": Dear(20),
    "tests/publication/test_recalled_audit.py": Dear(4),
    "tests/publication/test_segments.py": Dear(20),
    "tests/rules/test_map_and_reduce.py": Dear(15, 1 / 4),
    "tests/sealed/test_gates.py": Dear(8, 1 / 3),
    "tests/site/test_exports_described.py": Dear(3, 1 / 2),
    "tests/site/test_site_builds.py": Dear(7, 1 / 3),
    "tests/site/test_site_own.py": Dear(5, 1 / 2),
    "tests/site/test_site_planned.py": Dear(26, 1 / 3),
    "tests/site/test_site_search_kept.py": Dear(8, 1 / 3),
    "tests/wheel/test_bureau.py": Dear(60, 1 / 5),
    "tests/wheel/test_wheel.py": Dear(12, 1 / 3),
}
"""The dear files. All others are run each time, and so is all of `tests/publication`: that nothing private goes out outranks everything else."""


class _Run:
    """What is drawn by; none where all is wanted."""

    seed: int | None = None


Case = TypeVar("Case")


def at_night() -> bool:
    """Whether everything is asked for: the large sizes of properties, and every case of what is drawn from by day."""
    return settings().max_examples > 100


def in_turn(share: float) -> bool:
    """Whether a test does its dearer part: always at night; by day by chance in this `share` of all cases.

    To be asked within a test: each has its own chance, which follows from the seed that the end of the report tells (`--randomly-seed`).
    """
    return at_night() or random.random() < share  # noqa: S311 - which part is tried today


def by_day(cases: Iterable[Case], number: int) -> list[Case]:
    """All cases at night, and where single tests are asked for by name; by day so many of them, drawn by the seed of the run.

    For the parameters of a test: all processes of a run draw the same.
    """
    every = list(cases)
    if at_night() or _Run.seed is None or number >= len(every):
        return every
    caller = sys._getframe(1)
    place = f"{Path(caller.f_code.co_filename).name} {caller.f_lineno}"  # each place draws its own
    drawn = _drawing(place).sample(range(len(every)), number)
    return [every[index] for index in sorted(drawn)]


def file_of(item: pytest.Item) -> str:
    """The file that a test stands in, as the project's folder sees it."""
    return item.nodeid.partition("::")[0]


def draw(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """The tests of the dear files that wait for another run: by day, of all tests. All processes of a run draw the same."""
    if at_night() or _Run.seed is None:
        return set()
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        name = file_of(item)
        if name in DEAR:
            files[name].append(item)
    waiting: set[pytest.Item] = set()
    for name, tests in files.items():
        chance = _drawing(name)
        # No file is left out of a run: one that no longer runs would be seen at night only.
        number = max(1, int(len(tests) * DEAR[name].share + chance.random()))
        waiting.update(chance.sample(sorted(tests, key=lambda item: item.nodeid), len(tests) - number))
    return waiting


def _drawing(place: str) -> random.Random:
    return random.Random(f"{_Run.seed} {place}")  # noqa: S311 - which part is tried today


def seed_for(config: pytest.Config) -> int | None:
    """Settles what this run draws by (see `by_day`), after pytest-randomly has settled its seed."""
    seed = config.getoption("randomly_seed", None)
    _Run.seed = seed if isinstance(seed, int) and not any("::" in argument for argument in config.args) else None
    return _Run.seed
