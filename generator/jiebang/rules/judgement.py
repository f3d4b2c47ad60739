"""The whole judgement of a catalogue: what reading, the schemas and the rules find, each once, in a stable order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jiebang.catalogue import Catalogue, load
from jiebang.catalogue.catalogue import Cache
from jiebang.problems import Problem, Severity, in_order
from jiebang.rules.registry import check_rules


def judge(
    root: Path, cache: Cache | None = None, progress: Callable[[int, int], None] | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Reads and judges a catalogue. `cache` and `progress` as in `jiebang.catalogue.load`."""
    with _no_garbage():
        catalogue, problems = load(root, cache, progress)
        problems.extend(check_rules(catalogue))
    return catalogue, in_order(problems)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Records hold no cycles; looking for some again and again among a growing heap is what would grow faster than the records."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything stands against publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)
