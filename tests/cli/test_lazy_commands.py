"""What a command does not need it does not import: `--help` and `check` must not wait for a solver or a template engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jiebang.cli.commands import COMMANDS, NEW
from tests.conftest import FIXTURES, ROOT

_HEAVY = ("highspy", "numpy", "opencc", "jinja2", "mkdocs", "lxml", "jiebang.site", "jiebang.publication")
_TO_JUDGE = ("opencc", "numpy")
_NO_SCHEMAS = (*_HEAVY, "jsonschema", "yaml", "jiebang.catalogue", "jiebang.rules")


def _imported(module: str, names: tuple[str, ...]) -> list[str]:
    code = f"import sys, {module}; print(*(name for name in {names!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "generator", capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_help_imports_no_command() -> None:
    assert _imported("jiebang.cli.main", _NO_SCHEMAS) == []


@pytest.mark.parametrize("command", ["check", "fix", "import_"])
def test_commands_on_records_import_nothing_that_publishes(command: str) -> None:
    assert _imported(f"jiebang.cli.{command}", _HEAVY) == []


_RUN = """
import sys
from jiebang.cli import main
sys.argv = ["jiebang", *{arguments!r}]
try:
    main()
except SystemExit as stop:
    print(stop.code or 0, *(name for name in {names!r} if name in sys.modules), file=sys.__stderr__)
"""


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--help",), _NO_SCHEMAS),
        (("new", "id", "demand"), _NO_SCHEMAS),
        # What is judged for the first time is compared in simplified characters and looked for by numbers.
        (("check", "--catalogue", str(FIXTURES / "base")), tuple(name for name in _HEAVY if name not in _TO_JUDGE)),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else None,
)
def test_a_run_imports_nothing_heavy(arguments: tuple[str, ...], names: tuple[str, ...]) -> None:
    """The whole way through, not the first imports alone."""
    code = _RUN.format(arguments=arguments, names=names)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.splitlines()[-1].split() == ["0"]


def test_what_was_judged_is_told_again_without_reading_it() -> None:
    names = (*_HEAVY, "jsonschema", "jsonschema_rs", "yaml")
    code = _RUN.format(arguments=("check", "--catalogue", str(FIXTURES / "base")), names=names)
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.splitlines()[-1].split() == ["0"]


def test_a_site_that_stands_as_it_should_is_left_without_importing_what_makes_sites(tmp_path: Path) -> None:
    names = (*_HEAVY, "git", "jsonschema", "jsonschema_rs", "yaml", "jiebang.build.making", "jiebang.proposal")
    code = _RUN.format(arguments=("build", "--catalogue", str(FIXTURES / "base")), names=names)
    environment = {**os.environ, "JIEBANG_CACHE": str(tmp_path / "cache")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    assert done.stderr.splitlines()[-1].split() == ["0"]
    assert "没有写入" in done.stderr


def test_every_entry_is_the_command_of_its_name() -> None:
    for entries in (COMMANDS, NEW):
        assert [entry.load().name for entry in entries] == [entry.name for entry in entries]
        assert [entry.name for entry in entries] == sorted(entry.name for entry in entries)
