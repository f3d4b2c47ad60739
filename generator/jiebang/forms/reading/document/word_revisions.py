"""Tracked changes that nobody accepted: the text as it would be read once they are, and a doubt for each that says what was changed.

One place for all kinds: words inserted, deleted or moved; rows and cells inserted or deleted; the break between two paragraphs. Changes of
the mere look (`rPrChange` and the like) are none. The words of a deleted row stay, so that it can be told what the row was.
"""

from __future__ import annotations

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.elements import Element, children, doubt_at, name, shown, sibling, text_of

_KINDS = {
    "ins": doubts.INSERTED,
    "moveTo": doubts.MOVED_IN,
    "del": doubts.DELETED,
    "moveFrom": doubts.MOVED_AWAY,
}
_GONE = {doubts.DELETED, doubts.MOVED_AWAY}
_CELLS = {"cellIns": doubts.INSERTED, "cellDel": doubts.DELETED}


def resolve(root: Element) -> None:
    """Resolves all changes of a document."""
    _walk(root, None, [])


def _mark(element: Element, properties: str, kinds: dict[str, str]) -> str | None:
    """The change that the properties of a row, cell or paragraph's end tell; it is taken out, as converters have views of their own on it."""
    told = None
    for group in list(children(element, *properties.split("/"))):
        for child in [child for child in group if name(child) in kinds]:
            told = kinds[name(child)]
            group.remove(child)
    return told


def _walk(element: Element, fate: str | None, changes: list[tuple[str, str]]) -> None:
    """`fate` is the change around an element, `changes` what was found in its paragraph."""
    for child in list(element):
        local = name(child)
        if local in {"tr", "tc"}:
            of = _mark(child, "trPr", _KINDS) if local == "tr" else _mark(child, "tcPr", _CELLS)
            if local == "tr" and (of in _GONE or _emptied(child)):
                of = doubts.ROW_DELETED
            _walk(child, of or fate, changes)
        elif local == "p":
            _paragraph(child, fate)
        elif local in _KINDS:
            _walk(child, fate if fate in {*_GONE, doubts.ROW_DELETED} else _KINDS[local], changes)
            # A converter leaves out what stands in a deletion; the doubt about it must stay.
            child.tag = sibling(child, "ins").tag
        elif local == "r" and fate:
            _run(child, fate, changes)
        elif not local.endswith("Pr"):
            _walk(child, fate, changes)


def _emptied(row: Element) -> bool:
    """Whether nothing of a row's words would be left."""
    words = [element for element in row.iter() if name(element) in {"t", "delText"} and (element.text or "").strip()]
    return bool(words) and not any(name(word) == "t" for word in words)


def _run(run: Element, fate: str, changes: list[tuple[str, str]]) -> None:
    text = shown(run)
    if changes and changes[-1][0] == fate:
        changes[-1] = (fate, changes[-1][1] + text)
    elif text:
        changes.append((fate, text))
    for child in run:
        if name(child) == "delText" and fate == doubts.ROW_DELETED:
            child.tag = sibling(child, "t").tag
    if fate in _GONE:
        for child in [child for child in run if name(child) != "rPr"]:
            run.remove(child)


def _paragraph(paragraph: Element, fate: str | None) -> None:
    ended = _mark(paragraph, "pPr/rPr", _KINDS)
    changes: list[tuple[str, str]] = []
    before = text_of(paragraph)
    _walk(paragraph, fate, changes)
    if ended and not changes and before.strip():
        changes.append((doubts.BREAK, before))
    for kind, text in changes:
        doubt_at(paragraph, kind, text)
