"""Every file of tests is run: a folder's name can keep pytest out of it without a word."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import COLLECTED, ROOT

_CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}


def _collected_apart() -> frozenset[str]:
    # Without a seed nothing is drawn.
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run(asked, cwd=ROOT, env=_CLEAN, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    # Twice quiet (pyproject.toml says it once): a line a file, with the number of its tests.
    return frozenset(line.partition(":")[0] for line in done.stdout.splitlines() if line.startswith("tests/"))


def test_every_file_of_tests_has_a_test_that_is_collected(request: pytest.FixtureRequest) -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    assert "tests/build/test_build.py" in files
    # A run of everything has collected everything; a run of some tests collects once more.
    collected = request.config.stash[COLLECTED] or _collected_apart()
    assert files - collected == set()
