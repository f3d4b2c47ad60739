"""Long texts changed character by character: each kind of character is looked at once, however often it stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from jiebang.detection.portions import portions

_ALONE = (
    "\0-\u02ff\u0370-\u0482\u1e00-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\u3130\u3190-\u9fff\uf900-\ufaff"
    "\uff01-\uff9d\uffe0-\uffee\U0001f000-\U0001faff\U00020000-\U000323af"
)
"""Characters whose normal form does not depend on those beside them: what they become is never joined to the character before."""
_PORTION = 1 << 20
"""About how many characters are changed at a time."""
_BESIDE = re.compile(f"[^{_ALONE}]")


def points_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def characters_of(text: str) -> set[str]:
    """The different characters of a text."""
    return set(map(chr, np.flatnonzero(np.bincount(points_of(text))).tolist()))


def _changed(text: str, form: Callable[[str], str]) -> str:
    if not text:
        return text
    points = points_of(text)
    table = np.zeros(int(points.max()) + 1, dtype=np.uint32)
    table[points] = 1
    longer: dict[str, str] = {}
    for code in np.flatnonzero(table).tolist():
        character = chr(code)
        changed = form(character)
        if len(changed) == 1:
            table[code] = ord(changed)
        else:
            table[code] = code
            longer[character] = changed
    whole = table[points].tobytes().decode("utf-32-le")
    for character, changed in longer.items():
        whole = whole.replace(character, changed)
    return whole


def changed_all(texts: Iterable[str], form: Callable[[str], str]) -> list[str]:
    """`form` of each text, which must be that of its characters, one by one, but for those that normal forms join.

    Applied twice it must change nothing more, and it must leave `\\0` as it is.
    """
    made: list[str] = []
    for some in portions(texts, _PORTION):
        apart = {at for at, text in enumerate(some) if "\0" in text or _BESIDE.search(text)}
        changed = iter(_changed("\0".join(text for at, text in enumerate(some) if at not in apart), form).split("\0"))
        made += (form(text) if at in apart else next(changed) for at, text in enumerate(some))
    return made
