"""The first records of a city: its bureaus and its first round, from what its staff say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jiebang.desk.rounds import ANNUAL, first_round
from jiebang.detection.pinyin import readings_of

_AREAS = re.compile(r".*(?:开发区|高新区|新区|风景区|示范区|园区|保税区|管理区|合作区)")
_KINDS = (("区", "区"), ("县", "县"), ("市", "县级市"))
_LONGEST = 30
"""Letters of a slug that is made from a name: an address is typed, too."""
_TO_FILL = "000-00000000"
"""A telephone that belongs to nobody."""


def kind_of(name: str) -> str:
    """The kind of a district by its name: 区, 县, 县级市, or 功能区 for what is none of them."""
    if _AREAS.fullmatch(name):
        return "功能区"
    return next((kind for ending, kind in _KINDS if name.endswith(ending)), "功能区")


def slug_of(name: str) -> str:
    """The name in pinyin without 区, 县 or 市 behind it: 示例区 → `shili`."""
    short = name[:-1] if kind_of(name) != "功能区" and len(name) > 2 else name
    spelt = "".join(next(iter(readings_of(character)), "") for character in short.lower())
    letters = re.sub(r"[^a-z0-9]", "", spelt)[:_LONGEST]
    return letters if letters[:1].isalpha() else f"qu{letters}"


_NOBODY = "示例市"


@dataclass(frozen=True, slots=True)
class Founding:
    """`districts` are (slug, name) pairs. What nobody says is that of a fictional city, to be filled in."""

    city: str = _NOBODY
    bureau: str = ""
    districts: Sequence[tuple[str, str]] = (("shili", "示例区"),)
    period: str = ANNUAL
    today: date = field(default_factory=date.today)

    @property
    def full_bureau(self) -> str:
        """The bureau's name; that of most cities where nobody has said."""
        return self.bureau or f"{self.city}经济和信息化局"

    def districts_record(self) -> dict[str, Any]:
        """districts.yml: contacts are to be filled in, the districts' bureaus are called as the city's."""
        own = self.full_bureau.removeprefix(self.city)
        return {
            "schema": "districts/1",
            "city": {
                "name": self.city,
                "bureau": self.full_bureau,
                "contact": {"office": "中小企业发展处", "phone": _TO_FILL},
            },
            "districts": [
                {
                    "slug": slug,
                    "name": name,
                    "kind": kind_of(name),
                    "bureau": f"{name}{own}",
                    "contact": {"office": "中小企业服务科", "phone": _TO_FILL},
                }
                for slug, name in self.districts
            ],
        }

    def round_record(self) -> dict[str, Any]:
        """round.yml of the year or the quarter that is."""
        return first_round(self.period, self.today, self.full_bureau, "（示例）" if self.city == _NOBODY else "")
