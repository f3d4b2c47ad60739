"""The `format`s that our schemas use, asserted: jsonschema asserts none by itself, and its own e-mail check accepts `@`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jsonschema import FormatChecker

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def is_date(value: object) -> bool:
    """A day that exists, as `YYYY-MM-DD` (ISO 8601, extended form only)."""
    if not isinstance(value, str):
        return True
    if not _DATE.match(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_email(value: object) -> bool:
    """A mailbox of RFC 5321 without quoted parts or address literals: nobody at a bureau has one."""
    return not isinstance(value, str) or bool(_EMAIL.match(value))


def is_web_address(value: object) -> bool:
    """An http or https address with a host and nobody's password in it."""
    if not isinstance(value, str):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


FORMATS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {"date": is_date, "email": is_email, "uri": is_web_address}
)
"""By the name that schemas use."""


@cache
def format_checker() -> FormatChecker:
    """The formats for a validator of jsonschema."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name)(check)
    return checker
