"""The same records give the same bytes: in any time zone and language, under any hash seed and umask, in any folder, from anywhere, in
whatever order the disk lists its files, and in each version of Python.

Where a build is made does reach it only when Python starts: so these are processes of their own, and none takes over what another kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jiebang.view import MANIFEST
from tests.conftest import FIXTURES, ROOT
from tests.turns import at_night

_OTHER_PYTHON = "JIEBANG_OTHER_PYTHON"
"""Names another interpreter that has the locked packages, to be compared with this one."""
_REVERSED = """
import os
_scandir, _listdir = os.scandir, os.listdir

class _Reversed:
    def __init__(self, *place):
        self._inner = _scandir(*place)
        self._entries = iter(sorted(self._inner, key=lambda entry: os.fsencode(entry.name), reverse=True))
    def __iter__(self):
        return self._entries
    def __next__(self):
        return next(self._entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.close()
    def close(self):
        self._inner.close()

os.scandir = _Reversed
os.listdir = lambda *place: sorted(_listdir(*place), reverse=True)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build is made. `elsewhere`: from another folder than the one that holds the catalogue."""

    environment: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    folder: str = "workspace"
    elsewhere: bool = False
    reversed: bool = False
    python: str = sys.executable


EACH = {
    "west": Place({"TZ": "America/Los_Angeles"}),
    "east": Place({"TZ": "Pacific/Kiritimati"}),
    "no language": Place({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "another language": Place({"LC_ALL": "zh_CN.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "hash seed": Place({"PYTHONHASHSEED": "7"}),
    "umask": Place(umask=0o077),
    "folder": Place(folder="深/文件 夹", elsewhere=True),
    "order of files": Place(reversed=True),
}
ALL = Place(
    {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}, 0o077, "深/文件 夹", True, True
)


def _places() -> Iterator[tuple[str, Place]]:
    yield "all at once", ALL
    if at_night():
        yield from EACH.items()
        if python := os.environ.get(_OTHER_PYTHON):
            yield "another Python", Place(python=python)


def _build(place: Place, root: Path) -> Path:
    """The manifest of the small catalogue's site, built there."""
    workspace = root / place.folder
    workspace.mkdir(parents=True)
    shutil.copytree(FIXTURES / "base", workspace / "catalogue")
    (workspace / "mkdocs.yml").write_text("site_name: 示例需求目录\n", encoding="utf-8")
    start = root / "start"
    start.mkdir()
    if place.reversed:
        (start / "sitecustomize.py").write_text(_REVERSED, encoding="utf-8")
    paths = [str(start), str(ROOT / "generator")]
    environment = {name: value for name, value in os.environ.items() if name not in {"TZ", "LANG", "LC_ALL"}}
    environment |= {"PYTHONPATH": os.pathsep.join(paths), "JIEBANG_CACHE": str(root / "cache"), **place.environment}
    folder = root if place.elsewhere else workspace
    done = subprocess.run(
        [place.python, "-m", "jiebang", "build", "--catalogue", str(workspace / "catalogue"), "--out", str(workspace / "public")],
        cwd=folder, env=environment, umask=place.umask, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return workspace / "public" / MANIFEST


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _build(Place({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"}), tmp_path_factory.mktemp("here")).read_bytes()


def test_the_same_records_give_the_same_bytes_everywhere(here: bytes, tmp_path: Path) -> None:
    assert here.count(b"\n") > 300
    for number, (name, place) in enumerate(_places()):
        assert _build(place, tmp_path / str(number)).read_bytes() == here, name
