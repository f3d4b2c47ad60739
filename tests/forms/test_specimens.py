"""An example or a void form is not entered, and it is told what to do; where nobody can tell, the message says that it was."""

from __future__ import annotations

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import FormError
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import make
from tests.forms import word_xml as w

TITLE: list[make.Row] = [[("大企业技术创新需求表", 6)]]
EXAMPLE = {"name": "某某有限公司", "code": "910000000000009320"}
BODY = w.table([*w.basics(), *make.demand_rows(make.DEMANDS)])


def _rows(answers: dict[str, str] | None = None) -> list[make.Row]:
    return [*TITLE, *w.basics(answers), *make.demand_rows(make.DEMANDS)]


def _workbook(**sheets: list[make.Row]) -> list[Form]:
    return read_forms(parse("xlsx", make.xlsx(sheets)))


@pytest.mark.parametrize("name", ["填写示例", "样例", "示例", "填报范例", "旧表（作废）", "样表"])
def test_the_example_beside_a_form_is_not_entered(name: str) -> None:
    (form,) = _workbook(填报=_rows(), **{name: _rows(EXAMPLE)})
    assert form.enterprise["name"] == make.ENTERPRISE["name"]
    (asked,) = form.findings
    assert asked.text == name and asked.place.startswith(name) and "没有录入" in asked.message and asked.hint


def test_the_example_may_stand_first() -> None:
    (form,) = _workbook(填写示例=_rows(EXAMPLE), 填报=_rows())
    assert form.enterprise["name"] == make.ENTERPRISE["name"] and len(form.findings) == 1


@pytest.mark.parametrize("name", ["填写示例", "样例", "作废"])
def test_a_file_with_nothing_else_is_refused(name: str) -> None:
    with pytest.raises(FormError) as refused:
        _workbook(**{name: _rows(EXAMPLE)})
    assert name in refused.value.message and "改掉" in refused.value.hint


@pytest.mark.parametrize("name", ["样表", "示例集团", "附件1", "Sheet1", "需求表"])
def test_a_form_on_a_sheet_of_another_name_is_entered(name: str) -> None:
    """样表 is what bureaus call the form that they hand out."""
    (form,) = _workbook(**{name: _rows()})
    assert form.enterprise["name"] == make.ENTERPRISE["name"]
    assert [one.text for one in form.findings if "照样录入" in one.message] == ["样表〔字样：样表〕"] * (name == "样表")


@pytest.mark.parametrize("line", ["此表作废，以重报的为准", "作废", "本表已作废", "（此表无效）", "该申报表予以作废。"])
@pytest.mark.parametrize("where", ["above", "below"])
def test_a_void_form_is_not_entered(line: str, where: str) -> None:
    said = w.lines(line)
    body = w.docx(said + w.TITLE_1 + BODY) if where == "above" else w.docx(w.TITLE_1 + BODY + said)
    with pytest.raises(FormError) as refused:
        read_forms(parse("docx", body))
    assert line in refused.value.message and "没有录入" in refused.value.message


@pytest.mark.parametrize("line", ["注：未盖章无效", "逾期无效", "涂改无效", "草稿", "样例"])
def test_another_warning_leaves_the_form_entered_and_says_so(line: str) -> None:
    (form,) = read_forms(parse("docx", w.docx(w.TITLE_1 + w.lines(line) + BODY)))
    assert form.enterprise["name"] == make.ENTERPRISE["name"]
    (asked,) = form.findings
    assert line in asked.text and "照样录入" in asked.message and "没有录入" not in asked.message


def test_a_void_application() -> None:
    lines = make.annex3_lines()
    with pytest.raises(FormError, match="作废"):
        read_forms(parse("docx", w.docx(w.lines("\n".join([*lines[:4], "此申请书作废", *lines[4:]])))))
