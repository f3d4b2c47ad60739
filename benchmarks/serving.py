"""How long after an edit a preview serves the page anew: the server is started once, each edit is written and the page asked for until it shows."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measure import Command, Cost, RunFailedError, tree_cpu, tree_mebibytes

_EVERY = 0.005
_LONGEST = 600.0
"""Seconds until a server that does not answer counts as broken: the largest catalogues take minutes to begin with."""
_ADDRESS = re.compile(rb"//(?:127\.0\.0\.1|localhost):(\d+)/")


@dataclass(frozen=True, slots=True)
class Served:
    """A running preview."""

    pid: int
    port: int

    def shows(self, page: str, text: str) -> bool:
        """Whether a page is there and holds a text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", f"/{page}")
            answer = connection.getresponse()
            return answer.status == 200 and text.encode() in answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait_for(self, page: str, text: str = "") -> None:
        _until(lambda: self.shows(page, text), f"{page} 没有更新")

    def time_edit(self, file: Path, content: str, page: str, mark: str) -> Cost:
        """Writes a file and waits until the page shows what is new in it."""
        before, started = _cpu(self.pid), time.perf_counter()
        file.write_text(content, encoding="utf-8")
        self.wait_for(page, mark)
        seconds = time.perf_counter() - started
        # What is done after the page is shown belongs to the next edit's peace, not to this one's wait.
        # A worker that ended meanwhile takes its computing with it: less than nothing was not computed.
        return Cost(seconds, max(0.0, _cpu(self.pid) - before), tree_mebibytes(self.pid))


def _cpu(pid: int) -> float:
    try:
        return tree_cpu(pid)
    except OSError:
        return 0.0


def _until(done: Callable[[], bool], otherwise: str) -> None:
    over = time.monotonic() + _LONGEST
    while not done():
        if time.monotonic() > over:
            raise RunFailedError(otherwise)
        time.sleep(_EVERY)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(command: Command, environment: Mapping[str, str], cwd: Path | None = None) -> Iterator[Served]:
    """A preview that says its address when it is ready; ended with the context."""
    with tempfile.TemporaryDirectory(prefix="jiebang-bench-") as folder:
        said = Path(folder) / "said"
        with said.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603 - our own
                command, cwd=cwd, env={**os.environ, **environment}, stdout=stream, stderr=subprocess.STDOUT
            )
        try:

            def ready() -> bool:
                if process.poll() is not None:
                    raise RunFailedError(f"预览没有开始：{said.read_text(encoding='utf-8', errors='replace')[-2000:]}")
                return _ADDRESS.search(said.read_bytes()) is not None

            _until(ready, "预览没有开始")
            found = _ADDRESS.search(said.read_bytes())
            yield Served(process.pid, int(found[1]) if found else 0)
        finally:
            process.terminate()
            process.wait()
