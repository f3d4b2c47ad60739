"""A filled Word form read back as plain data: what stands where, in which size and typeface. So another printer need not lay it out anew.

It knows the markup of our own templates and no more.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml.ns import qn

from jiebang.forms.writing.markup import HEI

_TWIPS = 20
"""A twentieth of a point, the unit of Word's lengths."""


def _attribute(element: Any, path: str, name: str = "w:val") -> str | None:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value: str | None = None if found is None else found.get(qn(name))
    return value


def _number(element: Any, path: str, name: str = "w:val") -> int:
    return int(_attribute(element, path, name) or 0)


def _text(run: Any) -> str:
    return "".join("\t" if child.tag == qn("w:tab") else child.text or "" for child in run)


def _paragraph(element: Any) -> dict[str, Any]:
    """One paragraph; our templates have one size and typeface in each."""
    runs = element.findall(qn("w:r"))
    first = next((run for run in runs if run.find(qn("w:rPr")) is not None), None)
    return {
        "text": "".join(_text(run) for run in runs),
        "points": _number(first, "w:rPr/w:sz") / 2 if first is not None else 10.5,
        "heading": first is not None and _attribute(first, "w:rPr/w:rFonts", "w:eastAsia") == HEI,
        "centred": _attribute(element, "w:pPr/w:jc") == "center",
        "indent": _number(element, "w:pPr/w:ind", "w:firstLine") / _TWIPS,
        "before": _number(element, "w:pPr/w:spacing", "w:before") / _TWIPS,
        "after": _number(element, "w:pPr/w:spacing", "w:after") / _TWIPS,
        "line": _number(element, "w:pPr/w:spacing", "w:line") / _TWIPS,
        "keep": element.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None,
    }


def _cells(table: Any) -> list[dict[str, Any]]:
    """Every cell once, with its place on the grid; a cell that goes on from the one above lengthens that one."""
    cells: list[dict[str, Any]] = []
    above: dict[int, dict[str, Any]] = {}
    for y, row in enumerate(table.findall(qn("w:tr"))):
        x = 0
        for cell in row.findall(qn("w:tc")):
            columns = _number(cell, "w:tcPr/w:gridSpan") or 1
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) is None:
                above[x]["rows"] += 1
            else:
                paragraphs = [_paragraph(paragraph) for paragraph in cell.findall(qn("w:p"))]
                above[x] = {"x": x, "y": y, "columns": columns, "rows": 1, "paragraphs": paragraphs}
                cells.append(above[x])
            x += columns
    return cells


def _block(element: Any) -> dict[str, Any]:
    if element.tag == qn("w:tbl"):
        grid = element.find(qn("w:tblGrid")).findall(qn("w:gridCol"))
        widths = [int(column.get(qn("w:w"))) / _TWIPS for column in grid]
        left = _number(element, "w:tblPr/w:tblInd", "w:w") / _TWIPS
        return {"kind": "table", "left": left, "widths": widths, "cells": _cells(element)}
    if element.find(f"{qn('w:r')}/{qn('w:br')}") is not None:
        return {"kind": "page"}
    return {"kind": "paragraph", **_paragraph(element)}


def sheet(word: bytes) -> dict[str, Any]:
    """Title and blocks of a filled form, ready for JSON; lengths are in points."""
    document = docx.Document(io.BytesIO(word))
    body = document.element.body
    blocks = [_block(element) for element in body if element.tag in {qn("w:p"), qn("w:tbl")}]
    return {"title": document.core_properties.title, "blocks": blocks}
