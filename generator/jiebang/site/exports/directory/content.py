"""What the 需求目录 says: its heading, and a row for each published demand, newest first within its round.

The columns are those of the catalogue that goes to the departments for small and medium enterprises; every value is one that readers of
the site see too, so a hidden enterprise stays 企业名称不公开.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.site import labels
from jiebang.site.exports.choice import Choice
from jiebang.site.exports.json.header import last_day
from jiebang.view import City, Demand, District, PublicSite, Round

NEED = 3
"""Place of 需求内容 among the columns: the one cell made of labelled parts."""
PARTS = ("需求", "参数要求", "需达到的效果", "时间要求", "合作方式")


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the page's width, in hundredths."""

    title: str
    share: int


COLUMNS = (
    Column("序号", 4),
    Column("代码", 7),
    Column("名称", 12),
    Column("需求内容", 34),
    Column("所属行业", 8),
    Column("所在区", 7),
    Column("发榜企业", 9),
    Column("揭榜截止", 8),
    Column("联系部门", 11),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` are those of all columns but 需求内容, in their order; several lines are parted by a line break."""

    cells: tuple[str, ...]
    need: tuple[tuple[str, str], ...]
    """(label, text) of each part of 需求内容."""

    def texts(self) -> tuple[str, ...]:
        """All cells as plain text."""
        need = "\n".join(f"{label}：{text}" for label, text in self.need)
        return (*self.cells[:NEED], need, *self.cells[NEED:])


@dataclass(frozen=True, slots=True)
class Directory:
    title: str
    lines: tuple[str, ...]
    """Below the title: whose it is, of which notice, of which day."""
    issuer: str
    day: str | None
    rows: tuple[Row, ...]
    note: str

    def text(self) -> str:
        """All that the document says."""
        rows = (text for row in self.rows for text in row.texts())
        return "\n".join((self.title, *self.lines, *rows, self.note))


def _note(city: City) -> str:
    return (
        "企业名称是否公开由企业自己选择，标明“企业名称不公开”的需求可以照常揭榜。"
        f"所有需求均不涉密。中小企业揭榜，向本企业所在区的{city.department}申请；需求内容以网站最新公布的为准。"
    )


def _need(demand: Demand) -> tuple[tuple[str, str], ...]:
    cooperation = "、".join(demand.cooperation)
    note = f"（{demand.cooperation_note.strip()}）" if demand.cooperation_note else ""
    texts = (demand.summary, demand.parameters, demand.effect, demand.schedule, f"{cooperation}{note}")
    return tuple((label, _lines(text)) for label, text in zip(PARTS, texts, strict=True))


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _contact(asked: City | District) -> str:
    return "\n".join((asked.bureau, asked.contact.office, asked.contact.phone))


def _row(number: int, demand: Demand, site: PublicSite, districts: dict[str, District], round_title: str) -> Row:
    who = demand.enterprise
    district = None if demand.district is None else districts[demand.district]
    state = "" if demand.status == "published" else f"\n{labels.state_name(demand.status)}"
    cells = (
        str(number),
        f"{demand.code}\n{round_title}".strip(),
        demand.title,
        labels.industry_name(who.section, who.division),
        labels.NO_DISTRICT if district is None else district.name,
        who.name or labels.ANONYMOUS,
        f"{demand.apply_by}{state}",
        _contact(district or site.city),
    )
    return Row(cells, _need(demand))


def _lines_below(site: PublicSite, of: Round | None, count: int) -> tuple[str, ...]:
    lines = [f"编制单位：{site.city.bureau}"]
    if of is not None:
        number = f"（{of.notice.number}）" if of.notice.number else ""
        lines.append(f"依据：{of.notice.title}{number}")
    day = last_day(site)
    lines.append(f"共 {count} 项" + (f"，内容截至 {day}" if day else ""))
    return tuple(lines)


def directory_of(site: PublicSite, choice: Choice) -> Directory:
    """The catalogue of a round and a district, or of all. Raises KeyError for a round or a district that the site does not have."""
    rounds = {round_.id: round_ for round_ in site.rounds}
    districts = {district.slug: district for district in site.districts}
    of_round = None if choice.round is None else rounds[choice.round]
    of_district = None if choice.district is None else districts[choice.district]
    chosen = [demand for demand in site.demands if choice.takes(demand)]
    order = list(rounds)
    # Within a round as the site lists them, by day and random id, and never by code: offices number the demands of one enterprise in a
    # row, and the rows of a hidden one would stand side by side. Who has a code finds its row by searching.
    chosen.sort(key=lambda demand: order.index(demand.round))
    # A code means something only within its round.
    several = len({demand.round for demand in chosen}) > 1
    rows = tuple(
        _row(number, demand, site, districts, rounds[demand.round].title if several else "")
        for number, demand in enumerate(chosen, 1)
    )
    scope = "，".join(one for one in (of_round and of_round.title, of_district and of_district.name) if one)
    title = f"{site.city.name}大企业“发榜”中小企业“揭榜”需求目录"
    return Directory(
        title=f"{title}（{scope}）" if scope else title,
        lines=_lines_below(site, of_round, len(rows)),
        issuer=site.city.bureau,
        day=last_day(site),
        rows=rows,
        note=_note(site.city),
    )
