"""所属行业: the name follows from the code. Only where the name cannot mean another industry."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from jiebang.schemas import Division, divisions

_NEAR = 0.75


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _letters(one), _letters(other), autojunk=False).ratio()


def _means(name: str) -> Division | None:
    """The one division that a name stands for: its own, its name of 2011, or one that is near it and to no other."""
    known = list(divisions().values())
    exact = [d for d in known if name in {d.name, d.name_2011}]
    if exact:
        return exact[0] if len(exact) == 1 else None
    ranked = sorted(known, key=lambda d: _likeness(name, d.name), reverse=True)
    first, second = ranked[:2]
    clear = _likeness(name, first.name) >= _NEAR and _likeness(name, first.name) - _likeness(name, second.name) >= 0.1
    return first if clear else None


def agreed(code: str | None, name: str | None) -> tuple[str, str] | None:
    """Code and name as they should be, where one of them is sure and the other does not say otherwise; None where nothing is to mend."""
    division = divisions().get(code or "")
    if division is None and code and name and re.fullmatch(r"[1-9]", code):
        # Spreadsheets take the 0 away; the name has to confirm it.
        division = divisions().get(f"0{code}")
        if division is None or _means(name) != division:
            return None
    if division is None or (name and name != division.name and _means(name) != division):
        return None
    wanted = (division.code, division.name)
    return None if wanted == (code, name) else wanted
