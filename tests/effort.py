"""What a piece of work costs, told in units of another that is always the same: a slow machine, or one that others use too, counts more seconds
for both."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


def _unit() -> float:
    """Seconds of computing for the piece that is always the same; a twentieth of a second on a machine of 2024."""
    started = time.process_time()
    sum(map(len, map(str, range(400_000))))
    return time.process_time() - started


class Effort:
    """Known when the work is done."""

    units: float = 0


@contextmanager
def effort() -> Iterator[Effort]:
    """Measures the computing of this process in a `with`."""
    told = Effort()
    before = _unit()
    started = time.process_time()
    yield told
    spent = time.process_time() - started
    told.units = spent / max(before, _unit())
