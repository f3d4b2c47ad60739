"""Two versions of one part in a Word file, for new programs and for old ones (`mc:AlternateContent`): the converter reads the second alone,
Word shows the first. Drawings and text boxes have their own way (`word_boxes`).

Source: ECMA-376 part 3, 9 (markup compatibility).
"""

from __future__ import annotations

from collections.abc import Iterable

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.elements import Element, children, doubt_at, name, parents_of, text_of

_BLOCKS = {"p", "tbl", "tr", "tc", "sdt"}
_DRAWN = {"drawing", "pict", "object"}


def resolve(root: Element) -> list[Element]:
    """Puts the version that Word shows in the place of the two; the paragraphs in which the other says something else, for `mark`."""
    differ: list[Element] = []
    parents = parents_of(root)
    for holder in reversed([element for element in root.iter() if name(element) == "AlternateContent"]):
        choices, others = list(children(holder, "Choice")), list(children(holder, "Fallback"))
        in_blocks = any(name(child) in _BLOCKS for form in (*choices, *others) for child in form)
        if not in_blocks and any(name(inner) in _DRAWN for inner in holder.iter()):
            continue
        # Inside of a line the second version is letters, where the first may be a symbol that nobody here knows.
        versions = [*choices, *others] if in_blocks else [*others, *choices]
        parent = parents.get(holder)
        if not versions or parent is None:
            continue
        if in_blocks:
            shown = _paragraphs(versions[0])
            for version in versions[1:]:
                differ += _differing(shown, _paragraphs(version))
        _put(holder, parent, versions[0], parents)
    return differ


def mark(paragraphs: Iterable[Element]) -> None:
    """Leaves a doubt in each."""
    for paragraph in dict.fromkeys(paragraphs):
        doubt_at(paragraph, doubts.VERSIONS, text_of(paragraph))


def _paragraphs(version: Element) -> list[tuple[Element, str]]:
    """Those that an element holds, each with what it says."""
    return [(inner, "".join(text_of(inner).split())) for inner in version.iter() if name(inner) == "p"]


def _differing(shown: list[tuple[Element, str]], other: list[tuple[Element, str]]) -> list[Element]:
    if len(shown) == len(other):
        return [paragraph for (paragraph, said), (_, otherwise) in zip(shown, other, strict=True) if said != otherwise]
    # Which belongs to which nobody can say: what the other does not say word for word, or else all of it.
    said_there = {said for _, said in other}
    return [paragraph for paragraph, said in shown if said not in said_there] or [paragraph for paragraph, _ in shown]


def _put(holder: Element, parent: Element, version: Element, parents: dict[Element, Element]) -> None:
    place = list(parent).index(holder)
    parent.remove(holder)
    for number, child in enumerate(list(version)):
        parent.insert(place + number, child)
        parents[child] = parent
