"""A bare repository and what a forge does in it: a base, branches made without a work tree, merges. Modes and names may be anything."""

from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from jiebang.rules.identities import slips
from tests.conftest import FIXTURES
from tests.reviews import renewed

STAFF = """\
  staff:
    - shili-city
"""
"""Goes behind the city's contact in the base's districts.yml."""

_IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "示例"), ("EMAIL", "test@example.com"))
}
_TODAY = "2025-01-15"


@dataclass(frozen=True, slots=True)
class Special:
    """A file that is not a plain one: a symbolic link (120000), an executable (100755), a submodule (160000)."""

    mode: str
    content: bytes = b""


Content = str | bytes | Special | None
"""None deletes the file."""


_MADE: dict[object, dict[str, bytes | None]] = {}
"""Bare repositories that were made before, by day and files: git is started dozens of times for each."""


def _written(folder: Path) -> dict[str, bytes | None]:
    """What stands in a folder, by path; None for a folder."""
    found = ((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")))
    return {name: None if path.is_dir() else path.read_bytes() for name, path in found}


def _write(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    for name, content in contents.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


class Forge:
    """`files` on `main`; `propose` makes a branch as the forge's web page would; `merge` merges it."""

    today = _TODAY
    """The day on which commits are made, at noon in Beijing."""
    message = "proposal"
    """What is written of the commit that begins a branch."""

    def __init__(self, folder: Path, files: Mapping[str, Content]) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        key = self.today, *files.items()
        if key in _MADE:
            _write(folder, _MADE[key])
            return
        self.git("init", "--quiet", "--bare", "--template=", "--initial-branch=main", ".")
        self._commit("main", None, files, "base")
        _MADE[key] = _written(folder)

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The forge whose bare repository stands in a folder already."""
        forge = cls.__new__(cls)
        forge.folder = folder
        return forge

    def _days(self) -> dict[str, str]:
        return {f"GIT_{role}_DATE": f"{self.today}T12:00:00+08:00" for role in ("AUTHOR", "COMMITTER")}

    def git(self, *arguments: str, data: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **_IDENTITY, **self._days(), **(environment or {})},
            input=data,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stderr.decode())
        return done.stdout.decode("utf-8", errors="surrogateescape").strip()

    def _commit(self, branch: str, parent: str | None, files: Mapping[str, Content], message: str) -> str:
        index = {"GIT_INDEX_FILE": str(self.folder / f"index-{branch}")}
        if parent is not None:
            self.git("read-tree", parent, environment=index)
        lines = []
        for path, content in files.items():
            mode = content.mode if isinstance(content, Special) else "100644"
            data = content.content if isinstance(content, Special) else content
            if data is None:
                lines.append(b"0 " + b"0" * 40 + b"\t" + os.fsencode(path))
                continue
            raw = data.encode() if isinstance(data, str) else data
            blob = "1" * 40 if mode == "160000" else self._blob(raw)
            lines.append(f"{mode} {blob}\t".encode() + os.fsencode(path))
        self.git("update-index", "-z", "--index-info", data=b"".join(line + b"\0" for line in lines), environment=index)
        tree = self.git("write-tree", environment=index)
        parents = ("-p", parent) if parent is not None else ()
        commit = self.git("commit-tree", tree, *parents, "-m", message)
        self.git("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def _blob(self, content: bytes) -> str:
        """Writes a loose object as `git hash-object -w` does, without starting it for each file."""
        whole = b"blob %d\0%b" % (len(content), content)
        name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        file = self.folder / "objects" / name[:2] / name[2:]
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(zlib.compress(whole, 1))
        return name

    def propose(self, files: Mapping[str, Content], branch: str = "proposal", onto: str = "main") -> str:
        """A commit with these files on a branch that begins at `onto`."""
        return self._commit(branch, onto, files, self.message)

    def add(self, branch: str, files: Mapping[str, Content]) -> str:
        """One more commit on a branch."""
        return self._commit(branch, branch, files, "more")

    def merge(self, branch: str) -> str:
        """A merge commit on `main`, without a work tree, as a forge makes it."""
        tree = self.git("merge-tree", "--write-tree", "main", branch)
        commit = self.git("commit-tree", tree, "-p", "main", "-p", branch, "-m", "merge")
        self.git("update-ref", "refs/heads/main", commit)
        return commit

    def read(self, path: str, revision: str = "main") -> str:
        return self.git("show", f"{revision}:{path}") + "\n"


CONSENT = "disclosure: 公开\ndisclosure_consent:\n  date: 2024-10-08\n  document: 企业盖章的同意函（示例）"
"""What stands for `disclosure: 不公开` once the enterprise agreed to be named."""


def credit_code(number: int) -> str:
    """A made-up credit code that is valid; `number` has four digits."""
    codes = (f"910000000000{number}{a}{b}" for a in "0123456789X" for b in "0123456789ABCDEFGHJKLMNPQRTUWXY")
    return next(code for code in codes if not slips(code))


def revised(demand: str, *edits: tuple[str, str]) -> str:
    """A published demand with an edit, and the note to readers that goes with it."""
    for old, new in edits:
        assert old in demand, old
        demand = demand.replace(old, new)
    note = "revisions:\n  - date: 2025-01-10\n    note: 公布后的更正（示例）。\n"
    return demand.replace("\nstatus: ", f"\n{note}status: ", 1)


def corrected(demand: str) -> str:
    """A published demand with a correction of its public words that its district may make, and what goes with it."""
    return renewed(revised(demand, ("schedule: 1 年", "schedule: 18 个月")))


def with_staff(districts: str) -> str:
    """districts.yml with an account for the city and one for each district: `shili-<slug>`."""
    lines = []
    for line in districts.splitlines():
        if line == "districts:":
            lines.append(STAFF.rstrip())
        lines.append(line)
        if line.startswith("  - slug: "):
            lines += ["    staff:", f"      - shili-{line.removeprefix('  - slug: ')}"]
    return "\n".join(lines) + "\n"


def base_files() -> dict[str, Content]:
    """The small valid catalogue, below `catalogue/`, with staff, and a program beside it."""
    base = FIXTURES / "base"
    files: dict[str, Content] = {
        f"catalogue/{path.relative_to(base).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(base.rglob("*.yml"))
    }
    files["catalogue/districts.yml"] = with_staff(str(files["catalogue/districts.yml"]))
    files["generator/program.py"] = "print()\n"
    files[".github/workflows/check.yml"] = "on: pull_request\n"
    return files
