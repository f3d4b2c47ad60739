"""The second part of Annex 1: demands, as many as there are, in the order of the form. Empty ones are skipped."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.detection.contacts import find_contacts
from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import UNREAD, Cell
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.furniture import (
    DEMANDS,
    HEAD,
    NAMED_HEAD,
    OTHER_HEAD,
    PLAIN_HEAD,
    RANKS,
    REMARK,
    is_day,
    is_printed,
    is_remark,
)
from jiebang.forms.reading.labels import ANNEX_1, Key, label_key, labels_of
from jiebang.forms.reading.layout import Pair, Row
from jiebang.forms.reading.second_part import begin, of_the_first_part
from jiebang.forms.reading.text import blank, folded, is_without_content, one_line, says_nothing, without_prompts
from jiebang.forms.reading.values.codes import prose
from jiebang.forms.reading.values.demand_content import (
    PARTS,
    has_another_demand,
    has_specimen,
    modes,
    names_a_contact,
    other_matter_in,
    other_part_in,
    split,
    title,
    two_titles,
    without_contacts,
    without_specimen,
)

TITLE: Key = ("demand", "title")
CONTENT: Key = ("demand", "original_text")
_OWN = {"title", "original_text", *PARTS}


@dataclass(slots=True)
class Demand:
    """One demand of a form; `position` counts from 1."""

    position: int
    value: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, path: str, pair: Pair, message: str, hint: str, text: str | None = None) -> None:
        """A finding at one of this demand's fields."""
        self.tell(field_name("demand", (path,)), pair, message, hint, text)

    def tell(self, name: str, pair: Pair, message: str, hint: str, text: str | None = None) -> None:
        """A finding under a name of its own."""
        shown = pair.shown if text is None else text
        self.findings.append(Finding(name, pair.place, shown, f"{CHECK}：{message}", hint))


@dataclass(slots=True)
class _Rows:
    title: Pair | None = None
    content: Pair | None = None
    parts: dict[str, Pair] = field(default_factory=dict)
    """Parts of the content that a form gives rows of their own."""
    contacts: list[Pair] = field(default_factory=list)
    """Who to ask about this demand: not the enterprise's contact, and nothing to publish."""
    last: str = ""

    def at(self, path: str) -> Pair | None:
        return self.title if path == "title" else self.content if path == "original_text" else self.parts.get(path)

    def put(self, path: str, pair: Pair) -> None:
        self.last = path
        if path == "title":
            self.title = pair
        elif path == "original_text":
            self.content = pair
        else:
            self.parts[path] = pair

    def awaits(self, path: str) -> bool:
        """Whether the demand's text was to come: its label stands last, with nothing behind it but a table."""
        pair = self.content
        return path == self.last == "original_text" and pair is not None and not (pair.cells or pair.doubts)

    def last_cell(self) -> Cell | None:
        """The cell that was filled last."""
        pair = self.at(self.last)
        return pair.cells[-1] if pair and pair.cells else None

    def doubt(self, told: Iterable[str]) -> None:
        """Doubts about the demand as a whole are asked where its last value stands."""
        if (pair := self.at(self.last)) is not None:
            self.put(self.last, replace(pair, doubts=(*pair.doubts, *told)))

    def go_on(self, path: str, cells: Iterable[Cell], told: Iterable[str] = ()) -> None:
        """What stands below without a label of its own, or under the same label again, goes on with what was there."""
        below = tuple(cells)
        seen = (*told, *(one for cell in below for one in cell.doubts))
        added = (*seen, *(doubts.doubt(doubts.CONTINUED, cell.text) for cell in below))
        before = self.at(path) or Pair("", (CONTENT,), (), below[0].place)
        filled = tuple(cell for cell in below if not blank(cell.text))
        self.put(path, replace(before, cells=(*before.cells, *filled), doubts=(*before.doubts, *added)))


def _path(pair: Pair) -> str | None:
    """The field of a demand that a pair fills; 需求内容 is the whole content where it is a row's label."""
    paths = [path for kind, path in pair.keys if kind == "demand" and path in _OWN]
    return CONTENT[1] if CONTENT[1] in paths else next(iter(paths), None)


