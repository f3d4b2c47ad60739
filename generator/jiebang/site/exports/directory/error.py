"""What stops a form of the 需求目录 from being made."""

from __future__ import annotations


class FormError(Exception):
    """A form cannot be made on this machine; `str` says why and `hint` what to do, both in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
