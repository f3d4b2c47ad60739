"""Text boxes in a Word file, told once whatever they are written in: with a fallback for old programs, without one, or as VML alone."""

from __future__ import annotations

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.elements import Element, above, children, name, parents_of, run_of, sibling, text_of

_HOLDERS = ("AlternateContent", "pict", "drawing", "object")


def _content(holder: Element) -> list[Element]:
    """The text boxes of one drawing: of its newest form only, as the fallback says the same again."""
    forms = [*children(holder, "Choice"), *children(holder, "Fallback")] or [holder]
    for form in forms:
        found = [element for element in form.iter() if name(element) == "txbxContent"]
        if found:
            return found
    return []


def resolve(root: Element) -> None:
    """Puts the text of each text box beside the paragraph that it hangs on. A table in a text box stays where it is and is read."""
    parents = parents_of(root)
    for holder in [element for element in root.iter() if name(element) in _HOLDERS]:
        run = parents.get(holder)
        boxes = _content(holder)
        if run is None or name(run) != "r" or not boxes or above(holder, parents, "AlternateContent") is not None:
            continue
        paragraph = parents.get(run)
        if paragraph is None:
            continue
        place = list(run).index(holder)
        run.remove(holder)
        if any(name(inner) == "tbl" for box in boxes for inner in box.iter()):
            wrapped = sibling(run, "pict")
            wrapped.extend(boxes)
            run.insert(place, wrapped)
            continue
        lines = [text_of(p) for box in boxes for p in box.iter() if name(p) == "p"]
        split = [piece for line in lines for piece in [*doubts.pieces(line), ("\n", False)]]
        text = "".join(piece for piece, is_doubt in split if not is_doubt).strip()
        at = list(paragraph).index(run) + 1
        told = [doubts.doubt(doubts.BOX, text)] if text else []
        told += [piece for piece, is_doubt in split if is_doubt]
        for number, one in enumerate(told):
            kind, _, words = one.partition("：")
            paragraph.insert(at + number, run_of(paragraph, doubts.marked(kind, words)))
