"""What a command does not need it does not import: `--help` and `check` must not wait for a solver or a template engine."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jiebang.cli.commands import COMMANDS
from tests.conftest import ROOT

_HEAVY = ("scipy", "numpy", "opencc", "jinja2", "mkdocs", "lxml", "jiebang.site", "jiebang.publication")
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


def test_every_entry_is_the_command_of_its_name() -> None:
    assert [entry.load().name for entry in COMMANDS] == [entry.name for entry in COMMANDS]
    assert [entry.name for entry in COMMANDS] == sorted(entry.name for entry in COMMANDS)
