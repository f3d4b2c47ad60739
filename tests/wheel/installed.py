"""An environment with the wheel alone: made from a source distribution of the checkout, in a folder that knows nothing of it.

The dependencies are those of the environment that runs the tests, by links to its packages, so no network is needed. Whatever in there
opens a file of the checkout ends with status 97: an audit hook sees every file that Python opens, lists or imports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

STRAYED = 97
_GUARD = f"""\
import os, sys

_ROOT, _LINKED = {str(ROOT)!r}, {str(ROOT / ".venv")!r}

def _watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if (path + os.sep).startswith(_ROOT + os.sep) and not (path + os.sep).startswith(_LINKED + os.sep):
            os.write(2, f"opened the checkout: {{path}}\\n".encode())
            os._exit({STRAYED})

sys.addaudithook(_watch)
"""
# What is not to be asked of the installed program's surroundings: the settings of the tests and of the CI they may run in.
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("PYTEST", "PYTHON", "JIEBANG", "GIT_", "GITHUB_", "PIP_")) and name != "CI"
}


@dataclass(frozen=True, slots=True)
class Installed:
    """`wheel` is the built file, `packages` the folder of links to the dependencies, `environment` the virtual environment, `program` its command
    as it starts at once."""

    wheel: Path
    packages: Path
    environment: Path
    program: Path | None = None

    @classmethod
    def below(cls, folder: Path) -> Installed:
        """What `install` made below a folder."""
        (wheel,) = (folder / "wheels").glob("*.whl")
        return cls(wheel, folder / "packages", folder / "environment")

    def prepare(self, environment: Path) -> None:
        """Gives an environment without packages the dependencies and the guard."""
        (site,) = (environment / "lib").glob("python*/site-packages")
        (site / "packages.pth").write_text(f"{self.packages}\n", encoding="utf-8")
        (site / "sitecustomize.py").write_text(_GUARD, encoding="utf-8")

    def run(
        self, *arguments: object, cwd: Path, command: str = "jiebang", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """The program of the environment, or another command of it, in a folder of its own. Frames are kept for all tests, unless
        `JIEBANG_CACHE` is empty: then the program also starts in a process of its own."""
        kept = str(self.packages.parent / "cache")
        place = self.environment / "bin" / command
        if command == "jiebang" and self.program is not None and "JIEBANG_CACHE" not in environment:
            place = self.program
        return subprocess.run(
            [str(place), *map(str, arguments)],
            cwd=cwd,
            env={**CLEAN, "COLUMNS": "200", "JIEBANG_CACHE": kept, **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


def _wheel(folder: Path) -> Path:
    """The wheel of the checkout as it stands, made from its source distribution: what that leaves out, the wheel cannot have."""
    copy = folder / "copy"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if name.partition("/")[0] not in {"tests", "catalogue", "benchmarks"} and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    _built("sdist", copy, folder)
    (packed,) = folder.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    wheels = folder / "wheels"
    wheels.mkdir()
    _built("wheel", unpacked, wheels)
    (wheel,) = wheels.glob("*.whl")
    return wheel


def _built(what: str, source: Path, target: Path) -> None:
    """As a frontend calls the project's build backend, without the processes in which pip asks it first what it needs."""
    code = f"import setuptools.build_meta as backend; backend.build_{what}({str(target)!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=source, env=CLEAN, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _pip(*arguments: object) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *map(str, arguments)]
    done = subprocess.run(pip, env={**CLEAN, "PIP_NO_INDEX": "1"}, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def install(folder: Path) -> None:
    """Builds the wheel and installs it into an empty environment below `folder`."""
    folder.mkdir()
    wheel = _wheel(folder)
    packages = folder / "packages"
    packages.mkdir()
    import click

    for entry in Path(click.__file__).parents[1].iterdir():
        if not entry.name.startswith(("jiebang", "__editable__", "__pycache__")) and entry.suffix != ".pth":
            (packages / entry.name).symlink_to(entry)
    environment = folder / "environment"
    venv.create(environment, symlinks=True, with_pip=False)
    Installed.below(folder).prepare(environment)
    _pip("--python", environment / "bin" / "python", "install", "--no-deps", wheel)
