"""The whole way of a demand without a terminal: a form on paper, dropped and mended, becomes a page of the site; it is changed and reviewed,
another one is awarded and accepted, who was not chosen is answered, a third one is withdrawn.

Real: the browser with the program in it, git, the judgement, the build. Played: the forge's pages, by the commits and merges they make. No
step knows anything but what stands on the page: paths and texts are taken from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jiebang.problems import has_errors
from jiebang.proposal import Asked, judge_proposal
from tests.browser import desk
from tests.browser import test_browser_reader as forms
from tests.browser.axe import violations
from tests.browser.conftest import Profile
from tests.conftest import Run
from tests.forms import make
from tests.proposal.forge import Forge, base_files

reading = forms.reading
DEMAND = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
FORM = make.annex1_docx(
    {
        "name": "示例腾岳动力（示例市）有限公司",
        "code": "910000000276265134",
        "employees": "约三千人",
        "phone": "000-00001234",
        "fax": "000-00001235",
    },
    [("示例低温添加剂", make.CONTENT)],
)
APPLICATION = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"
OTHER = "catalogue/2024/zone/applications/a-ddddddd4.yml"
"""An application of another enterprise to the same demand, forwarded and not chosen."""
LEFT = ("catalogue/2024/zone/demands/d-bbbbbbb2.yml", "catalogue/2024/qiaokou/applications/a-bbbbbbb2.yml")
"""A demand that is withdrawn with the application that was chosen for it, of an enterprise in another district."""


@pytest.fixture
def page(reading: Profile) -> Iterator[Page]:
    with reading.page() as page:
        page.on("dialog", lambda dialog: dialog.accept())
        yield page


def _made(page: Page) -> dict[str, str]:
    """The files that the page gives, as somebody copies them to the forge: path → text."""
    page.locator(".file").first.wait_for()
    items = page.locator(".file").all()
    return {
        f"catalogue/{one.locator('.file-path').inner_text()}": one.locator("textarea").input_value() for one in items
    }


def _merge(forge: Forge, files: dict[str, str], account: str, branch: str) -> None:
    """A request with these files by an account: judged by the base's program, and merged where it may be."""
    forge.propose(files, branch)
    judged = judge_proposal(Asked(forge.folder, "main", branch, (account,)))
    assert not has_errors(judged.problems), judged.problems
    forge.merge(branch)


def _drop(page: Page, forge: Forge, *paths: str) -> None:
    """Files of the repository, downloaded and dropped."""
    page.get_by_role("button", name="清空清单").click()
    forms._choose(page, [(path.rpartition("/")[2], forge.read(path).encode()) for path in paths])


def _place(page: Page, district: str, *others: str) -> None:
    """Says where the files stand; `others`: the districts of the applications that go with a demand, where they are not its own."""
    page.get_by_label("轮次").select_option("2024")
    for at, one in enumerate(page.get_by_label("所在区").all()):
        one.select_option((others or (district,))[at - 1] if at else district)


def _step(
    page: Page, title: str, day: tuple[str, str], district: str, answers: dict[str, str], *others: str
) -> dict[str, str]:
    """Takes the first record of the list a step further; districts as `_place` takes them."""
    page.get_by_role("button", name="办理下一步").first.click()
    page.locator(".read-moves").get_by_role("button", name=title, exact=True).click()
    page.get_by_label(day[0]).fill(day[1])
    for label, value in answers.items():
        asked = page.locator(".read-move").get_by_label(label)
        if asked.evaluate("one => one.matches('select')"):
            asked.select_option(value)
        else:
            asked.fill(value)
    for winner in page.locator(".read-winners input").all():
        winner.check()
    page.get_by_role("button", name=f"{title}：改为").click()
    page.locator(".read-place").wait_for()
    _place(page, district, *others)
    return _made(page)


def _forwarded(application: str) -> str:
    """The same application of another enterprise, on its way to the large one."""
    for old, new in (
        ("A-AAAAAAA1", "A-DDDDDDD4"),
        ("E-CCCCCCC3", "E-DDDDDDD4"),
        ("status: submitted", "status: forwarded"),
        ("  submitted: 2024-10-08", "  submitted: 2024-10-08\n  forwarded: 2024-11-05"),
    ):
        assert old in application
        application = application.replace(old, new)
    return application


def _checked_out(forge: Forge, folder: Path) -> Path:
    for path in forge.git("ls-tree", "-r", "--name-only", "main", "catalogue").splitlines():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(forge.read(path), encoding="utf-8")
    return folder / "catalogue"


