"""企业名称（盖章）：X above the table: what is printed behind it on the line is no part of the name."""

from __future__ import annotations

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import make
from tests.forms import word_xml as w

NAME = make.ENTERPRISE["name"]


def _form(line: str, name: str = "") -> Form:
    body = [*w.basics({"name": name}), *make.demand_rows(make.DEMANDS)]
    (form,) = read_forms(parse("docx", w.docx(w.lines(f"大企业技术创新需求表\n{line}") + w.table(body))))
    return form


@pytest.mark.parametrize(
    "line",
    [
        f"企业名称（盖章）：{NAME}    填表人：示例乙",
        f"企业名称（盖章）：{NAME}  填报日期：2024年7月8日",
        f"企业名称：{NAME}（盖章）    2024年7月8日",
        f"企业名称：{NAME}（盖章）    二〇二四年七月八日",
        f"企业名称：{NAME}（盖章）    2024-07-08",
        f"企业名称：{NAME}（盖章）          年   月   日",
        f"企业名称：{NAME}  2024年7月8日  填表人：示例乙",
        f"企业名称：{NAME}      单位：万元",
    ],
)
@pytest.mark.parametrize("name", ["", NAME])
def test_the_name_is_read_alone(line: str, name: str) -> None:
    """Also where the table has it once more."""
    form = _form(line, name)
    assert form.enterprise["name"] == NAME
    assert form.findings == []


@pytest.mark.parametrize("line", ["企业名称（盖章）：      填表人：示例乙", "企业名称：（盖章）   2024年7月8日"])
def test_a_line_without_a_name_has_none(line: str) -> None:
    assert "name" not in _form(line).enterprise
    form = _form(line, NAME)
    assert form.enterprise["name"] == NAME and form.findings == []


def test_what_belongs_to_a_name_stays() -> None:
    assert _form("企业名称：示例2024年科技有限公司").enterprise["name"] == "示例2024年科技有限公司"
    assert _form("企业名称：示例（示例市）日期科技有限公司").enterprise["name"] == "示例（示例市）日期科技有限公司"


def test_two_names_are_still_asked_about() -> None:
    form = _form("企业名称：示例另一家有限公司    填表人：示例乙", NAME)
    assert "name" not in form.enterprise and [one.field for one in form.findings] == ["企业名称"]
