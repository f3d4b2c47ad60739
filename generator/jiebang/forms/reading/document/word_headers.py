"""What the headers, footers and watermarks of a Word file say about the form as a whole: 样例, 作废, 机密.

An enterprise's own letterhead is nobody's answer and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from jiebang.forms.reading.document.elements import Element, attribute, name, text_of
from jiebang.forms.reading.text import says_not_valid


def warnings_in(parts: Iterable[Element]) -> list[str]:
    """Such words, each once."""
    found: dict[str, None] = {}
    for root in parts:
        words = [attribute(element, "string") for element in root.iter() if name(element) == "textpath"]
        words += [text_of(element) for element in root.iter() if name(element) == "p"]
        found.update(dict.fromkeys(text.strip() for text in words if says_not_valid(text)))
    return list(found)
