"""The command as a program that starts at once: a process that has everything imported runs it in a copy of itself, with the streams, folder and
environment of whoever calls.

For tests in which git or a forge's script calls the program dozens of times: starting Python and importing takes most of that. That
the program starts by itself is tested beside, with `installed_program`.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_GENERATOR = Path(__file__).resolve().parents[1] / "generator"
_CALL = """\
import json, os, socket, sys
told = json.dumps({{"arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}).encode()
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [len(told).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(told)
    # Nothing comes where the copy was killed.
    code = server.recv(8) or b"137"
os._exit(int(code))
"""


def installed_program(place: Path) -> None:
    """Writes an executable that starts the program of this checkout in a process of its own."""
    _write(place, f'PYTHONPATH={shlex.quote(str(_GENERATOR))} exec {shlex.quote(sys.executable)} -m jiebang "$@"')


def _write(place: Path, command: str) -> None:
    place.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    place.chmod(0o755)


@contextlib.contextmanager
def warm_program(
    folder: Path, python: str | Path = sys.executable, environment: Mapping[str, str] = os.environ
) -> Iterator[Path]:
    """An executable in this folder that is the program as this Python has it, for as long as the process behind it runs."""
    address, call, place = folder / "socket", folder / "call.py", folder / "jiebang"
    # What waits may have nothing of this checkout in its way.
    waits = folder / "waits.py"
    shutil.copy(__file__, waits)
    call.write_text(_CALL.format(address=str(address)), encoding="utf-8")
    # Without the packages of an environment Python starts in a tenth of the time.
    _write(place, f'exec {shlex.quote(sys.executable)} -I -S {shlex.quote(str(call))} "$@"')
    command = [str(python), str(waits), str(address)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield place
        finally:
            process.stdin.close()


def _run(connection: socket.socket) -> None:
    """In the copy: the command of a caller; ends the process."""
    from jiebang.cli import main

    size, streams, _, _ = socket.recv_fds(connection, 4, 3)
    told = b""
    while len(told) < int.from_bytes(size, "big"):
        told += connection.recv(1 << 16)
    asked = json.loads(told)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # Those of the process that waits were made for other files.
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["jiebang", *asked["arguments"]]
    code = 70
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - as Python itself ends a program
        import traceback

        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(str(code).encode())
    os._exit(code)


def _serve(address: str) -> None:
    from jiebang.cli.commands import COMMANDS, NEW

    for entry in (*COMMANDS, *NEW):
        entry.load()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        print("ready", flush=True)
        # Standard input ends with the process of the tests, however that ends.
        while sys.stdin not in select.select([server, sys.stdin], [], [])[0]:
            connection, _ = server.accept()
            with connection:
                if os.fork() == 0:
                    try:
                        server.close()
                        _run(connection)
                    finally:
                        os._exit(71)
            # A copy that still runs is met the next time.
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


if __name__ == "__main__":
    _serve(sys.argv[1])
