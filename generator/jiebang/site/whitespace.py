"""White space in HTML that no reader sees: dropped beside tags that begin or end a block, elsewhere one character of it is kept.

Worked out once, when frames are built and templates compiled; what is filled in later (texts of records) never comes here. Elements in
which white space counts (`pre`, `textarea`) and those that hold no HTML (`script`, `style`) stay as they are.
"""

from __future__ import annotations

import re

_BLOCKS = frozenset(
    name
    for names in (
        "!doctype html head title meta link base script style template body",
        "header footer main nav aside section article address div p h1 h2 h3 h4 h5 h6 blockquote pre hr br details summary",
        "ul ol li dl dt dd figure figcaption table caption colgroup col thead tbody tfoot tr th td",
        "form fieldset legend option optgroup",
        "g rect path circle line text",
    )
    for name in names.split()
)
"""Tags beside which white space is not seen. Shapes of a picture too: between them there is no text."""
_KEPT = frozenset({"pre", "textarea", "script", "style"})
_COMMENT = "!--"
_BEGIN = re.compile(r"<(!--|!?/?[a-zA-Z][a-zA-Z0-9]*)")
_END = re.compile("""["'>]""")
_SPACE = " \t\n\r\f"
_RUN = re.compile(f"[{_SPACE}]+")


class Collapser:
    """Collapses a text that comes in pieces, as a template does between its expressions: a tag may begin in one piece and end in
    another. What stands between two pieces is not known, so white space at the edge of a piece is dropped only beside a tag within it."""

    def __init__(self) -> None:
        # The tag that has begun, the quotation mark that is open in it, and the element whose content is kept as it is.
        self._tag = self._quote = self._kept = ""

    def piece(self, text: str) -> str:
        """The next piece, collapsed."""
        made: list[str] = []
        at, after = 0, False
        while at < len(text):
            if self._tag:
                name, end = self._tag, self._behind_tag(text, at)
                made.append(text[at:end])
                after = not self._tag and name.lstrip("/") in _BLOCKS
            else:
                name, end = self._next_tag(text, at)
                between = text[at:end]
                made.append(between if self._kept else _collapsed(between, after, name.lstrip("/") in _BLOCKS))
                self._tag = name
                if end < len(text):
                    end += 1
                    made.append("<")
            at = end
        return "".join(made)

    def _next_tag(self, text: str, at: int) -> tuple[str, int]:
        """Name and place of the next tag; no name and the text's end where none begins in it."""
        for found in _BEGIN.finditer(text, at):
            name = found[1].lower()
            if not self._kept or name == f"/{self._kept}":
                return name, found.start()
        return "", len(text)

    def _behind_tag(self, text: str, at: int) -> int:
        """Where the tag that has begun is over; the text's end where it goes on in the next piece."""
        if self._tag == _COMMENT:
            end = text.find("-->", at)
            if end < 0:
                return len(text)
            self._tag = ""
            return end + len("-->")
        while at < len(text):
            found = text.find(self._quote, at) if self._quote else -1
            if self._quote and found < 0:
                return len(text)
            if self._quote:
                self._quote, at = "", found + 1
                continue
            mark = _END.search(text, at)
            if not mark:
                return len(text)
            at = mark.end()
            if mark[0] == ">":
                self._kept = self._tag if self._tag in _KEPT else ""
                self._tag = ""
                return at
            self._quote = mark[0]
        return len(text)


def _collapsed(text: str, after: bool, before: bool) -> str:
    if after:
        text = text.lstrip(_SPACE)
    if before:
        text = text.rstrip(_SPACE)
    return _RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", text)


def collapsed(html: str) -> str:
    """A whole page, or a part of one, collapsed."""
    return Collapser().piece(html)
