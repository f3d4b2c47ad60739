"""CSV and XLSX as other programs read them: every value intact, nothing a formula, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jiebang.site import Frames, render
from jiebang.site.config import SiteConfig
from jiebang.site.exports import workbook
from jiebang.site.exports.json.header import origin_of
from jiebang.site.exports.portions import portions_of
from jiebang.site.exports.table import _RISKY, columns, is_risky, neutral, write_demands_csv
from jiebang.site.exports.workbook import write_demands_xlsx
from jiebang.site.files import PartWriter
from jiebang.site.grouping import group_demands
from jiebang.view import PublicSite
from tests.site import samples

FORMULAS = (
    "=1+1",
    "+1",
    "-40 ℃ 以下",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "−1",
    " =1+1",
    "\n=1+1",
    "　=1+1",
)
CODES = ("01", "007", "1E5", "2-3", "301")
CONFIG = SiteConfig("需求目录", "")


def _dangerous() -> PublicSite:
    """Formulas in every text, codes that a spreadsheet would like to be numbers or days."""
    site = samples.make_site(len(FORMULAS))
    demands = tuple(
        replace(
            demand,
            code=CODES[place % len(CODES)],
            title=text,
            summary=text,
            parameters=text,
            effect=text,
            schedule=text,
            cooperation_note=text,
            enterprise=replace(demand.enterprise, name=text),
        )
        for place, (demand, text) in enumerate(zip(site.demands, FORMULAS, strict=True))
    )
    return replace(site, demands=demands)


SITES = {
    "rich": samples.make_site(70),
    "empty": samples.empty_site(),
    "hostile": samples.hostile_site(),
    "dangerous": _dangerous(),
}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> PublicSite:
    return SITES[request.param]


def _expected(site: PublicSite, frames: Frames) -> list[dict[str, Any]]:
    files = {output.path: output.content for output in render(site, frames)}
    listed: list[dict[str, Any]] = json.loads(files["data/v1/demands.json"])["demands"]
    return listed


def _texts(demand: dict[str, Any]) -> list[str]:
    """The cells of a demand, made from its JSON in another way than the table does."""
    flat: list[Any] = []
    for value in demand.values():
        flat.extend(value.values() if isinstance(value, dict) else [value])
    return ["" if v is None else "、".join(v) if isinstance(v, list) else str(v) for v in flat]


def _csv_file(site: PublicSite, config: SiteConfig = CONFIG) -> bytes:
    stream = io.BytesIO()
    write_demands_csv(PartWriter(stream), portions_of(group_demands(site).told), config)
    return stream.getvalue()


def _xlsx_file(site: PublicSite) -> bytes:
    stream = io.BytesIO()
    write_demands_xlsx(PartWriter(stream), origin_of(site, CONFIG), "全部需求", portions_of(group_demands(site).told))
    return stream.getvalue()


def _csv(site: PublicSite) -> list[list[str]]:
    content = _csv_file(site)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_csv_holds_every_value(site: PublicSite, frames: Frames) -> None:
    head, *rows = _csv(site)
    assert head == [column.title for column in columns()]
    assert len(head) == len(set(head))
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == [
        [text.removeprefix("'") for text in _texts(demand)] for demand in _expected(site, frames)
    ]


def test_csv_lines_end_as_rfc_4180_says(site: PublicSite) -> None:
    content = _csv_file(site).decode("utf-8-sig")
    assert content.endswith("\r\n")
    assert content.count('"\r\n"') == len(site.demands)


def test_no_cell_of_the_csv_is_a_formula(site: PublicSite) -> None:
    for row in _csv(site)[1:]:
        for cell in row:
            assert cell.strip()[:1] not in set("=+-@＝＋－＠﹢﹣−"), cell
            assert cell[:1] not in {"\t", "\r"}


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1-2", "材料=钢", "'=1", "≥ 98%", "（-40 ℃）"])
def test_innocent_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def _sheets(site: PublicSite) -> tuple[list[list[Any]], list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(_xlsx_file(site)))
    assert book.sheet_names == ["需求", "说明"]
    first, second = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return first, second


def test_the_workbook_holds_every_value_with_codes_as_text(site: PublicSite, frames: Frames) -> None:
    head, *rows = _sheets(site)[0]
    assert head == [column.title for column in columns()]
    numeric = {place for place, column in enumerate(columns()) if column.shape["type"] == "integer"}
    shown = []
    for row in rows:
        for place, cell in enumerate(row):
            assert isinstance(cell, str) or place in numeric, (place, cell)
        shown.append([str(int(c)) if isinstance(c, float) else str(c) for c in row])
    # The file format keeps no lone carriage return, and calamine reads it back as a line break.
    wanted = [[text.replace("\r", "\n") for text in _texts(demand)] for demand in _expected(site, frames)]
    assert [[text.replace("\r", "\n") for text in row] for row in shown] == wanted


@given(st.text() | st.text(" \t\r\n　\u200b\ufeff=＝-甲", max_size=6))
def test_what_looks_like_a_formula_is_told_as_the_expression_says(text: str) -> None:
    assert is_risky(text) == bool(_RISKY.match(text))


@given(st.text(max_size=20) | st.text("_x04F\x00\x1b\ufffe&<>'\" \n", max_size=12))
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    # The file format's own readers undo `_x0000_`; XML has no other way to hold such a character.
    cell = Xml.fromstring(workbook._string(text))  # noqa: S314 - our own
    read = "".join(cell.itertext())
    undone = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), read)
    assert undone == text


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [workbook._letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"
    ]  # fmt: skip


def test_the_second_sheet_explains_every_column(site: PublicSite) -> None:
    rows = _sheets(site)[1]
    top = next(place for place, row in enumerate(rows) if row[0] == "列")
    explained = {row[1]: (row[0], row[3]) for row in rows[top + 1 :]}
    assert explained == {column.name: (column.title, column.description) for column in columns()}


def _parts(site: PublicSite) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(_xlsx_file(site))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_workbook_calculates_and_links_nothing_and_can_be_filtered(site: PublicSite) -> None:
    parts = _parts(site)
    for name, text in parts.items():
        assert "<f>" not in text and "<hyperlink" not in text, name
    assert not any("external" in name.lower() for name in parts)
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet and "<autoFilter" in sheet and "<cols>" in sheet


def test_cells_that_look_like_formulas_say_that_they_are_text() -> None:
    assert 'quotePrefix="1"' in _parts(SITES["dangerous"])["xl/styles.xml"]


def test_the_same_view_gives_the_same_bytes(site: PublicSite, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _xlsx_file(site)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert _xlsx_file(site) == first


def test_the_table_schema_describes_every_column(rich: dict[str, bytes]) -> None:
    metadata = json.loads(rich["data/v1/demands.csv-metadata.json"])
    described = metadata["tableSchema"]["columns"]
    assert [one["titles"]["zh"] for one in described] == _csv(SITES["rich"])[0]
    assert [one["name"] for one in described] == [column.name for column in columns()]
    assert metadata["url"] == "demands.csv"
    rows = _csv(SITES["rich"])[1:]
    for place, one in enumerate(described):
        assert one["dc:description"]["@value"]
        if one.get("required"):
            assert all(row[place] for row in rows), one["name"]


def test_addresses_in_the_table_are_whole_where_the_site_has_one() -> None:
    placed = replace(CONFIG, url="https://www.example.org/c/")
    text = _csv_file(SITES["rich"], placed).decode()
    assert text.count("https://www.example.org/c/demands/d-") == 70
