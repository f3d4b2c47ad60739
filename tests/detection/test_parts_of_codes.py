"""The organisation's part of a credit code is told however its digits are grouped; two numbers that stand one behind the other are none."""

import pytest

from jiebang.detection import Identity, PatternSet, Rule, fold, read_plain, readings, variants

CODE = "91000000100382026P"
LETTERED = "91000000MA100382XP"


def _found(text: str, code: str = CODE) -> bool:
    patterns: PatternSet[str] = PatternSet()
    for variant in variants(Identity(name="示例测量仪器有限公司", credit_code=code)):
        patterns.add(variant.text, variant.rule, variant.source)
    patterns.ready()
    return any(owner == "credit_code" for _, owner in patterns.search(read_plain(text)))


@pytest.mark.parametrize(
    "text",
    [
        "机构 100382026，请核对",
        "机构10038202-6",
        "100 382 026",
        "1-0-0-3-8-2-0-2-6",
        "１００３８２０２６",
        "组织机构代码：10038 2026",
        "机构代码：100382026年检",
        "统一社会信用代码（10038/2026）",
        "910000001 00382026P",
    ],
)
def test_a_code_in_groups_is_told(text: str) -> None:
    assert _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "代码：Q-10038（2026年度）",
        "Q-10038\n2026年度",
        "第 10038 项，2026 年",
        "10038 2026-05-31",
        "Q1-1003 82026",
        "5100382026",
        "Q-100382026年度",
        "<tr><th>Q-10038</th><td><a href='../rounds/2026/'>2026年度</a></td></tr>",
    ],
)
def test_two_numbers_are_no_code(text: str) -> None:
    assert not _found(text)


def test_a_part_with_letters_is_told_in_any_groups() -> None:
    assert _found("MA10 0382X", LETTERED)
    assert _found("MA100382-X", LETTERED)
    assert not _found("AMA100382X", LETTERED)


@pytest.mark.parametrize(
    "text",
    [
        "<tr><td>3</td><td>0999-87654321</td><td>4</td></tr>",
        "<p>3</p><p>0999 8765 4321</p>",
        "<ul><li>2026<li>099987654321</ul>",
        "3<br>099987654321<br/>7",
        "<dl><dt>12</dt><dd>099987654321</dd></dl>",
    ],
)
def test_a_number_beside_another_cell_with_digits_is_told(text: str) -> None:
    """Tags leave nothing behind, so that a name in letters of several kinds is found; of numbers they are what parts them."""
    patterns: PatternSet[str] = PatternSet()
    patterns.add(fold("099987654321"), Rule.NUMBER, "number")
    patterns.ready()
    assert any(owner for reading in readings(text) for _, owner in patterns.search(reading))
    inside = text.replace("<td>", "<b>").replace("<p>", "<i>").replace("<li>", "<b>").replace("<br>", "<b>")
    inside = inside.replace("</td>", "</b>").replace("</p>", "</i>").replace("<dd>", "<b>").replace("</dt>", "")
    assert not any(owner for reading in readings(inside) for _, owner in patterns.search(reading))
