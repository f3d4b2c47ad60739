"""Elements of Word that the converter does not know, or leaves out in silence, put as what they show: ruby, simple fields, runs with a
direction, symbols of other fonts, breaks of pages, fields that have no result.

Source: ECMA-376 part 1, 17.3.3 (runs), 17.16 (fields: EQ, SYMBOL).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mammoth.docx.dingbats import dingbats

from jiebang.forms.reading.document.elements import (
    Element,
    attribute,
    children,
    name,
    parents_of,
    run_of,
    sibling,
    text_of,
)

_SYMBOL, _FORMULA, _OBJECT = "〔符号〕", "〔公式〕", "〔嵌入对象〕"
_OF_PAGES = {"page", "column"}
"""Breaks that the converter drops; what stands behind one begins a line, too."""
_WRAPPERS = {"bdo", "dir", "fldSimple", "customXml", "smartTag"}
_RINGED = re.compile(r"eq\s*\\o(?:\\a[clr])*\s*\([□○◯☐]\s*[,，;；](?P<inside>.?)\s*\)\Z", re.IGNORECASE)
_BY_CODE = re.compile(
    r'symbol\s+(?P<code>0x[0-9a-f]+|[0-9]+)\b.*?\\f\s*"?(?P<font>[^"\\]+?)"?\s*(?:\\|\Z)', re.IGNORECASE
)
_WITHOUT_RESULT = re.compile(r"(?:eq|symbol)\b", re.IGNORECASE)

_LONGEST = 500
"""Characters of an instruction that is looked at closely."""


def resolve(root: Element) -> None:
    """Replaces them all."""
    _ruby(root)
    _simple_fields(root)
    _fields(root)
    parents = parents_of(root)
    for element in list(root.iter()):
        local = name(element)
        if local == "sym" and _known(attribute(element, "font"), _code(attribute(element, "char"))) is None:
            _put(element, parents[element], _text(element, _SYMBOL))
        elif local == "cr" or (local == "br" and attribute(element, "type") in _OF_PAGES):
            _put(element, parents[element], sibling(element, "br"))
        elif local == "ptab":
            _put(element, parents[element], sibling(element, "tab"))
        elif local == "altChunk":
            paragraph = sibling(element, "p")
            paragraph.append(run_of(element, _OBJECT))
            _put(element, parents[element], paragraph)
    _unwrap(root)


def _put(old: Element, parent: Element, *new: Element) -> None:
    place = list(parent).index(old)
    parent.remove(old)
    for number, element in enumerate(new):
        parent.insert(place + number, element)


def _text(like: Element, words: str) -> Element:
    text = sibling(like, "t")
    text.text = words
    return text


def _code(char: str) -> int:
    code = int(char, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", char) else 0
    return code - 0xF000 if 0xF000 <= code <= 0xF0FF else code


def _known(font: str, code: int) -> str | None:
    found = dingbats.get((font, code))
    return None if found is None else chr(found)


def _ruby(root: Element) -> None:
    """The base of a word with its reading above it; the reading is nobody's answer."""
    parents = parents_of(root)
    for ruby in [element for element in root.iter() if name(element) == "ruby"]:
        base = [text for found in children(ruby, "rubyBase") for text in found.iter() if name(text) == "t"]
        _put(ruby, parents[ruby], *base)


def _simple_fields(root: Element) -> None:
    parents = parents_of(root)
    for field in [element for element in root.iter() if name(element) == "fldSimple"]:
        if not text_of(field) and (shown := _shown(attribute(field, "instr"))):
            _put(field, parents[field], run_of(field, shown))


def _unwrap(root: Element) -> None:
    """What only wraps text gives way to it, from the inside out."""
    parents = parents_of(root)
    for element in reversed([element for element in root.iter() if name(element) in _WRAPPERS]):
        inner = [child for child in element if not name(child).endswith("Pr")]
        parent = parents[element]
        _put(element, parent, *inner)
        parents.update(dict.fromkeys(inner, parent))


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    separated: bool = False
    result: bool = False


def _fields(root: Element) -> None:
    """Marks complex fields whose look stands in their instruction and nowhere else."""
    parents = parents_of(root)
    open_: list[_Field] = []
    for run in [element for element in root.iter() if name(element) == "r"]:
        for child in list(run):
            local = name(child)
            kind = attribute(child, "fldCharType") if local == "fldChar" else ""
            if kind == "begin":
                open_.append(_Field())
            elif kind == "separate" and open_:
                open_[-1].separated = True
            elif kind == "end" and open_:
                field = open_.pop()
                shown = "" if field.result else _shown(field.instruction)
                if shown and run in parents:
                    parent = parents[run]
                    parent.insert(list(parent).index(run) + 1, run_of(run, shown))
            elif open_ and local in {"instrText", "t", "sym"}:
                if open_[-1].separated:
                    open_[-1].result = True
                else:
                    # Word sets the box and the tick of a ringed one as runs of their own.
                    open_[-1].instruction += child.text or ""


def _shown(instruction: str) -> str:
    """What a field without a result shows; empty for one that shows nothing."""
    said = instruction.strip()
    if len(said) > _LONGEST:
        return _FORMULA if _WITHOUT_RESULT.match(said) else ""
    if ringed := _RINGED.match(said):
        inside = ringed["inside"].strip()
        return "□" if not inside else "☑" if inside in "√✓✔" else _FORMULA
    if by_code := _BY_CODE.match(said):
        return _known(by_code["font"].strip(), _code(f"{int(by_code['code'], 0):x}")) or _SYMBOL
    if not _WITHOUT_RESULT.match(said):
        return ""
    return _FORMULA if said[:2].lower() == "eq" else _SYMBOL
