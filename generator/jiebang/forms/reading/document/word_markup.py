"""Word's XML made plain before it is converted: what a converter would drop in silence leaves a mark in its place.

A formula, a picture or a struck-out word that vanished would turn the rest into a wrong value; so would a tick typed in a symbol font, whose
letter means nothing in any other. What the file itself leaves in doubt (`doubts`) is left in the paragraph that it is about.
"""

from __future__ import annotations

import re

from mammoth.docx.dingbats import dingbats

from jiebang.forms.reading.document import (
    doubts,
    scripts,
    word_alternates,
    word_boxes,
    word_comments,
    word_pale,
    word_revisions,
    word_unknown,
)
from jiebang.forms.reading.document.elements import (
    Element,
    above,
    attribute,
    children,
    doubt_at,
    is_on,
    name,
    parents_of,
    run_of,
)
from jiebang.forms.reading.document.word_styles import Styles, styles_of
from jiebang.forms.reading.document.word_xml import parsed, written

_SYMBOL_FONTS = {font for font, _ in dingbats}
_MARKED = {
    "oMath": "〔公式〕",
    "oMathPara": "〔公式〕",
    "drawing": "〔图片〕",
    "pict": "〔图片〕",
    "object": "〔嵌入对象〕",
    "footnoteReference": "〔脚注〕",
    "endnoteReference": "〔脚注〕",
}


def _replace(element: Element, parents: dict[Element, Element], text: str) -> None:
    """Puts a marked run in an element's place; inside a run, only its text."""
    word = above(element, parents, "p", "r")
    if word is None:
        return
    parent = parents[element]
    new = run_of(word, text)
    if name(parent) == "r":
        new = new[0]
    new.tail = element.tail
    parent[list(parent).index(element)] = new


def _mark_objects(root: Element) -> None:
    parents = parents_of(root)
    for element in list(root.iter()):
        if (text := _MARKED.get(name(element))) and not any(name(inner) == "txbxContent" for inner in element.iter()):
            _replace(element, parents, text)
        elif name(element) == "ffData" and any(name(child) == "ddList" for child in element):
            # Which entry of the list is shown stands nowhere in the text.
            field = above(element, parents, "r")
            if field is not None and (parent := parents.get(field)) is not None:
                parent.insert(list(parent).index(field), run_of(field, "〔下拉框〕"))


def _drop_prompts(root: Element) -> None:
    """An empty content control shows its prompt (单击此处输入文字); that is nobody's answer."""
    for control in [e for e in root.iter() if name(e) == "sdt"]:
        properties = {name(found) for group in children(control, "sdtPr") for found in group}
        if "showingPlcHdr" in properties and "checkbox" not in properties:
            for text in [e for content in children(control, "sdtContent") for e in content.iter() if name(e) == "t"]:
                text.text = ""


def _symbol_text(run: Element, text: str) -> str:
    """Letters of a symbol font as the characters they look like."""
    fonts = {
        attribute(found, name) for found in children(run, "rPr", "rFonts") for name in ("ascii", "hAnsi", "eastAsia")
    }
    font = next((font for font in sorted(fonts) if font in _SYMBOL_FONTS), None)
    shown = ""
    for character in text:
        code = ord(character)
        private = 0xF020 <= code <= 0xF0FF
        known = dingbats.get((font or "Wingdings", code - 0xF000 if private else code)) if font or private else None
        shown += chr(known) if known is not None and not character.isspace() else character
    return shown


