"""The letters' templates: how each is laid out and what it says around its blanks.

Letters have the head and foot of GB/T 9704—2012, 10.1 (信函格式); the 公示 is a plain paper with its list on a page of its own. A bureau
changes them in Word and keeps its own in the folder `letters/` beside the catalogue. The blanks have Chinese names, as those who edit the
templates are no programmers.
"""

from __future__ import annotations

from pathlib import Path

from jiebang.desk.papers.markup import (
    BODY,
    HEI,
    SONG,
    TEXT_WIDTH,
    TITLE,
    Cell,
    Margins,
    letterfoot,
    letterhead,
    page_number,
    paper,
    paragraph,
    run,
    table,
)

TEMPLATES = Path(__file__).parent / "templates"

_CHARACTER = 315
"""Twips across."""
_SIGNED = 17
"""Characters that the signature and the date are centred in at the right: the date then ends four characters from the edge."""
_SMALL = 12.0


def _title(*lines: str) -> list[str]:
    return [
        paragraph(),
        *(paragraph(run(line, TITLE, 22), align="center", line=680, keep=True) for line in lines),
        paragraph(),
    ]


def _text(text: str, *, keep: bool = False) -> str:
    return paragraph(run(text), indent=2, keep=keep)


def _head(text: str) -> str:
    return paragraph(run(text, HEI, 16), indent=2, keep=True)


def _to(name: str) -> str:
    return paragraph(run(f"{name}："))


def _signed() -> list[str]:
    """Who writes and when, with room for the seal over both; never alone on a page."""
    left = TEXT_WIDTH - _SIGNED * _CHARACTER
    return [
        paragraph(keep=True),
        paragraph(keep=True),
        paragraph(run("{{ 发文机关 }}"), align="center", left=left, keep=True),
        paragraph(run("{{ 日期 }}"), align="center", left=left),
    ]


_CONTACT = "（联系部门：{{ 联系部门 }}，电话：{{ 联系电话 }}）"


def _letter(title: str, body: list[str]) -> bytes:
    around: Margins = {
        "header-first": letterhead("{{ 发文机关 }}"),
        "footer-even": page_number("left"),
        "footer-default": page_number("right"),
        "footer-first": letterfoot(),
    }
    number = [
        paragraph(run("{%p if 文号 %}")),
        paragraph(run("{{ 文号 }}"), align="right"),
        paragraph(run("{%p endif %}")),
    ]
    return paper(title, [*number, *_title(title), *body, *_signed(), _text(_CONTACT)], around)


_ABOUT = "“{{ 需求 }}”（代码：{{ 代码 }}，申请编号：{{ 申请编号 }}）"


def _feedback() -> bytes:
    return _letter(
        "关于“揭榜”申请遴选结果的反馈函",
        [
            _to("{{ 企业 }}"),
            _text(f"你单位在{{{{ 轮次 }}}}大企业“发榜”中小企业“揭榜”工作中，申请揭榜{_ABOUT}。经“发榜”大企业遴选，此次没有选中你单位。现将反馈意见告知如下："),
            paragraph(run("{%p for 行 in 反馈意见 %}")),
            _text("{{ 行 }}"),
            paragraph(run("{%p endfor %}")),
            _text("感谢你单位的参与。欢迎根据反馈意见完善方案，继续关注需求目录中的其他需求。对遴选结果有疑问的，可以与我们联系。"),
            _text("特此函告。", keep=True),
        ],
    )  # fmt: skip


def _award() -> bytes:
    return _letter(
        "关于确定“揭榜”企业的通知",
        [
            _to("{{ 企业 }}"),
            _text(f"你单位在{{{{ 轮次 }}}}大企业“发榜”中小企业“揭榜”工作中，申请揭榜{_ABOUT}。经“发榜”大企业遴选，确定你单位为“揭榜”企业。现将有关事项通知如下："),
            _head("一、确立合作关系"),
            _text("{% if 发榜企业 %}本项需求的“发榜”大企业是{{ 发榜企业 }}。{% else %}本项需求的“发榜”大企业没有公开名称，由我们另行告知并联系对接。{% endif %}请与“发榜”大企业自主确立合作关系，依法签订合同，约定指标、进度、费用、知识产权和保密责任。"),
            _head("二、组织攻关"),
            _text("请按照申请书中的方案和需求的时间要求组织实施。需求的时间要求：{{ 时间要求 }}"),
            _head("三、配合验收"),
            _text("项目完成后，由“发榜”大企业自主安排验收，确定是否列入供应商目录或者继续深化合作。"),
            _head("四、公示企业名称"),
            _text("{% if 已同意公示 %}你单位已书面同意公示企业名称，将列入“揭榜”企业名单公示。{% else %}是否公示企业名称由你单位决定。同意公示的，请书面回复并加盖公章；没有书面同意的，公示名单中不写你单位的名称。{% endif %}"),
            paragraph(run("{%p if 企业类型 %}")),
            _head("五、政策支持"),
            _text("你单位填报的企业类型是{{ 企业类型 }}。有关支持按本轮通知和所在区的专项资金政策办理，请与{{ 区级主管部门 }}联系。"),
            paragraph(run("{%p endif %}")),
            _text("特此通知。", keep=True),
        ],
    )  # fmt: skip


