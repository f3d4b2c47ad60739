"""The web form as a new user meets it, on a telephone: fill, break every rule once, reload, save; the files pass the check."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps
from jiebang.problems import Problem, Severity
from jiebang.rules.judgement import judge
from tests.browser import desk
from tests.browser.axe import violations
from tests.browser.conftest import Profile
from tests.conftest import Run
from tests.turns import by_day, in_turn

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
DEMAND, APPLY = "desk/submit/demand/", "desk/submit/apply/"
FORMS = {DEMAND: desk.DEMAND, APPLY: desk.APPLY}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    target = tmp_path / "catalogue"
    shutil.copytree(FIXTURES / "base", target)
    return target


def _press(page: Page) -> None:
    desk.go(page, "s-finish")
    page.get_by_role("button", name="检查并生成文件").click()


def _saved(page: Page, selector: str) -> Iterator[Download]:
    for link in page.locator(selector).all():
        with page.expect_download() as info:
            link.click()
        yield info.value


_READ = Maps(jobs=1)
"""The small catalogue's files, read once: only what the form made is new each time."""


def _judged(catalogue: Path, files: list[list[str]]) -> tuple[Catalogue, list[Problem]]:
    """The catalogue with these files in it, and what the check says of them."""
    for path, text in files:
        file = catalogue / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    whole, problems = judge(catalogue, _READ)
    written = {path for path, _ in files}
    for path in written:
        (catalogue / path).unlink()
    return whole, [problem for problem in problems if problem.path in written]


@pytest.mark.parametrize("path", by_day(FORMS, 1))
def test_filled_on_a_telephone_saved_and_checked(
    phone: Page, server: str, catalogue: Path, run: Run, path: str
) -> None:
    phone.goto(server + "/" + path, wait_until="networkidle")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    # Everything from here on works without a network.
    phone.context.set_offline(True)
    _press(phone)
    expect(phone.locator("[data-summary]")).to_be_focused()
    expect(phone.locator("[data-files]")).to_be_hidden()
    desk.answer_all(phone, FORMS[path])
    expect(phone.locator("[data-summary]")).to_be_hidden()
    _press(phone)
    expect(phone.locator("[data-files]")).to_be_focused()
    files = [
        (download.suggested_filename, download.path().read_text("utf-8"))
        for download in _saved(phone, ".file-buttons a")
    ]
    archive = next(_saved(phone, "[data-files] > a"))
    places = phone.locator(".file-path").all_inner_texts()
    assert [name for name, _ in files] == [place.rpartition("/")[2] for place in places]
    with zipfile.ZipFile(io.BytesIO(archive.path().read_bytes())) as zipped:
        assert zipped.testzip() is None
        assert [(name, zipped.read(name).decode()) for name in zipped.namelist()] == [
            (place, text) for place, (_, text) in zip(places, files, strict=True)
        ]
        zipped.extractall(catalogue)
    assert asked == []
    _, problems = judge(catalogue)
    assert [problem for problem in problems if problem.path in places and problem.severity is not Severity.HINT] == []
    assert run("check", "--catalogue", catalogue).returncode == 0


