"""The list as a file: exactly the filtered demands in the order shown, as a workbook another program reads and as a safe CSV."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from python_calamine import CalamineWorkbook

from jiebang.site.assets import collect
from jiebang.site.exports.table import is_risky
from tests.browser.listed import Demand, matching, show_all, wait_until_settled
from tests.browser.served import SITE, TODAY, script_path
from tests.conftest import ROOT

Found = Callable[[], list[str]]
_FORMULAS = ("=1+1", "+86", "-2", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x")
_ON_DEMAND = ("export/table.js", "export/xlsx.js", "export/zip.js")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def demands(server: str) -> list[Demand]:
    with urlopen(f"{server}/site/data/v1/demands.json") as answer:  # noqa: S310  the test's own server
        listed: list[Demand] = json.load(answer)["demands"]
    return listed


def _downloaded(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    name = download.value.suggested_filename
    download.value.save_as(folder / name)
    return folder / name


def _rows(file: Path) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def _csv(file: Path) -> list[dict[str, str]]:
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_workbook_holds_exactly_what_is_shown(
    reader: Page, site: str, found: Found, demands: list[Demand], tmp_path: Path
) -> None:
    reader.goto(f"{site}demands/?district=jiangnan&state=open&state=accepted&sort=due")
    show_all(reader)
    shown = found()
    file = _downloaded(reader, "下载表格（Excel）", tmp_path)
    assert file.name == f"需求清单-{TODAY}-{len(shown)}项.xlsx"
    expect(reader.locator("[data-export-status]")).to_have_text(f"已生成，共 {len(shown)} 项。")
    rows = _rows(file)
    assert [row["代码"] for row in rows] == shown
    by_code = {d["code"]: d for d in demands}
    for row in rows:
        demand = by_code[row["代码"]]
        assert row["名称"] == demand["title"]
        assert row["参数要求"] == demand["parameters"]
        assert row["揭榜截止"] == date.fromisoformat(demand["apply_by"])
        assert row["行业大类代码"] == (demand["enterprise"]["division"] or "")
        assert row["揭榜申请数"] == ("" if demand["applications"] is None else demand["applications"])
        assert row["需求编号"] == demand["id"]
        assert row["网页"] == f"{site}{demand['path']}"


def test_many_demands_are_one_request(reader: Page, site: str, demands: list[Demand], tmp_path: Path) -> None:
    reader.goto(f"{site}demands/")
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    rows = _rows(_downloaded(reader, "下载表格（Excel）", tmp_path))
    assert [row["需求编号"] for row in rows] == [d["id"] for d in demands]
    every = "&".join(f"state={state}" for state in ("open", "closed", "selected", "accepted", "unmet", "failed"))
    reader.goto(f"{site}demands/?{every}&sort=new")
    wait_until_settled(reader)
    again = _rows(_downloaded(reader, "下载表格（Excel）", tmp_path))
    assert sorted(row["需求编号"] for row in again) == sorted(d["id"] for d in demands)
    days = [row["发榜日期"] for row in again]
    assert days == sorted(days, reverse=True)
    assert sum("/data/v1/demands/" in url for url in asked) == 30
    assert sum(url.endswith("/data/v1/demands.json") for url in asked) == 2


def test_csv_holds_the_same(reader: Page, site: str, demands: list[Demand], tmp_path: Path) -> None:
    reader.goto(f"{site}demands/?q={quote('激光')}&nature=foreign&sort=new")
    wait_until_settled(reader)
    rows = _csv(_downloaded(reader, "下载 CSV", tmp_path))
    expected = [d for d in matching(demands, {"nature": {"foreign"}}) if "激光" in json.dumps(d, ensure_ascii=False)]
    assert sorted(row["需求编号"] for row in rows) == sorted(d["id"] for d in expected)
    by_id = {d["id"]: d for d in demands}
    for row in rows:
        assert row["需求内容"] == by_id[row["需求编号"]]["summary"]
        assert row["参数要求"] == by_id[row["需求编号"]]["parameters"]
        assert row["发榜日期"] == by_id[row["需求编号"]]["published_on"]


def _answer(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body)


def _with_formulas(page: Page, demands: list[Demand]) -> list[Demand]:
    """Gives the first demands titles that a spreadsheet would compute."""
    changed = [{**demand, "title": text, "code": text} for demand, text in zip(demands, _FORMULAS, strict=False)]
    for demand in changed:
        page.route(f"**/demands/{demand['id'].lower()}.json", _answer(json.dumps(demand)))
    return changed


def test_no_cell_is_a_formula(reader: Page, site: str, demands: list[Demand], tmp_path: Path) -> None:
    changed = _with_formulas(reader, demands)
    reader.goto(f"{site}marked/?ids={','.join(d['id'] for d in changed)}")
    rows = _csv(_downloaded(reader, "下载 CSV", tmp_path))
    assert [row["名称"] for row in rows] == [f"'{text}".replace("\r", "\n") for text in _FORMULAS]
    assert all(row["代码"].startswith("'") for row in rows)
    file = _downloaded(reader, "下载表格（Excel）", tmp_path)
    assert [row["名称"] for row in _rows(file)] == [text.replace("\r", "\n") for text in _FORMULAS]
    with zipfile.ZipFile(file) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  our own file
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))  # noqa: S314  our own file
    assert sheet.findall(f".//{_SHEET}f") == []
    forms = styles.findall(f"{_SHEET}cellXfs/{_SHEET}xf")
    for cell in sheet.iter(f"{_SHEET}c"):
        if "".join(cell.itertext()).startswith(tuple(_FORMULAS)):
            assert cell.get("t") == "inlineStr"
            assert forms[int(cell.get("s", "0"))].get("quotePrefix") == "1"


def test_workbook_is_fit_for_work(reader: Page, site: str, tmp_path: Path) -> None:
    """The head stays in sight and carries filters, columns have widths, codes are text."""
    reader.goto(f"{site}demands/?state=failed")
    wait_until_settled(reader)
    with zipfile.ZipFile(_downloaded(reader, "下载表格（Excel）", tmp_path)) as book:
        assert book.testzip() is None
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  our own file
    pane = sheet.find(f".//{_SHEET}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    columns = sheet.findall(f"{_SHEET}cols/{_SHEET}col")
    rows = sheet.findall(f"{_SHEET}sheetData/{_SHEET}row")
    filtered = sheet.find(f"{_SHEET}autoFilter")
    assert filtered is not None
    assert filtered.get("ref") == f"A1:AB{len(rows)}"
    assert len(columns) == len(rows[0]) == 28
    assert all(cell.get("t") == "inlineStr" for row in rows for cell in row if cell.get("r", "").startswith("A"))


def test_stored_where_the_browser_cannot_deflate(
    reader: Page, site: str, demands: list[Demand], tmp_path: Path
) -> None:
    reader.add_init_script("delete window.CompressionStream")
    reader.goto(f"{site}demands/?state=unmet")
    wait_until_settled(reader)
    file = _downloaded(reader, "下载表格（Excel）", tmp_path)
    with zipfile.ZipFile(file) as book:
        assert {entry.compress_type for entry in book.infolist()} == {zipfile.ZIP_STORED}
    assert len(_rows(file)) == len(matching(demands, {"state": {"unmet"}}))


def test_a_newer_catalogue_is_said(browser: Browser, site: str) -> None:
    """The list and the whole catalogue are two files: where a build came between, no row may be missing in silence."""
    page = browser.new_page()
    page.route("**/data/v1/demands.json", lambda route: route.fulfill(body='{"demands":[]}'))
    every = "&".join(f"state={state}" for state in ("open", "closed", "selected", "accepted", "unmet", "failed"))
    page.goto(f"{site}demands/?{every}")
    wait_until_settled(page)
    page.get_by_role("button", name="下载 CSV").click()
    expect(page.locator("[data-export-status]")).to_contain_text("请刷新页面")
    page.unroute("**/data/v1/demands.json")
    page.route("**/data/v1/demands.json", lambda route: route.abort())
    page.reload()
    page.get_by_role("button", name="下载 CSV").click()
    expect(page.locator("[data-export-status]")).to_contain_text("请检查网络")
    page.close()


def test_scripts_for_tables_come_on_demand(reader: Page, site: str) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"{site}demands/?state=open")
    wait_until_settled(reader)
    exporting = [asset.path for asset in collect(ROOT / "site" / "assets") if asset.name in _ON_DEMAND]
    assert len(exporting) == len(_ON_DEMAND)
    assert not [url for url in asked if url.endswith(tuple(exporting))]
    reader.get_by_role("button", name="下载 CSV").click()
    expect(reader.locator("[data-export-status]")).to_contain_text("已生成")
    assert len([url for url in asked if url.endswith(tuple(exporting))]) == len(exporting)
    assert len(SITE.demands) > 60


def test_page_and_exports_know_the_same_starts_of_a_formula(reader: Page, site: str) -> None:
    """Every character of the basic plane alone, before a sign and behind blank space: the page's pattern and ours agree."""
    reader.goto(site)
    risky = reader.evaluate(
        """async module => {
            const { looksLikeFormula } = await import(module);
            const codes = [[], [], []];
            for (let code = 0; code < 0x10000; code += 1) {
                if (code >= 0xd800 && code < 0xe000) continue;
                const letter = String.fromCharCode(code);
                [letter + "1", letter + "=1", " \\u00a0" + letter + "1"].forEach((text, way) => {
                    if (looksLikeFormula(text)) codes[way].push(code);
                });
            }
            return codes;
        }""",
        f"/site/{script_path('export/table.js')}",
    )
    ours = [
        [code for code in (*range(0xD800), *range(0xE000, 0x10000)) if is_risky(way.format(chr(code)))]
        for way in ("{}1", "{}=1", " \u00a0{}1")
    ]
    assert risky == ours
    assert len(ours[0]) > 12
