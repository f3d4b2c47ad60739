"""How the command line speaks: one console for results, one for everything that is not a result.

rich is loaded when something has a style, or goes to a terminal that shows progress: a run that finds nothing needs none of it.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_TAKEN_FOR_TERMINALS = ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""Variables by which rich may take a stream for a terminal that is none."""


def in_ci() -> bool:
    """Whether a forge runs this: each sets `CI`. Its log is read by others than the desk, and what it builds goes online unread."""
    return os.environ.get("CI", "").strip().lower() not in {"", "0", "false"}


@cache
def results() -> Console:
    """What was asked for, on stdout."""
    from rich.console import Console

    return Console(highlight=False)


@cache
def console() -> Console:
    """Everything else, on stderr."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def write_chinese() -> None:
    """Makes both streams take every character: UTF-8 where theirs has no Chinese, a question mark for a character it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        try:
            "检查".encode(stream.encoding)
        except UnicodeEncodeError:
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="replace")


def say_error(message: str, hint: str) -> None:
    """What went wrong and what to do, on stderr."""
    from rich.text import Text

    console().print(Text.assemble(("错误 ", "bold red"), message), soft_wrap=True)
    if hint:
        say(f"→ {hint}", style="green")


def say(text: str, style: str = "") -> None:
    """A line on stderr, taken literally."""
    _print(text, style, console, sys.stderr)


def tell(text: str) -> None:
    """A line on stdout, taken literally."""
    _print(text, "", results, sys.stdout)


def _print(text: str, style: str, rich_console: Callable[[], Console], stream: TextIO) -> None:
    # rich leaves control characters out.
    if not style and text.isprintable():
        print(text, file=stream, flush=True)
        return
    from rich.text import Text

    rich_console().print(Text(text, style=style), soft_wrap=True)


class Bar:
    """A progress bar of several steps; where stderr is no terminal it prints nothing."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def step(self, what: str, total: int) -> Callable[[int], None]:
        """Begins a step; without a total the bar runs to and fro."""
        progress = self._progress
        if progress is None:
            return lambda _: None
        task = progress.add_task(what, total=total or None)
        every = max(1, total // 200)

        def done(count: int) -> None:
            if count % every == 0 or count == total:
                progress.update(task, completed=count)

        return done


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on stderr for the time of a build, gone afterwards."""
    if not sys.stderr.isatty() and not any(map(os.environ.get, _TAKEN_FOR_TERMINALS)):
        yield Bar(None)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(), transient=True, disable=not console().is_terminal) as progress:
        yield Bar(progress)
