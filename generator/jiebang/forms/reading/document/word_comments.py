"""Comments in a Word file: what somebody wrote beside a text is a doubt about it, wherever the comment begins, goes on or is anchored."""

from __future__ import annotations

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.elements import Element, above, attribute, doubt_at, name, parents_of, text_of


def texts_of(root: Element) -> dict[str, str]:
    """The comments by their number."""
    return {
        attribute(comment, "id"): "\n".join(text_of(p) for p in comment.iter() if name(p) == "p").strip()
        for comment in root
        if name(comment) == "comment"
    }


def mark(root: Element, texts: dict[str, str]) -> None:
    """Leaves each comment as a doubt in every paragraph that it is about."""
    parents = parents_of(root)
    open_: dict[str, None] = {}
    about: dict[Element, dict[str, None]] = {}
    for element in list(root.iter()):
        local, number = name(element), attribute(element, "id") if isinstance(element.tag, str) else ""
        if local == "p":
            about.setdefault(element, {}).update(open_)
        elif local == "commentRangeEnd":
            open_.pop(number, None)
        elif local in {"commentRangeStart", "commentReference"}:
            if local == "commentRangeStart":
                open_[number] = None
            paragraph = above(element, parents, "p")
            if paragraph is not None:
                about.setdefault(paragraph, {})[number] = None
    for paragraph, numbers in about.items():
        for number in numbers:
            doubt_at(paragraph, doubts.COMMENT, texts.get(number, ""))
