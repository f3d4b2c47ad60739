"""A file's path → what it shows: the one way in, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiebang.forms.reading import kinds
from jiebang.forms.reading.grid import Document
from jiebang.forms.reading.isolate import parse_apart
from jiebang.forms.reading.office import to_docx

Parse = Callable[[str, bytes], Document]


def read_file(path: Path, parse: Parse = parse_apart) -> Document:
    """The content of a form's file. FormError, with what to do, for one that cannot be read."""
    data = kinds.read_bytes(path)
    kind = kinds.kind_of(path.name, data)
    if kind == kinds.DOC:
        data, kind = to_docx(data), kinds.DOCX
    return parse(kind, data)
