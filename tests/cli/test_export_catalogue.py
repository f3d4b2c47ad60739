"""`jiebang export catalogue`: the published demands and no others, in a file that others open; nothing written where something is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from jiebang.build.document import write_document
from jiebang.catalogue import load
from jiebang.errors import UserError
from jiebang.publication import Secrets, publish
from jiebang.site.exports.choice import Choice
from jiebang.site.exports.stores import STORES, stored
from jiebang.view import PublicSite
from tests.conftest import Run


def _view(base: Path) -> PublicSite:
    return publish(load(base)[0], {}).site


def _rows(file: Path) -> list[list[str]]:
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    rows = [[str(cell) for cell in row] for row in sheet]
    head = next(place for place, row in enumerate(rows) if row[0] == "序号")
    return [row for row in rows[head + 1 :] if re.fullmatch(r"[0-9]+", row[0])]


def test_the_sheet_holds_every_published_demand_and_no_other(run: Run, base: Path, tmp_path: Path) -> None:
    done = run("export", "catalogue", "--catalogue", base, "--out", tmp_path / "目录.xlsx")
    assert done.returncode == 0, done.stderr
    rows = _rows(tmp_path / "目录.xlsx")
    assert {row[1].split("\n")[0] for row in rows} == {demand.code for demand in _view(base).demands}
    assert f"{len(rows)} 项需求" in done.stderr
    assert "下一步" in done.stderr


def test_a_hidden_enterprise_stays_hidden(run: Run, base: Path, tmp_path: Path) -> None:
    run("export", "catalogue", "--catalogue", base, "--out", tmp_path / "目录.xlsx")
    names = {demand.code: demand.enterprise.name for demand in _view(base).demands}
    assert None in names.values()
    for row in _rows(tmp_path / "目录.xlsx"):
        assert row[10] == (names[row[1].split("\n")[0]] or "企业名称不公开")


@pytest.mark.parametrize("form", STORES)
def test_data_hold_every_published_demand_and_no_hidden_name(run: Run, base: Path, tmp_path: Path, form: str) -> None:
    done = run("export", "catalogue", "--catalogue", base, "--form", form)
    assert done.returncode == 0, done.stderr
    content = (tmp_path / f"需求目录.{STORES[form].ending}").read_bytes()
    catalogue = load(base)[0]
    site = publish(catalogue, {}).site
    assert f"{len(site.demands)} 项需求" in done.stderr and "下一步" in done.stderr
    for demand in site.demands:
        assert demand.title.encode() in content
    for enterprise in catalogue.enterprises:
        hidden = enterprise.get("disclosure") != "公开"
        assert hidden is (str(enterprise.get("name")).encode() not in content)


_PLANTED = ("title", "summary", "parameters", "effect", "schedule", "cooperation_note", "code")


@pytest.mark.parametrize("form", STORES)
@pytest.mark.parametrize("field", _PLANTED)
@pytest.mark.parametrize("shown", ["bytes", "text"])
def test_a_private_value_in_data_stops_it(base: Path, tmp_path: Path, form: str, field: str, shown: str) -> None:
    """The gate finds it in the file's own bytes, and in what a program reads back from them: each of the two alone would do."""
    catalogue = load(base)[0]
    site = publish(catalogue, {}).site
    secrets = Secrets(catalogue)
    hidden = next(e for e in catalogue.enterprises if e.get("disclosure") == "不公开")
    for value in (str(hidden.get("name")), str(hidden.get("contact", "phone")), str(hidden.get("credit_code"))):
        changed: dict[str, Any] = {field: f"一款{value}的材料"}
        planted = replace(site.demands[-1], **changed)
        made = stored(replace(site, demands=(*site.demands[:-1], planted)), Choice(), form)
        with pytest.raises(UserError, match="不应公开的内容出现在文件里"):
            write_document(
                tmp_path / "x", made.content if shown == "bytes" else b"", made.text if shown == "text" else "", secrets
            )
    assert not (tmp_path / "x").exists()
    clean = stored(site, Choice(), form)
    write_document(tmp_path / "x", clean.content, clean.text, secrets)
    assert (tmp_path / "x").read_bytes() == clean.content


def test_one_district_only(run: Run, base: Path, tmp_path: Path) -> None:
    run("export", "catalogue", "--catalogue", base, "--district", "zone", "--out", tmp_path / "目录.xlsx")
    expected = {demand.code for demand in _view(base).demands if demand.district == "zone"}
    assert expected
    assert {row[1].split("\n")[0] for row in _rows(tmp_path / "目录.xlsx")} == expected


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["catalogue"], 2, "--out"),
        (["catalogue", "--out", "x.odt"], 2, "看不出 x.odt 是哪种格式"),
        (["catalogue", "--out", "x.docx", "--form", "xlsx"], 2, "不一致"),
        (["catalogue", "--out", "x.ndjson"], 2, "看不出 x.ndjson 是哪种格式"),
        (["catalogue", "--out", "x.json", "--form", "opensearch"], 2, "不一致"),
        (["D-AAAAAAA1", "--form", "parquet"], 2, "只有 docx、pdf 两种格式"),
        (["catalogue", "D-AAAAAAA1", "--out", "x.xlsx"], 2, "整个需求目录"),
        (["catalogue", "--out", "x.xlsx", "--round", "2042"], 1, "没有“2042”这个轮次"),
        (["catalogue", "--out", "x.xlsx", "--district", "zones"], 1, "是不是 zone？"),
    ],
)
def test_what_cannot_be_is_said_in_chinese_and_nothing_is_written(
    run: Run, base: Path, tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    done = run("export", *arguments, "--catalogue", base)
    assert done.returncode == code
    assert told in done.stderr
    assert list(tmp_path.glob("*x.*")) == []


def test_errors_in_the_records_stop_it(run: Run, base: Path, tmp_path: Path) -> None:
    (base / "2024/qiaokou/demands/d-aaaaaaa1.yml").write_text("title: '\n", encoding="utf-8")
    done = run("export", "catalogue", "--catalogue", base, "--out", tmp_path / "x.xlsx")
    assert done.returncode == 1
    assert "没有导出" in done.stderr
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("where", ["bytes", "text"])
def test_a_leak_stops_it_and_what_stood_there_stays(base: Path, tmp_path: Path, where: str) -> None:
    catalogue = load(base)[0]
    hidden = next(e for e in catalogue.enterprises if e.get("disclosure") == "不公开")
    name = str(hidden.get("name"))
    leak = (name.encode(), "") if where == "bytes" else (b"", name)
    out = tmp_path / "目录.txt"
    out.write_text("上一次的", encoding="utf-8")
    with pytest.raises(UserError, match="不应公开的内容出现在文件里") as caught:
        write_document(out, *leak, Secrets(catalogue))
    assert name not in caught.value.message
    assert out.read_text(encoding="utf-8") == "上一次的"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["目录.txt"]


def test_a_place_that_cannot_be_written_is_said(base: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="写不了"):
        write_document(tmp_path / "file" / "x.xlsx", b"", "", Secrets(load(base)[0]))
