"""Public views to render: rich, empty, large and hostile. Everything in them is made up and says so."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from jiebang.mapping import Maps
from jiebang.publication.disclosure_control.suppression import Truth, suppressed_figures
from jiebang.schemas import cooperation_modes
from jiebang.site.matching.files import match_file
from jiebang.site.synonyms import Groups
from jiebang.view import (
    Change,
    City,
    Contact,
    Demand,
    District,
    Enterprise,
    Notice,
    PublicSite,
    Revision,
    Round,
    RuleEntry,
    Withdrawn,
)

CITY = City(
    name="示例市",
    bureau="示例市经济和信息化局",
    contact=Contact(
        "中小企业处（示例）", "000-0000 0100转8", "city@example.org", "示例市示例大道 1 号", "工作日 9:00—17:00"
    ),
    banner="本站内容均为虚构示例，不代表任何真实企业或需求。",
)

_DISTRICTS = (
    ("jiangbei", "江北示例区", "区"),
    ("jiangnan", "江南示例区", "区"),
    ("guanggu", "示例经济技术开发区（东部新城）", "功能区"),
    ("linkong", "临空示例区", "功能区"),
    ("huxi", "湖西示例县", "县"),
)

DISTRICTS = tuple(
    District(
        slug,
        name,
        kind,
        f"{name}经济和信息化局",
        Contact("企业服务科（示例）", f"000-0000 02{place:02d}", f"{slug}@example.org"),
    )
    for place, (slug, name, kind) in enumerate(_DISTRICTS)
)

ROUNDS = (
    Round(
        id="2030",
        title="2030年度",
        period="年度",
        status="open",
        notice=Notice(
            "关于组织推荐2030年度大企业“发榜”中小企业“揭榜”工作的通知（示例）",
            "示例市经济和信息化局",
            "2030-01-05",
            "示例函〔2030〕1号",
            "https://www.example.org/notice",
        ),
        opens_on="2030-01-05",
        closes_on="2033-12-31",
        submit_by="2030-03-31",
        apply_by="2031-06-30",
        select_by="2031-12-31",
        winners_min=1,
        winners_max=2,
        shows_applications=True,
        shows_winners=True,
        introduction="本轮聚焦新材料和高端装备。\n需求分为三类，验证场景由发榜企业提供。",
        demand_types=("技术攻关", "场景验证", "采购需求"),
    ),
    Round(
        id="2024",
        title="2024年度",
        period="年度",
        status="closed",
        notice=Notice(
            "关于组织推荐2024年度大企业“发榜”中小企业“揭榜”工作的通知（示例）", "示例市经济和信息化局", "2024-07-05"
        ),
        opens_on="2024-07-05",
        closes_on="2026-06-30",
        submit_by="2024-07-10",
        apply_by="2024-10-31",
        winners_min=1,
        winners_max=1,
        shows_applications=False,
        shows_winners=False,
    ),
)

RULES = (
    RuleEntry("credit-code", "error", "统一社会信用代码有效", "抄错一位就对不上企业。", "按营业执照逐位核对。"),
    RuleEntry("long-text", "warning", "申请书不超过 6000 字", "篇幅过长不利于发榜企业阅读。", "精简到 6000 字以内。"),
)

_TEXTS = (
    (
        "电池外壳用阻燃改性材料",
        "研发一款改性聚丙烯材料，用于动力电池外壳，替代现有金属外壳，满足轻量化和阻燃要求。",
        "熔指：25 g/10min（230 ℃，2.16 kg）\n阻燃：UL 94 V-0 级（1.6 mm）\n拉伸强度:≥ 28 MPa（GB/T 1040.2）\n其余指标由双方在合同中约定",
        "适配两种规格的电池外壳，一次成型合格率 ≥ 98%，成本控制在 30 元/kg 内。",
        "1 年。第 1—4 月完成配方，第 5—9 月完成试模，第 10—12 月小批量验证。",
        ("新材料", "基础材料"),
        ("C", "29"),
    ),
    (
        "高功率光纤激光器合束器",
        "研发 7×1 光纤合束器，用于万瓦级连续激光器。现有器件在长时间满功率工作时温升过高，需要改进熔接工艺和散热结构。",
        "耦合效率：≥ 98.5%（1080 nm）\n承受功率：≥ 12 kW（连续 8 h）\n温升：≤ 0.02 ℃/W（水冷 25 ℃）",
        "装机 10 台，连续运行 1000 h 无失效。",
        "18 个月",
        ("能源电子", "基础零部件和元器件"),
        ("C", "39"),
    ),
    (
        "五轴机床热误差补偿软件",
        "开发可嵌入数控系统的热误差在线补偿模块。",
        "主轴热伸长残差：≤ 5 μm（ISO 230-3，连续 6 h）\n补偿周期：≤ 10 ms\n接口：OPC UA",
        "三种机型验证通过，加工精度提高 40% 以上。",
        "2 年",
        ("机床与基础制造装备及机器人", "工业基础软件"),
        ("I", "65"),
    ),
    (
        "装配式钢结构节点快速检测方法",
        "建立施工现场钢结构节点焊缝的快速检测方法和判定规则，减少停工等待。",
        "单节点检测时间：≤ 6 min\n检出率：≥ 95%（缺陷当量 φ2 mm，GB/T 11345）",
        "两个在建项目应用，形成企业标准 1 项。",
        "10 个月",
        (None, None),
        ("E", "47"),
    ),
    (
        "低温常压食品杀菌装置",
        "面向即食水产品，研发一套不高于 45 ℃ 的常压杀菌装置，保持口感和色泽。",
        "菌落总数下降：≥ 3 个对数值（GB 4789.2）\n处理能力：≥ 500 kg/h\n能耗：≤ 0.12 kW·h/kg",
        "货架期由 7 天延长到 21 天。",
        "1 年半",
        ("食品", "基础制造工艺及装备"),
        ("C", "14"),
    ),
)

_STATES = ("published", "published", "published", "selected", "accepted", "unmet", "failed")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _demand(number: int, random: Random) -> Demand:
    title, summary, parameters, effect, schedule, (field, category), (section, division) = _TEXTS[number % len(_TEXTS)]
    state = _STATES[number % len(_STATES)]
    round_ = ROUNDS[0] if state == "published" else ROUNDS[1 if number % 3 else 0]
    hidden = number % 2 == 1
    shown = round_.shows_applications
    day = f"{number % 28 + 1:02d}"
    year = int(round_.id)
    return Demand(
        id="D-" + "".join(random.choice(_ALPHABET) for _ in range(8)),
        code=f"Q{number % 4 + 1}-{number:04d}",
        round=round_.id,
        district=DISTRICTS[number % 4].slug,
        title=f"{title}（{number} 号）",
        summary=summary,
        parameters=parameters,
        effect=effect,
        schedule=schedule,
        cooperation=tuple(mode.value for mode in random.sample(cooperation_modes()[:5], 1 + number % 2)),
        enterprise=Enterprise(
            None if hidden else f"示例第{number}特种材料股份有限公司",
            ("国有", "民营", "合资", "外资")[number % 4],
            section,
            None if hidden else division,
        ),
        status=state,
        published_on=f"{year}-08-{day}",
        apply_by=f"{year + 1}-0{number % 9 + 1}-{day}",
        selected_on=f"{year + 1}-11-{day}" if state in ("selected", "accepted", "failed") else None,
        concluded_on=f"{year + 2}-05-{day}" if state in ("accepted", "failed", "unmet") else None,
        cooperation_note="首批样件费用由发榜方承担，知识产权归属在合同中约定。" if number % 3 == 0 else None,
        type=("技术攻关", "场景验证", "采购需求")[number % 3] if round_.demand_types else None,
        field=field,
        category=category,
        applications=number % 5 if shown else None,
        winners=(1 if state in ("selected", "accepted", "failed") else 0) if shown else None,
        revisions=(Revision(f"{year}-09-{day}", "第二项指标的测试条件有误，已更正。"),) if number % 4 == 1 else (),
        first_published=f"{year}-08-{day}",
        last_changed=f"{year}-09-{day}",
        history=(Change(f"{year}-09-{day}", "修改了参数要求"), Change(f"{year}-08-{day}", "首次公布")),
    )


def make_site(count: int = 40, seed: int = 1) -> PublicSite:
    """A city with `count` demands in every state, half of them by enterprises that hide their name."""
    random = Random(seed)  # noqa: S311  a seeded sample, not a secret
    demands = sorted((_demand(number, random) for number in range(count)), key=lambda d: d.id)
    demands.sort(key=lambda d: d.published_on, reverse=True)
    withdrawn = (Withdrawn("Q1-9001", "2030", "2030-09-15"), Withdrawn("301", "2024", "2024-09-01")) if count else ()
    truth = Truth({d.id: d.applications or 0 for d in demands}, {d.id: d.winners or 0 for d in demands})
    return suppressed_figures(PublicSite(CITY, DISTRICTS, ROUNDS, tuple(demands), withdrawn, RULES), truth)


def empty_site() -> PublicSite:
    """A city that has only just begun: nothing but its name."""
    return PublicSite(replace(CITY, banner=None), (), (), ())


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "</title><script>alert(1)</script>",
    "<!--slot:main--><!--slot:city-->",
    "]]> --> &lt;b&gt; &amp;",
    '" onmouseover="alert(1)" x=\'',
    "javascript:alert(1)",
)


def hostile_site() -> PublicSite:
    """Markup, template syntax and slot marks in every text that a record can bring."""
    site = make_site(len(HOSTILE))
    evil = "".join(HOSTILE)
    demands = tuple(
        replace(
            demand,
            code=f"H-{place}",
            title=text,
            summary=f"{text}\n{evil}",
            parameters=f"{text}：{text}\n{evil}",
            effect=text,
            schedule=text,
            cooperation_note=evil,
            enterprise=replace(demand.enterprise, name=text),
            revisions=(Revision("2030-08-01", text),),
            history=(Change("2030-08-01", text),),
        )
        for place, (demand, text) in enumerate(zip(site.demands, HOSTILE, strict=True))
    )
    contact = Contact(evil, "000-0000 0100", "a@example.org", evil, evil)
    return PublicSite(
        City(evil, evil, contact, evil),
        tuple(replace(d, name=f"{d.name}{evil}", bureau=evil, contact=contact) for d in site.districts),
        tuple(
            replace(r, title=evil, introduction=evil, notice=replace(r.notice, title=evil, issuer=evil))
            for r in site.rounds
        ),
        demands,
        (Withdrawn("<b>H</b>", "2030", "2030-09-15"),),
        (RuleEntry("hostile", "error", evil, evil, evil),),
    )


def long_words_site() -> PublicSite:
    """Texts without a place to break, which must not widen a page."""
    site = make_site(8)
    word = "Polytetrafluoroethylene-hexafluoropropylene" * 4
    demands = tuple(
        replace(
            d,
            title=word[:60],
            code="Q2-000000000000001",
            parameters=f"{word[:40]}：{word}\n{word}",
            summary=word,
            effect=word,
        )
        for d in site.demands
    )
    return replace(site, demands=demands)


def match_content(demands: tuple[Demand, ...], groups: Groups) -> bytes:
    """The file from which a browser ranks these demands."""
    file = match_file(demands, groups, Maps(jobs=1))
    made: bytes = file.make(*file.inputs)
    return made
