"""Ctrl+C at any moment ends a command without a traceback: while it imports, and while the processes that help it start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from jiebang.mapping import Maps

pytestmark = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows: no signals to a group")

_INTERRUPTED = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
{then}
"""


def _run(name: str, then: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _INTERRUPTED.format(name=name, then=then)],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        # A shell may have told its children to ignore it.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    )


def test_an_interrupt_while_the_command_is_imported_says_nothing() -> None:
    ended = _run("click", "import jiebang.cli")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")


def test_an_interrupt_while_a_command_is_looked_up_is_told_in_words() -> None:
    ended = _run("jiebang.cli.check", "sys.argv = ['jiebang', 'check']; from jiebang.cli import main; main()")
    assert ended.returncode == 128 + signal.SIGINT
    assert "已中止" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_importing_the_command_leaves_signals_as_they_were() -> None:
    asked = "import signal; before = signal.getsignal(signal.SIGINT); import jiebang.cli; assert signal.getsignal(signal.SIGINT) is before"
    subprocess.run([sys.executable, "-c", asked], check=True)


def _tell_blocked(_maps: Maps, place: Path) -> None:
    place.write_text(str(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())))


def test_processes_that_help_never_hear_of_it(tmp_path: Path) -> None:
    with Maps(jobs=2) as maps:
        maps.ahead(_tell_blocked, tmp_path / "told")()
    assert (tmp_path / "told").read_text() == "True"