_ASKED = {"contact.name", "contact.phone", "contact.mobile", "email", "fax"}


def _is_contact(pair: Pair, seen: Container[Key]) -> bool:
    """Whether a pair below the first demand is that demand's contact: the form has told the enterprise's above."""
    return bool(pair.cells) and any(key[1] in _ASKED and key in seen for key in pair.keys)


_OPEN = re.compile(r"[:：]\s*\Z")


def _is_said(cell: Cell, below: Cell | None) -> bool:
    """Whether a cell without a label says something. A day that stands below a demand's value, or behind its open label, is part of that."""
    if cell.doubts or not is_printed(cell.text):
        return True
    return (
        below is not None and is_day(cell.text) and (bool(_OPEN.search(below.text)) or cell.column == below.column > 0)
    )


def _is_head(cell: Cell, row: Row) -> bool:
    """Whether a cell begins a demand, or stands before one; without a number it needs the demand's labels behind it."""
    if HEAD.match(cell.text) or DEMANDS.fullmatch(folded(cell.text)):
        return True
    if PLAIN_HEAD.match(cell.text):
        return any(map(_path, row.pairs))
    return cell.column == 0 and len(cell.text) < _A_HEAD and any(_path(pair) == "title" for pair in row.pairs)


_A_HEAD = 20
"""Characters of what stands before a demand's 名称 and is its head, whatever it says."""


def _led_by_a_name(cell: Cell) -> Pair | None:
    """名称 示例材料 in one cell, without a colon."""
    match = re.match(r"\s*(\S+)[ \t\u3000]+(\S[^\n]*)\Z", cell.text)
    if match is None or TITLE not in labels_of(ANNEX_1).get(label_key(match[1]), ()):
        return None
    told = (*cell.doubts, doubts.doubt(doubts.LED, cell.text))
    return Pair(match[1], (TITLE,), (replace(cell, text=match[2]),), cell.place, doubts=told)


def _named(row: Row, following: Sequence[Row]) -> Row:
    """A row whose head says the demand's name, with that as a pair: 需求 1：示例材料, above or before its 需求内容. Other words there are shown
    to a person."""
    paths = [path for pair in row.pairs if (path := _path(pair))]
    below = next((path for other in following for pair in other.pairs if (path := _path(pair))), None)
    loose: list[Cell] = []
    pairs = list(row.pairs)
    said = list(row.said)
    for cell in row.loose:
        match = NAMED_HEAD.match(cell.text)
        remark = REMARK.search(cell.text) if HEAD.match(cell.text) else None
        if remark and remark[1].strip() not in RANKS and not HEAD.match(f"需求{remark[1]}"):
            said.append(cell)
        if match is None or HEAD.match(cell.text) or not (paths or below):
            led = None if "title" in paths or not any(_is_head(one, row) for one in row.loose) else _led_by_a_name(cell)
            pairs[:0] = [led] if led else []
            loose += [] if led else [cell]
            continue
        words = match["words"].strip()
        loose.append(replace(cell, text=f"需求{match['number']}"))
        if "title" in paths or (not paths and below == "title"):
            said += [cell] if words not in RANKS else []
        elif re.search("[：:。；;]", words):
            said.append(cell)
        else:
            pairs.insert(0, Pair(cell.text, (TITLE,), (replace(cell, text=words),), cell.place, doubts=cell.doubts))
    return replace(row, pairs=pairs, loose=loose, said=said)


_GOES_ON = re.compile(r"续[0-9一二三]?\s*[)）]?\s*[:：]?\s*\Z")


