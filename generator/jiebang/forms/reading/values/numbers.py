"""Amounts and head counts as people type them. A stated unit and a Chinese numeral are converted exactly; 约, 多, a range or another currency is not.

The unit is what the field says (`x-unit`): 万元 or 人. A bare 元 in a column of 万元 contradicts it, so a person has to look.
"""

from __future__ import annotations

import re
from decimal import Decimal

from jiebang.forms.reading.text import Unclear, narrow

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "两": 2,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = "".join([*_DIGITS, *_SMALL, *_LARGE])
_APPROXIMATE = re.compile(
    r"约|左右|上下|多|余|近|超|以上|以下|以内|不足|大概|估计|预计|至|到|不|[<>≥≤≈~～±+?？/]|[0-9万亿元人]\s*[-—–－]+\s*[0-9]|几|数[十百千万亿]"
)
_CURRENCY = re.compile(r"美元|美金|港|欧|日元|英镑|外币|USD|US\$|EUR|HKD|JPY|[$€£]", re.IGNORECASE)
_OWN_CURRENCY = re.compile(r"人民币|RMB|CNY|[¥￥]", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?\Z")
_SCALED = re.compile(
    r"(?:(?P<yi>[0-9][0-9,]*(?:\.[0-9]+)?)[亿億])?(?:(?P<wan>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<times>[十百千]?)[万萬])?\Z"
)
_IN_WORDS = re.compile(r"\([大小]写\):?|[大小]写:?")
_BRACKET = re.compile(r"(?P<before>.*?)\s*\(\s*(?:单位[:：]?\s*)?(?P<inside>[^()]*?)\s*\)\s*\Z", re.DOTALL)
_ONLY_A_UNIT = re.compile(r"(?:人民币)?[亿億千百万萬]*[元圆]?[整正]?|[人名个]")
MAX_DECIMALS = 6
_LARGEST = 10**10
"""A hundred times what any field may hold."""
_PLAINLY = 10**6
"""In a column of 万元, `500万` can only mean 500 万元; `1.5万` could be 15000 万元."""

_LIKE_YUAN = 10**7
"""1,000 亿元: without a unit said, a number of this size in a column of 万元 is more likely in 元."""
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.000)+\Z")
"""12.000: twelve, or twelve thousand as some write it."""

_LONGEST = 200
"""Characters of an amount with all its words."""

_CHECK_UNIT = "核对单位，换算后在记录里填写。"


_CANONICAL = str.maketrans("〇壹贰叁肆伍陆柒捌玖两拾佰仟萬億", "零一二三四五六七八九二十百千万亿")


def _in_han(number: int) -> str:
    """A number below 10¹² as it is written by the rules: 10203 → 一万零二百零三."""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            head, rest = divmod(number, scale)
            gap = "零" if rest and rest < scale // 10 else ""
            return f"{_in_han(head)}{name}{gap}{_in_han(rest) if rest else ''}"
    return "零一二三四五六七八九"[number]


def _summed(text: str) -> int:
    """What a numeral adds up to if each digit belongs to the unit behind it."""
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[character], 0
        else:
            section, digit = section + digit, 0
            total = (total + section) * 10**8 if character == "亿" else total + section * 10**4
            section = 0
    return total + section + digit


def han_number(text: str) -> int | None:
    """A whole Chinese numeral; digits in a row (三二〇) too. None where it is none, or one that is not written by the rules (一万二)."""
    if not text or any(character not in _HAN for character in text):
        return None
    plain = text.translate(_CANONICAL)
    if all(character in _DIGITS for character in plain):
        return int("".join(str(_DIGITS[c]) for c in plain))
    number = _summed(plain)
    written = _in_han(number) if number < 10**12 else ""
    return number if re.sub("一十", "十", plain) == re.sub("一十", "十", written) else None


def _arabic(text: str) -> Decimal | None:
    """`1,2000` is no number that anybody writes on purpose."""
    if _PLAIN.match(text):
        return Decimal(text)
    return Decimal(re.sub("[, ]", "", text)) if _GROUPED.match(text) else None


