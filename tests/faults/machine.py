"""A process that has everything imported and is asked, over and over, to run a command in a copy of itself that may fail or die.

Asked by lines of JSON on its standard input, it answers each by one. Started once for all tests: a Python for each of hundreds of faults
would take longer than the commands.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a command. `code` is the exit code, or minus the signal; `seen` the operations it came to, none where it died."""

    code: int
    said: str
    seen: tuple[str, ...]


class Machine:
    """The process, from the side of the tests."""

    def __init__(self, scratch: Path) -> None:
        self._said = scratch / "said"
        self._seen = scratch / "seen"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.machine"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        fault: str = "",
        at: int = 0,
        *,
        typed: str = "",
        exchange: bool = True,
    ) -> Done:
        """A command in a folder; what it keeps between runs is kept there, too. `exchange`: whether folders can be swapped in one step."""
        assert self._process.stdin is not None and self._process.stdout is not None
        asked = {
            "arguments": list(arguments), "folder": str(folder), "fault": fault, "at": at, "typed": typed, "exchange": exchange,
            "said": str(self._said), "seen": str(self._seen),
        }  # fmt: skip
        self._seen.unlink(missing_ok=True)
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        seen = json.loads(self._seen.read_text(encoding="utf-8")) if self._seen.exists() else ()
        return Done(code, self._said.read_text(encoding="utf-8"), tuple(seen))

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def _run(asked: dict[str, Any]) -> None:
    """In the copy: the command, with its words in a file; ends the process."""
    from jiebang.build import staging
    from jiebang.cli import main
    from jiebang.forms.importing import run as importing
    from jiebang.forms.reading.document import sandbox
    from tests.faults.injecting import Injector, arm

    said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    reading, writing = os.pipe()
    os.write(writing, asked["typed"].encode())
    os.close(writing)
    os.dup2(reading, 0)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.chdir(asked["folder"])
    os.environ |= {"JIEBANG_CACHE": f"{asked['folder']}/.cache", "JIEBANG_JOBS": "1"}
    sys.argv = ["jiebang", *asked["arguments"]]
    # The same ids each time; a form is read here, not in a process of its own.
    secrets.choice = random.Random(7).choice  # noqa: S311 - ids of a test
    setattr(importing, "parse_apart", sandbox.parse)  # noqa: B010 - mypy takes a name that was imported there for none of its own
    if not asked["exchange"]:
        staging._exchange = lambda one, other: False
    injector = Injector(Path(asked["folder"]), asked["fault"], asked["at"])
    arm(injector)
    code = 70
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
    except BaseException:  # noqa: BLE001 - whatever it is, the tests are to see it
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    Path(asked["seen"]).write_text(json.dumps(injector.seen), encoding="utf-8")
    os._exit(code)


def _work_once() -> None:
    """A build here, so that copies find templates, patterns and lists of words read: each would read them again."""
    from jiebang.build import BuildOptions, build
    from tests.conftest import FIXTURES

    class Silent:
        def step(self, what: str, total: int) -> Callable[[int], None]:
            return lambda done: None

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(FIXTURES / "base", "catalogue")
        build(BuildOptions(Path("catalogue"), Path("public")), Silent())


def _serve() -> None:
    from jiebang.cli.commands import COMMANDS, NEW

    for entry in (*COMMANDS, *NEW):
        entry.load()
    _work_once()
    for line in sys.stdin:
        copy = os.fork()
        if copy == 0:
            try:
                _run(json.loads(line))
            finally:
                os._exit(71)
        _, status = os.waitpid(copy, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve()