def _rows(rows: Iterable[Row]) -> tuple[list[_Rows], list[Row]]:
    """The pairs of each demand, and the rows without what belongs to one. A new demand begins with 需求 N, and with a second 名称 or
    需求内容 in the same."""
    found: list[_Rows] = []
    left: list[Row] = []
    seen: set[Key] = set()
    number = ""
    covered = -1
    every = list(rows)
    start = begin(every, DEMANDS, HEAD)
    every = of_the_first_part(every, start)
    for at, one in enumerate(every):
        row = _named(one, every[at + 1 :]) if at >= start else one
        marks = [cell for cell in row.loose if at >= start and _is_head(cell, row)]
        heads = [match["number"] or match["item"] for cell in marks if (match := HEAD.match(cell.text))]
        plain = any(not HEAD.match(cell.text) for cell in marks) and not heads
        begun = (bool(heads) and heads[0] != number) or (plain and any(_path(pair) == "title" for pair in row.pairs))
        again = not begun and (bool(heads) or row.number <= covered)
        number = heads[0] if heads else number
        covered = max([covered, *(cell.row + cell.rows - 1 for cell in marks if heads or plain)])
        others = [
            c for c in marks if not (HEAD.match(c.text) or OTHER_HEAD.fullmatch(folded(c.text)) or is_printed(c.text))
        ]
        rest = Row(row.number, said=[*row.said, *others])
        for pair in row.pairs:
            path = _path(pair)
            if path is None:
                if found and _is_contact(pair, seen):
                    found[-1].contacts.append(pair)
                    continue
                rest.pairs.append(pair)
                seen.update(key for key in pair.keys if not found)
                continue
            if found and row.goes_on:
                found[-1].go_on(path, pair.cells, pair.doubts) if pair.cells else None
                continue
            twice = bool(found) and not found[-1].awaits(path) and found[-1].at(path) is not None
            goes_on = again or bool(_GOES_ON.search(pair.label))
            if (
                not found
                or begun
                or (twice and not goes_on and path in {"title", "original_text"})
                or (twice and path == "title")
            ):
                found.append(_Rows())
            if found[-1].at(path) is not None and not found[-1].awaits(path):
                found[-1].go_on(path, pair.cells, pair.doubts) if pair.cells else None
            else:
                found[-1].put(path, pair)
            begun = False
        marked = [cell for cell in marks if cell.doubts and HEAD.match(cell.text)]
        if found and marked and not begun:
            found[-1].doubt(one for cell in marked for one in cell.doubts)
        below = found[-1].last_cell() if found else None
        loose = [cell for cell in row.loose if cell not in marks and _is_said(cell, below)]
        beside = [cell for cell in loose if cell.column == 0 and is_remark(cell.text)]
        loose = [cell for cell in loose if cell not in beside]
        if (found or heads) and loose:
            if begun:
                found.append(_Rows())
            last = found[-1].last if found[-1].last not in {"", "title"} else "original_text"
            found[-1].go_on(last, loose)
            loose = []
        rest.loose = [*loose, *beside]
        left.append(rest)
    return found, left


def _title(demand: Demand, pair: Pair) -> None:
    text = one_line(pair.text)
    if pair.doubts:
        demand.report("title", pair, doubts.reason(pair.doubts), doubts.hint(pair.doubts))
    elif len(pair.cells) > 1 or any(mark in text for mark in UNREAD):
        demand.report("title", pair, "内容分在几格里，或有程序读不出的内容。", "对照原件填写需求名称。")
    elif is_without_content(without_prompts(text)):
        demand.report("title", pair, "没有写名称，或只说待定、在别处。", "向企业核实后填写。")
    elif two_titles(pair.text):
        demand.report("title", pair, "像是不止一个名称。", "一项需求填一个名称；有几项的分开填写。")
    else:
        demand.value["title"] = title(text)
        demand.sources["title"] = Source(pair.place, pair.text)


_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[:：]")


def _cooperation(demand: Demand, pair: Pair, text: str) -> None:
    """The modes, and what is explained on the lines below them."""
    first, _, below = text.partition("\n")
    chosen = modes(text)
    if chosen is not None:
        demand.value["cooperation"] = {"modes": chosen}
    elif _LABELLED.match(below.strip()) and (chosen := modes(first)) is not None:
        # The last part takes in whatever stands below it.
        demand.value["cooperation"] = {"modes": chosen}
        demand.report(
            "cooperation", pair, "合作方式下面另有一项，没有录入。", "看它属于哪一项，再填写。", below.strip()
        )
    elif below.strip() and (chosen := modes(first)) is not None:
        demand.value["cooperation"] = {"modes": chosen, "note": below.strip()}
    else:
        demand.value["cooperation"] = {"note": text}
        demand.report(
            "cooperation", pair, "合作方式不全在代码表里，只录入了说明。", "从代码表中选定合作方式（modes）填写。", text
        )


