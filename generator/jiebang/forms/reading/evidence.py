"""The list of evidence (佐证材料) behind a statement: how it is headed, and each piece as kind, title and number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jiebang.forms.reading.text import blank
from jiebang.schemas import fields_of

_HEADING = re.compile(
    r"\s*(?:附(?:件)?\s*[:：]?\s*|[一二三四五六七八九1-9]\s*[、.．]\s*)?(?:(?:技术创新能力)?佐证材料|相关证明材料|证明材料)(?:清单)?\s*[:：]?\s*\Z|\s*附件?(?:清单|目录)?\s*[:：]\s*\Z"
)
FIRST_ATTACHED = re.compile(r"\s*附件\s*[:：]\s*(?P<first>(?:[1１一]\s*[.、．]|[(（][1１一][)）]|《).{1,80})\Z")
"""A heading with the first piece in its line."""
ONE_ATTACHED = re.compile(r"\s*附件?\s*(?:[0-9]{1,2}|[一二三四五六七八九十])\s*[:：、.．\s].{1,40}\Z")
"""A piece that is headed by itself: 附件 1 …"""
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
