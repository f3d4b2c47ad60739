"""The official forms as Word files: laid out as published, filled with exactly what the record says, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.decode import INVISIBLE
from jiebang.catalogue.record import values_at
from jiebang.forms.form_fields import ANNEXES, NO_BLANK, off_paper, on_paper
from jiebang.forms.writing import Form, forms_of, to_word
from jiebang.forms.writing.content import content
from jiebang.forms.writing.official import TEMPLATES, templates
from jiebang.forms.writing.word import _environment
from jiebang.schemas import fields_of
from tests.turns import at_night

# The worker that prints the sample.


def _record(kind: str, **value: Any) -> Record:
    return Record(kind, f"2024/zone/{kind}s/x.yml", "2024", "zone", value, b"", sound=True)


def _form(annex: int, enterprise: dict[str, Any], *handed_in: Record) -> Form:
    return Form(annex, "X", _record("enterprise", **enterprise), handed_in)


def _grid(word: bytes) -> list[list[str]]:
    """The table as people read it: a row's cells, each once."""
    table = docx.Document(io.BytesIO(word)).tables[0]
    rows = []
    for row in table.rows:
        cells = {id(cell._tc): cell.text for cell in row.cells}
        rows.append(list(cells.values()))
    return rows


def _beside(word: bytes, label: str) -> list[str]:
    """What stands right of each cell with this label."""
    return [row[n + 1] for row in _grid(word) for n, cell in enumerate(row[:-1]) if re.sub(r"\s", "", cell) == label]


def _texts(word: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(word))
    return (
        [p.text for p in document.paragraphs] + [text for row in _grid(word) for text in row]
        if document.tables
        else [p.text for p in document.paragraphs]
    )


def test_the_templates_are_what_the_layout_says() -> None:
    """Made again and compared; `python -m jiebang.forms.writing` writes them."""
    made = templates()
    assert {file.name for file in TEMPLATES.glob("*.docx")} == set(made)
    for name, data in made.items():
        assert (TEMPLATES / name).read_bytes() == data, f"run python -m jiebang.forms.writing: {name} differs"


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_names_nobody_and_no_day(name: str) -> None:
    with zipfile.ZipFile(TEMPLATES / name) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [n for n in archive.namelist() if n.startswith(("customXml", "docProps/app", "word/media"))]
        properties = archive.read("docProps/core.xml").decode()
    assert not re.search(r"creator|lastModifiedBy|created|modified|description", properties)


def test_annex_1_stands_on_the_grid_of_the_published_form() -> None:
    """Measured at the form as it was published: six columns of 1531 twips, these spans, sizes and typefaces."""
    document = docx.Document(io.BytesIO((TEMPLATES / "annex-1.docx").read_bytes()))
    table = document.tables[0]
    assert [column.width.twips for column in table.columns] == [1531] * 6
    spans = [[cell.grid_span for cell in row._tr.tc_lst] for row in table.rows]
    basics = [[6], [1, 5], [1, 5], [1, 3, 1, 1], [1] * 6, [1] * 6, [1] * 6, [1, 5], [1, 5], [1, 5], [1, 3, 1, 1], [6]]
    assert spans == [*basics, [6], [1, 1, 4], [1, 1, 4], [6]]
    section = document.sections[0]
    measures = (section.page_width, section.page_height, section.left_margin, section.top_margin)
    assert [measure and measure.twips for measure in measures] == [11906, 16838, 1361, 1440]
    sizes = {p.text: size.pt for p in document.paragraphs if p.runs and (size := p.runs[0].font.size)}
    assert sizes["附件 1"] == 14 and sizes["大企业技术创新需求表"] == 18 and sizes["企业名称：（盖章）"] == 12
    xml = zipfile.ZipFile(TEMPLATES / "annex-1.docx").read("word/document.xml").decode()
    assert set(re.findall(r'w:eastAsia="([^"]+)"', xml)) == {"SimHei", "SimSun"}


def test_a_template_that_is_compiled_once_keeps_nothing_of_a_form() -> None:
    first = to_word(_form(1, {"name": "甲", "address": "某路"}))
    assert _beside(to_word(_form(1, {"name": "乙"})), "通讯地址") == [""]
    assert to_word(_form(1, {"name": "甲", "address": "某路"})) == first
    # Only the templates' own texts are kept: a second form adds none.
    kept = dict(_environment()._compiled)
    to_word(_form(1, {"name": "丙"}))
    assert _environment()._compiled == kept


def test_same_records_same_bytes(sample: Catalogue) -> None:
    for form in forms_of(sample, [sample.enterprises[0].id, sample.demands[0].id, sample.applications[0].id]):
        assert to_word(form) == to_word(form)


def _shown(value: Any) -> list[str]:
    """The lines that a value makes on paper."""
    if isinstance(value, list):
        return [line for item in value for line in _shown(item)]
    return [line for line in str(value).split("\n") if line.strip()]


BOXED = {"disclosure", "channel.kind", "nature", "size", "types"}


@pytest.fixture(scope="module")
def told(sample: Catalogue) -> list[tuple[Form, str]]:
    """Every form of every record of the sample, with all that stands on it."""
    ids = [record.id for record in (*sample.enterprises, *sample.demands, *sample.applications)]
    return [(form, "\n".join(_texts(to_word(form)))) for form in forms_of(sample, ids)]


