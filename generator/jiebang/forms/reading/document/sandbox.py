"""The process of its own in which a stranger's file is parsed: a file that eats memory or time hurts nobody else.

`parse_apart` starts it and takes back plain data; run as a module it is that process: the kind of file as argument, the file's bytes
on stdin, JSON on stdout.
"""

from __future__ import annotations

import json
import subprocess
import sys

from jiebang.forms.reading.document import file_types
from jiebang.forms.reading.document.archive import open_archive
from jiebang.forms.reading.document.grid import Document, from_data, to_data
from jiebang.forms.reading.findings import FormError

TIMEOUT = 90
"""Seconds on the clock, for the process as a whole."""
MEMORY = 1536 * 1024 * 1024
SECONDS = 60
"""Of the processor's time."""


def parse_apart(kind: str, data: bytes) -> Document:
    """The content of a file, parsed in another process. FormError where it cannot be read or costs too much."""
    hint = "正常的表格几秒钟就能读完；请用 Word 或 Excel 打开后另存一份再试。"
    try:
        done = subprocess.run(  # noqa: S603 - this very interpreter with a module of ours
            [sys.executable, "-I", "-m", "jiebang.forms.reading.document.sandbox", kind],
            input=data,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FormError(f"读这个文件超过 {TIMEOUT} 秒，已停止。", hint) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise FormError("读这个文件时超出了内存或时间的限制，或文件已损坏。", hint) from error
    if "error" in answer:
        raise FormError(answer["error"]["message"], answer["error"]["hint"])
    return from_data(answer["document"])


def _limit() -> None:
    try:
        import resource
    except (
        ImportError
    ):  # Windows has no such limits; there the time limit of `parse_apart` and the limits on sizes hold alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def parse(kind: str, data: bytes) -> Document:
    """The content of a file whose kind is known. FormError where it cannot be read."""
    if kind == file_types.DOCX:
        from jiebang.forms.reading.document.word import read_word

        return read_word(open_archive(data))
    from jiebang.forms.reading.document import workbook

    if kind == file_types.XLS:
        return workbook.read_sheets(data)
    return workbook.read_workbook(open_archive(data), kind)


def main() -> None:
    """Reads one file and answers in JSON."""
    _limit()
    try:
        answer = {"document": to_data(parse(sys.argv[1], sys.stdin.buffer.read()))}
    except FormError as error:
        answer = {"error": {"message": error.message, "hint": error.hint}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