def test_the_file_is_in_the_style_of_the_house(phone: Page, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    desk.fill(phone, desk.DEMAND)
    made = dict(phone.evaluate(desk.RESULT)["files"])
    enterprise, demand = made.values()
    identifier = next(iter(made)).rpartition("/")[2].removesuffix(".yml").upper()
    assert enterprise.startswith(
        "# yaml-language-server: $schema=../../../../schemas/enterprise.schema.json\n"
        f"schema: enterprise/1\nid: {identifier}\nrole: 大企业\nstamped: 是\nname: 示例腾岳动力（示例市）有限公司\ndisclosure: 不公开\n"
    )
    assert "revenue: 560000.50\nnature: 民营\nindustry:\n  code: 38\n  name: 电气机械和器材制造业\n" in enterprise
    assert enterprise.endswith("postcode: 012345\n")
    assert "parameters: |\n  击穿电压：≥ 15 kV/mm\n  耐温等级：200 级\neffect: 装机" in demand
    assert demand.endswith(
        "  modes:\n    - 项目委托\n    - 联合研发\nfield: 新材料\ncategory: 基础材料\nno_secrets: 是\nstatus: submitted\n"
        f"dates:\n  submitted: {desk.TODAY}\n"
    )


LONG = "长" * 61
BREAKS: dict[str, list[tuple[str, str, Any, str]]] = {
    DEMAND: [
        ("S202", "enterprise.name", "", "请填写“企业名称”"),
        ("S206", "enterprise.name", "示例", "至少要 4 个"),
        ("Y103", "demand.0.title", "高速电机用\u200b绝缘材料", "U+200B"),
        ("S207", "demand.0.title", LONG, "最多 60 个"),
        ("S206", "demand.0.effect", "   ", "是空的"),
        ("S201", "enterprise.revenue", "56 万元", "只写数字，不写单位"),
        ("S201", "enterprise.employees", "3500.5", "应为整数"),
        ("S201", "enterprise.registered_capital", "12,000", "千分位"),
        ("S210", "enterprise.registered_capital", "-1", "不能小于 0"),
        ("S210", "enterprise.employees", "5000001", "不能大于"),
        ("S208", "enterprise.postcode", "４３００００", "全角字符改成半角"),
        ("S206", "enterprise.postcode", "4300", "至少要 6 个"),
        ("S208", "enterprise.contact.phone", "电话 123456", "格式不对"),
        ("S209", "enterprise.email", "lianxi@", "不是完整的邮箱地址"),
        ("R311", "enterprise.credit_code", "910000000000004651", "校验位（第 18 位）应为 0"),
        ("R311", "enterprise.credit_code", "91OOOO000276265134", "第 3、4、5、6 位是字母 O"),
        ("R311", "enterprise.credit_code", "9100000002762651", "现在是 16 位"),
        ("R323", "enterprise.registered_place.county", "桥口区", "是不是“硚口区”"),
        ("S202", "demand.0.cooperation.modes", [], "请选择“合作方式”"),
        ("R361", "submitted", "2023-10-20", "不在本轮的"),
        ("R381", "demand.0.no_secrets", [], "还没有声明不涉密"),
        ("R383", "enterprise.stamped", [], "还没有盖章"),
        ("R401", "demand.0.summary", "用于腾岳动力的高速电机。", "含有本企业“企业名称”"),
        ("R402", "demand.0.effect", "样件请寄，电话 000-00001234", "像是电话号码"),
        ("R402", "demand.0.summary", "指标请发 lianxi@example.com 索取", "像是电子邮箱"),
        ("R402", "demand.0.summary", "加微信 abc_12345 详谈", "像是微信号"),
        ("R402", "demand.0.summary", "QQ：123456789", "像是QQ 号"),
        ("R403", "demand.0.schedule", "联系人见附件", "联系人"),
        ("R403", "demand.0.schedule", "请与张工联系", "称呼"),
        ("R404", "demand.0.parameters", "机密★1年", "密级标志"),
    ],
    APPLY: [
        ("S202", "enterprise.types", [], "请选择“企业类型”"),
        ("S202", "enterprise.registered_on", "", "请填写“注册时间”"),
        ("R322", "enterprise.industry.group", "381", "不属于大类 59"),
        ("R331", "enterprise.size", "大型", "不能揭榜"),
        ("R333", "enterprise.size", "微型", "应为小型"),
        ("R365", "enterprise.registered_on", "2024-10-21", "晚于申请的报送日期"),
        ("R371", "enterprise.profile", "长" * 501, "最多 500 字"),
        ("S207", "enterprise.profile", "长" * 1001, "最多 1000 个"),
        ("S208", "application.0.demand", "D-AAAAOOOO", "编号里不用字母 O"),
        ("R372", "application.0.plan.team", "长" * 3000, "原则上不超过 6000 字"),
        ("R382", "application.0.no_affiliation", [], "还没有声明无关联关系"),
        ("R383", "application.0.stamped", [], "还没有盖章"),
    ],
}
_FIRST = {"R322": {"enterprise.industry.code": "59"}, "R372": {"application.0.plan.route": "长" * 3500}}
"""What has to be answered before a rule can be broken."""
_PICKED = {"submitted": desk.TODAY}
"""What the form answers by itself at the start."""


def _told(page: Page, name: str, code: str) -> Any:
    return page.locator(f"#f-{name.replace('.', '-')}-findings [data-code={code}]")


@pytest.mark.parametrize("path", FORMS)
def test_every_rule_is_broken_once_and_told_as_the_check_tells_it(
    phone: Page, server: str, catalogue: Path, path: str
) -> None:
    # That the form waits for a pause is not the point here; the drafts' tests have it.
    phone.add_init_script(
        "const later = window.setTimeout; window.setTimeout = (act, time, ...more) => later(act, Math.min(time, 5), ...more);"
    )
    phone.goto(server + "/" + path)
    good = FORMS[path]
    desk.fill(phone, good)
    assert phone.locator(".question-findings [data-code]:visible").count() == 0
    for code, name, bad, says in BREAKS[path]:
        desk.fill(phone, _FIRST.get(code, {}))
        desk.answer(phone, name, bad)
        expect(_told(phone, name, code).first, f"{code} {name}").to_contain_text(says)
        result = phone.evaluate(desk.RESULT)
        of_form = {one for one, _ in result["codes"]}
        assert code in of_form, (code, name)
        # By day the check is asked about a third of them.
        if in_turn(1 / 3):
            _, problems = _judged(catalogue, result["files"])
            of_check = {problem.code for problem in problems if problem.severity is not Severity.HINT}
            # An empty option or an unreadable file leaves nothing for other rules to judge.
            if name != "demand.0.cooperation.modes":
                assert of_form == of_check or code == "Y103", (
                    code,
                    name,
                    bad,
                    of_form,
                    [(p.code, p.message) for p in problems],
                )
            assert code in of_check or name == "demand.0.cooperation.modes", (code, name)
        mended = (name, *_FIRST.get(code, {}))
        desk.fill(phone, {key: (_PICKED | good)[key] for key in mended if key in _PICKED | good})
        expect(_told(phone, name, code)).to_have_count(0)


def test_one_step_is_seen_at_a_time_and_the_others_say_what_is_left(phone: Page, server: str) -> None:
    phone.goto(f"{server}/{DEMAND}#f-demand-0-title")
    steps = phone.locator(".progress a")
    expect(phone.locator(".progress [aria-current=step]")).to_contain_text("需求 1")
    expect(steps.first).to_contain_text("还差 1 项")
    expect(phone.locator(".part:visible")).to_have_count(1)
    desk.answer(phone, "district", "qiaokou")
    expect(steps.first).to_contain_text("已填好")
    expect(phone.locator("[data-step-left]")).to_have_text("这一步填好了。")
    phone.locator("[data-step-next]").click()
    expect(phone.locator("#s-enterprise")).to_be_focused()
    assert phone.url.endswith("#s-enterprise")
    # Each step is a fraction of the page that it was (10,600 px).
    assert phone.evaluate("document.querySelector('.form').offsetHeight") < 2500
    phone.go_back()
    expect(phone.locator("#f-district")).to_be_visible()
    # An enterprise that was submitted before has no steps of its own.
    assert steps.count() == 6
    desk.answer(phone, "known", "是")
    expect(steps).to_have_count(4)
    # On paper everything stands.
    phone.emulate_media(media="print")
    expect(phone.locator("#f-demand-0-title")).to_be_visible()
    expect(phone.locator("#f-district")).to_be_visible()


def test_enter_in_a_field_goes_on_to_the_next_step(phone: Page, server: str) -> None:
    phone.goto(f"{server}/{DEMAND}#s-enterprise")
    phone.locator('[name="enterprise.name"]').press("Enter")
    expect(phone.locator("#s-people")).to_be_focused()


def test_a_round_whose_day_has_passed_is_told(phone: Page, server: str) -> None:
    phone.clock.set_fixed_time("2024-12-30T12:00:00+08:00")
    phone.goto(f"{server}/{DEMAND}")
    expect(phone.locator("[data-round-over]")).to_contain_text("需求报送截止是")
    expect(phone.locator("[data-round-over]")).to_contain_text("还收不收")
    phone.clock.set_fixed_time(f"{desk.TODAY}T12:00:00+08:00")
    phone.reload()
    expect(phone.locator("[data-round-over]")).to_be_hidden()


def test_a_tick_stands_apart_from_its_label(phone: Page, server: str) -> None:
    phone.goto(f"{server}/{DEMAND}#s-finish")
    apart = phone.locator('label:has([name="enterprise.stamped"])').evaluate(
        "one => one.querySelector('span').getBoundingClientRect().left - one.querySelector('input').getBoundingClientRect().right"
    )
    assert apart >= 8


def test_large_by_its_figures_and_undecidable(phone: Page, server: str) -> None:
    phone.goto(server + "/" + APPLY)
    desk.fill(phone, desk.APPLY)
    desk.go(phone, "s-scale")
    size = phone.locator("[data-size]")
    expect(size).to_contain_text("计算：小型")
    desk.fill(phone, {"enterprise.employees": "1000", "enterprise.revenue": "40000"})
    expect(size).to_contain_text("计算：大型")
    expect(_told(phone, "enterprise.size", "R331")).to_contain_text("这家企业是大型")
    expect(phone.locator('[name="enterprise.total_assets"]')).to_be_hidden()
    desk.fill(phone, {"enterprise.industry.code": "47", "enterprise.revenue": "80000"})
    expect(size).to_contain_text("不能判定：缺少资产总额")
    expect(_told(phone, "enterprise.size", "R332")).to_be_visible()
    desk.answer(phone, "enterprise.total_assets", "4999")
    expect(size).to_contain_text("计算：小型")


def test_the_draft_survives_a_reload_and_can_be_cleared(phone: Page, mobile: Profile, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    desk.fill(phone, desk.DEMAND)
    desk.go(phone, "s-entry-0")
    phone.get_by_role("button", name="再加一项需求").click()
    desk.answer(phone, "demand.1.title", "第二项需求的名称")
    desk.go(phone, "s-scale")
    phone.locator("summary", has_text="保密与核对").click()
    phone.get_by_role("button", name="增加一条关联企业").click()
    desk.answer(phone, "enterprise.affiliates.0.name", "示例供应有限公司")
    expect(phone.locator("[data-draft-status]")).to_contain_text("草稿已保存")
    before = phone.evaluate(desk.RESULT)
    # Typed and left at once: closing the page keeps it.
    desk.go(phone, "s-entry-1")
    phone.locator('[name="demand.1.title"]').fill("第二项需求的新名称")
    mobile.set_clock("2024-10-22T12:00:00+08:00")
    phone.reload()
    expect(phone.locator("[data-draft-status]")).to_contain_text("已恢复")
    after = phone.evaluate(desk.RESULT)

    def without_ids(result: dict[str, Any]) -> list[str]:
        return [
            line
            for _, text in result["files"]
            for line in text.splitlines()
            if ": E-" not in line and ": D-" not in line
        ]

    later = [line.replace("第二项需求的名称", "第二项需求的新名称") for line in without_ids(before)]
    assert without_ids(after) == [line.replace(desk.TODAY, "2024-10-22") for line in later]
    assert len(after["files"]) == 3
    # The address names the step: it is the one that is seen again.
    expect(phone.locator(".progress [aria-current=step]")).to_contain_text("需求 2")
    desk.go(phone, "s-finish")
    phone.get_by_role("button", name="清除草稿").click()
    expect(phone.locator('[name="enterprise.name"]')).to_have_value("")
    assert phone.evaluate("Object.keys(localStorage).filter(key => key.startsWith('jiebang.'))") == []
    phone.reload()
    expect(phone.locator('[name="enterprise.name"]')).to_have_value("")


def test_a_draft_of_another_state_of_the_forms_is_kept_as_far_as_it_goes(phone: Page, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    desk.answer(phone, "enterprise.name", "示例腾岳动力有限公司")
    expect(phone.locator("[data-draft-status]")).to_contain_text("草稿已保存")
    # From a page without the form: an open form saves once more when it is left.
    phone.goto(server + "/desk/submit/")
    phone.evaluate(
        """() => {
          const draft = JSON.parse(localStorage.getItem("jiebang.submit/demand/"));
          draft.version = "older"; draft.values["enterprise.gone"] = "x";
          localStorage.setItem("jiebang.submit/demand/", JSON.stringify(draft));
        }"""
    )
    phone.goto(server + "/" + DEMAND)
    expect(phone.locator("[data-draft-status]")).to_contain_text("有 1 项已不再使用")
    expect(phone.locator('[name="enterprise.name"]')).to_have_value("示例腾岳动力有限公司")


@pytest.mark.parametrize(
    "left",
    by_day(["{", "null", "[]", '{"values": {}}', '{"values": {"a\\"]": "x"}, "ones": [], "rows": {}}', "7"], 2),
)
def test_a_broken_draft_or_address_does_not_keep_the_form_from_starting(phone: Page, server: str, left: str) -> None:
    phone.goto(server + "/" + APPLY)
    phone.evaluate("left => localStorage.setItem('jiebang.submit/apply/', left)", left)
    phone.goto(server + "/desk/submit/")
    phone.goto(server + "/" + APPLY + "#demand=%E0%A4%A&demand=D-AAAA&name=%&from=<b>")
    expect(phone.locator("[data-entry]")).to_have_count(1)
    expect(phone.locator('[name="submitted"]')).to_have_value(desk.TODAY)


def test_a_browser_that_keeps_nothing_and_a_user_who_wants_nothing_kept(phone: Page, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    phone.locator("[data-draft-off]").check()
    desk.answer(phone, "enterprise.name", "示例腾岳动力有限公司")
    phone.wait_for_timeout(400)
    assert phone.evaluate("localStorage.length") == 0
    phone.add_init_script("Storage.prototype.setItem = () => { throw new Error('refused'); };")
    phone.reload()
    desk.answer(phone, "enterprise.name", "示例腾岳动力有限公司")
    expect(phone.locator("[data-draft-status]")).to_contain_text("浏览器不允许保存草稿")


def test_the_preview_follows_the_choice_and_fails_closed(phone: Page, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    desk.fill(phone, {name: value for name, value in desk.DEMAND.items() if name != "enterprise.disclosure"})
    preview = phone.locator("[data-preview]")
    expect(preview).to_contain_text("高速电机用耐电晕绝缘材料")
    expect(preview.locator(".who")).to_have_text("企业名称不公开")
    expect(preview).to_contain_text("制造业")
    expect(preview).not_to_contain_text("电气机械")
    desk.answer(phone, "enterprise.disclosure", "公开")
    expect(preview.locator(".who")).to_have_text("示例腾岳动力（示例市）有限公司")
    expect(preview).to_contain_text("电气机械和器材制造业")
    desk.answer(phone, "enterprise.disclosure", "不公开")
    expect(preview.locator(".who")).to_have_text("企业名称不公开")
    desk.go(phone, "s-scale")
    phone.locator("summary", has_text="保密与核对").click()
    for told in ("新材料", "基础材料"):
        expect(preview).to_contain_text(told)
    desk.answer(phone, "enterprise.withhold", ["district", "industry", "nature"])
    expect(preview).to_contain_text("所在区不公开")
    expect(preview).to_contain_text("行业不公开")
    for given_away in ("新材料", "基础材料"):
        expect(preview).not_to_contain_text(given_away)
    expect(preview).not_to_contain_text("民营")
    for private in ("示例腾岳", "示例己", "000-00001234", "lianxi@example.com", "012345", "3500"):
        expect(preview).not_to_contain_text(private)


def test_warnings_are_confirmed_before_files_are_made(phone: Page, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    desk.fill(phone, {**desk.DEMAND, "demand.0.schedule": "1 年，联系人见附件"})
    _press(phone)
    expect(phone.locator("[data-warnings]")).to_be_visible()
    expect(phone.locator("[data-files]")).to_be_hidden()
    phone.locator("[data-warnings-seen]").check()
    _press(phone)
    expect(phone.locator("[data-files]")).to_be_visible()
    desk.answer(phone, "demand.0.schedule", "2 年")
    expect(phone.locator("[data-files]")).to_be_hidden()


def test_an_enterprise_that_is_known_only_adds_a_demand(phone: Page, server: str, catalogue: Path) -> None:
    phone.goto(server + "/" + DEMAND)
    desk.answer(phone, "known", "是")
    desk.fill(phone, {name: value for name, value in desk.DEMAND.items() if not name.startswith("enterprise.")})
    desk.answer(phone, "district", "zone")
    _press(phone)
    phone.locator("[data-summary] a").click()
    expect(_told(phone, "known_id", "S208")).to_be_visible()
    expect(phone.locator("#f-known_id")).to_be_focused()
    desk.answer(phone, "known_id", "e-bbbbbbb2")
    expect(phone.locator("[data-summary]")).to_be_hidden()
    _press(phone)
    expect(phone.locator("[data-files]")).to_be_visible()
    files = phone.evaluate(desk.RESULT)["files"]
    assert len(files) == 1
    _, problems = _judged(catalogue, files)
    assert problems == []


def test_a_demand_page_fills_in_which_demand_it_is(phone: Page, server: str) -> None:
    link = "#demand=D-AAAAAAA1&code=Q2-0001&name=%E7%94%B5%E6%B1%A0&round=2024&from=2024-08-20&until=2024-10-19"
    phone.goto(server + "/" + APPLY + link)
    expect(phone.locator('[name="application.0.demand"]')).to_have_value("D-AAAAAAA1")
    expect(phone.locator('[name="application.0.item.name"]')).to_have_value("电池")
    _press(phone)
    expect(_told(phone, "submitted", "R363")).to_contain_text("晚于所揭需求的揭榜截止日期")
    phone.wait_for_timeout(400)
    phone.reload()
    expect(phone.locator("[data-entry]")).to_have_count(1)
    desk.go(phone, "s-entry-0")
    phone.get_by_role("button", name="再加一项揭榜事项").click()
    desk.answer(phone, "application.1.demand", "https://example.org/demands/d-aaaaaaa1/")
    expect(phone.locator('[name="application.1.demand"]')).to_have_value("D-AAAAAAA1")
    expect(_told(phone, "application.1.demand", "R341")).to_be_visible()


def test_industries_are_found_by_code_name_and_old_name(phone: Page, server: str) -> None:
    phone.goto(server + "/" + APPLY)
    chosen = phone.locator('[name="enterprise.industry.code"]')
    desk.go(phone, "s-scale")
    for typed, code in (("电气机械", "38"), ("05", "05"), ("农、林、牧、渔服务业", "05")):
        phone.locator("[data-filter]").fill(typed)
        expect(chosen).to_have_value(code)
    desk.fill(phone, {"round": "2024", "district": "zone"})
    (_, enterprise), _application = phone.evaluate(desk.RESULT)["files"]
    assert "industry:\n  code: 05\n  name: 农、林、牧、渔专业及辅助性活动\n" in enterprise


def test_keyboard_alone(phone: Page, server: str) -> None:
    phone.goto(server + "/" + DEMAND)
    answers: dict[str, Any] = dict(desk.DEMAND)
    phone.locator("#f-round").focus()
    for _ in range(150):
        name, kind, value = phone.evaluate(
            "(one => [one.name || '', one.type || '', one.value || ''])(document.activeElement)"
        )
        if kind == "submit":
            phone.keyboard.press("Enter")
            break
        if phone.evaluate("document.activeElement.matches('[data-step-next]')"):
            phone.keyboard.press("Enter")
            expect(phone.locator(".current :is(h2, legend):focus")).to_have_count(1)
        wanted = answers.get(name)
        if kind == "select-one" and wanted:
            while phone.evaluate("document.activeElement.value") != wanted:
                phone.keyboard.press("ArrowDown")
        elif kind == "radio" and wanted:
            phone.keyboard.press("Space")
            while phone.evaluate("document.activeElement.value") != wanted:
                phone.keyboard.press("ArrowDown")
        elif kind == "checkbox" and wanted and value in wanted:
            phone.keyboard.press("Space")
        elif kind in {"text", "textarea"} and wanted:
            phone.keyboard.insert_text(wanted)
        phone.keyboard.press("Tab")
    expect(phone.locator("[data-files]")).to_be_focused()


@pytest.mark.parametrize("path", by_day(FORMS, 1))
def test_axe_finds_nothing_in_any_state(phone: Page, server: str, path: str) -> None:
    phone.goto(server + "/" + path)
    for state in ("errors", "files"):
        if state == "files":
            desk.fill(phone, FORMS[path])
        _press(phone)
        expect(phone.locator("[data-files]" if state == "files" else "[data-summary]")).to_be_visible()
        assert violations(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_page_names_the_other_way(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "/" + DEMAND)
    expect(page.get_by_text("在线填报需要浏览器启用 JavaScript")).to_be_visible()
    expect(page.locator("form[data-model]")).to_be_hidden()
    context.close()
