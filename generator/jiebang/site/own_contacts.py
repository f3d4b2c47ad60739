"""People's contact data in what a bureau writes by hand and the site shows as it stands: pages, settings, drawings.

What is private in the records is known to the rules; here only what is private whoever it belongs to is looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jiebang.detection import find_contacts
from jiebang.detection.contacts import EMAIL, FILING
from jiebang.detection.digits import HAN_DIGITS
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
_IN_HAN = "".join(HAN_DIGITS) + "貳陸兩"
_END_OF_LINE = r"[ \t]*(?:\\|<br ?/?>)?(?:\r?\n[ \t>]*){1,2}"
_BROKEN = re.compile(rf"(?<=[\d{_IN_HAN}-]){_END_OF_LINE}(?=[\d{_IN_HAN}-])")
"""Where a number goes on in the next line, which is the same line on the page, or in the next but one, which is the next there."""
_BROKEN_IN_HAN = re.compile(rf"(?<=[{_IN_HAN}])\s+(?=[{_IN_HAN}])")
_TEXT_OF_DRAWING = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL)
"""Its lines are one text."""
_DIGIT_BY_DIGIT = re.compile(r"^\s*\d(?:\s+\d){10,}\s*$", re.MULTILINE)
"""Each digit placed by itself: eleven in a row, as no scale of a drawing has them."""


@lru_cache(maxsize=64)
def personal_contacts(name: str, text: str) -> tuple[str, ...]:
    """The kinds (Chinese) of a person's contact data in a file and its name; the figures of offices belong there."""
    told = _TAG.sub("", text) if name.lower().endswith(".svg") else text
    lines = [name, *told.splitlines()]
    if told is not text:
        lines += [" ".join(_TAG.sub("", inside).split()) for inside in _TEXT_OF_DRAWING.findall(text) if "\n" in inside]
        lines += ["".join(match[0].split()) for match in _DIGIT_BY_DIGIT.finditer(told)]
        lines += _BROKEN_IN_HAN.sub("", told).splitlines() if _BROKEN_IN_HAN.search(told) else []
    elif _BROKEN.search(text):
        lines += _BROKEN.sub(" ", text).splitlines()
    # What is commented out, or stands in a tag, is sent to readers all the same.
    lines += [_COMMENT_MARK.sub(" ", line) for line in lines if _COMMENT_MARK.search(line)]
    lines += ["".join(match.groups("")) for match in _SAID.finditer(text)]
    kinds = (sighting.kind for line in dict.fromkeys(lines) for sighting in find_contacts(line))
    return tuple(kind for kind in dict.fromkeys(kinds) if kind not in _OF_OFFICES)
