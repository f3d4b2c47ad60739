"""所属行业: code and name of GB/T 4754-2017 from a code, a name or both, as long as they name one division."""

from __future__ import annotations

import re

from jiebang.forms.reading.text import Unclear, folded, narrow
from jiebang.schemas import divisions, sections

_PARTS = re.compile(
    r"\A\s*(?P<letter>[A-Ta-t])?\s*(?P<code>[0-9]+)?\s*[-—:：、.，,()（）]*\s*(?P<name>.*?)\s*[()（）]*\Z", re.DOTALL
)
_TRAILING_CODE = re.compile(
    r"\A\s*(?P<name>[^0-9A-Za-z]+?)\s*[(（]?\s*(?P<letter>[A-T])?(?P<code>[0-9]{2})\s*[)）]?\Z", re.DOTALL
)
Industry = dict[str, str]


def _named(name: str) -> Industry | Unclear:
    key = folded(name)
    for division in divisions().values():
        if folded(division.name) == key:
            return {"code": division.code, "name": division.name}
    old = [d for d in divisions().values() if d.name_2011 and folded(d.name_2011) == key]
    if old:
        return Unclear(
            f"写的是 2011 版的旧名称，2017 版 {old[0].code} 是“{old[0].name}”。", "核对后填写 2017 版的代码和名称。"
        )
    return Unclear("没有这个大类名称。", "按 GB/T 4754-2017 填写两位数代码及名称。")


def industry(text: str) -> Industry | Unclear:
    """The division that a cell names."""
    plain = re.sub(r"\s*\n\s*", "", narrow(text)).strip(" _")
    match = _TRAILING_CODE.match(plain) or _PARTS.match(plain)
    if match is None:
        return Unclear("看不出行业代码和名称。")
    code, letter, name = match["code"], match["letter"], match["name"].strip(" _")
    if not code:
        return _named(plain) if not letter else Unclear("只有门类字母，没有两位数代码。")
    if len(code) != 2 or code not in divisions():
        return Unclear("不是两位数的大类代码。", "按 GB/T 4754-2017 填写两位数代码及名称。")
    division = divisions()[code]
    if letter and letter.upper() != division.section:
        return Unclear(f"门类字母与代码不符，{code} 属于 {division.section}（{sections()[division.section]}）。")
    if name and folded(name) != folded(division.name):
        old = "写的是 2011 版的旧名称，" if folded(name) == folded(division.name_2011 or "") else ""
        return Unclear(f"{old}代码与名称不符，2017 版 {code} 是“{division.name}”。", "核对后填写相符的代码和名称。")
    return {"code": code, "name": division.name}
