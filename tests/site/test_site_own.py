"""A bureau's own settings, pages and pictures over the program's; every mistake in them is a Chinese sentence with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiebang.errors import UserError
from jiebang.site import Frames, load_frames, render
from jiebang.site.own import merged, read_own
from tests.conftest import ROOT
from tests.site import samples

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20

SETTINGS = """\
site_name: 技术需求榜
site_url: https://example.org/bang
extra:
  filing:
    icp: 示例ICP备00000000号
  forge:
    kind: gitea
    url: https://git.example.org/jingxin/catalogue
  guides:
    - { title: 现场对接, path: guide/visit/ }
    - { title: 关于我们, path: about/ }
  menu:
    - { title: "", path: submit/ }
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "经信 局"
    (folder / "pages" / "guide").mkdir(parents=True)
    return folder


def _frames(workspace: Path) -> Frames:
    return load_frames(ROOT, workspace / ".cache", workspace)


def _page(frames: Frames, path: str) -> str:
    return "".join(frames.pages[path].parts)


def test_settings_and_pages_go_over_ours(workspace: Path, frames: Frames) -> None:
    (workspace / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (workspace / "pages" / "README.md").write_text("给编辑看\n", encoding="utf-8")
    (workspace / "pages" / "about.md").write_text("---\ntitle: 关于我们\n---\n\n# 关于我们\n\n[现场](guide/visit.md)\n")
    (workspace / "pages" / "guide" / "visit.md").write_text(
        "# 现场对接\n\n主办：<!--slot:bureau-->\n\n![路线](../images/map.png)\n", encoding="utf-8"
    )
    (workspace / "pages" / "images").mkdir()
    (workspace / "pages" / "images" / "map.png").write_bytes(PNG)
    own = _frames(workspace)
    assert (own.config.name, own.config.url) == ("技术需求榜", "https://example.org/bang/")
    about, visit = _page(own, "about/index.html"), _page(own, "guide/visit/index.html")
    assert "<h1" in about and "关于我们" in about and "从不公开什么" not in about
    # A page that says nothing of itself looks like the guides, and stands in their list.
    for page in (about, visit):
        assert 'class="wrap guide"' in page and "现场对接" in page and "示例ICP备00000000号" in page
    assert ">填报</a>" not in visit.partition("</nav>")[0] and ">需求</a>" in visit
    assert 'data-kind="gitea"' in _page(own, "submit/demand/index.html")

    files = {output.path: output.content for output in render(samples.make_site(2), own)}
    ours = {output.path for output in render(samples.make_site(2), frames)}
    # With its address a site has cards, too.
    new = {path for path in files.keys() - ours if not path.endswith("/card.svg")}
    assert new == {"guide/visit/index.html", "images/map.png", "sitemap.xml"}
    assert ours - files.keys() == set()
    assert files["images/map.png"] == PNG
    assert b'src="../../images/map.png"' in files["guide/visit/index.html"]
    assert b"/guide/visit/" in files["sitemap.xml"]
    assert samples.make_site(2).city.bureau.encode() in files["guide/visit/index.html"]


def test_a_workspace_without_settings_and_the_checkout_itself_take_ours(workspace: Path, frames: Frames) -> None:
    assert _frames(workspace).digest == frames.digest
    # The checkout's own map is the sample's, as its records are.
    checkout = load_frames(ROOT, workspace / ".cache", ROOT)
    assert checkout.pages == frames.pages and checkout.assets == frames.assets and checkout.district_map


def test_what_the_bureau_changes_makes_the_frames_anew(workspace: Path, engine_runs: list[Path]) -> None:
    settings, page = workspace / "mkdocs.yml", workspace / "pages" / "guide" / "visit.md"
    digests = {_frames(workspace).digest}
    settings.write_text("site_name: 甲\n", encoding="utf-8")
    digests.add(_frames(workspace).digest)
    settings.write_text("site_name: 乙\n", encoding="utf-8")
    digests.add(_frames(workspace).digest)
    page.write_text("# 甲\n", encoding="utf-8")
    digests.add(_frames(workspace).digest)
    page.write_text("# 乙\n", encoding="utf-8")
    digests.add(_frames(workspace).digest)
    page.rename(page.with_name("other.md"))
    digests.add(_frames(workspace).digest)
    assert len(digests) == len(engine_runs) == 6
    assert _frames(workspace).digest in digests and len(engine_runs) == 6


def test_lists_are_merged_by_path_and_groups_by_key() -> None:
    ours = {
        "menu": [{"title": "甲", "path": "a/", "section": "a"}, {"title": "乙", "path": "b/"}],
        "filing": {"icp": "", "x": "1"},
    }
    own = {
        "menu": [{"title": "新", "path": "a/"}, {"title": "", "path": "b/"}, {"title": "丙", "path": "c/"}],
        "filing": {"icp": "2"},
    }
    assert merged(ours, own) == {
        "menu": [{"title": "新", "path": "a/", "section": "a"}, {"title": "丙", "path": "c/"}],
        "filing": {"icp": "2", "x": "1"},
    }


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("site_name: 甲\ntheme: material\n", "mkdocs.yml 第 2 行：不认识的设置 theme"),
        ("site_name: 甲\nplugins: [x]\n", "mkdocs.yml 第 2 行：不认识的设置 plugins"),
        ("site_name: 甲\n  site_url: x\n", "mkdocs.yml 第 2 行不合 YAML 的写法"),
        ("site_name:\n", "mkdocs.yml 第 1 行：site_name 应是文字，不能留空"),
        ("\nsite_url: example.org\n", "mkdocs.yml 第 2 行：site_url 应是完整的网址"),
        *(
            (f"site_url: https://{address}/\n", f"mkdocs.yml 第 1 行：site_url {said}")
            for address, said in (
                ("staff:secret@example.org", "不能写账号和密码"),
                ("staff@example.org/a", "不能写账号和密码"),
                ("example.org:99999", "应是完整的网址"),
                (":8", "应是完整的网址"),
                ("exa|mple.org", "应是完整的网址"),
                ("example..org", "应是完整的网址"),
                ("[example", "应是完整的网址"),
            )
        ),
        ("extra:\n  licence:\n    url: http://a:secret@example.org/\n", "第 3 行：extra.licence.url 不能写账号和密码"),
        ("extra:\n  filing:\n    site_id: 0123\n", "mkdocs.yml 第 3 行：extra.filing.site_id 应是文字；数字请加引号"),
        ("extra:\n  filing: [x]\n", "mkdocs.yml 第 2 行：extra.filing 应是“名称: 值”"),
        ("extra:\n  filing:\n    icq: x\n", "mkdocs.yml 第 3 行：不认识的设置 extra.filing.icq"),
        ("extra:\n  menu: x\n", "mkdocs.yml 第 2 行：extra.menu 应是一个列表"),
        ("extra:\n  menu:\n    - { title: 甲 }\n", "mkdocs.yml 第 3 行：extra.menu 的每项都要有"),
        (
            "extra:\n  menu:\n    - title: 甲\n      path: /x\n",
            "mkdocs.yml 第 4 行：extra.menu.0.path 应是网站里的路径",
        ),
        ("extra:\n\n  forge:\n    kind: gogs\n", "mkdocs.yml 第 3 行中 extra.forge.kind 应为 github、gitea"),
        ("site_name: <b>甲</b>\n", "mkdocs.yml 第 1 行：site_name 不能有 <、>"),
        ("- a\n", "mkdocs.yml：这个文件 应是“名称: 值”"),
        ("site_name: !!python/object:os.system x\n", "mkdocs.yml 第 1 行：不能用 &、*、! 开头的写法"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(workspace: Path, settings: str, said: str) -> None:
    (workspace / "mkdocs.yml").write_text(settings, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        _frames(workspace)
    assert said in str(caught.value)
    assert caught.value.hint
    assert "site/" not in str(caught.value)
    assert "secret" not in f"{caught.value}{caught.value.hint}"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://示例.example.org:8080/州/目录", "http://xn--fsq092h.example.org:8080/%E5%B7%9E/%E7%9B%AE%E5%BD%95/"),
        ("https://example.org//", "https://example.org/"),
        ("HTTPS://Example.ORG/A", "https://example.org/A/"),
        ("https://[::1]:8/%E5%B7%9E/", "https://[::1]:8/%E5%B7%9E/"),
    ],
)
def test_the_address_of_the_site_is_written_as_the_network_does(workspace: Path, written: str, address: str) -> None:
    (workspace / "mkdocs.yml").write_text(f"site_url: {written}\n", encoding="utf-8")
    assert read_own(ROOT, workspace).options["site_url"] == address


def test_of_a_copy_of_the_programs_repository_only_what_is_a_bureaus_counts(workspace: Path, frames: Frames) -> None:
    (workspace / "site" / "theme").mkdir(parents=True)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (workspace / "mkdocs.yml").write_text(f"{settings}hooks: [ran.py]\n", encoding="utf-8")
    assert _frames(workspace).pages == frames.pages
    (workspace / "mkdocs.yml").write_text(settings.replace("site_name: ", "site_name: 本市"), encoding="utf-8")
    assert _frames(workspace).config.name.startswith("本市")


def test_settings_in_another_encoding_are_told(workspace: Path) -> None:
    (workspace / "mkdocs.yml").write_bytes("site_name: 甲\n".encode("gbk"))
    with pytest.raises(UserError, match=r"mkdocs\.yml 不是 UTF-8"):
        _frames(workspace)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("guide/visit.md", "甲\n[乙](nowhere.md)\n", r"pages/guide/visit\.md 第 2 行的链接 nowhere\.md 没有指向"),
        ("guide/visit.md", "甲\n<!--slot:main-->\n", r"pages/guide/visit\.md 第 2 行：不认识的标记 <!--slot:main-->"),
        ("rounds/2024.md", "甲\n", r"网站的 rounds/ 由程序从记录生成"),
        ("feeds.md", "甲\n", r"网站的 feeds/ 由程序从记录生成"),
        ("guide/visit.md", "---\ntitle: [\n---\n\n甲\n", r"pages/guide/visit\.md 开头两行 --- 之间"),
        ("guide/visit.md", '---\ndescription: 甲"乙\n---\n\n甲\n', r"pages/guide/visit\.md 开头的 description 不能有"),
        ("guide/a.docx", "甲\n", r"pages/guide/a\.docx 不是网页"),
        ("guide/现场.md", "甲\n", r"文件名要成为网址"),
    ],
)
def test_a_mistake_in_a_page_is_told_with_its_place(workspace: Path, path: str, text: str, said: str) -> None:
    file = workspace / "pages" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said) as caught:
        _frames(workspace)
    assert caught.value.hint


