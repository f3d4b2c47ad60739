"""The program from its wheel, without the checkout: everything it reads travels with it, and nothing is written into it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLE, run_here
from tests.wheel.installed import STRAYED, Installed


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_program_comes_from_the_environment_and_its_data_too(installed: Installed, tmp_path: Path) -> None:
    code = "import jiebang, jiebang.resources as r; print(jiebang.__file__); print(r.program_data()); print(r.schema_folder())"
    told = installed.run("-c", code, cwd=tmp_path, command="python").stdout.splitlines()
    assert len(told) == 3
    assert all(Path(line).is_relative_to(installed.environment) for line in told)


def test_the_guard_sees_whoever_opens_the_checkout(installed: Installed, tmp_path: Path) -> None:
    for code in (f"open({str(ROOT / 'README.md')!r})", f"import os; os.listdir({str(ROOT / 'schemas')!r})"):
        done = installed.run("-c", code, cwd=tmp_path, command="python")
        assert done.returncode == STRAYED
        assert "opened the checkout" in done.stderr


def test_the_wheel_holds_what_stands_at_the_root_and_no_more(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        data = {name.removeprefix("jiebang/data/") for name in wheel.namelist() if name.startswith("jiebang/data/")}
        modules = {name for name in wheel.namelist() if name.endswith(".py")}
        for name in data:
            assert wheel.read(f"jiebang/data/{name}") == (ROOT / name).read_bytes()
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "schemas", "site", "generator"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout.splitlines()  # fmt: skip
    there = [name for name in listed if (ROOT / name).is_file()]
    assert {name for name in data if name.startswith(("schemas/", "site/"))} == {
        name for name in there if not name.startswith("generator/")
    }
    assert {"mkdocs.yml", "requirements/runtime.txt"} <= data
    assert not [name for name in data if name.startswith(("catalogue/", "tests/", "generator/"))]
    wanted = {
        name.removeprefix("generator/") for name in there if name.startswith("generator/") and name.endswith(".py")
    }
    assert modules == wanted


def test_its_dependencies_are_those_of_requirements(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
        metadata = wheel.read(name).decode()
    asked = [
        line for line in (ROOT / "requirements" / "runtime.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]  # fmt: skip
    assert re.findall(r"^Requires-Dist: ([^;\s]+)$", metadata, re.MULTILINE) == asked
    assert "setuptools" not in asked
    extras = re.findall(r'^Requires-Dist: (\S+); extra == "(\w+)"$', metadata, re.MULTILINE)
    assert sorted(extras) == [("distributed", "cluster"), ("pyarrow", "parquet"), ("pyrage", "seal"), ("typst", "pdf")]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A folder with a copy of the sample and nothing else."""
    folder = tmp_path / "局里 的 目录"
    folder.mkdir()
    shutil.copytree(SAMPLE, folder / "catalogue")
    return folder


def test_the_built_sample_is_the_checkouts_byte_for_byte(installed: Installed, plain: Path) -> None:
    before = sha256(str(sorted(_files(installed.environment / "lib").items())).encode()).hexdigest()
    done = installed.run("build", cwd=plain, PYTHONDONTWRITEBYTECODE="1", JIEBANG_CACHE="")
    assert done.returncode == 0, done.stdout + done.stderr
    again = run_here(("build", "--out", "checkout"), plain, {})
    assert again.returncode == 0, again.stderr
    built = _files(plain / "public")
    assert len(built) > 400
    assert built == _files(plain / "checkout")
    # The frames are kept in the workspace, for its owner alone; the installed package is as it was.
    assert (plain / ".cache" / "frames").is_dir() and (plain / ".cache").stat().st_mode & 0o077 == 0
    assert sha256(str(sorted(_files(installed.environment / "lib").items())).encode()).hexdigest() == before


def test_a_form_becomes_records(installed: Installed, plain: Path) -> None:
    shutil.copy(ROOT / "tests" / "fixtures" / "forms" / "annex1-xls" / "form.xls", plain)
    place = ("--round", "2024", "--district", "qiaokou", "--date", "2024-07-09", "--stamped", "--no-secrets")
    done = installed.run("import", "form.xls", *place, cwd=plain)
    assert done.returncode == 0, done.stdout + done.stderr
    added = _files(plain / "catalogue").keys() - _files(SAMPLE).keys()
    assert [path.rpartition("/")[0] for path in sorted(added)] == ["2024/qiaokou/demands", "2024/qiaokou/enterprises"]
