"""Words in a Word file that nobody sees on paper: white on white, or too small to be read. They are neither dropped nor taken: whether they
are an answer a person has to say. White letters on a dark ground, as labels have them, are read as any others.
"""

from __future__ import annotations

import re

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.elements import Element, attribute, children, doubt_at, name, parents_of
from jiebang.forms.reading.document.word_styles import Styles

_WHITE = re.compile(r"(?:[fF][0-9a-fA-F]){3}\Z")
_TOO_SMALL = 4
"""Half points."""
_PLAIN_GROUNDS = {"", "auto", "none", "white"}
_AROUND = {"r": ("rPr",), "p": ("pPr",), "tc": ("tcPr",), "tr": (), "tbl": ("tblPr",)}
"""What may have a ground of its own, and where that stands."""


def mark(root: Element, styles: Styles) -> None:
    """Leaves a doubt in each paragraph with such words."""
    parents = parents_of(root)
    pale: dict[Element, str] = {}
    for paragraph in [element for element in root.iter() if name(element) == "p"]:
        style = styles.of(paragraph)
        for run in paragraph.iter():
            words = "".join(text.text or "" for text in children(run, "t")) if name(run) == "r" else ""
            if words.strip() and _is_unseen(run, style, styles, parents):
                pale[paragraph] = pale.get(paragraph, "") + words
    for paragraph, words in pale.items():
        doubt_at(paragraph, doubts.PALE, words)


def _is_unseen(run: Element, style: str, styles: Styles, parents: dict[Element, Element]) -> bool:
    size = styles.value(run, style, "sz")
    if re.fullmatch("[0-9]{1,4}", size) and int(size) <= _TOO_SMALL:
        return True
    return _WHITE.match(styles.value(run, style, "color")) is not None and not _on_dark(run, styles, parents)


def _on_dark(run: Element, styles: Styles, parents: dict[Element, Element]) -> bool:
    place: Element | None = run
    while place is not None:
        for properties in _AROUND.get(name(place), ()):
            for one in (found for group in children(place, properties) for found in group):
                ground = name(one) == "shd" and _is_ground(one)
                lit = name(one) == "highlight" and attribute(one, "val") not in _PLAIN_GROUNDS
                if ground or lit or (name(one) == "tblStyle" and attribute(one, "val") in styles.shaded):
                    return True
        place = parents.get(place)
    return False


def _is_ground(shading: Element) -> bool:
    """Whether a shading shows a colour that white letters stand out from."""
    fill = attribute(shading, "fill")
    return fill not in _PLAIN_GROUNDS and not _WHITE.match(fill)
