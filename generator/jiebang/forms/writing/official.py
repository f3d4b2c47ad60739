"""The three official forms as Word templates: laid out as in the notice, with placeholders where people write.

`python -m jiebang.forms.writing` writes them into `templates/`; a test compares. Placeholders are read by `word.py`:
`e` is an enterprise, `demands`, `items` and `a` what it hands in. Wording is the notice's.
"""

from __future__ import annotations

from pathlib import Path

from jiebang.forms.writing.markup import HEI, Cell, document, page_break, paragraph, repeat, row, table
from jiebang.forms.writing.parts import pack, parts

TEMPLATES = Path(__file__).parent / "templates"


def _boxes(value: str, *options: str) -> str:
    """`□公开 □不公开` with a tick before what the record says."""
    return " ".join(f"{{{{ box({value}, '{option}') }}}}{option}" for option in options)


def _every_line(value: str) -> str:
    """Three paragraphs of which docxtpl makes one a line of the value."""
    return f"{{%p for line in {value} %}}\n{{{{ line }}}}\n{{%p endfor %}}"


def _heads(number: str, *titles: str) -> list[str]:
    return [paragraph(number, 28, HEI), *(paragraph(title, 36, HEI, "center") for title in titles)]


def _notes(*texts: str) -> list[str]:
    return [paragraph(text, 18, after=0) for text in texts]


_SAME = {
    "capital": row(
        "注册资本\n(万元)", "{{ e.registered_capital }}", "从业人数\n(人)", "{{ e.employees }}", "上年度营业\n收入(万元)", "{{ e.revenue }}"
    ),
    "nature": row("企业性质", Cell(_boxes("e.nature", "国有", "民营", "合资", "外资"), 5)),
    "address": row("通讯地址", Cell("{{ e.address }}", 3), "邮 编", "{{ e.postcode }}"),
}  # fmt: skip


def _annex_1() -> list[str]:
    channel = (
        "{{ box(e.channel.kind, '省级中小企业主管部门') }}省级中小企业主管部门: {{ channel(e, '省级中小企业主管部门') }}\n"
        "{{ box(e.channel.kind, '工业和信息化部相关行业司局') }}工业和信息化部相关行业司局: {{ channel(e, '工业和信息化部相关行业司局') }}"
    )
    rows = [
        row(Cell("一、企业基本情况", 6)),
        row("企业名称", Cell("{{ e.name }}", 5)),
        row("是否公开企业名称", Cell(_boxes("e.disclosure", "公开", "不公开"), 5)),
        row("统一社会信用代码", Cell("{{ e.credit_code }}", 3), "注册地\n所在省份", "{{ e.registered_place.province }}"),
        row("法人代表", "{{ e.legal_representative.name }}", "联系人\n及职务", "{{ contact(e) }}", "联系电话", "{{ e.contact.phone }}"),
        row("传 真", "{{ e.fax }}", "电子邮箱", "{{ e.email }}", "手 机", "{{ e.contact.mobile }}"),
        _SAME["capital"],
        _SAME["nature"],
        row("所属行业", Cell("2 位数代码及名称: {{ industry(e) }}", 5)),
        row("推荐渠道\n(只选择其中\n一个渠道)", Cell(channel, 5)),
        _SAME["address"],
        row(Cell("二、技术创新需求", 6)),
        *repeat(
            "d in demands",
            [
                row(Cell("需求 {{ loop.index }}", merge="start"), "名称", Cell("{{ d.title }}", 4)),
                row(Cell("", merge="go on"), "需求内容", Cell(_every_line("d.content"), 4)),
            ],
        ),
    ]  # fmt: skip
    return [
        *_heads("附件 1", "大企业技术创新需求表"),
        paragraph("企业名称：（盖章）", 24),
        table(rows),
        *_notes("注: 1. 所有需求均不得涉密。", "2. 公开企业名称有利于吸引更多优质企业“揭榜”, 是否公开尊重企业意愿。"),
    ]


