"""The forms that the 需求目录 can take, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jiebang.site.exports.directory.content import Directory
from jiebang.site.exports.directory.pdf import directory_pdf
from jiebang.site.exports.directory.sheet import directory_xlsx
from jiebang.site.exports.directory.word import directory_docx

FORMS: Mapping[str, Callable[[Directory], bytes]] = {
    "xlsx": directory_xlsx,
    "docx": directory_docx,
    "pdf": directory_pdf,
}


def make(directory: Directory, form: str) -> bytes:
    """The finished file, the same bytes for the same content. Raises FormError where this machine lacks what the form needs."""
    return FORMS[form](directory)
