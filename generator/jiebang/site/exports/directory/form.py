"""The forms that the 需求目录 can take, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jiebang.site.exports.directory.content import Directory
from jiebang.site.exports.directory.sheet import directory_xlsx

FORMS: Mapping[str, Callable[[Directory], bytes]] = {"xlsx": directory_xlsx}


class FormError(Exception):
    """A form cannot be made on this machine; `str` says why and `hint` what to do, both in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def make(directory: Directory, form: str) -> bytes:
    """The finished file. Raises FormError where this machine lacks what the form needs."""
    return FORMS[form](directory)
