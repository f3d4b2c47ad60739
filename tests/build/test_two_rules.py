"""One catalogue with a round after 2023's rule (a hidden enterprise's whole demand stays off the site), which is over, and one after
2024's (its name is hidden): each round keeps to its own, and the closed one says what became of its demands."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from jiebang.catalogue import Catalogue, Record, load
from jiebang.publication import publish
from jiebang.site import render
from tests.conftest import FIXTURES
from tests.plain_frames import plain_frames

CITY = FIXTURES / "second-city"
OVER, RUNNING = "2030-q1", "2030-q2"
ROUND_PAGE = f"rounds/{OVER}/index.html"


def _files(root: Path) -> dict[str, bytes]:
    catalogue, problems = load(root)
    assert problems == []
    return {output.path: output.content for output in render(publish(catalogue, {}).site, plain_frames())}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return _files(CITY)


@pytest.fixture(scope="module")
def records() -> Catalogue:
    return load(CITY)[0]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(CITY, tmp_path / "city")
    return tmp_path / "city"


def _hidden(records: Catalogue, of_round: str) -> Iterator[tuple[Record, Record]]:
    for demand in records.demands:
        enterprise = records.find("enterprise", demand.get("enterprise"))
        assert enterprise is not None
        if demand.round == of_round and enterprise.get("disclosure") == "不公开":
            yield enterprise, demand


def _listed(files: dict[str, bytes]) -> list[dict[str, Any]]:
    demands: list[dict[str, Any]] = json.loads(files["data/v1/demands.json"])["demands"]
    return demands


def _tables(page: bytes) -> dict[str, dict[str, list[int]]]:
    """The summary's tables by title: a row's numbers by its head."""
    tables = html.fromstring(page).xpath('//section[contains(@class, "round-summary")]//section')
    return {
        table.findtext("h3"): {
            row.find("th").text_content(): [int(cell.text_content()) for cell in row.findall("td")]
            for row in table.iterfind(".//tbody/tr")
        }
        for table in tables
    }


# --- two rules --------------------------------------------------------------------------------------------------------------


def test_each_round_keeps_to_its_own_rule(records: Catalogue, files: dict[str, bytes]) -> None:
    listed = {demand["id"]: demand for demand in _listed(files)}
    whole = [demand for _, demand in _hidden(records, OVER)]
    by_name = [demand for _, demand in _hidden(records, RUNNING)]
    assert whole and by_name
    assert not {demand.id for demand in whole} & listed.keys()
    shown = [listed[demand.id] for demand in by_name if demand.id in listed]
    assert {demand["enterprise"]["title"] for demand in shown} == {"企业名称不公开"}
    assert {demand["enterprise"]["name"] for demand in shown} == {None}


def test_no_byte_tells_that_a_whole_demand_is_hidden(records: Catalogue, files: dict[str, bytes], copied: Path) -> None:
    """Without the hidden enterprise, its demand and what was handed in for it, everything is as it is with them: lists, figures, totals,
    summary. So they cannot be counted, nor noticed by who compares two rounds."""
    for enterprise, demand in _hidden(records, OVER):
        (copied / enterprise.path).unlink()
        (copied / demand.path).unlink()
        for application in records.applications:
            if application.get("demand") == demand.id:
                (copied / application.path).unlink()
    assert len(load(copied)[0].demands) < len(records.demands)
    after = _files(copied)
    assert list(after) == list(files)
    assert [path for path in files if files[path] != after[path]] == []


def test_that_it_would_be_seen_where_the_name_alone_is_hidden(copied: Path, files: dict[str, bytes]) -> None:
    """The property above can fail: under the other rule the same demand is listed and counted."""
    file = copied / OVER / "round.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("hide: 整项需求", "hide: 企业名称"), encoding="utf-8")
    after = _files(copied)
    assert len(_listed(after)) == len(_listed(files)) + 1
    assert _tables(after[ROUND_PAGE]) != _tables(files[ROUND_PAGE])


def test_no_byte_tells_whose_name_is_hidden(records: Catalogue, files: dict[str, bytes], copied: Path) -> None:
    for enterprise, _ in {e.id: (e, d) for e, d in _hidden(records, RUNNING)}.values():
        file = copied / enterprise.path
        text = file.read_text(encoding="utf-8")
        for value in (enterprise.get("name"), enterprise.get("contact", "name"), enterprise.get("address")):
            assert value in text
            text = text.replace(value, f"{value}改")
        file.write_text(text, encoding="utf-8")
    after = _files(copied)
    assert [path for path in files if files[path] != after[path]] == []


# --- the summary ------------------------------------------------------------------------------------------------------------


def test_the_summary_counts_what_the_lists_show(files: dict[str, bytes]) -> None:
    """Counted anew from the open data, which is what any reader has."""
    demands = [demand for demand in _listed(files) if demand["round"] == OVER]
    assert len(demands) >= 5

    def line(of: list[dict[str, Any]]) -> list[int]:
        states = Counter(demand["status"] for demand in of)
        return [len(of), states["accepted"], states["failed"], states["unmet"]]

    tables = _tables(files[ROUND_PAGE])
    for title, holder, key in (("各区结果", None, "district_title"), ("各行业结果", "enterprise", "section_title")):
        groups: dict[str, list[dict[str, Any]]] = {}
        for demand in demands:
            groups.setdefault((demand[holder] if holder else demand)[key], []).append(demand)
        assert tables[title] == {name: line(of) for name, of in groups.items()} | {"全市": line(demands)}


def test_only_a_round_that_is_over_has_one(files: dict[str, bytes], copied: Path) -> None:
    assert _tables(files[f"rounds/{RUNNING}/index.html"]) == {}
    file = copied / OVER / "round.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("status: closed", "status: open"), encoding="utf-8")
    assert _tables(_files(copied)[ROUND_PAGE]) == {}


def test_applications_and_winners_are_told_by_the_suppressed_totals_alone(files: dict[str, bytes]) -> None:
    """The summary itself has none of these figures: they stand beside it, as the view's totals."""
    section = html.fromstring(files[ROUND_PAGE]).xpath('//section[contains(@class, "round-summary")]')[0]
    assert "揭榜申请" not in section.text_content()
    assert "家" not in section.text_content().replace("国家", "")


def test_a_withdrawn_demand_is_counted_by_its_tombstone_alone(records: Catalogue, files: dict[str, bytes]) -> None:
    """Whose district it was is no longer told, so no district counts it."""
    withdrawn = [d for d in records.demands if d.round == OVER and d.get("status") == "withdrawn"]
    section = html.fromstring(files[ROUND_PAGE]).xpath('//section[contains(@class, "round-summary")]')[0]
    assert f"另有 {len(withdrawn)} 项发榜后撤回" in section.text_content()
    # The columns have no place for it.
    assert all(sum(row[1:]) == row[0] for table in _tables(files[ROUND_PAGE]).values() for row in table.values())


def test_a_closed_round_without_demands_says_so(copied: Path) -> None:
    for kind in ("demands", "applications"):
        for file in (copied / OVER).rglob(f"{kind}/*.yml"):
            file.unlink()
    assert "没有公布的需求" in _files(copied)[ROUND_PAGE].decode()