def test_every_field_with_a_blank_is_printed_for_every_record_of_the_sample(told: list[tuple[Form, str]]) -> None:
    checked: set[tuple[int, str, str]] = set()
    for form, text in told:
        for record in (form.issuer, *form.handed_in):
            for path in on_paper(form.annex, record.kind) if record.kind in ANNEXES[form.annex] else ():
                value = values_at(record.value, path.removesuffix("[]"))
                if value is None or path == "evidence":
                    continue
                for line in _shown(value):
                    assert (f"☑{line}" if path in BOXED else line) in text, (form.id, path)
                checked.add((form.annex, record.kind, path))
    expected = {
        (annex, kind, path)
        for annex, kinds in ANNEXES.items()
        for kind in kinds
        for path in on_paper(annex, kind)
        if path != "evidence"
    }
    assert checked == expected


def test_no_field_without_a_blank_is_printed(told: list[tuple[Form, str]]) -> None:
    for form, text in told:
        for record in (form.issuer, *form.handed_in):
            for field in off_paper(form.annex, record.kind):
                if field.path in {"note", "feedback", "id", "aliases"} and (value := record.get(field.path)):
                    for line in _shown(list(value.values()) if isinstance(value, dict) else value):
                        assert len(line) < 8 or line not in text, (form.id, field.path)


def test_the_exceptions_name_fields_that_the_schema_has() -> None:
    for annex, kinds in ANNEXES.items():
        known = {field.path for kind in kinds for field in fields_of(kind)}
        assert set(NO_BLANK[annex]) <= known


HOSTILE = "{{ e.name }} {% for %} {# #} {_{ }_} {_% %_} <w:p/> </w:t> &amp; & < > \" ' ]]> \\ $x$ \ttab  two #typst *bold* 😀 𠀀"


def test_records_are_text_and_nothing_else() -> None:
    demand = _record("demand", title=HOSTILE, summary=f"{HOSTILE}\n\n  {HOSTILE}  ", parameters="一行")
    word = to_word(_form(1, {"name": HOSTILE, "address": HOSTILE}, demand))
    assert _beside(word, "企业名称") == [HOSTILE]
    assert _beside(word, "通讯地址") == [HOSTILE]
    assert _beside(word, "名称") == [HOSTILE, ""]
    assert _beside(word, "需求内容")[0].split("\n") == [HOSTILE, "", f"  {HOSTILE}  ", "参数要求：一行"]


_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n")).filter(
    lambda t: not INVISIBLE.search(t)
)


@settings(max_examples=100 if at_night() else 15)
@given(_LINE, st.lists(_LINE, min_size=1, max_size=4))
def test_any_text_that_a_record_can_hold_is_printed_exactly(title: str, lines: list[str]) -> None:
    application = _record("application", item={"name": title, "code": "1"}, profile="x" + "\n".join(lines) + "x")
    document = docx.Document(io.BytesIO(to_word(_form(3, {}, application))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert f"“揭榜”事项名称：{title}" in texts
    start = texts.index("一、中小企业基本情况简介") + 1
    assert "\n".join(texts[start : start + len(lines)]) == "x" + "\n".join(lines) + "x"


def test_more_demands_make_more_rows_and_fewer_leave_the_forms_rows() -> None:
    demands = [_record("demand", title=f"需求名称{n}", summary="做什么") for n in range(1, 6)]
    labels = [row[0] for row in _grid(to_word(_form(1, {}, *demands)))]
    assert [label for label in labels if re.fullmatch(r"需求 \d", label)] == [
        f"需求 {n}" for n in range(1, 6) for _ in "名内"
    ]
    assert _beside(to_word(_form(1, {}, demands[0])), "名称") == ["需求名称1", ""]
    assert _beside(to_word(_form(2, {})), "事项名称") == ["", ""]


def test_what_is_absent_is_a_blank_to_fill_in() -> None:
    word = to_word(_form(1, {}))
    assert _beside(word, "企业名称") == [""]
    assert _beside(word, "企业性质") == ["□国有 □民营 □合资 □外资"]
    assert _beside(word, "所属行业") == ["2 位数代码及名称: _____"]
    assert _beside(word, "推荐渠道(只选择其中一个渠道)") == [
        "□省级中小企业主管部门: _____\n□工业和信息化部相关行业司局: _____"
    ]
    assert _beside(to_word(_form(2, {})), "企业注册地") == ["_____省 _____市(区) _____县"]
    assert "附：技术创新能力佐证材料" not in _texts(to_word(_form(3, {})))


def test_boxes_are_ticked_as_the_record_says() -> None:
    word = to_word(_form(2, {"size": "微型", "types": ["其他", "专精特新“小巨人”企业"], "nature": "外资"}))
    assert _beside(word, "企业类型(可多选)") == ["☑专精特新“小巨人”企业 □省级专精特新中小企业 □创新型中小企业 ☑其他"]
    assert _beside(word, "企业性质") == ["□国有 □民营 □合资 ☑外资"]
    assert any(row[-1] == "□大型 □中型 □小型 ☑微型" for row in _grid(word))


def test_the_enterprises_own_words_stand_where_nobody_has_divided_them() -> None:
    assert content({"original_text": "原话一\n原话二"}) == ["原话一", "原话二"]
    divided = {
        "original_text": "原话",
        "effect": "达到甲\n达到乙",
        "cooperation": {"modes": ["项目委托", "其他"], "note": "面谈"},
    }
    assert content(divided) == ["需达到效果：", "达到甲", "达到乙", "拟采取的合作方式：项目委托、其他", "面谈"]
    assert content({}) == [""]
