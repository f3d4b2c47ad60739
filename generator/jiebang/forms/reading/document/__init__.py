"""A stranger's file → what it shows, whatever program wrote it.

The order in which a file passes through: `file_types` tells by its content what it is; `libreoffice` makes .docx of old Word files;
`sandbox` hands it to a process with limits, where `archive` opens the zip file, and `word` (after `word_markup`) or `workbook` reads it
into a `grid.Document`: lines of text and tables of cells, each with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiebang.forms.reading.document import file_types
from jiebang.forms.reading.document.grid import Document
from jiebang.forms.reading.document.libreoffice import to_docx
from jiebang.forms.reading.document.sandbox import parse_apart

Parse = Callable[[str, bytes], Document]


def read_file(path: Path, parse: Parse = parse_apart) -> Document:
    """The content of a form's file. FormError, with what to do, for one that cannot be read."""
    data = file_types.read_bytes(path)
    kind = file_types.kind_of(path.name, data)
    if kind == file_types.DOC:
        data, kind = to_docx(data), file_types.DOCX
    return parse(kind, data)
