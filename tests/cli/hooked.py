"""A git repository with the small valid catalogue and the hooks of this project, as they lie on a desk."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT
from tests.warm import installed_program

TITLE = "title: 电池外壳用阻燃改性材料"
PHONE = "10000001234"
DEMAND = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"


class Repository:
    """A git repository with the small valid catalogue and the hooks of this project."""

    def __init__(self, folder: Path, base: Path, program: Path | None = None) -> None:
        """`program` stands in for the one that starts in a process of its own."""
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        shutil.copytree(base, folder / "catalogue")
        shutil.copytree(ROOT / ".githooks", folder / ".githooks")
        place = folder / ".venv" / "bin" / "jiebang"
        place.parent.mkdir(parents=True)
        if program is None:
            installed_program(place)
        else:
            shutil.copy(program, place)
        (folder / ".gitignore").write_text("/.venv/\n", encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "--quiet", "--no-verify", "-m", "first")

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        identity = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.org"}
        identity |= {"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.org"}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**environment, **identity, "GIT_CONFIG_GLOBAL": os.devnull},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=check,
        )

    def install_hooks(self) -> None:
        self.git("config", "core.hooksPath", ".githooks")

    def type_telephone(self) -> None:
        file = self.folder / DEMAND
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(TITLE, f"{TITLE}{PHONE}"), encoding="utf-8")

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD").stdout)
