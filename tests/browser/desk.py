"""The web form beside the small valid catalogue: the same round and districts, and how a new user fills both forms."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from jiebang.view import City, Contact, District, Notice, PublicSite, Round

TODAY = "2024-10-20"
SITE = PublicSite(
    City("示例市", "示例市经济和信息化局", Contact("中小企业发展处", "000-00000000")),
    (
        District(
            "qiaokou",
            "硚口区",
            "区",
            "硚口区经济和信息化局",
            Contact("中小企业服务科", "000-00000001", "qiaokou@example.org"),
        ),
        District("zone", "示例开发区", "功能区", "示例开发区经济发展局", Contact("企业服务部", "000-00000002")),
    ),
    (
        Round(
            id="2024",
            title="2024年度",
            period="年度",
            status="open",
            notice=Notice("关于组织推荐的通知（示例）", "示例市经济和信息化局", "2024-07-05"),
            opens_on="2024-07-05",
            closes_on="2026-06-30",
            submit_by="2024-10-25",
            apply_by="2024-10-31",
            winners_min=1,
            winners_max=1,
            shows_applications=True,
            shows_winners=True,
            demand_types=("技术攻关", "采购需求"),
        ),
    ),
    (),
)
"""What `tests/fixtures/base` would publish of itself, as far as the form asks."""

_ENTERPRISE = {
    "enterprise.name": "示例腾岳动力（示例市）有限公司",
    "enterprise.credit_code": "910000000276265134",
    "enterprise.registered_place.province": "示例省",
    "enterprise.registered_place.city": "示例市",
    "enterprise.registered_place.county": "硚口区",
    "enterprise.legal_representative.name": "示例戊",
    "enterprise.contact.name": "示例己",
    "enterprise.contact.position": "技术部主任",
    "enterprise.contact.phone": "000-00001234",
    "enterprise.contact.mobile": "10000001234",
    "enterprise.email": "lianxi@example.com",
    "enterprise.registered_capital": "12000",
    "enterprise.nature": "民营",
    "enterprise.industry.code": "38",
    "enterprise.address": "示例市示例路 1 号",
    "enterprise.postcode": "012345",
}
DEMAND: dict[str, Any] = {
    "district": "qiaokou",
    **_ENTERPRISE,
    "enterprise.disclosure": "不公开",
    "enterprise.employees": "3500",
    "enterprise.revenue": "560000.50",
    "enterprise.channel.kind": "省级中小企业主管部门",
    "enterprise.channel.name": "示例省中小企业主管部门",
    "enterprise.stamped": ["是"],
    "demand.0.type": "技术攻关",
    "demand.0.title": "高速电机用耐电晕绝缘材料",
    "demand.0.summary": "研发一款耐电晕绝缘材料，用于高速电机。",
    "demand.0.parameters": "击穿电压：≥ 15 kV/mm\n耐温等级：200 级",
    "demand.0.effect": "装机 10 台，连续运行 1000 h 无失效。",
    "demand.0.schedule": "1 年",
    "demand.0.cooperation.modes": ["项目委托", "联合研发"],
    "demand.0.field": "新材料",
    "demand.0.category": "基础材料",
    "demand.0.no_secrets": ["是"],
}
_PLAN = {
    "team": "由六名工程师组成，曾完成两个同类项目。",
    "goals": "击穿电压达到指标，按国家标准测试。",
    "route": "采用纳米改性路线。\n\n分两步放大。",
    "schedule": "第一季度完成配方，第二季度完成中试。",
    "risks": "原料批次差异较大，拟增加进料检验。",
}
APPLY: dict[str, Any] = {
    "district": "zone",
    **_ENTERPRISE,
    "enterprise.registered_on": "2012-05-18",
    "enterprise.employees": "120",
    "enterprise.revenue": "5600",
    "enterprise.size": "小型",
    "enterprise.types": ["创新型中小企业"],
    "enterprise.profile": "主要从事绝缘材料的研发和生产，建有一条中试线。",
    "enterprise.stamped": ["是"],
    "application.0.demand": "D-AAAAAAA1",
    "application.0.item.name": "电池外壳用阻燃改性材料",
    "application.0.item.code": "Q2-0001",
    "application.0.profile": "主营业务为绝缘材料。",
    "application.0.capability": "研发团队十二人，参与制定团体标准一项。",
    **{f"application.0.plan.{part}": text for part, text in _PLAN.items()},
    "application.0.cooperation": "希望以项目委托方式合作，成果共享。",
    "application.0.no_affiliation": ["是"],
    "application.0.stamped": ["是"],
}


_CONTROLS = """names => names.map(name => {
  const one = document.querySelector(`[name="${name}"]`);
  const entry = one?.closest("[data-entry]");
  return one && [one.type, entry ? `s-entry-${entry.dataset.entry}` : one.closest(".part").querySelector("h2").id];
})"""
"""In the page: of each control its kind and the step that it stands in; null for one that is not there."""


def go(page: Page, step: str) -> None:
    """Leads to a step of the form by its link, unless it is seen already.

    Links are used again where steps come and go: one that was clicked as another took its place leads there.
    """
    link = page.locator(f'.progress a[href="#{step}"]')
    for _ in range(5):
        if link.get_attribute("aria-current") is not None:
            return
        link.click()


def _put(page: Page, name: str, value: str | list[str], kind: str) -> None:
    controls = page.locator(f'[name="{name}"]')
    if kind == "radio":
        page.locator(f'[name="{name}"][value="{value}"]').check()
    elif kind == "checkbox":
        for box in controls.all():
            box.set_checked(box.get_attribute("value") in value)
    elif kind == "select-one":
        controls.first.select_option(value)
    else:
        assert isinstance(value, str)
        controls.first.fill(value)


def answer(page: Page, name: str, value: str | list[str]) -> None:
    """Answers one question by its control's name, and leaves it; a list ticks boxes, an empty one clears them."""
    answer_all(page, {name: value})


