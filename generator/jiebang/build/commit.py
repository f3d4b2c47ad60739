"""What git can tell of a catalogue, by name: asked of git itself, without the library that reads histories."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from jiebang.mapping import digest

_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
"""A hook's variables name the repository that it runs for, which need not be the one that a catalogue lies in."""


def history_key(root: Path, commit: str | None = None) -> bytes:
    """Names what git can tell of a catalogue: the commit it stands at, or the one that is asked for, and where its history is cut off; or why
    it can tell nothing."""
    told = _asked(root, commit or "HEAD")
    if isinstance(told, Silent):
        return digest("no history", told.why)
    shallow = root / told.common / "shallow"
    return digest(commit or told.head, shallow.read_bytes() if shallow.is_file() else b"")


def head_of(root: Path) -> str | None:
    """The commit that a catalogue's repository stands at; None where there is no repository or no commit."""
    told = _asked(root, "HEAD")
    return None if isinstance(told, Silent) else told.head


@dataclass(frozen=True, slots=True)
class Told:
    """The commit that a name means, and the folder that git keeps its own things in, seen from the catalogue."""

    head: str
    common: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Git knows no such commit: no git, no repository, one that is not this user's, or no commit yet; in git's own words."""

    why: bytes


def _asked(root: Path, revision: str) -> Told | Silent:
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    command = ["git", "rev-parse", "--git-common-dir", f"{revision}^{{commit}}"]
    try:
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)  # noqa: S603 - git, wherever it is installed, with words of ours
    except OSError as error:
        return Silent(str(error.errno).encode("ascii"))
    if done.returncode != 0:
        return Silent(done.stderr)
    folder, _, head = os.fsdecode(done.stdout).rstrip("\r\n").rpartition("\n")
    return Told(head, folder.rstrip("\r"))