def _reminder() -> bytes:
    return _letter(
        "关于及时办理“揭榜”工作有关事项的函",
        [
            _to("{{ 区级主管部门 }}"),
            _text("截至{{ 日期 }}，你单位在{{ 轮次 }}大企业“发榜”中小企业“揭榜”工作中报送需求 {{ 需求数 }} 项、揭榜申请 {{ 申请数 }} 份，还有 {{ 事项数 }} 项等待办理{% if 过期数 %}，其中 {{ 过期数 }} 项已过期限{% endif %}。请尽快办理："),
            paragraph(run("{%p for 事 in 事项 %}")),
            # Not justified: an id that goes to the next line would pull the others apart.
            paragraph(run("{{ loop.index }}．{{ 事 }}"), indent=2, align="left"),
            paragraph(run("{%p endfor %}")),
            _text("办理后请更新记录。有困难的，请及时与我们联系。"),
            _text("特此函告。", keep=True),
        ],
    )  # fmt: skip


_LIST = (("序号", 700), ("代码", 1150), ("需求名称", 2795), ("发榜企业", 2100), ("揭榜企业", 2100))


def _listed(text: str, align: str, face: str = BODY) -> str:
    return paragraph(run(text, face, _SMALL), align=align, line=330, before=20, after=20)


def _list() -> str:
    widths = [width for _, width in _LIST]
    row = ("{{ loop.index }}", "{{ 项.代码 }}", "{{ 项.需求 }}", "{{ 项.发榜企业 }}", "{{ 项.揭榜企业 }}")
    aligned = ("center", "center", "left", "left", "left")
    return table(
        widths,
        [
            [Cell(_listed(name, "center", HEI)) for name, _ in _LIST],
            [Cell(_listed("{%tr for 项 in 名单 %}", "left"), span=len(_LIST))],
            [Cell(_listed(text, align)) for text, align in zip(row, aligned, strict=True)],
            [Cell(_listed("{%tr endfor %}", "left"), span=len(_LIST))],
        ],
    )


def _announcement() -> bytes:
    title = "关于{{ 轮次 }}“揭榜”企业名单的公示"
    body = [
        *_title(title),
        _text("根据{{ 通知 }}，经中小企业申请、各区报送和“发榜”大企业遴选，确定了{{ 轮次 }}的“揭榜”企业。现将同意公示名称的“揭榜”企业名单予以公示，公示期为自发布之日起 5 个工作日。"),
        _text("公示期内，对名单有异议的，请以书面形式向我们反映。单位反映的，请加盖公章；个人反映的，请写明真实姓名和联系方式。"),
        _text("联系部门：{{ 联系部门 }}"),
        _text("联系电话：{{ 联系电话 }}"),
        paragraph(run("{%p if 联系邮箱 %}")),
        _text("电子邮箱：{{ 联系邮箱 }}"),
        paragraph(run("{%p endif %}")),
        paragraph(run("{%p if 联系地址 %}")),
        _text("地　　址：{{ 联系地址 }}"),
        paragraph(run("{%p endif %}")),
        paragraph(keep=True),
        _text("附件：{{ 轮次 }}“揭榜”企业名单", keep=True),
        *_signed(),
        paragraph(run("附件", HEI, 16), new_page=True),
        *_title("{{ 轮次 }}“揭榜”企业名单"),
        _list(),
        paragraph(run("", SONG, 1), line=20),
    ]  # fmt: skip
    return paper(
        "“揭榜”企业名单公示", body, {"footer-even": page_number("left"), "footer-default": page_number("right")}
    )


def templates() -> dict[str, bytes]:
    """File name of each template and its bytes."""
    made = {"feedback": _feedback, "award": _award, "announcement": _announcement, "reminder": _reminder}
    return {f"{name}.docx": make() for name, make in made.items()}
