"""What git can tell of a catalogue, by name: asked of git itself, without the library that reads histories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from jiebang.mapping import digest

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
"""A hook's variables name the repository that it runs for, which need not be the one that a catalogue lies in."""


def history_key(root: Path, commit: str | None = None) -> bytes:
    """Names what git can tell of a catalogue: the commit it stands at, or the one that is asked for, and where its history is cut off; empty
    where there is no repository or no commit."""
    told = _asked(root, commit or "HEAD")
    if told is None:
        return b""
    head, common = told
    shallow = root / common / "shallow"
    return digest(commit or head, shallow.read_bytes() if shallow.is_file() else b"")


def head_of(root: Path) -> str | None:
    """The commit that a catalogue's repository stands at; None where there is no repository or no commit."""
    told = _asked(root, "HEAD")
    return None if told is None else told[0]


def _asked(root: Path, revision: str) -> tuple[str, str] | None:
    """The commit that a name means, and the folder that git keeps its own things in, seen from `root`."""
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    command = ["git", "rev-parse", "--git-common-dir", f"{revision}^{{commit}}"]
    try:
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True)  # noqa: S603 - git, wherever it is installed, with words of ours
    except (OSError, subprocess.CalledProcessError):
        return None
    folder, _, head = os.fsdecode(done.stdout).rstrip("\r\n").rpartition("\n")
    return head, folder.rstrip("\r")
