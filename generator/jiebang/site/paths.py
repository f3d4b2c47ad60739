"""Where the pages of demands, industries and fields stand in the site, and the addresses of narrowed lists."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlencode

from jiebang.schemas import foundation_fields

LICENCE_PATH = "about/#licence"
"""The terms of use, where the city has chosen none by name."""


@cache
def field_slugs() -> dict[str, str]:
    """Name of a field → its place in an address."""
    return {entry.value: entry.extra["x-slug"] for entry in foundation_fields()}


def demand_path(demand_id: str) -> str:
    return f"demands/{demand_id.lower()}/"


def section_path(letter: str) -> str:
    return f"industries/{letter.lower()}/"


def division_path(letter: str, code: str) -> str:
    return f"industries/{letter.lower()}/{code}/"


def industry_path(letter: str | None, code: str | None) -> str | None:
    """The page of the narrowest industry that may be said; None where none may."""
    if letter is None:
        return None
    return section_path(letter) if code is None else division_path(letter, code)


def field_path(name: str) -> str:
    return f"fields/{field_slugs()[name]}/"


def list_address(**choices: str | tuple[str, ...]) -> str:
    """The list of demands narrowed to these choices, several of one facet repeated; one that is not said (withheld, or never stated)
    is `-` there."""
    return f"demands/?{urlencode({facet: key or '-' for facet, key in choices.items()}, doseq=True)}"


def states_key(state: str) -> tuple[str, ...]:
    """What the list calls a state: whether a published demand is open or past its day is the browser's to say."""
    return ("open", "closed") if state == "published" else (state,)


SEARCH = "search/"
"""Where the search index stands."""
_IN_SEARCH = re.compile(f"^{SEARCH}[0-9a-f]{{10}}/")


def lasting_name(path: str) -> str:
    """A path without what of it changes whenever another file does: by this name a file of the search index is known again. Any other
    path as it is."""
    return _IN_SEARCH.sub(f"{SEARCH}/", path)


MATCH_INDEX = "match/index.bin"
"""The file from which a browser ranks demands for a description."""
