"""The 需求目录 as a document to print, to stamp and to send: from the public view, as Excel, Word or PDF.

`content` says what stands in it; `sheet`, `word` and `pdf` each lay the same content out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jiebang.site.exports.directory.content import Directory, directory_of
from jiebang.site.exports.directory.pdf import directory_pdf
from jiebang.site.exports.directory.sheet import directory_xlsx
from jiebang.site.exports.directory.word import directory_docx

__all__ = ["FORMS", "Directory", "directory_of", "make"]

FORMS: Mapping[str, Callable[[Directory], bytes]] = {
    "xlsx": directory_xlsx,
    "docx": directory_docx,
    "pdf": directory_pdf,
}
"""The forms that the document can take, by the ending of the file."""


def make(directory: Directory, form: str) -> bytes:
    """The finished file, the same bytes for the same content. Raises FormError where this machine lacks what the form needs."""
    return FORMS[form](directory)
