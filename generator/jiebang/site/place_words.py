"""What the whole of the place is called, by the name that the settings give it: 全市 of a 市, 全州 of a 自治州, 全盟 of a 盟."""

from __future__ import annotations

_KINDS = ("市", "州", "盟", "省", "县", "旗")
"""How names of places end of which people say 全… and 本…. A 地区 and a 开发区 are none: 全区 would be one of its parts."""


def whole_of_place(name: str) -> str:
    """`全市`; `全域` where there is no such word."""
    return f"全{name[-1]}" if name.endswith(_KINDS) else "全域"


def this_place(name: str) -> str:
    """`本市`; `本地` where there is no such word."""
    return f"本{name[-1]}" if name.endswith(_KINDS) else "本地"
