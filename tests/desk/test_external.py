"""`jiebang external`: what is taken from a published catalogue, what is left out and told, and that the gate sees what comes of it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
import xlsxwriter
import yaml

from jiebang.build import BuildOptions, build
from jiebang.catalogue import load
from jiebang.cli.output import progress_bar
from jiebang.desk.external import Taken, take
from jiebang.errors import UserError
from jiebang.forms.reading.document.grid import Cell, Document, Table
from jiebang.workspace import EXTERNAL as FILE
from tests import plain_yaml
from tests.conftest import Run

HEAD = (
    "序号",
    "代码",
    "需求名称（全称）",
    "需求内容",
    "技术指标",
    "发榜企业",
    "所属领域",
    "揭榜截止时间",
    "联系方式",
    "备注",
)
ROW = (
    "1",
    "WS-01",
    "示例密封材料",
    "在 300 ℃ 下使用。",
    "硬度 70±5",
    "外地示例机械有限公司",
    "新材料",
    "2026年9月30日",
    "示例甲 13800000000",
    "略",
)
DAY = "2026-07-08"
URL = "https://example.org/list.html"


def _document(*rows: tuple[str, ...]) -> Document:
    cells = [Cell(text, f"第 {r} 行", r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Document((Table(tuple(cells)),))


def _row(**changed: str) -> tuple[str, ...]:
    names = ("number", "code", "title", "summary", "parameters", "enterprise", "field", "deadline", "contact", "note")
    return tuple(changed.get(name, text) for name, text in zip(names, ROW, strict=True))


def _taken(tmp_path: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Taken:
    return _of_document(tmp_path, _document(("示例外市需求目录",), head, *rows))


def _of_document(tmp_path: Path, document: Document) -> Taken:
    made = io.BytesIO()
    docx.Document().save(made)
    file = tmp_path / "list.docx"
    file.write_bytes(made.getvalue())
    return take(file, DAY, lambda kind, data: document)


def test_columns_are_known_by_their_labels(tmp_path: Path) -> None:
    taken = _taken(tmp_path, ROW)
    (demand,) = taken.demands
    assert (demand.code, demand.title, demand.field, demand.deadline) == (
        "WS-01",
        "示例密封材料",
        "新材料",
        "2026-09-30",
    )
    assert (demand.summary, demand.parameters) == ("在 300 ℃ 下使用。", "硬度 70±5")
    told = " ".join(note.message for note in taken.notes)
    assert "企业名称不取，共 1 项" in told and "联系方式不取，共 1 项" in told
    assert "没有读这些栏目：序号、备注" in told
    assert not any(note.lost for note in taken.notes)


def test_a_demand_goes_on_as_far_as_its_title_does(tmp_path: Path) -> None:
    cells = [Cell(text, "", 0, c) for c, text in enumerate(("需求名称", "技术指标", "揭榜截止"))]
    cells += [Cell("示例一", "", 1, 0, rows=2), Cell("指标一", "", 1, 1), Cell("2026-09-30", "", 1, 2, rows=3)]
    cells += [Cell("指标二", "", 2, 1), Cell("示例二", "", 3, 0), Cell("指标三", "", 3, 1)]
    cells += [Cell("二、其他领域", "", 4, 0, columns=3)]
    cells += [Cell(text, "", 5, c) for c, text in enumerate(("需求名称", "技术指标", "揭榜截止"))]
    taken = _of_document(tmp_path, Document((Table(tuple(cells)),)))
    found = [(demand.title, demand.parameters, demand.deadline) for demand in taken.demands]
    assert found == [("示例一", "指标一\n指标二", "2026-09-30"), ("示例二", "指标三", "2026-09-30")]


@pytest.mark.parametrize(
    ("changed", "said", "kept"),
    [
        (
            {"summary": "在 300 ℃ 下使用。来电 13800000000 咨询。"},
            "需求内容里有手机号码，删去了这些句子",
            "在 300 ℃ 下使用。",
        ),
        ({"summary": "由外地示例机械有限公司验收。耐油。"}, "需求内容里有企业名称，删去了这些句子", "耐油。"),
        ({"summary": "联系人：示例甲"}, "需求内容里有联系人，没有取", ""),
        ({"summary": "长" * 3001}, "需求内容有 3001 个字，最多 3000 个，没有取", ""),
        ({"title": "外地示例机械有限公司的泵"}, "需求名称里有企业名称，这一项不取", None),
        ({"title": "示例泵 13800000000"}, "需求名称里有手机号码，这一项不取", None),
        ({"title": "  "}, "没有需求名称，这一项不取", None),
        ({"note": "", "contact": "机密★"}, "有密级标志，这一项不取", None),
        ({"deadline": "尽快"}, "揭榜截止不是完整的年月日，没有取", "在 300 ℃ 下使用。"),
        ({"deadline": "2026-07-07"}, "1 项在 2026-07-08 以前截止，不取", None),
        ({"field": "机", "summary": "密★文件"}, "相邻的项目连起来有密级标志，这一项不取", None),
    ],
)
def test_what_is_left_out_is_told_and_never_quoted(
    tmp_path: Path, changed: dict[str, str], said: str, kept: str | None
) -> None:
    taken = _taken(tmp_path, _row(**changed))
    assert any(said in note.message for note in taken.notes)
    assert [demand.summary for demand in taken.demands] == ([] if kept is None else [kept])
    assert not any("13800000000" in note.message or "示例机械" in note.message for note in taken.notes)


def test_an_address_that_is_none_is_not_taken(tmp_path: Path) -> None:
    head = ("需求名称", "揭榜网址")
    taken = _taken(tmp_path, ("示例一", "javascript:alert(1)"), ("示例二", "https://example.org/2"), head=head)
    assert [demand.url for demand in taken.demands] == ["", "https://example.org/2"]


def test_a_label_that_holds_a_telephone_is_not_repeated(tmp_path: Path) -> None:
    taken = _taken(tmp_path, ROW, head=(*HEAD[:-1], "咨询 13800000000"))
    assert not any("1380" in note.message for note in taken.notes)


def test_a_table_without_labels_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有认出需求目录的表"):
        _taken(tmp_path, ROW, head=("甲", "乙"))


def _data(tmp_path: Path, name: str = "demands.json", **changed: Any) -> Path:
    demand = {
        "code": "Q-1", "title": "示例算法", "summary": "调度。", "parameters": "60 s", "field": "新材料", "status": "published",
        "enterprise": {"name": "外地示例机械有限公司"}, "apply_by": "2026-09-30", "path": "demands/d-1/",
    } | changed  # fmt: skip
    whole = {"site": "https://example.org/list/", "demands": [demand]}
    file = tmp_path / name
    file.write_text(json.dumps(demand if name.endswith("ndjson") else whole), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("name", "url"), [("demands.json", "https://example.org/list/demands/d-1/"), ("demands.ndjson", "")]
)
def test_the_data_of_another_site_is_taken(tmp_path: Path, name: str, url: str) -> None:
    (demand,) = take(_data(tmp_path, name), DAY).demands
    assert (demand.code, demand.title, demand.deadline, demand.url) == ("Q-1", "示例算法", "2026-09-30", url)


def test_of_the_data_only_what_is_open_is_taken(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        take(_data(tmp_path, status="selected"), DAY)
    (demand,) = take(_data(tmp_path, summary=7, parameters=None, path="../\u202e", code="\ud800"), DAY).demands
    assert (demand.summary, demand.parameters, demand.url, demand.code) == ("", "", "", "〔符号〕")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"demands": [1]}', "[" * 100_000, '{"demands": {}}', "\x00"])
def test_other_data_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "demands.json"
    file.write_text(content)
    with pytest.raises(UserError):
        take(file, DAY)


def _workbook(file: Path, *rows: tuple[str, ...]) -> Path:
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    for number, row in enumerate((HEAD, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return file


@pytest.fixture
def bureau(base: Path) -> Path:
    (base.parent / "mkdocs.yml").write_text("site_name: 技术需求榜\n", encoding="utf-8")
    return base.parent


def _sources(bureau: Path) -> dict[str, list[str]]:
    read = plain_yaml.values((bureau / FILE).read_text(encoding="utf-8"))
    return {source["name"]: [demand["title"] for demand in source["demands"]] for source in read["sources"]}


def test_a_source_is_written_and_the_others_stay(run: Run, bureau: Path) -> None:
    book, where = _workbook(bureau / "a.xlsx", ROW), ("--catalogue", bureau / "catalogue", "--date", DAY)
    assert run("external", "示例外市", book, "--url", URL, "--dry-run", *where).returncode == 0
    assert not (bureau / FILE).exists()
    done = run("external", "示例外市", book, "--url", URL, *where)
    assert (done.returncode, "示例密封材料" in done.stdout) == (0, True), done.stdout + done.stderr
    assert "13800000000" not in done.stdout + done.stderr + (bureau / FILE).read_text(encoding="utf-8")
    run("external", "示例国家平台", _data(bureau), "--kind", "国家", "--url", URL, *where)
    _workbook(book, _row(title="示例新题"), _row(title="示例泵 13800000000"), _row(title="示例新题"))
    done = run("external", "示例外市", book, *where)
    assert (done.returncode, "2 处没有取" in done.stdout) == (1, True), done.stdout + done.stderr
    assert _sources(bureau) == {"示例外市": ["示例新题"], "示例国家平台": ["示例算法"]}
    assert "外地示例机械" not in (bureau / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("示例外市", (), "--url"),
        ("示例外市", ("--url", "ftp://example.org/"), "网址不能用"),
        ("示例 13800000000", ("--url", URL), "来源名称不能用"),
    ],
)
def test_a_source_that_cannot_stand_is_refused(
    run: Run, bureau: Path, name: str, options: tuple[str, ...], said: str
) -> None:
    done = run("external", name, _data(bureau), "--catalogue", bureau / "catalogue", "--date", DAY, *options)
    assert done.returncode in {1, 2} and said in done.stderr
    assert not (bureau / FILE).exists()


def test_a_file_with_a_mistake_is_not_overwritten(run: Run, bureau: Path) -> None:
    (bureau / FILE).write_text("sources: 1\n", encoding="utf-8")
    done = run("external", "示例外市", _data(bureau), "--url", URL, "--catalogue", bureau / "catalogue")
    assert (done.returncode, "第 1 行" in done.stderr) == (1, True)
    assert (bureau / FILE).read_text(encoding="utf-8") == "sources: 1\n"


@pytest.mark.parametrize("key", ["title", "summary", "parameters", "field", "url", "code"])
def test_the_name_of_a_hidden_enterprise_stops_the_build(bureau: Path, key: str) -> None:
    catalogue, _ = load(bureau / "catalogue")
    hidden = next(str(e.get("name")) for e in catalogue.enterprises if e.get("disclosure") == "不公开")
    text = f"https://example.org/?q={hidden.encode().hex('%', 1)}" if key == "url" else hidden
    demand = {"title": "示例算法", key: text.replace("?q=", "?q=%")}
    source = {"name": "示例外市", "kind": "外地", "url": URL, "retrieved": DAY, "demands": [demand]}
    (bureau / FILE).write_text(yaml.safe_dump({"sources": [source]}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError) as told, progress_bar() as bar:
        build(BuildOptions(bureau / "catalogue", bureau / "public"), bar)
    assert "external/index.html" in told.value.message and hidden not in told.value.message
    assert not (bureau / "public").exists()