def _scaled(text: str) -> Decimal | None:
    """`1亿2000万` and `1.2亿` in ones."""
    match = _SCALED.match(text)
    if match is None or not (match["yi"] or match["wan"]):
        return None
    total = Decimal(0)
    for part, scale in (("yi", 10**8), ("wan", 10**4)):
        if match[part]:
            number = _arabic(match[part])
            if number is not None and part == "wan":
                number *= _SMALL.get(match["times"], 1)
            if number is None or (total and number >= 10**4):
                return None
            total += number * scale
    return total


def _value(text: str) -> tuple[Decimal, bool] | None:
    """A number in ones, and whether 万 or 亿 was said in it."""
    plain = _arabic(text)
    if plain is not None:
        return plain, False
    scaled = _scaled(text)
    if scaled is not None:
        return scaled, True
    han = han_number(text)
    return None if han is None else (Decimal(han), any(c in _LARGE for c in text))


def _bare(text: str, unit: str) -> tuple[str, str]:
    """The number without currency and unit, and the unit that was stated: `元`, `人` or nothing."""
    text = narrow(text).strip(" _\n")
    if (found := _BRACKET.match(text)) and _ONLY_A_UNIT.fullmatch(found["inside"]):
        text = found["before"] + found["inside"]
    text, currency = _OWN_CURRENCY.subn("", text)
    text = re.sub(r"(?<=[0-9万萬亿億元])\s+(?=[万萬亿億元圆人名个])", "", text.strip(" :_。;"))
    if unit == "万元":
        text, count = re.subn(r"[元圆][整正]?\Z", "", text)
        return text.strip(), "元" if count or currency else ""
    text, count = re.subn(r"(?:个?人|[名个])\Z", "", text)
    return text.strip(), "人" if count else ""


def amount(text: str, unit: str) -> Decimal | int | Unclear:
    """A number in the field's unit. `unit` is 万元 or 人."""
    if _CURRENCY.search(narrow(text)):
        return Unclear("写的是外币。", _CHECK_UNIT)
    text = _IN_WORDS.sub("", re.sub(r"[ \t]{2,}", " ", narrow(text)))
    if len(text) > _LONGEST:
        return Unclear("不是一个能确定的数。")
    if (twice := _BRACKET.match(text)) and twice["before"].strip() and not _ONLY_A_UNIT.fullmatch(twice["inside"]):
        return _both(twice["before"], twice["inside"], unit)
    bare, stated = _bare(text, unit)
    if unit == "人" and re.search(r"[0-9]\s+[0-9]", bare):
        return Unclear("看不出是一个数还是两个数。", "向企业核实后填写人数。")
    if _APPROXIMATE.search(bare):
        return Unclear("是约数、范围或带有说明，不是一个确定的数。", f"向企业核实后填写确定的数（{unit}）。")
    found = _value(bare)
    if found is None or _DOTTED.match(bare):
        return Unclear("不是一个能确定的数。")
    number, scaled = found
    if unit == "万元":
        if number >= _LIKE_YUAN and not scaled and not stated:
            return Unclear("这个数很大，看不出是不是以“元”为单位写的。", _CHECK_UNIT)
        if stated and not scaled:
            return Unclear("写的单位是“元”，而这一栏的单位是“万元”。", _CHECK_UNIT)
        if scaled and not stated and number < _PLAINLY:
            return Unclear("没有写“元”，看不出“万”是不是已经包含在这一栏的单位里。", _CHECK_UNIT)
        number = number / 10**4 if scaled else number
    return _within(number, unit)


def _both(first: str, second: str, unit: str) -> Decimal | int | Unclear:
    """A number said again in brackets, as cheques do: 1200万元（壹仟贰佰万元整）. Any other explanation of a number is for a person."""
    one = amount(first, unit)
    if isinstance(one, Unclear) or one != amount(second, unit):
        return Unclear("后面的括号里另有文字或数字。", f"核对后填写一个确定的数（{unit}）。")
    return one


def _within(number: Decimal, unit: str) -> Decimal | int | Unclear:
    if number > _LARGEST:
        return Unclear("这个数大得不合情理。")
    whole = number == number.to_integral_value()
    if unit == "人" and not whole:
        return Unclear("人数不是整数。")
    if not whole and -int(number.normalize().as_tuple().exponent) > MAX_DECIMALS:
        return Unclear(f"小数超过 {MAX_DECIMALS} 位，多半是公式算出来的。")
    return int(number) if whole else number.normalize()
