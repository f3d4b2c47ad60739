"""The 需求目录 as Excel, Word and PDF: every row in each, hidden names hidden, the same bytes each time, honest where a form cannot be made."""

from __future__ import annotations

import html
import importlib.util
import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from jiebang.publication.extraction import texts_of
from jiebang.site.exports.choice import Choice, FormError
from jiebang.site.exports.directory import FORMS, Directory, directory_of, make
from jiebang.site.exports.directory import pdf as pdf_module
from jiebang.site.exports.directory.content import COLUMNS, PARTS
from jiebang.site.exports.directory.pdf import typeset
from jiebang.view import PublicSite
from tests.site import samples

SITES = {"rich": samples.make_site(40), "hostile": samples.hostile_site(), "long": samples.long_words_site()}
ALL = Choice()


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> PublicSite:
    return SITES[request.param]


def _table(directory: Directory) -> list[list[str]]:
    (table,) = Document(io.BytesIO(make(directory, "docx"))).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_word_holds_every_row_as_the_view_says_it(site: PublicSite) -> None:
    directory = directory_of(site, ALL)
    head, *rows = _table(directory)
    assert head == [column.title for column in COLUMNS]
    assert rows == [list(row.texts()) for row in directory.rows]
    assert len(rows) == len(site.demands)


def test_excel_holds_every_row_with_needs_in_columns(site: PublicSite) -> None:
    directory = directory_of(site, ALL)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(make(directory, "xlsx"))).get_sheet_by_index(0).to_python()
    top = next(place for place, row in enumerate(sheet) if row[0] == "序号")
    assert sheet[top][3 : 3 + len(PARTS)] == list(PARTS)
    for row, one in zip(sheet[top + 1 :], directory.rows, strict=False):
        assert all(isinstance(cell, str) for cell in row)
        assert row == [*one.cells[:3], *(text for _, text in one.need), *one.cells[3:]]
    assert len(sheet) > top + len(directory.rows)


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_same_content_gives_the_same_bytes(site: PublicSite, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make(directory_of(site, ALL), form)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert make(directory_of(site, ALL), form) == first


def test_pdf_is_typeset_from_any_text_and_always_the_same(site: PublicSite) -> None:
    directory = directory_of(site, ALL)
    made = typeset(directory, ["Libertinus Serif"], ["Libertinus Serif"])
    assert made.startswith(b"%PDF-")
    assert made == typeset(directory, ["Libertinus Serif"], ["Libertinus Serif"])
    # The title of the document is read by machines; its body is drawn by glyph numbers.
    assert any(directory.title[:20] in html.unescape(text.content) for text in texts_of("x.pdf", made))


def test_pdf_without_typst_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FormError, match="typst") as caught:
        make(directory_of(SITES["rich"], ALL), "pdf")
    assert "pip install typst" in caught.value.hint and "--form docx" in caught.value.hint


def test_pdf_without_a_chinese_typeface_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "families", lambda: frozenset({"Libertinus Serif"}))
    with pytest.raises(FormError, match="中文字体") as caught:
        make(directory_of(SITES["rich"], ALL), "pdf")
    assert "fonts-noto-cjk" in caught.value.hint


def test_pdf_takes_the_typefaces_of_official_papers_first(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[list[str]] = []
    monkeypatch.setattr(pdf_module, "families", lambda: frozenset({"Noto Sans CJK SC", "FangSong", "SimHei", "Arial"}))

    def typeset(_: object, *faces: list[str]) -> bytes:
        chosen.extend(faces)
        return b""

    monkeypatch.setattr(pdf_module, "typeset", typeset)
    make(directory_of(SITES["rich"], ALL), "pdf")
    assert chosen == [["FangSong", "SimHei", "Noto Sans CJK SC"], ["SimHei", "Noto Sans CJK SC", "FangSong"]]


def test_word_is_ready_to_print() -> None:
    with zipfile.ZipFile(io.BytesIO(make(directory_of(SITES["rich"], ALL), "docx"))) as archive:
        body = archive.read("word/document.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        footer = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert 'w:orient="landscape"' in body
    assert body.count("<w:tblHeader/>") == 1
    assert 'w:eastAsia="仿宋"' in styles
    assert "NUMPAGES" in footer


def test_hidden_enterprises_stay_hidden() -> None:
    site = SITES["rich"]
    shown = {row.cells[5] for row in directory_of(site, ALL).rows}
    assert shown == {d.enterprise.name or "企业名称不公开" for d in site.demands}
    assert "企业名称不公开" in shown


@pytest.mark.parametrize("choice", [Choice("2030"), Choice(None, "jiangbei"), Choice("2024", "jiangnan")])
def test_a_choice_holds_its_demands_and_says_so(choice: Choice) -> None:
    site = SITES["rich"]
    directory = directory_of(site, choice)
    wanted = {d.code for d in site.demands if choice.round in {None, d.round} and choice.district in {None, d.district}}
    assert wanted
    assert {row.cells[1].split("\n")[0] for row in directory.rows} == wanted
    names = {r.id: r.title for r in site.rounds} | {d.slug: d.name for d in site.districts}
    for key in (choice.round, choice.district):
        assert key is None or names[key] in directory.title


def test_rows_keep_the_order_of_the_list_and_codes_are_named_with_their_round() -> None:
    """By code, the rows of a hidden enterprise would stand side by side wherever codes are given enterprise by enterprise."""
    site = SITES["rich"]
    rows = directory_of(site, Choice("2030")).rows
    assert [row.cells[1] for row in rows] == [d.code for d in site.demands if d.round == "2030"]
    assert all("\n" not in row.cells[1] for row in rows)
    assert all(row.cells[1].endswith("年度") for row in directory_of(SITES["rich"], ALL).rows)


def test_a_row_too_high_for_excel_is_told() -> None:
    site = SITES["rich"]
    long = replace(site, demands=(replace(site.demands[0], effect="指标。" * 900), *site.demands[1:]))
    for site_, told in ((site, False), (long, True)):
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(make(directory_of(site_, ALL), "xlsx"))).get_sheet_by_index(0)
        assert ("打印不全" in str(sheet.to_python())) is told


def test_an_unknown_round_or_district_is_refused() -> None:
    for choice in (Choice("1999"), Choice(None, "nowhere")):
        with pytest.raises(KeyError):
            directory_of(SITES["rich"], choice)


def test_every_form_has_its_ending() -> None:
    assert set(FORMS) == {"xlsx", "docx", "pdf"}
