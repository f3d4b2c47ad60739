"""The page of all districts and its map, drawn anew from what is harmless in a bureau's file; a district's page: demands first, charts where they compare."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from jiebang.build.sources import sources
from jiebang.errors import UserError
from jiebang.site import load_frames, render
from jiebang.site.district_map import drawn_districts, map_in, with_districts
from jiebang.site.frames import Frames
from jiebang.workspace import DISTRICT_MAP as FILE
from tests.conftest import ROOT
from tests.site import samples

SITE = samples.make_site(12)
WITH, WITHOUT = "jiangnan", "huxi"
"""A district with demands, and one without."""


def drawing(inside: str, head: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>\n{inside}\n</svg>'.encode()


GOOD = drawing(
    f"""<title>标题不出现</title><metadata><x:y xmlns:x="u">不出现</x:y></metadata>
<path id="path12" style="fill:#f00" fill="red" class="a" d="M0 0 L10 10z"/>
<g data-district="{WITH}" transform="translate(1, 2)"><rect x="0" y="0" width="40" height="20" rx="2"/><text x="5" y="9">江&lt;南</text></g>
<polygon id="{WITHOUT}" points="50,0 90,0 90,40"/>"""
)


def page_with(content: bytes, folder: Path) -> str:
    (folder / FILE).write_bytes(content)
    frames = load_frames(ROOT, Path(os.environ["JIEBANG_CACHE"]), folder)
    return next(out.content for out in render(SITE, frames) if out.path == "districts/index.html").decode()


def test_districts_are_links_with_names_and_numbers_and_nothing_else_is_taken_over(tmp_path: Path) -> None:
    page = page_with(GOOD, tmp_path)
    found = re.search(r'<figure class="district-map.*?</figure>', page, re.DOTALL)
    assert found
    shown = found[0]
    total = sum(demand.district == WITH for demand in SITE.demands)
    name = next(one.name for one in SITE.districts if one.slug == WITH)
    assert total
    assert f'href="../districts/{WITH}/" aria-label="{name}，{total} 项需求"' in shown
    assert re.search(rf'class="map-district map-none" href="\.\./districts/{WITHOUT}/"', shown)
    assert 'viewBox="0 0 100 50"' in shown and 'd="M0 0 L10 10z"' in shown and 'transform="translate(1, 2)"' in shown
    assert "江&lt;南" in shown and f'<tspan class="map-number">{total}</tspan>' in shown
    for gone in ("标题不出现", "不出现", "#f00", "red", "path12", "style=", "data-district"):
        assert gone not in shown
    assert "图上没有画的：" in shown


def test_without_a_map_nothing_changes(tmp_path: Path) -> None:
    cache = Path(os.environ["JIEBANG_CACHE"])
    plain = {out.path: out.content for out in render(SITE, load_frames(ROOT, cache))}
    assert plain == {out.path: out.content for out in render(SITE, load_frames(ROOT, cache, tmp_path))}
    page_with(GOOD, tmp_path)
    told = {out.path: out.content for out in render(SITE, load_frames(ROOT, cache, tmp_path))}
    assert {path for path in told if told[path] != plain.get(path)} == {"districts/index.html"}
    assert tmp_path / FILE in sources(ROOT, tmp_path)


_GROUP = f'<rect data-district="{WITH}" x="0" y="0" width="1" height="1"/>'
REFUSED = {
    "script": (f"{_GROUP}<script>alert(1)</script>", "<script>"),
    "script in another namespace": (f'{_GROUP}<s:script xmlns:s="http://www.w3.org/2000/svg">x</s:script>', "script"),
    "script in what is left out": (f"{_GROUP}<defs><script>x</script></defs>", "<script>"),
    "handler": ('<rect onclick="alert(1)" width="1"/>', "onclick"),
    "handler in capitals": ('<rect ONLOAD="alert(1)" width="1"/>', "ONLOAD"),
    "foreign object": ("<foreignObject><p>x</p></foreignObject>", "foreignObject"),
    "link": ('<a href="https://example.org/"><rect width="1"/></a>', "<a>"),
    "use": ('<use href="#x"/>', "<use>"),
    "address of another kind": ('<rect xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="x" width="1"/>', "xlink:href"),
    "picture": ('<image width="1"/>', "<image>"),
    "style sheet": ("<style>rect { fill: red }</style>", "<style>"),
    "reference in a style": ('<rect style="fill: url(https://example.org/x)" width="1"/>', "url(…)"),
    "reference in a colour": ('<rect fill="URL (#x)" width="1"/>', "url(…)"),
    "animation": ('<rect width="1"><animate attributeName="x"/></rect>', "<animate>"),
    "not a path": ('<path d="M0 0&quot; onload=&quot;x"/>', "d 不是数字或路径"),
    "not a number": ('<rect width="calc(1px)"/>', "width 不是数字"),
    "not a move": ('<g transform="url"/>', "transform 不是"),
    "element that nobody knows": ("<marker/>", "不认识的元素"),
    "text outside": ("文字", "图形之间有文字"),
    "telephone": (f"<text>{'027-' + '00001234'}</text>", "电话"),
    "long text": (f"<text>{'长' * 41}</text>", "超过 40 个字"),
    "unknown district": ('<rect data-district="jiangnam" width="1"/>', "jiangnan"),
    "no district": ('<rect id="rect1" width="1"/>', "没有标出一个区"),
    "district in a district": (f'<g data-district="{WITH}"><g data-district="{WITHOUT}"/></g>', "另一个区的里面"),
    "too deep": ("<g>" * 25 + "</g>" * 25, "层"),
    "too many": ("<rect/>" * 2001, "2000"),
    "not closed": ("<g>", "不合 SVG"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_may_not_be_is_refused_with_its_line(kind: str) -> None:
    inside, said = REFUSED[kind]
    with pytest.raises(UserError) as caught:
        with_districts(map_in(drawing(inside)), SITE.districts)
    text = f"{caught.value} {caught.value.hint}"
    assert said in text and FILE in text
    assert kind == "no district" or "行" in text
    assert caught.value.hint


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"/>',
        b'<?xml-stylesheet href="x.css"?><svg viewBox="0 0 1 1"/>',
        b"<svg/>",
        b'<svg viewBox="0 0 1 1 url(x)"/>',
        b"<html/>",
        drawing("").decode().replace("svg", "图").encode("gbk"),
        drawing(" " * (513 << 10)),
    ],
)
def test_files_that_are_no_plain_drawing(content: bytes) -> None:
    with pytest.raises(UserError, match=FILE):
        map_in(content)


def test_the_sample_has_a_map_of_all_its_districts() -> None:
    drawn = map_in((ROOT / FILE).read_bytes())
    assert drawn is not None
    listed = re.findall(r"slug: ([a-z-]+)", (ROOT / "catalogue" / "districts.yml").read_text("utf-8"))
    assert listed and drawn_districts(drawn) == frozenset(listed)


def test_a_district_shows_its_demands_first_and_charts_only_where_they_compare(frames: Frames) -> None:
    one = SITE.demands[0]
    assert one.district
    alone = {
        out.path: out.content.decode()
        for out in render(replace(SITE, demands=(one,)), frames)
        if "districts/" in out.path
    }
    page = alone[f"districts/{one.district}/index.html"]
    assert 'class="figure' not in page and "统计" in page
    assert page.index('id="demands"') < page.index('id="figures"')
    # The others come after the table, as names alone.
    whole = alone["districts/index.html"]
    assert whole.count('<th scope="row"><a') == 1 and "暂无需求的区" in whole
    many = next(
        out.content.decode()
        for out in render(samples.make_site(70), frames)
        if out.path == f"districts/{WITH}/index.html"
    )
    assert many.count('class="figure') > 3
