"""Texts that a program left where an answer should stand: the prompt of a control, a field that leads nowhere, a merge field without data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import Block, Document, Table

_TEXTS = re.compile(
    r"错误\s*[!！]\s*(?:未找到引用源|未定义书签|未指定书签|超链接引用无效|文档中没有指定样式的文字|不是有效的链接|未知的)[^。\n]{0,12}[。.]?"
    r"|Error!\s*(?:Reference source not found|Bookmark not defined|No text of specified style in document|Hyperlink reference not valid)\.?"
    r"|(?:单击|点击|点按|轻触|单击或点击|单击或轻触|点击或轻触)(?:此处|这里)(?:以|来)?(?:输入|键入|添加)(?:文字|文本|日期|内容)?[。.]?"
    r"|(?:单击|点击|单击或点击|单击或轻触|点击或轻触)(?:此处|这里)?(?:以|来)?(?:输入|选择)日期[。.]?"
    r"|Click (?:or tap )?(?:here )?to enter (?:text|a date)\.?|Click here to enter text\.?"
)
_ALONE = re.compile(r"«[^«»\n]{1,40}»|选择一项[。.]|Choose an item\.")
"""Only where nothing else stands there."""


def _marked(what: Any) -> Any:
    """A cell or line with its doubt."""
    alone = _ALONE.fullmatch(what.text.strip())
    found = alone or _TEXTS.search(what.text)
    if not found:
        return what
    rest = "" if alone else _TEXTS.sub("", what.text).strip()
    told = doubts.doubt(doubts.LEFT_BEHIND, found.group())
    return replace(what, text=what.text if rest else "", doubts=(*what.doubts, told))


def _in(block: Block) -> Block:
    if isinstance(block, Table):
        return replace(block, cells=tuple(_marked(cell) for cell in block.cells))
    marked_line: Block = _marked(block)
    return marked_line


def marked(document: Document) -> Document:
    """A document with a doubt where such a text stands; one that stands alone is no text."""
    return replace(document, blocks=tuple(_in(block) for block in document.blocks))
