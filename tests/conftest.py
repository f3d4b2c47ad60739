"""What all tests share: the small valid catalogue to break, and the command line as people run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
SAMPLE = ROOT / "catalogue"

# One store of frames for all: a folder of its own would build them anew for each test and each process.
os.environ.setdefault("JIEBANG_CACHE", str(ROOT / ".cache"))

# Two cores shared with a browser: a slow example is no failure.
settings.register_profile("jiebang", deadline=None)
settings.load_profile("jiebang")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the small valid catalogue, to be changed at will."""
    target = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "base", target)
    return target


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("check", "--catalogue", folder)`: the real command in a process of its own, in an empty folder."""

    def run_command(
        *arguments: object, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jiebang", *map(str, arguments)],
            cwd=cwd or tmp_path,
            env={**os.environ, "COLUMNS": "200", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run_command


def every_command(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """The commands of a group, imported, by name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield name, command
