"""The process in which a stranger's file is parsed: its memory and time are limited, and it hands back plain data.

Started by `isolate` only: the kind of file as argument, the file's bytes on stdin, JSON on stdout.
"""

from __future__ import annotations

import json
import sys

from jiebang.forms.reading import kinds
from jiebang.forms.reading.archive import open_archive
from jiebang.forms.reading.errors import FormError
from jiebang.forms.reading.grid import Document, to_data

MEMORY = 1536 * 1024 * 1024
SECONDS = 60
"""Of the processor's time."""


def _limit() -> None:
    try:
        import resource
    except (
        ImportError
    ):  # Windows has no such limits; there the time limit of `isolate` and the limits on sizes hold alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def parse(kind: str, data: bytes) -> Document:
    """The content of a file whose kind is known. FormError where it cannot be read."""
    if kind == kinds.DOCX:
        from jiebang.forms.reading.word import read_word

        return read_word(open_archive(data))
    from jiebang.forms.reading import sheet

    if kind == kinds.XLS:
        return sheet.read_sheets(data)
    archive = open_archive(data)
    if kind == kinds.XLSX:
        sheet.refuse_huge(archive)
    return sheet.read_sheets(archive.packed(), (*archive.notes, *sheet.sheet_notes(archive)))


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