def test_from_the_form_on_paper_to_the_page_of_the_site(page: Page, reading: Profile, tmp_path: Path, run: Run) -> None:
    base = base_files()
    forge = Forge(tmp_path / "forge.git", {**base, OTHER: _forwarded(str(base[APPLICATION]))})

    # --- the form: dropped, mended, checked, handed in ---
    forms._open(page, reading)
    forms._choose(page, [("需求表.docx", FORM)])
    forms._open_first(page, "打开填写")
    expect(page.locator('[data-question="enterprise.employees"] .question-asked')).to_contain_text("约三千人")
    desk.answer_all(page, {"district": "zone", "enterprise.employees": "3000", "demand.0.type": "技术攻关"})
    desk.answer_all(page, {"demand.0.no_secrets": ["是"], "enterprise.stamped": ["是"]})
    forms._finish(page)
    files = _made(page)
    assert len(files) == 2
    _merge(forge, files, "shili-zone", "zone-1")
    demand = next(path for path in files if "/demands/" in path)

    # --- recommended, reviewed and published by the city ---
    page.get_by_role("link", name="回到文件清单").click()
    _drop(page, forge, demand)
    _merge(forge, _step(page, "推荐", ("推荐日期", "2024-10-21"), "zone", {}), "shili-city", "city-1")
    _drop(page, forge, demand)
    reviewers = {"第一名审查人的姓名": "示例审甲", "第二名审查人的姓名": "示例审乙"}
    said = {**reviewers, "揭榜截止日期": "2024-12-31", "代码": "Q2-0077"}
    _merge(forge, _step(page, "发榜", ("发榜日期", "2024-10-22"), "zone", said), "shili-city", "city-2")

    # --- an award ---
    _drop(page, forge, APPLICATION)
    _merge(forge, _step(page, "转送大企业", ("转送日期", "2024-11-05"), "qiaokou", {}), "shili-qiaokou", "qiaokou-1")
    _drop(page, forge, DEMAND, APPLICATION)
    awarded = _step(page, "选定揭榜企业", ("揭榜日期", "2024-12-10"), "qiaokou", {})
    assert set(awarded) == {DEMAND, APPLICATION}
    assert violations(page) == []
    _merge(forge, awarded, "shili-city", "city-3")

    # --- the acceptance: the list goes on with what became of both ---
    result = {"验收结果": "样品经第三方检测，指标全部达到。", "验收之后": "深化合作"}
    accepted = _step(page, "通过验收", ("验收或结束日期", "2025-01-10"), "qiaokou", result)
    assert set(accepted) == {DEMAND, APPLICATION}
    _merge(forge, accepted, "shili-city", "city-4")

    # --- an answer to who was not chosen, and a withdrawal ---
    _drop(page, forge, OTHER)
    feedback = {"反馈意见": "技术路线可行，本次选择了已有中试线的企业。"}
    _merge(forge, _step(page, "答复未选中", ("遴选日期", "2024-12-10"), "zone", feedback), "shili-city", "city-5")
    _drop(page, forge, *LEFT)
    withdrawn = _step(page, "撤回", ("撤回日期", "2025-01-10"), "zone", {}, "qiaokou")
    assert set(withdrawn) == set(LEFT)
    _merge(forge, withdrawn, "shili-city", "city-6")

    # --- a change, with its note to readers and its review ---
    _drop(page, forge, demand)
    forms._open_first(page, "打开更正")
    page.locator('[name="demand.0.title"]').fill("示例低温快充添加剂")
    page.get_by_role("button", name="检查并取回文件").locator("visible=true").click()
    if page.locator("[data-warnings-seen]").is_visible():
        page.locator("[data-warnings-seen]").check()
        page.get_by_role("button", name="检查并取回文件").locator("visible=true").click()
    page.get_by_label("更正说明").wait_for(timeout=forms.START)
    page.get_by_label("更正说明").fill("名称写漏了。")
    page.get_by_label("更正日期").fill("2024-10-23")
    page.get_by_role("button", name="写入更正说明").click()
    page.get_by_role("button", name="保密审查改过的文字").click()
    for label, name in reviewers.items():
        page.get_by_label(label).fill(name)
    page.get_by_label("审查日期").fill("2024-10-23")
    page.get_by_role("button", name="确认不涉密，写入审查记录").click()
    page.locator(".read-place").wait_for()
    _place(page, "zone")
    changed = _made(page)
    assert set(changed) == {demand}
    _merge(forge, changed, "shili-zone", "zone-2")

    # --- the site ---
    built = run("build", "--catalogue", _checked_out(forge, tmp_path), "--out", tmp_path / "public")
    assert built.returncode == 0, built.stdout + built.stderr
    shown = (tmp_path / "public/demands" / Path(demand).stem / "index.html").read_text(encoding="utf-8")
    assert "示例低温快充添加剂" in shown and "名称写漏了。" in shown and "Q2-0077" in shown
    done = (tmp_path / "public/demands/d-aaaaaaa1/index.html").read_text(encoding="utf-8")
    assert "已验收" in done
    # What is said to one enterprise alone stays inside.
    assert "中试线的企业" not in done
    assert not (tmp_path / "public/demands/d-bbbbbbb2").exists()
    assert "2025-01-10" in (tmp_path / "public/withdrawn/index.html").read_text(encoding="utf-8")