def _content(demand: Demand, pair: Pair, own: Set[str]) -> None:
    whole = prose(without_specimen(prose(pair.text)))
    if not blank(whole):
        demand.value["original_text"] = whole
        demand.sources["original_text"] = Source(pair.place, pair.text)
    if pair.doubts:
        why = doubts.reason(pair.doubts).removesuffix("，没有录入。")
        demand.report("original_text", pair, f"{why}，只保留了原文，没有分项。", doubts.hint(pair.doubts))
    if pair.doubts or blank(whole):
        return
    if len(pair.cells) > 1:
        demand.report(
            "original_text", pair, "内容分在几格里，已按顺序连在一起，没有分项。", "核对顺序后，把各部分填到分项里。"
        )
        return
    if any(mark in whole for mark in UNREAD):
        demand.report(
            "original_text",
            pair,
            "其中有图片、公式等程序读不出的内容，只保留了原文，没有分项。",
            "对照原件补上读不出的部分，再分项填写。",
        )
        return
    if has_specimen(whole):
        demand.report(
            "original_text", pair, "表上印的样例没有删净，只保留了原文，没有分项。", "删去样例文字，再分项填写。"
        )
        return
    _parts(demand, pair, whole, own)


def _parts(demand: Demand, pair: Pair, whole: str, own: Set[str]) -> None:
    whole, asked = without_contacts(whole)
    for line in asked:
        demand.tell(_CONTACT, pair, _PRIVATE, _KEEP_PRIVATE, line)
    parted = split(whole)
    if parted.parts and has_another_demand(whole):
        hint = "把几项需求分开，各填一份名称和内容。"
        demand.report("original_text", pair, "里面像是还有另一项需求，只保留了原文，没有分项。", hint)
        return
    if own and not parted.parts:
        # The other parts have rows of their own, so this is the 需求内容 proper.
        demand.value["summary"] = whole
        return
    if parted.reason:
        demand.report(
            "original_text",
            pair,
            f"{parted.reason}已整段保留为企业原文，没有分项。",
            "请把参数要求、需达到的效果、时间要求、合作方式分开填写。",
        )
        return
    missing = any(path not in parted.parts and path not in own for path in PARTS)
    for path in PARTS:
        if path in own:
            continue
        if path not in parted.parts:
            demand.report(path, pair, "需求内容里没有这一项。", "向企业核实后填写。", "")
        elif other_part_in(parted.parts[path], {*parted.parts, *own}):
            told = "里面还写着另一项的内容，没有录入。"
            demand.report(path, pair, told, "把各项分开填写。", parted.parts[path])
        elif path != "cooperation" and other_matter_in(parted.parts[path], missing and path != "parameters"):
            demand.report(path, pair, "里面另有一栏的内容，没有录入。", "看它属于哪一项，再填写。", parted.parts[path])
        elif is_without_content(parted.parts[path]):
            demand.report(path, pair, _UNSAID, _ASK, parted.parts[path])
        elif path == "cooperation":
            _cooperation(demand, pair, parted.parts[path])
        else:
            demand.value[path] = parted.parts[path]
            demand.sources[path] = Source(pair.place, parted.parts[path])


_UNSAID = "这一项只说“无”“待定”或在别处，没有内容。"
_ASK = "附件不随需求公布；向企业核实后，把内容写在这一项里。"


def _own_rows(demand: Demand, rows: _Rows) -> None:
    """Parts that stand in rows of their own, beside or instead of 需求内容."""
    for path, pair in rows.parts.items():
        text = prose(pair.text)
        if pair.doubts:
            demand.report(path, pair, doubts.reason(pair.doubts), doubts.hint(pair.doubts))
            continue
        if not pair.cells or blank(text):
            continue
        if path in demand.value and demand.value[path] != text:
            demand.report(path, pair, "这一项出现了两次，内容不同。", "核对后只保留一处。")
            demand.value.pop(path)
        elif len(pair.cells) > 1 or any(mark in text for mark in UNREAD):
            demand.report(path, pair, "内容分在几格里，或有程序读不出的内容。", "对照原件填写。")
        elif is_without_content(text):
            demand.report(path, pair, _UNSAID, _ASK)
        elif path == "cooperation":
            _cooperation(demand, pair, text)
        else:
            demand.value[path] = text
            demand.sources[path] = Source(pair.place, pair.text)


