"""注册地: province, city and county, parted only where every boundary is certain."""

from __future__ import annotations

import re

from jiebang.forms.reading.text import Unclear, narrow

_SHORT = (
    "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
    "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾",
)  # fmt: skip
_REGIONS = ("内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区")
_OWN = ("北京市", "天津市", "上海市", "重庆市")
_SPECIAL = ("香港特别行政区", "澳门特别行政区")
PROVINCES = (*(f"{name}省" for name in _SHORT), *_REGIONS, *_OWN, *_SPECIAL)

_CITY = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:市|自治州|地区|盟)")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,12}?(?:自治县|区|县|市|旗)\Z")
_PRINTED = re.compile(r"(?P<province>.*?)省(?P<city>.*?)市\(区\)(?P<county>.*?)县?\Z")
_HINT = "对照营业执照，把省、市、县（区）分开填写。"
Place = dict[str, str]


def province(text: str) -> str | None:
    """The full name of a province that a text names, full or short; None where it names none."""
    if text in PROVINCES:
        return text
    found = [full for full in PROVINCES if full.startswith(text) and len(text) >= 2]
    return (
        found[0]
        if len(found) == 1 and found[0] in (f"{text}省", *_REGIONS, *_OWN, *_SPECIAL) and len(text) < 4
        else None
    )


def _printed(text: str) -> Place | Unclear | None:
    """The official line `____省____市(区)____县` filled in; None where the text is not that line."""
    match = _PRINTED.match(text)
    if match is None:
        return None
    first = province(match["province"]) or province(f"{match['province']}省")
    city, county = match["city"], match["county"]
    if first is None or not _CITY.fullmatch(city) or (county and not _COUNTY.match(county)):
        return Unclear("省、市(区)、县各格的名称不完整，看不出全称。", _HINT)
    return {"province": first, "city": city, **({"county": county} if county else {})}


def place(text: str) -> Place | Unclear:
    """`吉林省吉林市船营区` → its three parts. Of a municipality's district the form's columns say nothing certain."""
    plain = re.sub(r"[\s_/、,·-]+", "", narrow(text))
    if (found := _printed(plain)) is not None:
        return found
    if (whole := province(plain)) is not None:
        return {"province": whole}
    first = next((name for name in PROVINCES if plain.startswith(name)), None)
    if first is None:
        return Unclear("看不出省份。", _HINT)
    rest = plain.removeprefix(first)
    if first in _OWN or first in _SPECIAL:
        return Unclear("直辖市、特别行政区以下的名称，看不出该填在“市（区）”还是“县”。", _HINT)
    if not (city := _CITY.match(rest)) or _CITY.match(rest[city.end() :]):
        return Unclear("看不出市、县（区）的分界。", _HINT)
    county = rest[city.end() :]
    if county and not (_COUNTY.match(county) and len(re.findall("[区县旗]", county)) == 1):
        return Unclear("看不出市、县（区）的分界。", _HINT)
    return {"province": first, "city": city.group(), **({"county": county} if county else {})}
