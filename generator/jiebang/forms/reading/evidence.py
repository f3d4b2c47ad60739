"""The list of evidence behind a 申请书, one piece a line: `1. 专利：名称（编号：号码）`, as `jiebang export` prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jiebang.forms.reading.folding import blank
from jiebang.schemas import fields_of

_HEADING = re.compile(r"\s*附(?:件)?\s*[:：]?\s*(?:技术创新能力)?佐证材料(?:清单)?\s*[:：]?\s*\Z")
_PIECE = re.compile(
    r"\s*(?:[0-9]{1,2}\s*[.、．]\s*)?(?P<kind>[^：:]+?)\s*[：:]\s*(?P<title>.+?)\s*(?:[（(]\s*编号\s*[：:]\s*(?P<number>[^：:]+?)\s*[）)])?\s*\Z"
)


def is_heading(line: str) -> bool:
    """Whether the list begins below this line."""
    return bool(_HEADING.match(line))


def read_evidence(lines: Iterable[str]) -> tuple[list[dict[str, str]], list[str]]:
    """The pieces, and the lines that could not be read as one."""
    kinds = next(field.choices for field in fields_of("application") if field.path == "evidence[].kind")
    pieces: list[dict[str, str]] = []
    unread = []
    for line in lines:
        match = _PIECE.match(line)
        if match is not None and match["kind"] in kinds:
            piece = {name: text for name, text in match.groupdict().items() if text}
            if piece not in pieces:
                pieces.append(piece)
        elif not blank(line):
            unread.append(line)
    return pieces, unread