_CONTACT = "联系方式"
_PRIVATE = "需求里写了联系方式，没有录入公开的栏目。"
_KEEP_PRIVATE = "联系人、电话填在企业的栏目里；需求里只写技术内容。"


def _screen(demand: Demand, rows: _Rows, anchor: Pair) -> None:
    """Takes every text with contact data out of what would be published, and asks."""
    for pair in rows.contacts:
        demand.tell(_CONTACT, pair, _PRIVATE, _KEEP_PRIVATE, f"{pair.label}：{pair.shown}")
    for path in ("title", *PARTS):
        value = demand.value.get(path)
        text = value.get("note", "") if isinstance(value, dict) else value or ""
        if text and (names_a_contact(text) or find_contacts(text)):
            demand.value.pop(path)
            demand.sources.pop(path, None)
            demand.findings = [one for one in demand.findings if one.field != field_name("demand", (path,))]
            where = (rows.title if path == "title" else rows.parts.get(path) or rows.content) or anchor
            demand.tell(f"{field_name('demand', (path,))}·{_CONTACT}", where, _PRIVATE, _KEEP_PRIVATE, text)


_GIVEN_UP = r"(?:撤回|撤销|取消|作废|放弃|删除|暂缓|缓报|不报|不再(?:发榜|揭榜|申报|征集)|暂不(?:发榜|揭榜|申报)|停止(?:发榜|揭榜|申报))"
_BEFORE = r"(?:已经?|本项|该项|此项|本需求|该需求|申请|企业|予以|现|拟|决定|要求)"
_BEHIND = r"(?:揭榜|发榜|申报|本项|该项|此项|需求|了)*[\s。.]*"
WITHDRAWN = re.compile(
    rf"[（(【\[]\s*{_BEFORE}*{_GIVEN_UP}{_BEHIND}[）)】\]]|(?:已经?|予以|申请){_GIVEN_UP}{_BEHIND}\Z|\A{_BEFORE}*{_GIVEN_UP}{_BEHIND}\Z"
)
"""What a person writes on an item that is one no longer."""
_STATEMENT = 40
"""A content of fewer characters that says so withdraws its demand."""
_NOT_OPEN = r"(?:请?勿|不得|不予|不宜|不便|不愿|不能|不可|不要|谢绝|拒绝|禁止|暂不|不)(?:对外|向外|向社会)?(?:公开|公布|公示|发布|披露|外传|扩散)"
_KEPT = r"(?:涉密|涉及?(?:国家|商业|工作)?[秘机]密|属于?(?:国家|商业|工作)?[秘机]密|[机秘绝]密|(?:严格|注意)?保密|内部(?:资料|使用|文件)|仅供(?:内部|点对点).{0,6})"
_CLOSED = re.compile(
    r"(?:(?:特别)?(?:说明|注意|提示)|备?注|密级)?[:;]?[本该此这]?(?:以上|上述)?项?(?:技术|创新|企业)*(?:需求|项目|课题|内容|资料|信息|参数)*(?:为|是|系|已|均|暂|请|应|须|需要?|一律|部分|含?有)*"
    rf"(?:{_KEPT}|{_NOT_OPEN})(?:[,，、;；请]*(?:{_KEPT}|{_NOT_OPEN}))*的?(?:需求|项目|内容|资料|信息)?"
)
"""A whole remark that says that a demand may not be published."""
_REMARKS = re.compile(r"[（(【\[]([^（()）【】\[\]]{2,40})[）)】\]]")
_BLANKS = re.compile(r"[X×xX*＊某＿_]{2,}")


def visible(pair: Pair | None) -> str:
    """What of a value is left when everything is gone that is struck, hidden, deleted or no text."""
    if pair is None or any(doubts.kind_of(one) == doubts.ROW_DELETED for one in pair.doubts):
        return ""
    text = pair.text
    for mark in UNREAD:
        text = text.replace(mark, "")
    return text.strip()


