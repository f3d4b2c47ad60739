"""Records' text stays text, whatever it holds; what a view does not say, a page does not show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jiebang.site.text import excerpt, paragraphs, parameter_blocks, tel
from jiebang.view import PublicSite
from tests.site import samples
from tests.site.markup import Markup, pages

Rendered = Callable[[PublicSite], dict[str, bytes]]


def _page_of(files: dict[str, bytes], demand_id: str) -> Markup:
    return Markup(files[f"demands/{demand_id.lower()}/index.html"])


@pytest.mark.parametrize("place", range(len(samples.HOSTILE)))
def test_hostile_text_is_shown_as_typed(hostile: dict[str, bytes], place: int) -> None:
    demand = samples.hostile_site().demands[place]
    page = _page_of(hostile, demand.id)
    assert demand.title in page.text
    title = hostile[f"demands/{demand.id.lower()}/index.html"].decode().split("<title>")[1]
    assert title.index("</title>") < title.index("<meta"), "the title ended before its text did"


def test_hostile_text_adds_no_element(hostile: dict[str, bytes]) -> None:
    for path, page in pages(hostile).items():
        # The guides have pictures of their own; no record stands on them.
        assert path.startswith("guide/") or page.all("img") == [], path
        scripts = [values for values in page.all("script") if values.get("type") != "application/ld+json"]
        assert all((values.get("src") or "").startswith(("../", "assets/", "./", "/")) for values in scripts), path
        assert not any((values.get("href") or "").startswith("javascript:") for values in page.all("a")), path


def test_slot_marks_in_a_record_do_nothing(hostile: dict[str, bytes], rich: dict[str, bytes]) -> None:
    for path, content in hostile.items():
        if path.endswith(".html"):
            assert content.count(b"<main") == 1, path
            assert b"<!--slot" not in content, path


def test_templates_in_a_record_do_nothing(hostile: dict[str, bytes]) -> None:
    site = samples.hostile_site()
    demand = next(d for d in site.demands if d.title.startswith("{{"))
    page = _page_of(hostile, demand.id)
    assert "{{ 7*7 }}{% raw %}" in page.text
    assert "49" not in page.text.replace(demand.id, "")


def test_hidden_enterprise(rendered: Rendered) -> None:
    site = samples.make_site(10)
    demand = next(d for d in site.demands if d.enterprise.name is None)
    content = rendered(site)[f"demands/{demand.id.lower()}/index.html"].decode()
    page = Markup(content.encode())
    assert "企业名称不公开" in page.text
    assert demand.enterprise.nature is not None and demand.enterprise.section is not None
    assert demand.enterprise.nature in page.text
    section = f"../../industries/{demand.enterprise.section.lower()}/"
    assert section in page.links
    assert not any(link.startswith(section) and link != section for link in page.links)


def test_named_enterprise(rendered: Rendered) -> None:
    site = samples.make_site(10)
    demand = next(d for d in site.demands if d.enterprise.name is not None)
    page = _page_of(rendered(site), demand.id)
    assert demand.enterprise.name is not None
    assert demand.enterprise.name in page.text
    assert "企业名称不公开" not in page.text.split("说明")[0]


def test_counts_that_are_not_told(rendered: Rendered) -> None:
    site = samples.make_site(10)
    quiet = replace(site, demands=tuple(replace(d, applications=None, winners=None) for d in site.demands), totals=())
    files = rendered(quiet)
    for demand in quiet.demands:
        told = next(r.shows_applications for r in quiet.rounds if r.id == demand.round)
        assert ("未公布" in _page_of(files, demand.id).text) is told
    assert "少于 3 的不公布" in Markup(files["districts/index.html"]).text


def test_four_parts_in_order(rich: dict[str, bytes]) -> None:
    for demand in samples.make_site(70).demands[:10]:
        text = _page_of(rich, demand.id).text
        places = [text.index(heading) for heading in ("需求内容", "参数要求", "需达到的效果", "时间要求", "合作方式")]
        assert places == sorted(places)


def test_withdrawn_are_tombstones(rich: dict[str, bytes]) -> None:
    text = Markup(rich["withdrawn/index.html"]).text
    assert "Q1-9001" in text
    assert "2030-09-15" in text


def test_parameter_lines() -> None:
    table, line, more = parameter_blocks("熔指：25 g/10min\n拉伸强度: ≥ 28：MPa\n\n其余由双方约定\n阻燃：V-0\n")
    assert [(row.name, row.value) for row in table.rows] == [("熔指", "25 g/10min"), ("拉伸强度", "≥ 28：MPa")]
    assert line.line == "其余由双方约定"
    assert [row.name for row in more.rows] == ["阻燃"]


@pytest.mark.parametrize("text", ["：没有名称", "没有要求：", "没有冒号"])
def test_lines_that_are_no_parameters(text: str) -> None:
    (block,) = parameter_blocks(text)
    assert block.line == text


def test_small_texts() -> None:
    assert paragraphs("一\n\n 二 \n") == ["一", "二"]
    assert excerpt("字" * 84) == "字" * 84
    assert excerpt("字" * 85) == "字" * 84 + "…"
    assert excerpt("一\n二") == "一 二"
    assert excerpt("一。\n二") == "一。二"
    assert tel("027-0000 0100转8") == "02700000100,8"
