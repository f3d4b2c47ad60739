"""The one base class for what people can cause: caught once, at the edge, and shown without a traceback."""

from __future__ import annotations


class UserError(Exception):
    """`message` says what happened, `hint` what to do; both Chinese, neither with a private value."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
