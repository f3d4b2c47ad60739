"""What people write beside a name, an address or a position in the same cell: it is no part of the value, and it is told."""

from __future__ import annotations

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import make
from tests.forms import word_xml as w
from tests.forms.corpus import CONTENT, TITLE

NAME = make.ENTERPRISE["name"]


def _form(**answers: str) -> Form:
    (form,) = read_forms(parse("docx", w.annex1(answers)))
    return form


@pytest.mark.parametrize(
    "text", [f"名称：{NAME}", f"{NAME}(盖章处)", f"“{NAME}”", f"{NAME}。", f"企业全称: {NAME}（盖章）"]
)
def test_signs_and_seals_are_no_part_of_a_name(text: str) -> None:
    form = _form(name=text)
    assert form.enterprise["name"] == NAME and form.findings == []


@pytest.mark.parametrize(
    "beside", [" 91000000000000000X", "（股票代码：600000）", "（简称：示例重工）", "（以下简称“示例重工”）"]
)
def test_what_stands_beside_a_name_is_told(beside: str) -> None:
    form = _form(name=NAME + beside)
    assert form.enterprise["name"] == NAME
    (asked,) = form.findings
    assert asked.field == "企业名称" and asked.text == NAME + beside and beside.strip() in asked.message


@pytest.mark.parametrize(
    "name", ["示例（示例市）有限公司", "示例“一带一路”有限公司", "示例名称管理有限公司", "示例2024有限公司"]
)
def test_a_name_stays_as_it_is(name: str) -> None:
    form = _form(name=name)
    assert form.enterprise["name"] == name and form.findings == []


@pytest.mark.parametrize(
    "address",
    [
        "注册地址：示例路1号 办公地址：示例路2号",
        "示例路1号 收件人：示例乙 10000000002",
        "示例路1号 邮编 012345",
    ],
)
def test_more_than_one_address_is_asked_about(address: str) -> None:
    form = _form(address=address)
    assert "address" not in form.enterprise
    assert [one.text for one in form.findings if one.field == "通讯地址"] == [address]


@pytest.mark.parametrize("address", ["示例市电话局北 1 号", "示例市手机产业园 12 栋 301", "示例邮编大厦 3 层"])
def test_an_address_with_such_words_is_taken(address: str) -> None:
    form = _form(address=address)
    assert form.enterprise["address"] == address and form.findings == []


@pytest.mark.parametrize("beside", ["10000000009", "lisi@example.com"])
def test_a_number_beside_the_contacts_position_is_told(beside: str) -> None:
    form = _form(contact=f"示例乙 {beside} 总经理")
    contact = form.enterprise["contact"]
    assert (contact["name"], contact["position"]) == ("示例乙", "总经理")
    (asked,) = form.findings
    assert beside in asked.text


def test_a_place_in_three_cells_is_asked_about_as_one() -> None:
    place = [("企业注册地", 1), ("吉林省", 1), ("长春市", 1), ("示例县", 1), ("注册时间", 1), ("2012年5月18日", 1)]
    rows = [place if row[0][0] == "企业注册地" else row for row in make.annex2_rows()]
    (form,) = read_forms(parse("docx", w.docx(w.TITLE_2 + w.table(rows))))
    assert "registered_place" not in form.enterprise and form.enterprise["registered_on"] == "2012-05-18"
    (asked,) = form.findings
    assert asked.field == "注册地" and asked.text == "长春市\n示例县"


def test_two_colons_are_one() -> None:
    (form,) = read_forms(parse("docx", w.annex1(None, [(TITLE, CONTENT.replace("参数要求：", "参数要求：："))])))
    assert form.demands[0].value["parameters"] == "熔指 25g/10min"
