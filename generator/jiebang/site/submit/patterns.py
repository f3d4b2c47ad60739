"""What the form's scripts look for in texts that will be public: the patterns of `jiebang.detection`, as JavaScript reads them.

Said once, there, so that the form warns of what the check finds. Identity numbers and forms of address are more than a pattern: the scripts
have their own, narrower rules for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jiebang.detection.contacts import SIEVE as CONTACTS
from jiebang.detection.indirect_identifiers import SIEVE as HINTS
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.sieve import Sought
from jiebang.detection.telephones import (
    CALL_AFTER,
    CALL_BEFORE,
    EXTENSION,
    LINE_BEFORE,
    STANDARD_BEFORE,
    UNIT_AFTER,
)

_WORD = r"\p{L}\p{N}_"
"""JavaScript's own `\\w` knows no Chinese characters."""
_BOUNDARY = f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_OUTSIDE = {r"\w": f"[{_WORD}]", r"\W": f"[^{_WORD}]", r"\d": r"\p{Nd}", r"\b": _BOUNDARY, r"\A": "^", r"\Z": "$"}
_INSIDE = {r"\w": _WORD, r"\d": r"\p{Nd}"}
_SYNTAX = frozenset(r"^$\.*+?()[]{}|/-")
_TOKEN = re.compile(
    r"(?P<escape>\\.)|\[\^\\W(?P<but>(?:\\.|[^\]\\])*)\]|\[(?P<set>(?:\\.|[^\]\\])*)\]|(?P<name>\(\?P<)|(?P<again>\(\?P=(?P<which>\w+)\))"
)


def _escaped(escape: str, known: dict[str, str]) -> str:
    if escape in known:
        return known[escape]
    # With the flag `u` nothing else may have a backslash.
    return escape if escape[1].isalnum() or escape[1] in _SYNTAX else escape[1]


def _in_set(inside: str) -> str:
    return re.sub(r"\\.", lambda escape: _escaped(escape[0], _INSIDE), inside)


def _token(found: re.Match[str]) -> str:
    if (escape := found["escape"]) is not None:
        # A hyphen needs its backslash in a set and may have none elsewhere.
        return "-" if escape == r"\-" else _escaped(escape, _OUTSIDE)
    if (but := found["but"]) is not None:
        # A letter, but none of these.
        return f"(?:(?![{_in_set(but)}])[{_WORD}])"
    if (inside := found["set"]) is not None:
        return f"[{_in_set(inside)}]"
    return "(?<" if found["name"] is not None else rf"\k<{found['which']}>"


def in_javascript(pattern: str) -> str:
    """A pattern of Python without flags as one of JavaScript with the flag `u`. Knows the syntax that `jiebang.detection` writes."""
    return _TOKEN.sub(_token, pattern)


def _told(sought: Iterable[Sought]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "source": in_javascript(one.pattern), "tight": one.on_tight} for one in sought]


def _either(*patterns: LazyPattern) -> str:
    return "|".join(in_javascript(pattern.source) for pattern in patterns)


@cache
def patterns() -> dict[str, Any]:
    """`contacts` (R402) and `hints` (R407), each as kind, pattern, and whether it is looked for in the text without blanks; `telephones` are what
    stands around a number: that it is one of something, or a telephone's."""
    return {
        "contacts": _told(CONTACTS.sought),
        "hints": _told(HINTS.sought),
        "telephones": {
            "unit": _either(UNIT_AFTER),
            "standard": _either(STANDARD_BEFORE),
            "before": _either(CALL_BEFORE, LINE_BEFORE),
            "after": _either(EXTENSION, CALL_AFTER),
        },
    }
