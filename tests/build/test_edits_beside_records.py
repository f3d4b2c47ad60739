"""Edits of a bureau's own pages and pictures, and of what excuses a name in them: a build after them tells what a clean one does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jiebang.errors import UserError
from tests.build.building import DEMAND, build_site, edit, files_of
from tests.conftest import FIXTURES, ROOT
from tests.reviews import renew_reviews

_PAGE = '---\ntitle: {0}\ndescription: 说明。\n---\n\n# {0}\n\n{1}<a href="../c/">到那里</a>\n'


class _Home:
    """A workspace with a site that is built again and again."""

    def __init__(self, home: Path) -> None:
        self.home, self.root, self.out, self.store = home, home / "catalogue", home / "public", home / "store"
        shutil.copytree(FIXTURES / "base", self.root)
        self.store.mkdir()
        self.put("mkdocs.yml", "site_name: 示例目录\n")

    def put(self, path: str, text: str) -> None:
        (self.home / path).parent.mkdir(parents=True, exist_ok=True)
        (self.home / path).write_text(text, encoding="utf-8")

    def told(self) -> str:
        """What a build tells, which is what a clean one over the same site does."""
        clean = self.home / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        if self.out.is_dir():
            shutil.copytree(self.out, clean)
        told = [self._built(out, store) for out, store in ((clean, None), (self.out, self.store))]
        assert told[0] == told[1]
        assert files_of(clean) == files_of(self.out)
        return told[0]

    def _built(self, out: Path, store: Path | None) -> str:
        try:
            built = build_site(self.root, out, store)
        except UserError as error:
            return f"{error.message} {error.hint}"
        assert built.summary is not None, built.problems
        return ""


@pytest.fixture
def home(tmp_path: Path) -> _Home:
    return _Home(tmp_path)


def test_a_name_that_nothing_excuses_any_more_is_found_in_a_page_that_stands(home: _Home) -> None:
    other = (home.root / "2024/zone/enterprises/e-bbbbbbb2.yml").read_text(encoding="utf-8")
    for old, new in (
        ("E-BBBBBBB2", "E-EEEEEEE5"), ("示例光电（武汉）股份有限公司", "示例重工配件股份有限公司"), ("91000000000010022K", "91000000000770005B"),
        ("large2@", "large5@"), ("10000000002", "10000000005"), ("000-10000002", "000-10000005"), ("简称示例2号", "简称样五号"),
        ("示例甲2", "示例甲5"), ("示例乙2", "示例乙5"), ("供应链2", "供应链5"), ("\n    credit_code: 910000000000777292", ""), ("大道 200 号", "大道 500 号"),
    ):  # fmt: skip
        other = other.replace(old, new)
    home.put("catalogue/2024/zone/enterprises/e-eeeeeee5.yml", other)
    # A demand that was submitted only: its enterprise is nowhere on the site but in the bureau's own words.
    edit(home.root, "2024/zone/demands/d-ccccccc3.yml", "E-BBBBBBB2", "E-EEEEEEE5")
    page = (ROOT / "site/pages/index.md").read_text(encoding="utf-8")
    assert "按自己的能力挑选" in page
    home.put("pages/index.md", page.replace("按自己的能力挑选", "欢迎示例重工配件股份有限公司。按自己的能力挑选"))
    assert home.told() == ""
    edit(home.root, "2024/zone/enterprises/e-eeeeeee5.yml", "示例重工配件股份有限公司", "天马行空示例股份有限公司")
    told = home.told()
    assert "index.html" in told and "重工" not in told
    assert home.told() == told


def test_two_pictures_that_are_the_same_stay_where_an_edit_stages_them(home: _Home) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>\n'
    home.put("pages/images/a.svg", picture)
    home.put("pages/guide/visit.md", "---\ntitle: 甲\ndescription: 说明。\n---\n\n# 甲\n\n![图](../images/a.svg)\n")
    assert home.told() == ""
    home.put("pages/images/b.svg", picture)
    assert home.told() == ""
    edit(home.root, DEMAND, "summary: 研发", "summary: 另外研发")
    renew_reviews(home.root)
    assert home.told() == ""


def test_a_broken_link_is_told_of_the_same_page_whichever_was_made_anew(home: _Home) -> None:
    for name, title in (("a", "甲"), ("b", "乙")):
        home.put(f"pages/guide/{name}.md", _PAGE.format(title, ""))
    home.put("pages/guide/c.md", "---\ntitle: 丙\ndescription: 说明。\n---\n\n# 丙\n\n文字\n")
    assert home.told() == ""
    (home.home / "pages/guide/c.md").unlink()
    home.put("pages/guide/a.md", _PAGE.format("甲", "改了。"))
    assert "guide/a/index.html → guide/c/index.html" in home.told()
