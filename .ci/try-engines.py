"""Builds the frames of the site's pages under other engines than MkDocs, and says how they differ.

ProperDocs, a fork of MkDocs, has to give the same pages: it is what the program moves to where MkDocs ends. Zensical is another program
with other templates: it may fail, and what it says is shown, so that it is known how far the way is. Nothing is put in place.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_LINES = 8


class _UnderItsOldName(MetaPathFinder, Loader):
    """Gives ProperDocs to whoever imports MkDocs."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname.partition(".")[0] == "mkdocs" else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return importlib.import_module(f"properdocs{spec.name.removeprefix('mkdocs')}")

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: it was run under its own name."""


def _build(engine: str, target: Path) -> None:
    if engine == "properdocs":
        sys.meta_path.insert(0, _UnderItsOldName())
    sys.path.insert(0, str(ROOT / "generator"))
    from jiebang.site.assets import collect
    from jiebang.site.engine import build_pages

    build_pages(ROOT, target, collect(ROOT / "site" / "assets"))


def _pages(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.html"))}


def main() -> int:
    """Exit code 0 where ProperDocs gives the same pages."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for engine in ("mkdocs", "properdocs"):
            subprocess.run([sys.executable, __file__, engine, str(folder / engine)], check=True)  # noqa: S603 - this file itself
        ours, theirs = _pages(folder / "mkdocs"), _pages(folder / "properdocs")
        differing = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
        print(f"ProperDocs：{len(ours)} 页，{len(differing)} 页不同。", *differing[:_LINES], sep="\n  ")
        shutil.copytree(ROOT / "site", folder / "zensical" / "site")
        shutil.copyfile(ROOT / "mkdocs.yml", folder / "zensical" / "mkdocs.yml")
        tried = subprocess.run(
            [sys.executable, "-m", "zensical", "build"],
            cwd=folder / "zensical", capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        said = (tried.stdout + tried.stderr).strip().splitlines()
        outcome = "能生成" if tried.returncode == 0 else "还不能生成"
        print(f"Zensical：{outcome}。", *said[-1 if tried.returncode else -_LINES :], sep="\n  ")
    return 1 if differing else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _build(sys.argv[1], Path(sys.argv[2]))
    else:
        raise SystemExit(main())
