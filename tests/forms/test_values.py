"""Single answers in every spelling: exactly what was meant, or no answer. No spelling gives another value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.forms.reading.text import Unclear
from jiebang.forms.reading.values import codes, dates, industry, numbers, people, places
from jiebang.forms.reading.values.ticks import NONE, TWO, UNCLEAR, choose
from jiebang.schemas import divisions

UNCERTAIN = object()
NATURES = ("国有", "民营", "合资", "外资")


def _same(found: Any, expected: Any) -> bool:
    return isinstance(found, Unclear) if expected is UNCERTAIN else found == expected


TICKED = [
    ("□国有/☑民营/□合资", "民营"),
    ("国有 □、民营 ☑、合资 □", "民营"),
    ("国有（√）民营（）", "国有"),
    ("□国有☑民营□合资", "民营"),
    ("国有□民营☑合资□", "民营"),
    ("国有□民营√□合资□外资□", "民营"),
    ("国有 √□民营", "民营"),
    ("☑ 民营", "民营"),
    ("✘国有 ✔民营", "民营"),
    ("V民营 □国有", "民营"),
    ("民 营", "民营"),
    ("", NONE),
    ("____", NONE),
    ("□国有 □民营", NONE),
    ("√国有 √民营", TWO),
    ("■国有 ■民营", TWO),
    ("√", UNCLEAR),
    ("国有√民营", UNCLEAR),
    ("国有 √ 民营", UNCLEAR),
    ("□国有√□民营□合资", UNCLEAR),
    ("国有□√民营□", UNCLEAR),
    ("国有□ √ 民营□", UNCLEAR),
    ("□ 国有□ 民营☑ 合资", UNCLEAR),
    ("✓国有✗民营", UNCLEAR),
    ("☒国有 ☑民营", UNCLEAR),
    ("口国有 √民营", UNCLEAR),
    ("私营", UNCLEAR),
    ("非国有", UNCLEAR),
    ("①国有 ②民营 选②", UNCLEAR),
    ("民营 民营", UNCLEAR),
]


@pytest.mark.parametrize(("text", "expected"), TICKED)
def test_ticks(text: str, expected: str) -> None:
    found = choose(text, NATURES)
    assert (found.values, found.reason) == (((), expected) if expected in {NONE, TWO, UNCLEAR} else ((expected,), ""))


@given(
    st.sampled_from(["☑", "■", "√", "☒", "●", "□√", "√□", "[x]", "(√)", "（√）", "✔", "🗹"]),
    st.sampled_from(["□", "☐", "○", "[ ]", "（ ）", ""]),
    st.sampled_from([" ", "  ", "\n", "、", "　"]),
    st.integers(0, 3),
    st.booleans(),
)
def test_one_tick_among_four_is_found_or_nothing_is(tick: str, box: str, gap: str, chosen: int, behind: bool) -> None:
    """Whatever the marks: the ticked option or none, never another."""
    marks = [tick if number == chosen else box for number in range(4)]
    text = gap.join(f"{name}{mark}" if behind else f"{mark}{name}" for name, mark in zip(NATURES, marks, strict=True))
    assert choose(text, NATURES).values in {(NATURES[chosen],), ()}
    if gap != "、" and box:
        assert choose(text, NATURES).values == (NATURES[chosen],)


def test_several_may_be_ticked_where_the_form_says_so() -> None:
    types = ("专精特新“小巨人”企业", "省级专精特新中小企业", "创新型中小企业", "其他")
    assert choose("☑专精特新小巨人企业 □省级专精特新中小企业 ☑创新型\n中小企业 □其他", types, several=True).values == (
        types[0],
        types[2],
    )
    assert choose("创新型中小企业、专精特新“小巨人”企业", types, several=True).values == (types[2], types[0])
    assert choose("、".join(types), types, several=True).values == ()


AMOUNTS = [
    ("１２,０００", 12000), ("12 000", 12000), ("1,234,567.5", Decimal("1234567.5")), ("1.2亿元", 12000), ("1亿2000万元", 12000), ("500万", 500),
    ("3000（万元）", 3000), ("单位：3000万元", UNCERTAIN), ("人民币捌佰万元整", 800), ("叁仟伍佰万元", 3500), ("三千五百", 3500), ("￥3000万", 3000),
    ("1200.00", 1200), ("0", 0), ("十万元", 10), ("壹仟贰佰叁拾肆万伍仟元整", Decimal("1234.5")),
    ("5000元", UNCERTAIN), ("￥3000", UNCERTAIN), ("1.5万", UNCERTAIN), ("约300", UNCERTAIN), ("300左右", UNCERTAIN), ("3000-4000", UNCERTAIN),
    ("3000多", UNCERTAIN), ("＞3000", UNCERTAIN), ("≥3000", UNCERTAIN), ("12,00", UNCERTAIN), ("3000万美元", UNCERTAIN), ("$300", UNCERTAIN),
    ("一万二", UNCERTAIN), ("1亿2000", UNCERTAIN), ("万", UNCERTAIN), ("-5", UNCERTAIN), ("12。5", UNCERTAIN), ("1e5", UNCERTAIN), ("保密", UNCERTAIN),
    ("100%", UNCERTAIN), ("注册3000实缴1000", UNCERTAIN), ("3000/1000", UNCERTAIN), ("1.2.3", UNCERTAIN), ("9" * 30, UNCERTAIN), ("九千亿亿", UNCERTAIN), ("0012000", 12000),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amounts(text: str, expected: Any) -> None:
    assert _same(numbers.amount(text, "万元"), expected)


HEADS = [
    ("320", 320), ("320人", 320), ("320名", 320), ("三百二十人", 320), ("三二〇", 320), ("1.2万人", 12000), ("一千零二十", 1020), ("两百", 200), ("十二", 12),
    ("约300人", UNCERTAIN), ("300余人", UNCERTAIN), ("三百二", UNCERTAIN), ("一千二十", UNCERTAIN), ("3.5", UNCERTAIN), ("300+", UNCERTAIN), ("近千人", UNCERTAIN),
    ("男200女120", UNCERTAIN), ("100人以上", UNCERTAIN), ("300～350", UNCERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS)
def test_heads(text: str, expected: Any) -> None:
    assert _same(numbers.amount(text, "人"), expected)


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_by_the_rules_are_read_exactly(number: int) -> None:
    written = numbers._in_han(number)
    assert numbers.han_number(written) == number
    capital = written.translate(str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert numbers.han_number(capital) == number


@given(st.text("零〇一二三四五六七八九十百千万亿两壹拾", max_size=12))
def test_no_heap_of_numerals_is_read_as_anything_but_itself(text: str) -> None:
    number = numbers.han_number(text)
    if number is not None and not all(character in "零〇一二三四五六七八九两壹" for character in text):
        plain = text.translate(numbers._CANONICAL)
        assert numbers._in_han(number).replace("一十", "十") == plain.replace("一十", "十")


DAYS = [
    ("2010.5.12", "2010-05-12"), ("2010/5/12", "2010-05-12"), ("2010年05月12日", "2010-05-12"), ("20100512", "2010-05-12"), ("２０１０-５-１２", "2010-05-12"),
    ("二〇一〇年五月十二日", "2010-05-12"), ("二○一○年十月二十日", "2010-10-20"), ("2010年5月", UNCERTAIN), ("10.5.12", UNCERTAIN), ("2010-02-30", UNCERTAIN),
    ("5/12/2010", UNCERTAIN), ("2010年", UNCERTAIN), ("2010年5月12日成立", UNCERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days(text: str, expected: Any) -> None:
    assert _same(dates.day(text), expected)


PEOPLE = [
    ("李四 技术部主任", ("李四", "技术部主任")), ("技术部主任 李四", ("李四", "技术部主任")), ("李四/总经理", ("李四", "总经理")), ("李四（经理）", ("李四", "经理")),
    ("李 四 经理", ("李四", "经理")), ("李四", ("李四", "")), ("欧阳修 总监", ("欧阳修", "总监")), ("示例·甲 经理", ("示例·甲", "经理")),
    ("李四经理", UNCERTAIN), ("王总", UNCERTAIN), ("王技术总监", UNCERTAIN), ("李四 王五", UNCERTAIN), ("高级 经理", UNCERTAIN), ("技术部 主任", UNCERTAIN),
    ("李四、王五 经理", UNCERTAIN), ("李四 10000000001", UNCERTAIN),
    ("李四 10000000001 总经理", ("李四", "总经理")), ("李四 027-00000002 总经理", ("李四", "总经理")), ("李四 lisi@example.com 经理", ("李四", "经理")),
    ("总经理 李四（10000000001）", ("李四", "总经理")), ("李四  技术部  部 长", ("李四", "技术部 部长")), ("李四 技术1部 经理", ("李四", "技术1部 经理")),
    ("欧阳 娜 主任", UNCERTAIN), ("司马 相 如 经理", UNCERTAIN), ("李四 副 主任", ("李四", "副 主任")), ("李四 技 术 部 主 任", ("李四", "技术部主任")),
    ("Tom Smith", ("Tom Smith", "")), ("Tom Smith Manager", ("Tom Smith", "Manager")), ("Tom Smith Sales Manager", UNCERTAIN), ("李四 lisi@example.com", UNCERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_people(text: str, expected: Any) -> None:
    assert _same(people.name_and_position(text), expected)


PLACES = [
    ("湖北省", {"province": "湖北省"}), ("湖北", {"province": "湖北省"}), ("内蒙古", {"province": "内蒙古自治区"}), ("重庆市", {"province": "重庆市"}),
    ("吉林省吉林市船营区", {"province": "吉林省", "city": "吉林市", "county": "船营区"}),
    ("__吉林__省__长春市__市(区)__南关区__县", {"province": "吉林省", "city": "长春市", "county": "南关区"}),
    ("吉林省长春市", {"province": "吉林省", "city": "长春市"}),
    ("__吉林__省__长春__市(区)__南关__县", UNCERTAIN), ("____省____市(区)____县", UNCERTAIN), ("北京市海淀区", UNCERTAIN), ("长春市", UNCERTAIN), ("国外", UNCERTAIN),
    ("吉林省延边朝鲜族自治州延吉市", UNCERTAIN), ("吉林省长春市南关区某街道", UNCERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places(text: str, expected: Any) -> None:
    assert _same(places.place(text), expected)


@pytest.mark.parametrize("code", divisions())
def test_every_industry_is_known_by_code_by_name_and_by_both(code: str) -> None:
    division = divisions()[code]
    right = {"code": code, "name": division.name}
    for text in (
        code,
        division.name,
        f"{code} {division.name}",
        f"{division.section}{code}{division.name}",
        f"{division.name}（{code}）",
    ):
        assert industry.industry(text) == right
    other = next(d for d in divisions().values() if d.code != code)
    assert isinstance(industry.industry(f"{code} {other.name}"), Unclear)
    if division.name_2011:
        assert isinstance(industry.industry(f"{code} {division.name_2011}"), Unclear)


CODES = [
    ("910000000000004650", "910000000000004650"), ("9100 0000 0000 0046 50", "910000000000004650"), ("9100000067603q358y", "9100000067603Q358Y"),
    ("91000000000000465", UNCERTAIN), ("91000000000000465O", UNCERTAIN), ("91OOOOOOOOOOOO465I", UNCERTAIN), ("91000000000000465０", "910000000000004650"),
    ("信用代码910000000000004650", UNCERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CODES)
def test_credit_codes(text: str, expected: Any) -> None:
    assert _same(codes.credit_code(text, number=False), expected)


PHONES = [
    ("027-00000002", "027-00000002"), ("027－0000 0002", "027-0000 0002"), ("（027）00000002 转 801", "(027) 00000002转801"), ("10000000002", "10000000002"),
    ("027-00000002/10000000002", UNCERTAIN), ("027-00000002、00000003", UNCERTAIN), ("027-00000002\n027-00000003", UNCERTAIN), ("10000000002（李工）", UNCERTAIN),
    ("无", UNCERTAIN), ("123", UNCERTAIN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHONES)
def test_phones(text: str, expected: Any) -> None:
    found = codes.phone(text, number=False)
    assert _same(found, expected) or (
        isinstance(found, str) and found.replace(" ", "") == str(expected).replace(" ", "")
    )
