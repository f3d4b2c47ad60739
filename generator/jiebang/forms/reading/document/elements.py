"""Elements of Word's XML by their local names: the two namespaces of the format are taken alike.

Only what every element tree of Python offers is used, so that it does not matter which parser made the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from mammoth.docx.dingbats import dingbats

from jiebang.forms.reading.document.doubts import marked

Element: TypeAlias = Any  # an element of whichever tree

_OFF = {"0", "false", "off"}
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def name(element: Element) -> str:
    """The local name; empty for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *path: str) -> Iterator[Element]:
    """The elements under a path of local names."""
    for child in element:
        if name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def attribute(element: Element, wanted: str) -> str:
    """An attribute by its local name; empty where it is not."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), "")


def is_on(found: Element) -> bool:
    """Whether a property that stands there is on: `w:val="0"` turns it off."""
    return attribute(found, "val") not in _OFF


def parents_of(root: Element) -> dict[Element, Element]:
    """Each element's parent."""
    return {child: parent for parent in root.iter() for child in parent}


def above(element: Element, parents: dict[Element, Element], *names: str) -> Element | None:
    """The nearest element around this one that has one of the names."""
    found = parents.get(element)
    while found is not None and name(found) not in names:
        found = parents.get(found)
    return found


def sibling(like: Element, local: str) -> Element:
    """A new element in the namespace of another."""
    return like.makeelement(like.tag[: like.tag.rindex("}") + 1] + local, {})


def run_of(like: Element, text: str) -> Element:
    """A new run with a text."""
    run, inside = sibling(like, "r"), sibling(like, "t")
    inside.text = text
    run.append(inside)
    return run


def doubt_at(paragraph: Element, kind: str, text: str) -> None:
    """Leaves a doubt in a paragraph, with the text that it is about."""
    paragraph.append(run_of(paragraph, marked(kind, text)))


def shown(run: Element) -> str:
    """What a run shows: letters, also deleted ones, symbols, tabs and breaks; 〔内容〕 for anything else."""
    text, other = "", False
    for child in run:
        local = name(child)
        if local in {"t", "delText"}:
            text += child.text or ""
        elif local == "sym":
            code = int(attribute(child, "char") or "0", 16)
            known = dingbats.get((attribute(child, "font"), code - 0xF000 if code >= 0xF000 else code))
            text += chr(known) if known else "〔符号〕"
        elif local in _SPACES:
            text += _SPACES[local]
        else:
            other = other or local not in {"rPr", "lastRenderedPageBreak", "instrText", "delInstrText", "fldChar"}
    return text or ("〔内容〕" if other else "")


def text_of(element: Element) -> str:
    """What all runs of an element show."""
    return "".join(shown(run) for run in element.iter() if name(run) == "r")
