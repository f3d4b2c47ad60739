"""A site's words for the whole follow from the name of the place: a 自治州, a 盟 and a 开发区 are no 市."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jiebang.site import Frames, render
from jiebang.site.place_words import this_place, whole_of_place
from tests.site import samples


@pytest.mark.parametrize(
    ("name", "whole", "this"),
    [
        ("示例市", "全市", "本市"),
        ("示例自治州", "全州", "本州"),
        ("示例盟", "全盟", "本盟"),
        ("示例县", "全县", "本县"),
        ("示例地区", "全域", "本地"),
        ("示例经济技术开发区", "全域", "本地"),
        ("示例新区", "全域", "本地"),
        ("", "全域", "本地"),
    ],
)
def test_words_follow_the_name(name: str, whole: str, this: str) -> None:
    assert (whole_of_place(name), this_place(name)) == (whole, this)


def test_no_page_made_from_records_of_another_place_speaks_of_a_city(frames: Frames) -> None:
    site = samples.make_site(9)
    rounds = tuple(replace(one, status="closed") for one in site.rounds)
    site = replace(site, city=replace(site.city, name="示例自治州", bureau="示例自治州工业和信息化局"), rounds=rounds)
    pages = {one.path: one.content.decode() for one in render(site, frames) if one.path.endswith(".html")}
    # The guides are the program's and the bureau's to write.
    made = {path: text for path, text in pages.items() if not path.startswith("guide/")}
    assert [path for path, text in made.items() if "全市" in text or "本市" in text] == []
    assert "全州概览" in made["overview/index.html"] and "全州概览" in made["index.html"]
    assert "占全州" in made["districts/index.html"]
    assert any("与全州对照" in text for text in made.values())
    assert any(">全州</th>" in text for path, text in made.items() if path.startswith("rounds/"))
    assert "全州" in made["subscribe/index.html"]
