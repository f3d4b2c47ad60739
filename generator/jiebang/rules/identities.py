"""统一社会信用代码 (GB 32100-2015): valid, told slip by slip, and registered once a round."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from stdnum.cn import uscc

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem
from jiebang.problems.places import said
from jiebang.rules.registry import Path, Report, rule

_LENGTH = 18
_LOOKALIKES = {"I": "数字 1", "O": "数字 0", "Z": "数字 2", "S": "数字 5", "V": "字母 U 或 Y"}
"""Letters that GB 32100-2015 leaves out because they are taken for others."""

_COMPOSED = re.compile(r"[1-9ANY][1-9][0-9]{6}[0-9A-Z]{10}")
"""Registering department (N: agriculture), kind of organisation, region, organisation code, check character."""


def _positions(code: str, wanted: re.Pattern[str]) -> str:
    return "、".join(str(match.start() + 1) for match in wanted.finditer(code))


def slips(code: str) -> list[tuple[str, str]]:
    """What is wrong with a credit code as (message, remedy) pairs, Chinese, without quoting it; empty when it is valid.

    A slip of the keyboard is named first; the check character is judged on what the code would be without it.
    """
    found: list[tuple[str, str]] = []
    if wide := [n for n, c in enumerate(code, 1) if unicodedata.normalize("NFKC", c) != c]:
        found.append((f"第 {'、'.join(map(str, wide))} 位是全角字符。", "改成半角。"))
    code = unicodedata.normalize("NFKC", code)
    if re.search(r"[\s-]", code):
        found.append(("中间有空格或连字符。", "连着写，不加空格。"))
        code = re.sub(r"[\s-]", "", code)
    if re.search(r"[a-z]", code):
        found.append((f"第 {_positions(code, re.compile('[a-z]'))} 位是小写字母。", "字母改成大写。"))
        code = code.upper()
    for letter, meant in _LOOKALIKES.items():
        if letter in code:
            places = _positions(code, re.compile(letter))
            found.append(
                (f"第 {places} 位是字母 {letter}，代码中不使用这个字母。", f"多半是{meant}，请对照营业执照核对。")
            )
            if meant.startswith("数字"):
                code = code.replace(letter, meant[-1])
    if strange := _positions(code, re.compile("[^0-9A-Z]")):
        found.append((f"第 {strange} 位不是数字或字母。", "对照营业执照重新输入。"))
    if len(code) != _LENGTH:
        found.append((f"现在是 {len(code)} 位，应为 {_LENGTH} 位。", "对照营业执照补齐或删去多余的字符。"))
    if found:
        return found
    return _wrong_check_characters(code)


def _wrong_check_characters(code: str) -> list[tuple[str, str]]:
    """The body first: a check character worked out from a wrong body would only send people in a circle."""
    # python-stdnum takes any two digits in front, and no letter: a row of zeros would pass, a village's cooperative would not.
    if not _COMPOSED.fullmatch(code):
        return [
            (
                "代码的组成不符合 GB 32100-2015（第 1—8 位应为登记管理部门、机构类别和行政区划代码）。",
                "对照营业执照核对。",
            )
        ]
    weights = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714, which python-stdnum does not check inside a credit code
    total = sum(weight * int(character, 36) for weight, character in zip(weights, code[8:16], strict=True))
    if code[16] != "0123456789X"[(11 - total % 11) % 11]:
        return [("第 9—17 位（组织机构代码）自身的校验位不对。", "这几位中有输错的，请对照营业执照核对。")]
    if (expected := uscc.calc_check_digit(code[:17])) != code[-1]:
        return [(f"校验位（第 18 位）应为 {expected}。", "前 17 位或最后一位有误，请对照营业执照核对。")]
    return []


@rule(
    "R311",
    "统一社会信用代码有误",
    "代码错了，就不能核对企业是否重复、是否关联。",
    "对照营业执照核对 18 位代码。",
    each=("enterprise",),
)
def credit_codes_are_valid(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.enterprises:
        for path, code in _codes(record):
            for message, remedy in slips(code):
                yield report(record, path, message, remedy)


def _codes(record: Record) -> Iterator[tuple[Path, str]]:
    if (code := record.get("credit_code")) is not None:
        yield ("credit_code",), code
    for number, affiliate in enumerate(record.get("affiliates") or ()):
        if isinstance(affiliate, dict) and affiliate.get("credit_code"):
            yield ("affiliates", number, "credit_code"), affiliate["credit_code"]


@rule(
    "R312", "企业重复登记", "同一企业在一轮中只登记一次，一企一选择、一企一份隐私。", "合并两份企业记录，保留一个编号。"
)
def one_record_per_enterprise(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    first: dict[tuple[str | None, str, str], Record] = {}
    for record in catalogue.enterprises:
        code, role = record.get("credit_code"), record.get("role")
        if code is None or role is None:
            continue
        key = (record.round, role, code)
        if key in first:
            yield report(record, ("credit_code",), f"同一统一社会信用代码已登记在 {said(first[key].path)}。")
        first.setdefault(key, record)
