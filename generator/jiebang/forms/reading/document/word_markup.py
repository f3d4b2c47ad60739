"""Word's XML made plain before it is converted: what a converter would drop in silence leaves a mark in its place.

A formula, a picture or a struck-out word that vanished would turn the rest into a wrong value; so would a tick typed in a symbol font, whose
letter means nothing in any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree
from mammoth.docx.dingbats import dingbats

from jiebang.forms.reading.findings import FormError

Element: TypeAlias = Any  # an lxml element: lxml comes without types

_SYMBOL_FONTS = {font for font, _ in dingbats}
_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_MARKED = {
    "oMath": "〔公式〕",
    "oMathPara": "〔公式〕",
    "drawing": "〔图片〕",
    "pict": "〔图片〕",
    "object": "〔嵌入对象〕",
    "footnoteReference": "〔脚注〕",
    "endnoteReference": "〔脚注〕",
}


def _name(element: Element) -> str:
    """The local name; the two namespaces of Word's format are taken alike."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: Element, *path: str) -> Iterator[Element]:
    for child in element:
        if _name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from _children(child, *path[1:])


def _attribute(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _on(run: Element, name: str) -> bool:
    """Whether a run has a property; `w:val="0"` turns it off."""
    return any(_attribute(found, "val") not in {"0", "false", "off"} for found in _children(run, "rPr", name))


def _run(like: Element, text: str) -> Element:
    namespace = etree.QName(like).namespace
    run = etree.Element(f"{{{namespace}}}r")
    etree.SubElement(run, f"{{{namespace}}}t").text = text
    return run


def _replace(element: Element, text: str) -> None:
    """Puts a marked run in an element's place; inside a run, only its text."""
    parent = element.getparent()
    if parent is None:
        return
    word = next((e for e in element.iterancestors() if _name(e) in {"p", "r"}), None)
    if word is None:
        return
    new = _run(word, text)
    if _name(parent) == "r":
        new = new[0]
    new.tail = element.tail
    parent.replace(element, new)


def _mark_objects(root: Element) -> None:
    for element in list(root.iter()):
        if (text := _MARKED.get(_name(element))) and not any(_name(inner) == "txbxContent" for inner in element.iter()):
            _replace(element, text)
        elif _name(element) == "ffData" and any(_name(child) == "ddList" for child in element):
            # Which entry of the list is shown stands nowhere in the text.
            field = next((e for e in element.iterancestors() if _name(e) == "r"), None)
            if field is not None and (parent := field.getparent()) is not None:
                parent.insert(parent.index(field), _run(field, "〔下拉框〕"))


def _drop_prompts(root: Element) -> None:
    """An empty content control shows its prompt (单击此处输入文字); that is nobody's answer."""
    for control in [e for e in root.iter() if _name(e) == "sdt"]:
        properties = {_name(found) for group in _children(control, "sdtPr") for found in group}
        if "showingPlcHdr" in properties and "checkbox" not in properties:
            for text in [e for content in _children(control, "sdtContent") for e in content.iter() if _name(e) == "t"]:
                text.text = ""


def _symbol_text(run: Element, text: str) -> str:
    """Letters of a symbol font as the characters they look like."""
    fonts = {
        _attribute(found, name) for found in _children(run, "rPr", "rFonts") for name in ("ascii", "hAnsi", "eastAsia")
    }
    font = next((font for font in sorted(fonts) if font in _SYMBOL_FONTS), None)
    shown = ""
    for character in text:
        code = ord(character)
        private = 0xF020 <= code <= 0xF0FF
        known = dingbats.get((font or "Wingdings", code - 0xF000 if private else code)) if font or private else None
        shown += chr(known) if known is not None and not character.isspace() else character
    return shown


def _plain_runs(root: Element) -> bool:
    """Symbols, raised and lowered letters and struck words as plain text; whether there was hidden text (it is dropped)."""
    hidden = False
    for run in [e for e in root.iter() if _name(e) == "r"]:
        texts = list(_children(run, "t"))
        if _on(run, "vanish"):
            hidden = hidden or any((text.text or "").strip() for text in texts)
            for text in texts:
                text.text = ""
        elif (_on(run, "strike") or _on(run, "dstrike")) and any((text.text or "").strip() for text in texts):
            for text in texts:
                text.text = ""
            texts[0].text = "〔删除线文字〕"
        raised = next((_attribute(e, "val") for e in _children(run, "rPr", "vertAlign")), "")
        for text in texts:
            shown = _symbol_text(run, text.text or "")
            if raised == "superscript":
                shown = shown.translate(_SUPERSCRIPT)
                shown = shown if not any(c.isascii() and c.isalnum() for c in shown) else f"^{shown}"
            elif raised == "subscript":
                shown = shown.translate(_SUBSCRIPT)
            text.text = shown
    return hidden


def plain_document(data: bytes) -> tuple[bytes, list[str]]:
    """The main part of a Word file for the converter, and notes on what was left out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormError("文件损坏，里面的 XML 读不通。", "用 Word 打开后另存一份再试。") from error
    _drop_prompts(root)
    _mark_objects(root)
    notes = ["文件里有隐藏的文字，没有读。"] if _plain_runs(root) else []
    for link in [e for e in root.iter() if _name(e) == "hyperlink"]:
        for key in [key for key in link.attrib if etree.QName(key).localname == "id"]:
            del link.attrib[key]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), notes
