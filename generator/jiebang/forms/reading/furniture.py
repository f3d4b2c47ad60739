"""What stands on a form and is nobody's answer: its titles and headings, numbers of rows, notes, seals, and the lines that a bureau signs on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jiebang.forms.reading.labels import title_of
from jiebang.forms.reading.text import blank, folded, says_not_valid

_NUMBER = "[0-9一二三四五六七八九十①-⑳ⅰ-ⅻ]"
_LINE = re.compile(
    r"[一二三四五六]、.{2,12}"
    rf"|(?:(?:技术|创新)*需求|事项)?[(]?{_NUMBER}{{1,3}}[)]?|[(]?[a-z][)]?|第{_NUMBER}{{1,3}}[项个条]|序号|编号|no"
    r"|.{0,12}(?:盖章|公章|签章|签字|签名)[)]?.{0,12}|[0-9〇一二三四五六七八九十]*年[0-9一二三四五六七八九十]*月[0-9一二三四五六七八九十]*日?"
    r"|(?:填表|填报|审核|经办|制表|报送|填写)(?:人|日期|时间|单位).{0,30}|日期[:;].{0,14}|附件?[0-9].*|编号[:;].{0,20}|单位[:;]万元"
    r"|[(]?(?:续表?|接上页|下页续|续上表|转下页|续下页)[0-9一二三]?[)]?|第[0-9]+页(?:[,，]?共[0-9]+页)?|[-—–]{1,2}[0-9]{1,3}[-—–]{1,2}"
)
_NOTE = re.compile(r"[(]?(?:注|备注|说明|填[表报写]说明|填[表报写]须知)(?:[:;].*)?", re.DOTALL)
_NUMBERED = re.compile(r"[(]?[0-9]{1,2}[)]?[.、].*")
_OF_THE_NOTICE = re.compile(r"不得涉密|公开企业名称|揭榜申请书|均需附")
HEAD = re.compile(
    r"\s*(?:(?:技术|创新)\s*)*需\s*求\s*[(（]?\s*(?P<number>[0-9０-９]+(?:[.．-][0-9]+)?|[一二三四五六七八九十]+|[①-⑳])\s*[)）]?\s*(?:[(（][^()（）]{0,12}[)）])?\s*[:：]?\s*\Z"
    r"|\s*第\s*(?P<item>[0-9一二三四五六七八九十]+)\s*[项个]\s*\Z"
)
"""What begins a demand: 需求 2."""


def printed_lines(lines: Iterable[str]) -> Iterator[bool]:
    """Whether each line is such furniture. What is numbered below 注 is part of the note."""
    noted = False
    for line in lines:
        plain = folded(line)
        noted = bool(_NOTE.fullmatch(plain)) or (noted and bool(_NUMBERED.match(plain)))
        known = noted or _LINE.fullmatch(plain) or (_NUMBERED.match(plain) and _OF_THE_NOTICE.search(plain))
        yield not says_not_valid(line) and bool(blank(line) or title_of(line) or known)


def is_printed(text: str) -> bool:
    """Whether a text is such furniture, line by line."""
    return all(printed_lines(text.split("\n")))
