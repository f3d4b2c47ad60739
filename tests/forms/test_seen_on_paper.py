"""What a Word file shows is what is read: words that nobody sees are asked about, capitals are capitals, the newer of two versions counts."""

from __future__ import annotations

import re

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import make
from tests.forms import word_xml as w
from tests.forms.word_xml import Xml, p, t

WHITE = '<w:color w:val="FFFFFF"/>'
COMPATIBILITY = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _read(data: bytes) -> tuple[Form, str]:
    (form,) = read_forms(parse("docx", data))
    return form, "\n".join(one.message for one in form.findings)


@pytest.mark.parametrize(
    "properties",
    [WHITE, '<w:color w:val="FEFEfe"/>', '<w:sz w:val="2"/>', w.used("Pale"), w.used("OnPale")],
)
def test_words_that_nobody_sees_are_asked_about(properties: str) -> None:
    styles = w.style("Pale", WHITE) + w.style("OnPale", "<w:b/>", based="Pale")
    form, told = _read(w.annex1({"employees": Xml(p(t("35"), t("0", properties)))}, styles=styles))
    assert "employees" not in form.enterprise and "看不见的字" in told and "0" not in told


@pytest.mark.parametrize(
    "properties",
    [
        WHITE + '<w:shd w:val="clear" w:fill="1F4E79"/>',
        WHITE + '<w:highlight w:val="darkBlue"/>',
        '<w:color w:val="333333"/>',
        '<w:color w:val="auto"/>',
        '<w:sz w:val="21"/>',
    ],
)
def test_words_that_stand_out_are_read(properties: str) -> None:
    form, told = _read(w.annex1({"employees": Xml(p(t("35"), t("0", properties)))}))
    assert form.enterprise["employees"] == 350 and not told


def test_white_labels_on_a_dark_ground_are_labels() -> None:
    ground = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    rows = [
        [
            (Xml(p(t(text, WHITE), properties=ground)), width) if text == "从业人数\n(人)" else (text, width)
            for text, width in row
        ]
        for row in w.basics()
    ]
    form, told = _read(w.annex1_of(w.table([*rows, *make.demand_rows(make.DEMANDS)])))
    assert form.enterprise["employees"] == 3500 and not told


@pytest.mark.parametrize("properties", ["<w:caps/>", "<w:smallCaps/>", w.used("Capitals")])
def test_letters_set_in_capitals_are_read_as_they_are_shown(properties: str) -> None:
    answers = {"name": Xml(p(t("示例abc公司", properties)))}
    form, _ = _read(w.annex1(answers, styles=w.style("Capitals", "<w:caps/>")))
    assert form.enterprise["name"] == "示例ABC公司"


def _in_versions(data: bytes, pattern: str, new: str, old: str | None, number: int = 0) -> bytes:
    """`new` and `old` are what the two versions say in place of 3500."""

    def change(members: dict[str, bytes]) -> None:
        text = members["word/document.xml"].decode()
        part = list(re.finditer(pattern, text, re.DOTALL))[number]
        versions = f'<mc:Choice Requires="w14">{part[0].replace("3500", new)}</mc:Choice>'
        if old is not None:
            versions += f"<mc:Fallback>{part[0].replace('3500', old)}</mc:Fallback>"
        both = f"<mc:AlternateContent {COMPATIBILITY}>{versions}</mc:AlternateContent>"
        members["word/document.xml"] = (text[: part.start()] + both + text[part.end() :]).encode()

    return make.repacked(data, change)


@pytest.mark.parametrize(("pattern", "number"), [("<w:tbl>.*</w:tbl>", 0), ("<w:tr(?: [^>]*)?>.*?</w:tr>", 6)])
@pytest.mark.parametrize(("new", "old"), [("3500", None), ("3500", "3500"), ("3501", "3500")])
def test_of_two_versions_the_one_that_word_shows_is_read(pattern: str, number: int, new: str, old: str | None) -> None:
    form, told = _read(_in_versions(make.annex1_docx(), pattern, new, old, number))
    # Where the two do not agree nobody knows which one was printed.
    assert form.enterprise.get("employees") == (int(new) if old in {None, new} else None)
    assert form.enterprise["name"] and len(form.demands) == 1
    assert ("两个版本" in told) is (old not in {None, new})