def answer_all(page: Page, answers: dict[str, Any]) -> None:
    """As a person would, one control after the other; the last one is left, too."""
    for (name, value), known in zip(answers.items(), page.evaluate(_CONTROLS, list(answers)), strict=True):
        # What an earlier answer brings was not there to be asked about.
        kind, step = known or page.evaluate(_CONTROLS, [name])[0]
        control = page.locator(f'[name="{name}"]').first
        # A form that is just being cleared goes to its first step once more.
        for _ in range(20):
            go(page, step)
            if control.is_visible():
                break
            page.wait_for_timeout(50)
        _put(page, name, value, kind)
    page.evaluate("document.activeElement.blur()")


_FILL = """answers => {
  for (const [name, value] of Object.entries(answers)) {
    const controls = [...document.querySelectorAll(`[name="${name}"]`)];
    const [first] = controls;
    if (first.type === "radio") controls.find(one => one.value === value).click();
    else if (first.type === "checkbox") controls.filter(one => one.checked !== value.includes(one.value)).forEach(one => one.click());
    else {
      first.focus();
      first.value = value;
      for (const event of ["input", "change"]) first.dispatchEvent(new Event(event, { bubbles: true }));
      first.blur();
    }
  }
}"""


def fill(page: Page, answers: dict[str, Any]) -> None:
    """The same answers with the same events, all at once: for tests of something else than answering."""
    page.evaluate(_FILL, answers)


MODULE = """name => import(document.querySelector(`link[rel=modulepreload][href*="/submit/${name}."]`).href)"""
"""In the page: a module of the form's scripts, the one that the page itself uses."""

RESULT = f"""async () => {{
  const load = {MODULE};
  const [{{ Form }}, {{ newId, recordFiles }}, {{ validate }}] = await Promise.all(["form", "files", "validation"].map(load));
  const element = document.querySelector("form[data-model]");
  const model = JSON.parse(element.dataset.model);
  const ids = {{}};
  const submission = new Form(element, model).read((which, letter) => ids[which] = ids[which] || newId(letter));
  return {{
    files: recordFiles(model, submission).map(file => [file.path, file.text]),
    codes: validate(model, submission).map(one => [one.code, one.name]),
  }};
}}"""
"""In the page: the files as they would be made now, whatever is wrong with them, and what the form finds."""
