"""Texts beside the records that are kept or shown as they were typed: messages of commits, and pages written by hand.

What is private in the records is known to the rules; here only what is private whoever it belongs to is looked for. Source: safety
rules 5 and 6.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import PurePosixPath

from jiebang.detection import find_contacts
from jiebang.detection.contacts import EMAIL, FILING
from jiebang.proposal.repository import decoded
from jiebang.site.own_contacts import personal_contacts

_HASH = re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{7,64}\b")
"""A commit's name, as `git revert` writes it: digits in it are no telephone."""
_SCISSORS = re.compile(r"^. -{8,} >8 -{8,}$.*", re.MULTILINE | re.DOTALL)
"""Behind this line `git commit --verbose` shows the change; it does not become part of the message."""


def in_message(message: str) -> list[str]:
    """The kinds (Chinese) of contact data in a commit's message; addresses for mail stand in lines such as `Signed-off-by`."""
    told = _HASH.sub(" ", _SCISSORS.sub("", message))
    return [sighting.kind for sighting in find_contacts(told) if sighting.kind not in {EMAIL, FILING}]


def in_page(path: str, content: bytes) -> list[str]:
    """The kinds (Chinese) of a person's contact data in a page's source and its name; the figures of offices belong there."""
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = content.decode("utf-16", errors="replace") if is_wide else decoded(content, "utf-8")
    return list(personal_contacts(PurePosixPath(path).name, text))
