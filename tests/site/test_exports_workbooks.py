"""Where the demands are many they come in several workbooks: every demand in one of them, and each linked wherever the data are described."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jiebang.site.exports import workbooks
from jiebang.site.exports.workbooks import Workbook, are_divided, workbooks_of
from jiebang.site.grouping import Told, group_demands
from jiebang.view import PublicSite
from tests.conftest import ROOT, Run
from tests.site import samples
from tests.site.conftest import Rendered
from tests.site.markup import Markup

SITE = samples.make_site(70)
XLSX = "data/v1/demands.xlsx"


def _told(demands: list[tuple[str, str | None]]) -> tuple[Told, ...]:
    some = SITE.demands[0]
    return tuple(
        Told(replace(some, id=f"D-{number:08}", round=round_, district=district), f"{district} 区", f"{round_} 年度")
        for number, (round_, district) in enumerate(demands)
    )


@given(
    st.lists(st.tuples(st.sampled_from(["2024", "2025", "2025-q2"]), st.sampled_from(["a", "a-1", "b", None]))),
    st.integers(1, 6),
)
def test_every_demand_stands_in_one_workbook_of_its_round_and_district(
    demands: list[tuple[str, str | None]], most: int
) -> None:
    listed = _told(demands)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbooks, "MOST", most)
        found = workbooks_of(listed)
    if len(listed) <= most:
        assert found == {Workbook(XLSX, "全部需求", len(listed)): listed} and not are_divided(tuple(found))
        return
    assert are_divided(tuple(found)) and XLSX not in {one.path for one in found}
    assert len({one.path for one in found}) == len({one.title for one in found}) == len(found)
    assert sorted(told.demand.id for part in found.values() for told in part) == [told.demand.id for told in listed]
    rounds = Counter(told.demand.round for told in listed)
    for one, part in found.items():
        assert one.count == len(part) and 0 < len(part) <= most
        # In the order of the list, and no round or district in two workbooks that one would hold.
        assert list(part) == sorted(part, key=lambda told: told.demand.id)
        (round_,) = {told.demand.round for told in part}
        assert f"{round_} 年度" in one.title
        if rounds[round_] <= most:
            assert len(part) == rounds[round_] and one.path == f"data/v1/workbooks/{round_}.xlsx"
        else:
            (district,) = {told.demand.district for told in part}
            assert f"{district} 区" in one.title and one.path.startswith(f"data/v1/workbooks/{round_}/")


def test_the_text_about_the_data_says_from_when_on() -> None:
    assert f"超过 {workbooks.MOST} 项" in (ROOT / "site" / "pages" / "data" / "index.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def divided(rendered: Rendered) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbooks, "MOST", 20)
        return rendered(SITE)


def _sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_at_the_address_of_all_stands_a_table_of_the_others(divided: dict[str, bytes]) -> None:
    sheets = _sheets(divided[XLSX])
    assert list(sheets) == ["目录", "说明"]
    listed = {path: (title, count) for title, count, path in sheets["目录"][3:]}
    assert set(listed) == {path for path in divided if path.startswith("data/v1/workbooks/")} and len(listed) > 2
    assert "70 项" in str(sheets["目录"][0][0])
    ids = []
    for path, (title, count) in listed.items():
        rows = _sheets(divided[path])
        assert list(rows) == ["需求", "说明"] and title in str(rows["说明"][0][0])
        assert len(rows["需求"]) - 1 == int(count)
        ids += [row[0] for row in rows["需求"][1:]]
    assert sorted(ids) == sorted(demand.id for demand in SITE.demands)


def test_each_workbook_is_linked_and_described_and_none_that_is_not_there(divided: dict[str, bytes]) -> None:
    parts = {path for path in divided if path.startswith("data/v1/workbooks/")}
    page = divided["data/index.html"]
    linked = {link.removeprefix("../") for link in Markup(page).links}
    assert {link for link in linked if link.endswith(".xlsx")} == parts | {XLSX}
    assert f"分成 {len(parts)} 个工作簿" in page.decode()
    # Who takes one for the whole would miss demands: programs are told of the parts alone.
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.decode(), re.DOTALL)
    (dataset,) = json.loads(block)["@graph"]
    described = {one["contentUrl"].removeprefix("../") for one in dataset["distribution"]}
    assert {path for path in described if path.endswith(".xlsx")} == parts
    turtle = divided["data/catalog.ttl"].decode()
    assert set(re.findall(r"downloadURL <\.\./([^>]*\.xlsx)>", turtle)) == parts


def test_a_site_with_several_workbooks_goes_out(
    run: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST", 1)
    done = run("build", "--catalogue", base, "--out", tmp_path / "public")
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(tmp_path / "public").as_posix() for path in (tmp_path / "public").rglob("*.xlsx")}
    assert made == {XLSX, "data/v1/workbooks/2024/qiaokou.xlsx", "data/v1/workbooks/2024/zone.xlsx"}


def test_an_empty_catalogue_has_one_workbook() -> None:
    none = PublicSite(SITE.city, SITE.districts, SITE.rounds, ())
    assert list(workbooks_of(group_demands(none).told)) == [Workbook(XLSX, "全部需求", 0)]