_MOBILE = "13900000000"


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("pages/guide/visit.md", f"# 对接会\n\n手机 {_MOBILE}\n", "手机号码"),
        ("pages/guide/visit.md", f"---\ndescription: {_MOBILE}\n---\n", "手机号码"),
        ("pages/guide/visit.md", f"<a href='tel:+86{_MOBILE}'>电话</a>", "手机号码"),
        ("pages/guide/visit.md", f"<p title={_MOBILE} data-x>电话</p>", "手机号码"),
        ("pages/guide/visit.md", f'<p data-phone="{_MOBILE}">电话</p>', "手机号码"),
        ("pages/guide/visit.md", "手机 139\n0000\n0000", "手机号码"),
        ("pages/guide/visit.md", "> 手机 139-0000-\\\n> 0000", "手机号码"),
        ("pages/guide/visit.md", "<!--\n1390000\n0000\n-->", "手机号码"),
        ("pages/guide/visit.md", "手机 一三九\n零零零零零零零零", "手机号码"),
        ("pages/guide/visit.md", "手机 １３９<br>\n００００\\\n００００", "手机号码"),
        ("pages/guide/visit.md", "手机 1三9〇.〇〇〇 0零零0", "手机号码"),
        ("pages/guide/visit.md", "手机 139\n\n00000000", "手机号码"),
        ("pages/guide/visit.md", "手机 ①③⑨ 0000\n零零零零", "手机号码"),
        ("pages/guide/visit.md", "微信：shili_zhang_88", "微信号"),
        (f"pages/guide/{_MOBILE}.md", "# 对接会", "手机号码"),
        (f"pages/{_MOBILE}.png", "", "手机号码"),
        ("pages/map.svg", f"<svg><desc>{_MOBILE}</desc></svg>", "手机号码"),
        ("pages/map.svg", f"<svg>{'<tspan>'.join(_MOBILE)}</svg>", "手机号码"),
        ("pages/map.svg", f"<svg>\n<!-- <desc> {_MOBILE} -->\n</svg>", "手机号码"),
        ("pages/map.svg", f"<svg><a title='\n{_MOBILE}'/></svg>", "手机号码"),
        ("pages/map.svg", "<svg>" + "\n".join(f"<text>{digit}</text>" for digit in _MOBILE) + "</svg>", "手机号码"),
        ("pages/map.svg", "<svg><text>一三九</text>\n<text>零零零零零零零零</text></svg>", "手机号码"),
        ("pages/map.svg", "<svg><text x='1'>\n<tspan>139</tspan>\n<tspan>00000000</tspan></text></svg>", "手机号码"),
        ("districts.svg", f"<svg><title>{_MOBILE}</title></svg>", "手机号码"),
        ("synonyms.yml", f"- [电话, {_MOBILE}]\n", "手机号码"),
        ("mkdocs.yml", f"site_description: 手机 {_MOBILE}\n", "手机号码"),
        ("mkdocs.yml", "site_description: >\n  手机 139\n  0000\n  0000\n", "手机号码"),
    ],
)
def test_a_persons_contact_data_stop_the_build(workspace: Path, path: str, text: str, kind: str) -> None:
    (workspace / path).write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_own(ROOT, workspace)
    assert kind in str(caught.value) and caught.value.hint
    assert "0000" not in str(caught.value).replace(_MOBILE, "", 1 if _MOBILE in path else 0)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("guide/visit.md", "电话 000-00000000 转 8001，邮箱 a@example.org，示例ICP备00000000号\n"),
        ("guide/visit.md", "<img src='a.png' width='1390000' height='0000'>\n"),
        ("guide/visit.md", "- 2024-03-01\n- 2024-04-01\n\n1. 139\n2. 0000\n\n共 13\n900 项\n"),
        ("guide/visit.md", "值班电话 零零零 零零零零零零零零，（000）0000 0000\n"),
        ("guide/visit.md", "| 区 | 139 |\n| 市 | 00000000 |\n\n列在第一\n三项\n\n共 139\n\n\n0000 0000 项\n"),
        ("map.svg", "<svg>" + "\n".join(f"<text>{year}</text>" for year in (*range(10), 139, 2024, 2025)) + "</svg>"),
        ("map.svg", "<svg><path d='M13900 001234\n13900 0000 L139\n0000\n1234'/></svg>"),
        ("map.svg", "<svg><image href='data:image/png;base64,13900001234'/></svg>"),
    ],
)
def test_the_figures_of_offices_and_drawings_do_not(workspace: Path, path: str, text: str) -> None:
    (workspace / "pages" / path).write_text(text, encoding="utf-8")
    assert path in {*read_own(ROOT, workspace).pages, *read_own(ROOT, workspace).pictures}


def test_a_link_to_a_file_outside_is_no_page(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "private.md").write_text("甲\n", encoding="utf-8")
    (workspace / "pages" / "guide" / "visit.md").symlink_to(tmp_path / "private.md")
    with pytest.raises(UserError, match="符号链接"):
        _frames(workspace)