def _annex_2() -> list[str]:
    types = ("专精特新“小巨人”企业", "省级专精特新中小企业", "创新型中小企业", "其他")
    rows = [
        row(Cell("一、企业基本情况", 6)),
        row("企业名称", Cell("{{ e.name }}", 5)),
        row("统一社会信用代码", Cell("{{ e.credit_code }}", 5)),
        row("企业注册地", Cell("{{ place(e) }}", 3), "注册时间", "{{ e.registered_on }}"),
        row(
            "法人代表", "{{ e.legal_representative.name }}", "联系电话", "{{ e.legal_representative.phone }}",
            "手 机", "{{ e.legal_representative.mobile }}",
        ),
        row("联系人\n及职务", "{{ contact(e) }}", "联系电话", "{{ e.contact.phone }}", "手 机", "{{ e.contact.mobile }}"),
        row("传 真", "{{ e.fax }}", "电子邮箱", Cell("{{ e.email }}", 3)),
        _SAME["capital"],
        row(
            Cell("根据《中小企业划型标准规定》(工信部联企业〔2011〕300号)，企业规模属于", 3),
            Cell(_boxes("e.size", "大型", "中型", "小型", "微型"), 3),
        ),
        _SAME["nature"],
        row("企业类型\n(可多选)", Cell(_boxes("e.types", *types), 5)),
        row("所属行业", Cell("按照《国民经济行业分类(GB/T 4754-2017)》，行业2位数代码及名称：{{ industry(e) }}", 5)),
        _SAME["address"],
        row(Cell("二、企业概况", 6)),
        row("企业概况", Cell(_every_line("lines(e.profile)"), 5)),
        row(Cell("三、拟揭榜事项", 6)),
        *repeat(
            "item in items",
            [row("事项{{ loop.index }}", "事项名称", Cell("{{ item.name }}", 2), "代码", "{{ item.code }}")],
        ),
    ]  # fmt: skip
    return [
        *_heads("附件 2", "中小企业“揭榜”对接表"),
        paragraph("企业名称：（盖章）", 24),
        table(rows),
        *_notes("(注：可揭榜多个事项，每个事项均需附揭榜申请书)"),
    ]


def _section(title: str, value: str, size: int = 28, face: str = HEI) -> list[str]:
    texts = [f"{{%p for line in lines({value}) %}}", "{{ line }}", "{%p endfor %}"]
    return [paragraph(title, size, face, keep=True), *(paragraph(text, 24, indent=True) for text in texts)]


def _annex_3() -> list[str]:
    plan = (
        ("（一）攻关团队情况，团队成员曾主持或参与的项目", "team"),
        ("（二）预期目标，包括指标数值、测试场景及评价方式等", "goals"),
        ("（三）拟选择的技术路线", "route"),
        ("（四）时间进度安排，阶段性任务", "schedule"),
        ("（五）潜在问题及应对举措", "risks"),
    )
    return [
        paragraph("附件 3", 28, HEI),
        paragraph("大中小企业融通创新项目", 36, HEI, "center", before=2400),
        paragraph("中小企业“揭榜”申请书", 36, HEI, "center", after=2400),
        paragraph("企业名称（盖章）：{{ e.name }}", 28),
        paragraph("“揭榜”事项名称：{{ a.item.name }}", 28),
        page_break(),
        paragraph("申请书", 36, HEI, "center"),
        paragraph("(申请书将提供给“发榜”大企业)", 24, align="center"),
        *_section("一、中小企业基本情况简介", "a.profile"),
        *_section("二、中小企业技术创新能力情况", "a.capability"),
        paragraph("三、针对揭榜需求拟采取的技术攻关方案", 28, HEI, keep=True),
        *(piece for title, field in plan for piece in _section(title, f"a.plan.{field}", 24, HEI)),
        *_section("四、希望采取的合作方式", "a.cooperation"),
        paragraph("{%p if a.evidence %}"),
        paragraph("附：技术创新能力佐证材料", 28, HEI, keep=True),
        paragraph("{%p for piece in a.evidence %}"),
        paragraph("{{ loop.index }}. {{ evidence(piece) }}", 24, indent=True),
        paragraph("{%p endfor %}"),
        paragraph("{%p endif %}"),
    ]


def templates() -> dict[str, bytes]:
    """File name of each template and its bytes."""
    forms = {
        "annex-1.docx": ("大企业技术创新需求表", _annex_1()),
        "annex-2.docx": ("中小企业“揭榜”对接表", _annex_2()),
        "annex-3.docx": ("中小企业“揭榜”申请书", _annex_3()),
    }
    return {name: pack(parts(title, document(body))) for name, (title, body) in forms.items()}
