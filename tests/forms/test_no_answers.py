"""What is nobody's answer: texts that a program left in a cell are quoted and not taken, a form as a picture or an object is named as such."""

from __future__ import annotations

import io
import zipfile

import pytest

from jiebang.forms.reading.document.file_types import kind_of
from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import FormError
from jiebang.forms.reading.forms import read_forms
from jiebang.forms.reading.values import codes, people
from tests.effort import effort
from tests.forms import make
from tests.forms import word_xml as w
from tests.forms.corpus import CONTENT, TITLE

LEFT = [
    "错误!未找到引用源。",
    "错误！未定义书签。",
    "Error! Reference source not found.",
    "«通讯地址»",
    "单击或点击此处输入文字。",
    "单击此处输入文字。",
    "点击此处添加文本",
    "单击或点击以输入日期。",
    "选择一项。",
    "Click or tap here to enter text.",
]


@pytest.mark.parametrize("text", LEFT)
def test_what_a_program_left_is_quoted_and_not_taken(text: str) -> None:
    (form,) = read_forms(parse("docx", w.annex1({"address": text, "name": text}, [(text, CONTENT)])))
    assert not {"address", "name"} & form.enterprise.keys()
    (demand,) = form.demands
    assert "title" not in demand.value
    quoted = [one for one in (*form.findings, *demand.findings) if text in one.text]
    assert {one.field for one in quoted} >= {"通讯地址", "企业名称", "需求名称"}
    assert all(one.place and one.hint for one in quoted)


@pytest.mark.parametrize("text", ["请填写", "（请填写）", "请在此处填写", "请输入内容", "填写"])
def test_a_request_to_write_something_is_no_answer(text: str) -> None:
    content = CONTENT.replace("1 年", text)
    made = w.annex1({"address": text, "name": text, "email": "xxx@163.com"}, [(TITLE, content), (text, CONTENT)])
    (form,) = read_forms(parse("docx", made))
    assert not {"address", "name", "email"} & form.enterprise.keys()
    first, second = form.demands
    assert "schedule" not in first.value and "title" not in second.value
    assert [one.text for one in (*first.findings, *second.findings)] == [text, text]
    assert {one.field for one in form.findings} == {"通讯地址", "企业名称", "电子邮箱"}


def test_such_a_text_among_others_is_asked_about() -> None:
    content = CONTENT.replace("熔指 25g/10min", "见错误!未找到引用源。的要求")
    (form,) = read_forms(parse("docx", w.annex1({"address": "示例路错误!未找到引用源。号"}, [(TITLE, content)])))
    assert "address" not in form.enterprise
    assert [one.text for one in form.findings] == ["示例路错误!未找到引用源。号〔程序留下的文字：错误!未找到引用源。〕"]
    assert "parameters" not in form.demands[0].value and len(form.demands[0].findings) == 1


@pytest.mark.parametrize(
    "text", ["示例«甲»路 1 号", "错误率不超过 1%的示例路", "点击率示例路 2 号", "输入文字示例大厦", "请填写路 3 号"]
)
def test_what_people_write_is_taken(text: str) -> None:
    (form,) = read_forms(parse("docx", w.annex1({"address": text})))
    assert form.enterprise["address"] == text and form.findings == []


PICTURE = (
    "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData "
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)
OBJECT = '<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rId9"/></w:object></w:r></w:p>'


@pytest.mark.parametrize(("what", "told"), [(PICTURE, "图片"), (OBJECT, "嵌入对象")])
@pytest.mark.parametrize("title", [w.TITLE_1, w.lines("中小企业“揭榜”申请书"), ""])
@pytest.mark.parametrize("framed", [False, True])
def test_a_form_that_is_no_text_is_named_as_what_it_is(what: str, told: str, title: str, framed: bool) -> None:
    inside = w.table([[(w.Xml(what), 1)]], 1) if framed else what
    with pytest.raises(FormError) as refused:
        read_forms(parse("docx", w.docx(title + inside)))
    assert told in refused.value.message and refused.value.hint


@pytest.mark.parametrize("more", ["", PICTURE])
def test_an_empty_form_is_empty_also_with_a_badge(more: str) -> None:
    blank = dict.fromkeys(make.ENTERPRISE, "")
    body = w.table([*make.annex1_rows(blank), *make.demand_rows([("", "")])])
    with pytest.raises(FormError, match="空白"):
        read_forms(parse("docx", w.docx(more + w.TITLE_1 + body)))


def test_a_file_that_is_no_form_is_none() -> None:
    with pytest.raises(FormError, match="认不出"):
        read_forms(parse("docx", w.docx(w.lines("示例通知"))))


@pytest.mark.parametrize(
    ("name", "members", "told"),
    [
        ("form.odt", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, "odt"),
        ("form.ofd", {"OFD.xml": "<x/>"}, "OFD"),
        ("form.zip", {"a.txt": "x"}, "压缩包"),
        ("form.xls", {}, "HTML"),
    ],
)
def test_a_file_of_another_kind_is_named(name: str, members: dict[str, str], told: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, content in members.items():
            archive.writestr(part, content)
    data = stream.getvalue() if members else "<html><table><tr><td>需求表</td></tr></table></html>".encode("gbk")
    with pytest.raises(FormError) as refused:
        kind_of(name, data)
    assert told in refused.value.message and refused.value.hint


LONG = 30_000


@pytest.mark.parametrize(
    "text",
    [
        "X 2024年5月1" + " " * LONG + "x",
        "@" * LONG,
        "企业名称（盖章）：示例" + " " * LONG + "x",
        "（" + " " * LONG + "x",
    ],
)
def test_a_text_of_spaces_and_signs_is_read_at_once(text: str) -> None:
    for read in (codes.alone, codes.unsealed, codes.name, codes.beside_a_name, codes.address, people.name_and_position):
        with effort() as reading:
            read(text)
        assert reading.units < 40