def _plain_runs(root: Element, styles: Styles) -> bool:
    """Symbols, raised and lowered letters and struck words as plain text; whether there was hidden text (it is dropped)."""
    parents = parents_of(root)
    left_out: dict[Element, dict[str, str]] = {}
    paragraph_styles: dict[Element | None, str] = {}
    lines: dict[Element | None, int] = {}
    hidden_rows = {row for row in root.iter() if name(row) == "tr" and any(map(is_on, children(row, "trPr", "hidden")))}
    for run in [e for e in root.iter() if name(e) == "r"]:
        texts = list(children(run, "t"))
        paragraph = above(run, parents, "p")
        if paragraph not in paragraph_styles:
            paragraph_styles[paragraph] = styles.of(paragraph)
        style = paragraph_styles[paragraph]
        script = styles.script(run, style)
        if not script and (position := _position(run)):
            if paragraph not in lines:
                lines[paragraph] = _line(paragraph)
            script = _off_the_line(position - lines[paragraph], texts)
        _set_symbols(texts, script, run)
        if styles.has(run, style, "caps") or styles.has(run, style, "smallCaps"):
            # As they are shown and printed, whatever was typed.
            for text in texts:
                text.text = (text.text or "").upper()
        words = "".join(text.text or "" for text in texts)
        if not words.strip():
            continue
        in_row = bool(hidden_rows) and above(run, parents, "tr") in hidden_rows
        hidden = in_row or styles.has(run, style, "vanish")
        if hidden or styles.has(run, style, "strike") or styles.has(run, style, "dstrike"):
            # The words of a hidden row stay, so that it can be told what the row is.
            for text in texts if not in_row else ():
                text.text = ""
            if not hidden:
                texts[0].text = "〔删除线文字〕"
            if paragraph is not None:
                told = left_out.setdefault(paragraph, {})
                kind = doubts.HIDDEN if hidden else doubts.STRUCK
                told[kind] = told.get(kind, "") + words
    for paragraph, told in left_out.items():
        for kind, words in told.items():
            doubt_at(paragraph, kind, words)
    return any(doubts.HIDDEN in told for told in left_out.values())


_OFF_THE_LINE = 4
"""Half points. Less is a nudge that nobody sees."""
_EXPONENT = re.compile(r"\s*[+\-−–－]?\s*(?:[0-9０-９]{1,3}|n)\s*\Z")


def _position(run: Element) -> int:
    """By how many half points a run is raised by hand."""
    told = next((attribute(e, "val") for e in children(run, "rPr", "position")), "")
    return int(told) if re.fullmatch(r"-?[0-9]{1,4}", told) else 0


def _line(paragraph: Element | None) -> int:
    """Where most of a paragraph stands: a whole line may be raised, too."""
    letters: dict[int, int] = {}
    for run in paragraph.iter() if paragraph is not None else ():
        if name(run) == "r":
            count = sum(len(text.text or "") for text in children(run, "t"))
            position = _position(run)
            letters[position] = letters.get(position, 0) + count
    return max(letters, key=lambda one: letters[one], default=0)


def _off_the_line(position: int, texts: list[Element]) -> str:
    """A short number above or below its line."""
    if abs(position) < _OFF_THE_LINE or not _EXPONENT.match("".join(text.text or "" for text in texts)):
        return ""
    return scripts.UP if position > 0 else scripts.DOWN


def _set_symbols(texts: list[Element], script: str, run: Element) -> None:
    for text in texts:
        text.text = scripts.set_apart(_symbol_text(run, doubts.without_signs(text.text or "")), script)


_ENTRY = re.compile(r"(?:toc|目录)\s*[1-9]\Z", re.IGNORECASE)


def _drop_contents(root: Element, styles: Styles) -> None:
    """A table of contents says chapters' names with their pages; that is no chapter."""
    parents = parents_of(root)
    for control in [e for e in root.iter() if name(e) == "sdt"]:
        galleries = [attribute(e, "val") for e in children(control, "sdtPr", "docPartObj", "docPartGallery")]
        if "Table of Contents" in galleries and control in parents:
            parents[control].remove(control)
    for paragraph in [e for e in root.iter() if name(e) == "p"]:
        if _ENTRY.match(styles.name_of(styles.of(paragraph))) and paragraph in parents:
            parents[paragraph].remove(paragraph)


def styles_in(data: bytes | None) -> Styles:
    """The styles of a Word file; none where it has no such part."""
    return styles_of(parsed(data)) if data else Styles()


def comments_in(data: bytes | None) -> dict[str, str]:
    """The comments of a Word file by their number."""
    return word_comments.texts_of(parsed(data)) if data else {}


def plain_document(data: bytes, styles: Styles, comments: dict[str, str]) -> tuple[bytes, list[str]]:
    """The main part of a Word file for the converter, and notes on what was left out."""
    root = parsed(data)
    in_versions = word_alternates.resolve(root)
    _drop_prompts(root)
    _drop_contents(root, styles)
    word_unknown.resolve(root)
    hidden = _plain_runs(root, styles)
    word_pale.mark(root, styles)
    word_alternates.mark(in_versions)
    word_revisions.resolve(root)
    word_comments.mark(root, comments)
    word_boxes.resolve(root)
    _mark_objects(root)
    for link in [e for e in root.iter() if name(e) == "hyperlink"]:
        for key in [key for key in link.attrib if key.rpartition("}")[2] == "id"]:
            del link.attrib[key]
    notes = ["文件里有隐藏的文字，没有读。"] if hidden else []
    return written(root), notes
