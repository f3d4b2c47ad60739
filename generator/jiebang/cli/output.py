"""How the command line speaks: one console for results, one for everything that is not a result."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

results = Console(highlight=False)
console = Console(stderr=True, highlight=False)


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
    console.print(Text.assemble(("错误 ", "bold red"), message), soft_wrap=True)
    if hint:
        console.print(Text(f"→ {hint}", style="green"), soft_wrap=True)


def say(text: str, style: str = "") -> None:
    """A line on stderr, taken literally."""
    console.print(Text(text, style=style), soft_wrap=True)


class Bar:
    """A progress bar of several steps; where stderr is no terminal it prints nothing."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, what: str, total: int) -> Callable[[int], None]:
        """Begins a step; without a total the bar runs to and fro."""
        task = self._progress.add_task(what, total=total or None)
        every = max(1, total // 200)

        def done(count: int) -> None:
            if count % every == 0 or count == total:
                self._progress.update(task, completed=count)

        return done


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on stderr for the time of a build, gone afterwards."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress)
