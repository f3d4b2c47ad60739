"""Texts beside the records that are kept or shown as they were typed: messages of commits, and pages written by hand.

What is private in the records is known to the rules; here only what is private whoever it belongs to is looked for. Source: safety
rules 5 and 6.
"""

from __future__ import annotations

import re

from jiebang.detection import find_contacts
from jiebang.detection.contacts import EMAIL, FILING
from jiebang.detection.telephones import LANDLINE

_HASH = re.compile(r"\b(?=[0-9]*[a-f])[0-9a-f]{7,64}\b")
"""A commit's name, as `git revert` writes it: digits in it are no telephone."""
_SCISSORS = re.compile(r"^. -{8,} >8 -{8,}$.*", re.MULTILINE | re.DOTALL)
"""Behind this line `git commit --verbose` shows the change; it does not become part of the message."""
_OF_OFFICES = frozenset({EMAIL, FILING, LANDLINE})
"""What pages give of the bureaus: a telephone of an office, an address for mail, the number of a filing."""


def in_message(message: str) -> list[str]:
    """The kinds (Chinese) of contact data in a commit's message; addresses for mail stand in lines such as `Signed-off-by`."""
    told = _HASH.sub(" ", _SCISSORS.sub("", message))
    return [sighting.kind for sighting in find_contacts(told) if sighting.kind not in {EMAIL, FILING}]


def in_page(content: bytes) -> list[str]:
    """The kinds (Chinese) of a person's contact data in a page's source; the figures of offices belong there."""
    text = content.decode("utf-8", errors="replace")
    kinds = (sighting.kind for line in text.splitlines() for sighting in find_contacts(line))
    return [kind for kind in dict.fromkeys(kinds) if kind not in _OF_OFFICES]
