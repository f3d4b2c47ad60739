"""Values of records as bytes, and back: by marshal, the fastest there is. Only what this program packed is ever unpacked.

Numbers with decimals are the one thing in a value that marshal does not take: each is packed as a tuple, which nothing else there is.
"""

from __future__ import annotations

import marshal
from decimal import Decimal
from typing import Any

_AS_IT_IS, _WITH_DECIMALS = b"0", b"1"


def packed(value: Any) -> bytes:
    """A value of dicts, lists, `str`, `int`, `Decimal`, `bool` and None."""
    try:
        return _AS_IT_IS + marshal.dumps(value)
    except ValueError:
        return _WITH_DECIMALS + marshal.dumps(_encoded(value))


def unpacked(data: bytes) -> Any:
    """The value again."""
    value = marshal.loads(memoryview(data)[1:])  # noqa: S302 - made by `packed`, kept under a check sum
    return value if data[:1] == _AS_IT_IS else _decoded(value)


def _encoded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return (str(value),)
    if isinstance(value, dict):
        return {name: _encoded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_encoded(item) for item in value]
    return value


def _decoded(value: Any) -> Any:
    if isinstance(value, tuple):
        return Decimal(value[0])
    if isinstance(value, dict):
        return {name: _decoded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_decoded(item) for item in value]
    return value
