"""What pyproject.toml cannot say: the data that stands at the root of the checkout travels inside the package, in `jiebang/data/`.

An editable installation copies nothing: `jiebang.resources` finds the files at the root, and what is edited is seen at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.build_py import build_py

# PEP 517 builds run this file from its own folder.
ROOT = Path.cwd()
TRAVELS = (
    "mkdocs.yml",
    # Where `make reader` made it: 23 MB, 14 MB in the wheel.
    "reader",
    "requirements/runtime.txt",
    "requirements/seal.txt",
    "schemas",
    "site",
    # For the repository of a bureau: the same files as the project's own.
    ".ci/judge",
    ".editorconfig",
    ".gitattributes",
    ".gitea/workflows",
    ".githooks",
    ".github/PULL_REQUEST_TEMPLATE.md",
    ".github/dependabot.yml",
    ".github/workflows",
    ".gitlab/merge_request_templates",
    ".gitlab-ci.yml",
    ".pre-commit-hooks.yaml",
    ".vscode",
)
"""Files and folders at the root that the program reads at run time, or copies into the repository of a bureau."""
PACKAGE = Path("generator", "jiebang")
_LEFT_OUT = {"__pycache__", ".DS_Store", ".made"}


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, hidden ones too: globs of package data would pass over them."""
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file() and not _LEFT_OUT & set(path.parts) and path.suffix != ".pyc":
            yield path.relative_to(ROOT)


def travelling() -> Iterator[tuple[Path, Path]]:
    """Each file of data with its place in the package."""
    for file in _files(PACKAGE):
        if file.suffix != ".py":
            yield file, file.relative_to(PACKAGE)
    for name in TRAVELS:
        for file in [Path(name)] if (ROOT / name).is_file() else _files(Path(name)):
            yield file, Path("data") / file


class BuildWithData(build_py):
    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        package = Path(self.build_lib) / "jiebang"
        # A file that was deleted since the last build must not travel on.
        shutil.rmtree(package / "data", ignore_errors=True)
        for source, place in travelling():
            (package / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / source, package / place)

    def get_source_files(self) -> list[str]:
        """What a source distribution holds beside the modules."""
        sources: list[Any] = super().get_source_files()
        return [*sources, *(str(source) for source, _ in travelling()), str(Path("requirements", "runtime.in"))]


setup(cmdclass={"build_py": BuildWithData})
