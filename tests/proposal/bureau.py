"""A bureau's own repository with a past: every commit has its moment, and is built on its day where a test wants that."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import run_here
from tests.reviews import renew_reviews


def git(folder: Path, *arguments: str, moment: str = "2025-01-01T12:00:00+0800") -> str:
    identity = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "示例"), ("EMAIL", "test@example.com"), ("DATE", moment))
    }
    environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@dataclass
class Bureau:
    """A bureau's repository: each step is a commit with its moment, and the site that was built then."""

    folder: Path
    commits: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return run_here(arguments, self.folder, {})

    def edit(self, path: str, *edits: tuple[str, str]) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        (self.folder / path).write_text(text, encoding="utf-8")
        renew_reviews(self.folder / "catalogue")

    def commit(self, name: str, moment: str) -> None:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "-m", name, moment=moment)
        self.commits[name] = git(self.folder, "rev-parse", "HEAD")

    def build(self, name: str) -> None:
        """The build of the day, into the one folder, and a copy of what it gave."""
        done = self.run("build")
        assert done.returncode == 0, done.stdout + done.stderr
        shutil.copytree(self.folder / "public", self.folder / "built" / name)

    def built(self, name: str) -> dict[str, bytes]:
        return tree(self.folder / "built" / name)
