"""Demands of elsewhere: what `external.yml` may hold, how they stand on a page of their own, and that nothing else knows of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.build.sources import sources
from jiebang.errors import UserError
from jiebang.site import Frames, load_frames, render
from jiebang.site.external import (
    ExternalDemand,
    Source,
    external_file,
    misshapen,
    refuse_private,
    sources_in,
    written,
)
from jiebang.view import PublicSite
from jiebang.workspace import EXTERNAL as FILE
from tests.conftest import ROOT
from tests.site import samples

DEMAND = ExternalDemand(
    "示例<b>密封</b>材料", "LS-07", "在 300 ℃ 下使用。\n<script>alert(1)</script>", "硬度 70±5", "新材料", "2026-09-30"
)
SOURCES = (
    Source("示例临市经信局", "外地", "https://example.org/list.html", "2026-07-08", (DEMAND,)),
    Source(
        "示例国家平台",
        "国家",
        "https://example.com/",
        "2026-07-09",
        (ExternalDemand("示例算法", url="https://example.com/2"),),
    ),
)
_ENTRY = "sources:\n  - name: 示例外市\n    kind: 外地\n    url: https://example.org/\n    retrieved: 2026-07-08\n    demands:\n"


@pytest.fixture(scope="module")
def with_external(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """The frames of a bureau that has such a file."""
    folder = tmp_path_factory.mktemp("bureau")
    (folder / FILE).write_text(written(SOURCES), encoding="utf-8")
    return load_frames(ROOT, Path(os.environ["JIEBANG_CACHE"]), folder)


def _site(site: PublicSite, frames: Frames) -> dict[str, bytes]:
    return {output.path: output.content for output in render(site, frames)}


def test_the_page_shows_each_with_its_mark_source_deadline_and_way(with_external: Frames) -> None:
    page = _site(samples.make_site(3), with_external)["external/index.html"].decode()
    cards = re.findall(r'<li class="card external">.*?</li>', page, re.DOTALL)
    assert len(cards) == 2
    first, second = cards
    for text in ("外地", "LS-07", "示例临市经信局", "2026-09-30", "硬度 70±5", 'href="https://example.org/list.html"'):
        assert text in first
    assert "&lt;b&gt;密封" in first and "&lt;script&gt;" in first and "<script" not in first
    assert "国家" in second and "见来源" in second and 'href="https://example.com/2"' in second
    assert "到来源单位的网站申请" in page and "本站不受理" in page


def test_nothing_else_of_the_site_tells_them_or_counts_them(with_external: Frames, frames: Frames) -> None:
    site = samples.make_site(70)
    plain, told = _site(site, frames), _site(site, with_external)
    assert told.keys() - plain.keys() == {"external/index.html"}
    others = {path: content for path, content in told.items() if path != "external/index.html"}
    assert not [path for path, content in others.items() if "示例临市经信局".encode() in content or b"LS-07" in content]
    # Pages differ by the links alone; everything that is no page, the sitemap apart, by nothing.
    link = re.compile(rb'\s*(<li data-external>.*?</li>|<p><a href="[./]*external/">.*?</p>)', re.DOTALL)
    changed = {path for path, content in others.items() if content != plain[path]}
    assert {path for path in changed if not path.endswith(".html")} <= {"sitemap.xml"}
    for path in changed - {"sitemap.xml"}:
        assert re.sub(rb"\s+", b"", link.sub(b"", others[path])) == re.sub(rb"\s+", b"", plain[path]), path


def test_links_stand_only_where_there_are_any(
    with_external: Frames, rendered: Callable[[PublicSite], dict[str, bytes]]
) -> None:
    site = samples.make_site(3)
    told, plain = _site(site, with_external), rendered(site)
    for path in ("index.html", "demands/index.html", "about/index.html"):
        assert b'external/"' in told[path]
        assert b'external/"' not in plain[path].replace(b'guide/external/"', b"")
    assert told["demands/index.html"].count(b'external/"') == 2
    # A page that is made before and after must not be taken for the same.
    path = "about/index.html"
    assert with_external.pages[path] != load_frames(ROOT, Path(os.environ["JIEBANG_CACHE"])).pages[path]


def test_the_build_knows_when_the_file_changes(tmp_path: Path) -> None:
    cache = Path(os.environ["JIEBANG_CACHE"])
    digests = []
    for content in (None, "sources:\n", written(SOURCES), written(SOURCES[:1])):
        if content is not None:
            (tmp_path / FILE).write_text(content, encoding="utf-8")
        digests.append(load_frames(ROOT, cache, tmp_path).digest)
    assert len(set(digests)) == 4
    assert tmp_path / FILE in sources(ROOT, tmp_path)


def test_a_file_of_nothing_is_no_page(tmp_path: Path) -> None:
    for content in (b"", b"# none\n", b"sources:\n", b"sources: []\n", _ENTRY.encode()):
        assert sources_in(content) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "第 1 行：应只有 sources 一项"),
        ("sources: {}\n", "第 1 行：sources 应是一个列表"),
        ("sources:\n  - 示例外市\n", "第 2 行：这一项应是“名称: 值”"),
        (_ENTRY.replace("外地", "本市"), "第 3 行：kind（来源类别）应是国家或外地"),
        (_ENTRY.replace("https", "javascript"), "第 4 行：url（网址）应是 http"),
        (_ENTRY.replace("https://", "https://a:b@"), "第 4 行：url（网址）应是 http"),
        (_ENTRY.replace("07-08", "02-30"), "第 5 行：retrieved（取得日期）应是存在的日期"),
        (_ENTRY.replace("    url: https://example.org/\n", ""), "第 2 行：缺少 url（网址）"),
        (_ENTRY + "      - code: 1\n", "第 7 行：缺少 title（需求名称）"),
        (_ENTRY + "      - title: 甲\n        phone: 1\n", "第 8 行：这一行的名称不认识"),
        (_ENTRY + "      - title: 甲\n        title: 乙\n", "第 8 行：这一行的名称写了两遍"),
        (_ENTRY + "      - title: [甲]\n", "第 7 行：title（需求名称）应是文字"),
        (_ENTRY + f"      - title: {'甲' * 201}\n", "第 7 行：title（需求名称）有 201 个字，最多 200 个"),
        (_ENTRY + '      - title: "甲\\u202e乙"\n', "第 7 行：title（需求名称）有看不见的字符"),
        (_ENTRY + '      - title: "甲\\n乙"\n', "第 7 行：title（需求名称）有看不见的字符或换行"),
        (_ENTRY + "      - title: 甲\n" * 1001, "需求超过 1000 项"),
        (_ENTRY + "      - title: &a 甲\n", "第 7 行：不能用 &、*、!"),
        (_ENTRY + _ENTRY.removeprefix("sources:\n"), "第 7 行：来源名称和前面的一个相同"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UserError) as told:
        sources_in(text.encode())
    assert said in told.value.message
    assert told.value.hint


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"summary": "来电 13800000000 咨询"}, "第 1 项需求的需求内容里有手机号码"),
        ({"parameters": "发到 abc@example.com"}, "第 1 项需求的参数要求里有电子邮箱"),
        ({"title": "机密★ 示例"}, "第 1 项需求的需求名称里有密级标志"),
        ({"summary": "联系人：示例甲"}, "联系人"),
        ({"field": "机", "summary": "密★文件"}, "相邻的两个项目里有密级标志"),
    ],
)
def test_private_texts_stop_the_build_and_are_not_repeated(frames: Frames, change: dict[str, str], said: str) -> None:
    source = replace(SOURCES[0], demands=(replace(DEMAND, **change),))
    with pytest.raises(UserError) as told:
        _site(samples.make_site(1), replace(frames, external=(source,)))
    assert said in told.value.message
    assert "13800000000" not in told.value.message and "abc@" not in told.value.message


def test_a_private_name_of_a_source_is_not_repeated() -> None:
    with pytest.raises(UserError) as told:
        refuse_private((replace(SOURCES[0], name="示例 13800000000"),))
    assert "13800000000" not in told.value.message


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("sources:\n")
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="符号链接"):
        external_file(tmp_path)


_TEXTS = st.text(min_size=1, max_size=30).map(str.strip).filter(bool)


@given(_TEXTS, _TEXTS)
def test_what_is_written_is_read_back(title: str, summary: str) -> None:
    values = {key: text for key, text in (("title", title), ("summary", summary)) if not misshapen(key, text)}
    source = replace(SOURCES[0], demands=(ExternalDemand(**{"title": "甲", **values}),))
    assert sources_in(written((source,)).encode()) == (source,)
