"""Random bytes and mutations of good files through everything that reads files; what `make fuzz` found once is replayed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.seeds import SEEDS
from tests.hostile.targets import TARGETS, held, mutated, with_member_changed
from tests.turns import at_night

CRASHES = sorted((Path(__file__).parent / "crashes").glob("*.bin"))
_DEAR = {"form", "store"}
"""A file of theirs takes some hundredths of a second."""


def _most(target: str) -> int:
    return settings().max_examples // (1 if at_night() or target not in _DEAR else 4)


@cache
def _seeds(target: str) -> tuple[bytes, ...]:
    return tuple(SEEDS[target]())


@pytest.mark.parametrize("crash", CRASHES, ids=lambda path: path.stem)
def test_what_broke_once_holds(crash: Path) -> None:
    held(crash.stem.partition("-")[0], crash.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_any_bytes_end_in_a_reason(target: str) -> None:
    @settings(max_examples=_most(target))
    @given(data=st.binary(max_size=300))
    def tried(data: bytes) -> None:
        held(target, data)

    tried()


@pytest.mark.parametrize("target", TARGETS)
def test_good_files_with_slips_end_in_a_reason(target: str) -> None:
    @settings(max_examples=_most(target))
    @given(number=st.integers(0, 10**6), seed=st.integers(0, 2**32 - 1))
    def tried(number: int, seed: int) -> None:
        seeds, random = _seeds(target), Random(seed)  # noqa: S311 - for tests, repeatable
        data = seeds[number % len(seeds)]
        packed = data[1:3] == b"PK" and target == "form"
        if packed:
            held(target, data[:1] + with_member_changed(data[1:], lambda one: mutated(one, random), random))
        else:
            held(target, mutated(data, random))

    tried()


def test_every_target_begins_with_files_that_it_takes() -> None:
    assert SEEDS.keys() == TARGETS.keys()
    for target in TARGETS:
        assert _seeds(target)
        held(target, _seeds(target)[0])