def _closed(texts: Iterable[str]) -> str:
    """The remark, in brackets or on a line of its own, that says that a demand is secret or not to be published; empty for none."""
    for text in texts:
        for remark in (*_REMARKS.findall(text), *text.split("\n")):
            if _CLOSED.fullmatch(folded(remark).strip("()!")):
                return str(remark).strip()
    return ""


def _left_out(rows: _Rows, pairs: list[Pair], content: str) -> tuple[str, str] | None:
    """Why what stands there is no demand (any more), and what to do; None for one."""
    title = visible(rows.title)
    told = tuple(one for pair in pairs for one in pair.doubts)
    taken_away = rows.title and any(doubts.kind_of(one) != doubts.LEFT_BEHIND for one in rows.title.doubts)
    if told and (blank("".join(visible(pair) for pair in pairs)) or (taken_away and blank(title))):
        return f"{doubts.reason(told).removesuffix('，没有录入。')}，没有当作一项需求录入。", doubts.hint(told)
    if WITHDRAWN.search(title) or (len(content) < _STATEMENT and WITHDRAWN.search(content)):
        return "表上写明这一项撤回或作废，没有录入。", "向企业核实；仍要发榜的，请企业改表。"
    if all(is_without_content(visible(pair)) for pair in pairs if visible(pair)):
        return "只说“待定”“同上”或在别处，没有当作一项需求录入。", "向企业核实有没有这一项；有的，写明名称和内容。"
    if _BLANKS.search(title) and not content and rows.content and rows.content.cells:
        return "只有表上印的样例，没有录入。", "核对是不是没有填写。"
    return None


def _demand(position: int, rows: _Rows) -> Demand | Finding | None:
    """One demand; None for an empty one, a finding for one that is none any more."""
    content = rows.content if rows.content and (rows.content.cells or rows.content.doubts) else None
    words = prose(without_specimen(prose(content.text))) if content else ""
    own = [pair for pair in rows.parts.values() if pair.cells or pair.doubts]
    titled = rows.title if rows.title and (rows.title.cells or rows.title.doubts) else None
    pairs = [pair for pair in (titled, content, *own) if pair]
    filled = [pair for pair in pairs if pair is not content or words or pair.doubts]
    if all(says_nothing(pair.text) and not pair.doubts for pair in filled):
        return None
    if why := _left_out(rows, pairs, words):
        shown = "\n".join(pair.shown for pair in pairs)
        return Finding(_DEMAND, pairs[0].place, shown, f"{CHECK}：{why[0]}", why[1])
    if remark := _closed(visible(pair) for pair in pairs):
        told = "表上写明这一项保密或不公开，没有录入。"
        hint = "涉密的需求不得报送，按保密规定处理；只是不公开企业名称的，请企业在“是否公开企业名称”一栏勾选，删去这句话再导入。"
        return Finding(_DEMAND, pairs[0].place, remark, f"{CHECK}：{told}", hint)
    if content and blank(words) and not content.doubts:
        content = None
    anchor = titled or content or next(iter(own), None)
    if anchor is None:
        return None
    demand = Demand(position)
    if titled:
        _title(demand, titled)
    else:
        demand.report("title", rows.title or anchor, "没有填写需求名称。", "向企业核实后填写。", "")
    if content:
        _content(demand, content, {path for path, pair in rows.parts.items() if pair.cells or pair.doubts})
    elif not own:
        demand.report("original_text", rows.content or anchor, "没有填写需求内容。", "向企业核实后填写。", "")
    _own_rows(demand, rows)
    _screen(demand, rows, anchor)
    return demand


_DEMAND = "技术创新需求"


def read_demands(rows: Iterable[Row]) -> tuple[list[Demand], list[Row], list[Finding]]:
    """Every demand of a form that is not empty, the rows without them, and what was no demand any more."""
    demands: list[Demand] = []
    told: list[Finding] = []
    found, left = _rows(rows)
    for one in found:
        demand = _demand(len(demands) + 1, one)
        if isinstance(demand, Finding):
            told.append(demand)
        elif demand is not None:
            demands.append(demand)
    return demands, left, told
