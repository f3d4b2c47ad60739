"""People's contact data in what a bureau writes by hand and the site shows as it stands: pages, settings, drawings.

What is private in the records is known to the rules; here only what is private whoever it belongs to is looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jiebang.detection import find_contacts
from jiebang.detection.contacts import EMAIL, FILING
from jiebang.detection.telephones import LANDLINE

_OF_OFFICES = frozenset({EMAIL, FILING, LANDLINE})
"""What pages give of the bureaus: a telephone of an office, an address for mail, the number of a filing."""
_COMMENT_MARK = re.compile(r"<!--|-->")
_TAG = re.compile(r"<(?!!--)[^>]*>")
"""In drawings their figures go on over many lines."""
_SAID = re.compile(
    r"\b(?:href|title|alt|content|value|label|placeholder|name|id|aria-[a-z]+|data-[a-z-]+)\s*=\s*"
    r"(?:\"(?!data:)([^\"]*)\"|'(?!data:)([^']*)'|(?!data:)([^\s\"'<>]+))",
    re.IGNORECASE,
)
"""Attributes that tell something. Those of drawings are full of figures that are none."""
_BROKEN = re.compile(r"(?<=[0-9\uff10-\uff19-])[ \t]*\\?\r?\n[ \t>]*(?=[0-9\uff10-\uff19-])")
"""Where a number goes on in the next line, which is the same line on the page."""


@lru_cache(maxsize=64)
def personal_contacts(name: str, text: str) -> tuple[str, ...]:
    """The kinds (Chinese) of a person's contact data in a file and its name; the figures of offices belong there."""
    told = _TAG.sub("", text) if name.lower().endswith(".svg") else text
    lines = [name, *told.splitlines()]
    if told is text and _BROKEN.search(text):
        lines += _BROKEN.sub(" ", text).splitlines()
    # What is commented out, or stands in a tag, is sent to readers all the same.
    lines += [_COMMENT_MARK.sub(" ", line) for line in lines if _COMMENT_MARK.search(line)]
    lines += ["".join(match.groups("")) for match in _SAID.finditer(text)]
    kinds = (sighting.kind for line in dict.fromkeys(lines) for sighting in find_contacts(line))
    return tuple(kind for kind in dict.fromkeys(kinds) if kind not in _OF_OFFICES)
