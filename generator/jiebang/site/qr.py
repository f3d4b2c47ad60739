"""QR codes (ISO/IEC 18004) of addresses, as one path of an SVG: for the print of a demand and for its card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

QUIET = 4
"""Modules of white on each side, as the standard asks."""
_DARK = re.compile(rb"\x01+")
_MASK = 3
"""One mask for all: any may stand in a code, a reader undoes the one that it names. To try all eight takes five times as long."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` is drawn with a stroke as wide as a module, in a square of `size` modules, white margin included."""

    size: int
    path: str


# The page of a demand and its card stand one after the other, and hold the same code.
@lru_cache(maxsize=8)
def qr_code(address: str) -> QrCode:
    """The code of an address, at level M: a seventh of it may be soiled or lost."""
    # Only sites that know their address need it.
    import segno

    code = segno.make(address, error="m", boost_error=False, micro=False, mask=_MASK)
    lines = []
    for y, row in enumerate(code.matrix, QUIET):
        at = -1
        for run in _DARK.finditer(row):
            start, end = run.span()
            lines.append(f"M{start + QUIET} {y}.5h{end - start}" if at < 0 else f"m{start - at} 0h{end - start}")
            at = end
    return QrCode(len(code.matrix) + 2 * QUIET, "".join(lines))
