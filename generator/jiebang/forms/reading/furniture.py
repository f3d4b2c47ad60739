"""What stands on a form and is nobody's answer: its titles and headings, numbers of rows, notes, seals, and the lines that a bureau signs on."""

from __future__ import annotations

import re

from jiebang.forms.reading.labels import title_of
from jiebang.forms.reading.text import blank, folded

_LINE = re.compile(
    r"[一二三四五六]、.{2,12}"
    r"|(?:需求|事项)?[(]?[0-9一二三四五六七八九十]{1,3}[)]?"
    r"|[(]?(?:注|备注|说明|填表说明|填报说明)[:;].*|[(]?[0-9][.、].*|附件?[0-9].*"
    r"|.{0,12}(?:盖章|公章|签章|签字|签名)[)]?.{0,12}|[0-9〇一二三四五六七八九十]*年[0-9一二三四五六七八九十]*月[0-9一二三四五六七八九十]*日?"
    r"|(?:填表|填报|审核|经办|制表|报送|填写)(?:人|日期|时间|单位).{0,30}|日期[:;].{0,14}"
    r"|[(]?(?:续表?|接上页|下页续|续上表|转下页|续下页)[0-9一二三]?[)]?|第[0-9]+页(?:[,，]?共[0-9]+页)?"
)
HEAD = re.compile(r"\s*需\s*求\s*[(（]?\s*([0-9０-９一二三四五六七八九十]+)\s*[)）]?\s*[:：]?\s*\Z")
"""What begins a demand: 需求 2."""


def is_printed(text: str) -> bool:
    """Whether a text is such furniture, line by line."""
    return all(blank(line) or title_of(line) or _LINE.fullmatch(folded(line)) for line in text.split("\n"))
