"""Labels and what stands beside them: a form's tables as pairs, whatever cells were merged, split, moved, added or lost.

A label is recognised by its text; its value is what stands to its right before the next label, or behind its colon in the same cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise, takewhile

from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import NUMBER, Cell, Line, Table
from jiebang.forms.reading.labels import COUNTED, Key, is_choice, label_key
from jiebang.forms.reading.text import blank, narrow

Labels = Mapping[str, tuple[Key, ...]]

_LIKE_A_LABEL = re.compile(r"[\u4e00-\u9fff\s]{2,14}(?:[(（][^()（）]*[)）])?[:：]?\Z")
_UNIT = re.compile(r"[万亿元人币%]")
_IN_BRACKETS = re.compile(r"[(]([^()]*)[)]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value. `cells` are the value's cells that hold something; `keys` is empty for a label nobody knows."""

    label: str
    keys: tuple[Key, ...]
    cells: tuple[Cell, ...]
    place: str
    """Of the value; of the label where there is none."""
    person: str | None = None
    """The last label of a person before this one in the same row: whose telephone it is."""
    doubts: tuple[str, ...] = ()
    """What the file leaves in doubt about the label or the value, see `document.doubts`."""

    @property
    def shown(self) -> str:
        """The value as it stands there, with what makes it doubtful."""
        return doubts.quoted(self.text, self.doubts)

    @property
    def text(self) -> str:
        return "\n".join(cell.text for cell in self.cells)

    @property
    def number(self) -> bool:
        """Whether a spreadsheet holds the value as a number."""
        return len(self.cells) == 1 and self.cells[0].type == NUMBER

    @property
    def unit(self) -> str:
        """What the label says in brackets."""
        return " ".join(_IN_BRACKETS.findall(narrow(self.label)))


_BEGINS = r"(?:\A\s*|(?<=[\s；;。（(，,、])(?=\S))(?:[*＊★]\s*|[(（]?[0-9]{1,2}[.、．)）]\s*)?"
_LOOSELY = re.compile(r"[（(，,、]")
_BETWEEN = "[\\s_\"']*(?:[“”‘’]+[\\s_\"']*)*"
"""Stands between all letters of all labels. One set of signs from both ends of Unicode says the same, and takes three times as long to compile."""


@cache
def _pattern(labels: frozenset[str]) -> re.Pattern[str]:
    """Any of the labels with a colon behind it, at the beginning or behind space or a sign."""
    spelt = (_BETWEEN.join(re.escape(c) for c in label) for label in sorted(labels, key=len, reverse=True) if label)
    brackets = r"(?:\s*[(（][^()（）]{0,40}[)）])?"
    return re.compile(
        rf"{_BEGINS}(?P<label>{_BETWEEN}(?:{'|'.join(spelt)}){_BETWEEN}{brackets})\s*[:：]", re.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A label inside a text with what stands behind its colon; `clear`: nothing but space or a stop parts it from what is before."""

    label: str
    text: str
    start: int
    clear: bool


def _labels_in(text: str, labels: Labels) -> list[_Piece]:
    """`传真：… 电子邮箱：…` → both labels with their values."""
    found = [m for m in _pattern(frozenset(labels)).finditer(text) if label_key(m["label"]) in labels]
    ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
    return [
        _Piece(
            match["label"],
            text[match.end() : end].strip(),
            match.start(),
            not text[: match.start()].strip() or not _LOOSELY.match(text[match.start() - 1]),
        )
        for match, end in zip(found, ends, strict=True)
    ]


_WHOLE = {("demand", "title"), ("demand", "original_text")}


def _of_demands(keys: tuple[Key, ...]) -> bool:
    """Whether a label is one of a demand's: what stands in a demand is parted by its own reader."""
    return any(kind == "demand" for kind, _ in keys) or ("enterprise", "profile") in keys


def _title_and_content(pieces: list[_Piece], text: str, labels: Labels) -> list[_Piece]:
    """A demand's name and its content where both stand in one cell, the content from the next line on; nothing for another cell."""
    if ("demand", "title") not in labels[label_key(pieces[0].label)]:
        return []
    content = next((piece for piece in pieces[1:] if _of_demands(labels[label_key(piece.label)])), None)
    if content is None or not text[: content.start].rstrip(" \t\u3000").endswith("\n") or blank(pieces[0].text):
        return []
    return [pieces[0], _Piece(_CONTENT, text[content.start :].strip(), content.start, clear=True)]


_CONTENT = "需求内容"
"""The form's label for all that a demand says."""


def _inline(cell: Cell, labels: Labels) -> list[_Piece]:
    """The labels with their values in a cell that begins with one."""
    pieces = _labels_in(cell.text, labels)
    if not pieces or cell.text[: pieces[0].start].strip():
        return []
    if _of_demands(labels[label_key(pieces[0].label)]):
        if len(pieces) > 1 and not _WHOLE & set(labels[label_key(pieces[0].label)]):
            # Several parts of a demand without its label: they go on with what is above.
            return []
        if parted := _title_and_content(pieces, cell.text, labels):
            return parted
        whole = cell.text[cell.text.index(pieces[0].label) + len(pieces[0].label) :].lstrip()[1:].strip()
        pieces = [replace(pieces[0], text=whole)]
    else:
        pieces = [piece for piece in pieces if not _of_demands(labels[label_key(piece.label)])]
    return pieces if any(not blank(piece.text) for piece in pieces) else []


_SUFFIX = re.compile(
    r"(?:及|和|与|或|/).*|(?:签字|签名|签章|盖章|姓名|职务|电话|手机|号码|代码|名称|情况|说明|类别|类型|方式|时间|日期|地点|单位|金额|比例|备注)+\Z"
)


_GAP = re.compile(r"\s+|(?=[□☐☑■√✓])")
_LONGEST_LABEL = 60
"""Characters of a label with its unit or explanation."""


def _led_by_a_label(text: str, labels: Labels) -> tuple[str, str] | None:
    """The label at the beginning of a text and what is behind it, where only a space, a line break or a box stands between the two."""
    own = None
    for gap in _GAP.finditer(text[:_LONGEST_LABEL]):
        keys = labels.get(label_key(text[: gap.start()]), ())
        if keys and not _of_demands(keys) and text[gap.end() :].strip():
            own = text[: gap.start()], text[gap.end() :].strip()
    return own


def _unparted(cell: Cell, following: list[Cell], labels: Labels) -> list[_Piece]:
    """The value that was typed into its label's cell without a colon, where no cell of its own holds one: `企业性质 ☑民营`."""
    if following and not (
        blank(after := following[0].text) or label_key(after) in labels or _led_by_a_label(after, labels)
    ):
        return []
    found = _led_by_a_label(cell.text, labels)
    if found is None:
        return []
    label, value = found
    if blank(value) or label_key(value) in labels or _SUFFIX.match(value):
        return []
    return [_Piece(label, value, 0, clear=True)]


def _like_a_label(cell: Cell, following: list[Cell], labels: Labels) -> bool:
    """A label that the official form does not have: short words in Han with a value of its own behind them."""
    if not following or label_key(following[0].text) in labels:
        return False
    return bool(_LIKE_A_LABEL.match(cell.text)) and not _UNIT.search(cell.text)


_ASKS = re.compile(r"[是能可与]否|有无")
_SAYS = re.compile(r"[不未没勿含]|无(?![人线机形])|暂|请|撤[回销]|作废|[暂延]缓")
_A_LABEL_ENDS = re.compile(
    r"(?:名称|情况|电话|手机|传真|[地网]址|[网邮]?站|邮[箱编]|日期|时间|时限|期限|周期|[人员者方处]|[人总个件次天年月]?数|数?量|金?额|收入|支出|资[本产金质]|利润|成本|费用?|经费|预算"
    r"|产[品值能]|类[型别]|性质|规模|领域|行业|产业|代码|编[号码]|号码?|账户|方式|形式|意见|建议|结论|结果|单位|部门|机构|机关|银行|职[务称]|学历|专业|备注|说明|签[字名章]|盖?章"
    r"|[率比]例?|税|专利|标准|荣誉|奖项|等?级|业务|内容|要求|目标|指标|参数|来源|状态|进[度展]|现状|[省市区县]|街道|园区|基地|平台|项目|事项|需求|技术|能力|水平|优势|条件|基础|措施|计划|方案"
    r"|公开|上市|材料|附件|清单|概[况述]|简介|描述|类|属地?|所在地|场景|用途|[关词]键?字?|日)\Z"
)
_SHORT_LABEL = 4


def _says_something(text: str) -> bool:
    """Whether words with nothing behind them are more than the label of an empty cell: 数据未经审计."""
    plain = _ASKS.sub("", re.sub(r"\s|[:：]\Z|[(（][^()（）]*[)）]", "", text))
    return bool(_SAYS.search(plain)) or (len(plain) > _SHORT_LABEL and not _A_LABEL_ENDS.search(plain))


def _values(row: list[Cell], start: int, keys: tuple[Key, ...], labels: Labels) -> list[Cell]:
    """The cells behind a label up to the next one, known or not. Options in cells of their own look like labels and are none."""
    options = any(is_choice(*key) for key in keys)
    found: list[Cell] = []
    for number in range(start, len(row)):
        cell = row[number]
        unknown = found and not options and _like_a_label(cell, row[number + 1 :], labels)
        if label_key(cell.text) in labels or unknown:
            break
        found.append(cell)
    return found


PERSONS = ("legal_representative.name", "contact.name")


@dataclass(slots=True)
class Row:
    """One row: its pairs, and the cells that are part of none."""

    number: int
    pairs: list[Pair] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
    goes_on: bool = False
    """Whether it goes on with the row of a list above it: it has neither a number nor a name of its own."""
    said: list[Cell] = field(default_factory=list)
    """What stands where a label would and says something by itself: nobody's value, and to be shown to a person."""


def _more_in(pair: Pair, labels: Labels) -> Iterator[Pair]:
    """A pair, and those whose label and value were written into its value: `示例路 1 号 邮编：012345`."""
    if len(pair.cells) != 1 or not pair.keys or _of_demands(pair.keys):
        yield pair
        return
    (cell,) = pair.cells
    pieces = [piece for piece in _labels_in(cell.text, labels) if not _of_demands(labels[label_key(piece.label)])]
    own = [p for p in pieces if not cell.text[: p.start].strip() and labels[label_key(p.label)] == pair.keys]
    others = [piece for piece in pieces if piece not in own]
    if not pieces:
        yield pair
        return
    before = own[0].text if own else cell.text[: others[0].start].strip()
    unclear = any(not piece.clear for piece in others)
    told = (*pair.doubts, doubts.doubt(doubts.CROWDED, cell.text)) if unclear else pair.doubts
    kept = (replace(cell, text=before),) if not blank(before) else ()
    yield replace(pair, cells=kept, doubts=told)
    for piece in others:
        inside = () if blank(piece.text) else (replace(cell, text=piece.text),)
        yield Pair(piece.label, labels[label_key(piece.label)], inside, cell.place, pair.person, told)


def _read_row(row: list[Cell], below: list[Cell], labels: Labels) -> Row:
    """One row. `below` are the cells of further rows that a tall label covers."""
    read = Row(row[0].row)
    person: str | None = None
    position = 0
    while position < len(row):
        cell = row[position]
        keys = labels.get(label_key(cell.text), ())
        position += 1
        found: list[Pair] = []
        inline = [] if keys else _inline(cell, labels) or _unparted(cell, row[position:], labels)
        if inline:
            found = [
                Pair(
                    piece.label,
                    labels[label_key(piece.label)],
                    () if blank(piece.text) else (replace(cell, text=piece.text, rows=1, columns=1),),
                    cell.place,
                    person,
                    cell.doubts if piece.clear else (*cell.doubts, doubts.doubt(doubts.CROWDED, cell.text)),
                )
                for piece in inline
            ]
        elif keys or _like_a_label(cell, row[position:], labels):
            values = _values(row, position, keys, labels)
            position += len(values)
            tall = [c for c in below if keys and cell.rows > 1 and cell.row < c.row < cell.row + cell.rows]
            filled = tuple(c for c in [*values, *tall] if not blank(c.text))
            place = filled[0].place if filled else (values or [cell])[0].place
            told = tuple(one for c in [cell, *values, *tall] for one in c.doubts)
            if not (keys or filled or told) and _says_something(cell.text):
                read.said.append(cell)
                continue
            found = list(_more_in(Pair(cell.text, keys, filled, place, person, told), labels))
        elif not blank(cell.text) or cell.doubts:
            read.loose.append(cell)
        for pair in found:
            owner = next((path for _, path in pair.keys if path in PERSONS), None)
            read.pairs.append(pair if pair.person or owner else replace(pair, person=person))
            person = owner or person
    return read


_HEADING = 14
"""Characters of a column's heading."""
_COUNTS = re.compile(r"[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳]")


def _heads_a_list(head: list[Cell], keys: list[tuple[Key, ...]], counted: bool) -> bool:
    """Whether a row with columns that nobody knows heads a list of demands or items: two known ones side by side, or one that counts in front."""
    known = [bool(each) for each in keys]
    beside = any(one and other for one, other in pairwise(known))
    if sum(known) < 2 or not (beside or counted) or not any(kind != "enterprise" for each in keys for kind, _ in each):
        return False
    return all(one or _is_heading(cell) for one, cell in zip(known, head, strict=True))


def _is_heading(cell: Cell) -> bool:
    return not blank(cell.text) and len(cell.text.strip()) <= _HEADING and not _COUNTS.fullmatch(cell.text.strip())


_OWN_LISTS = (
    {("demand", "title"), ("demand", "original_text")},
    {("application", "item.name"), ("application", "item.code")},
)


def _of_something_else(rows: list[list[Cell]], labels: Labels) -> bool:
    """Whether a row of headings with rows below it lists neither demands nor items nor enterprises: 序号 | 名称 | 专利号."""
    head, *others = rows
    keys = [labels.get(label_key(cell.text), ()) for cell in head]
    counted = label_key(head[0].text) in COUNTED
    told = {key for each in keys for key in each}
    own = any(each <= told for each in _OWN_LISTS) or sum(kind == "enterprise" for kind, _ in told) > 1
    if own or len(head) < 3 or not others or not all(map(_is_heading, head)):
        return False
    return (counted or len(head) == len(others[0])) and not any(
        label_key(c.text) in labels for row in others for c in row
    )


def lists_something_else(table: Table, labels: Labels) -> bool:
    """Whether a table drawn inside an answer is part of that answer, whatever words head its columns."""
    return _of_something_else(table.rows(), labels)


def _below(rows: list[list[Cell]], at: int, labels: Labels) -> list[list[Cell]]:
    """The rows that hold the values of a row of labels: cell below cell, and no label among them. One row, or a list of demands or items."""
    head = rows[at]
    keys = [labels.get(label_key(cell.text), ()) for cell in head]
    counted = label_key(head[0].text) in COUNTED
    if len(head) - counted < 2 or not (all(keys[counted:]) or _heads_a_list(head, keys, counted)):
        return []
    if any(one.column + one.columns != other.column for one, other in pairwise(head)):
        return []
    columns = [(cell.column, cell.columns) for cell in head]
    found: list[list[Cell]] = []
    for row in rows[at + 1 :]:
        places = [(cell.column, cell.columns) for cell in row]
        if any(label_key(cell.text) in labels for cell in row) or not set(places) <= set(columns):
            break
        found.append(row)
    if not counted and all(keys) and not all(any(kind != "enterprise" for kind, _ in each) for each in keys):
        found = found[:1]
    filled = [cell for row in found for cell in row if not blank(cell.text)]
    return found if filled and sum(not blank(cell.text) for cell in found[0]) > 1 else []


def _read_below(head: list[Cell], row: list[Cell], labels: Labels) -> Row:
    """A row of values under a row of labels."""
    read = Row(row[0].row, goes_on=_goes_on(head, row, labels))
    person: str | None = None
    for label in head:
        keys = labels.get(label_key(label.text), ())
        values = tuple(cell for cell in row if cell.column == label.column)
        if keys:
            filled = tuple(cell for cell in values if not blank(cell.text))
            told = tuple(one for cell in (label, *values) for one in cell.doubts)
            owner = next((path for _, path in keys if path in PERSONS), None)
            place = (values or (label,))[0].place
            read.pairs += list(_more_in(Pair(label.text, keys, filled, place, None if owner else person, told), labels))
            person = owner or person
        elif label_key(label.text) not in COUNTED:
            told = tuple(one for cell in values for one in cell.doubts)
            filled = tuple(c for c in values if not (blank(c.text) or _COUNTS.fullmatch(c.text.strip())))
            if filled or told:
                read.pairs.append(Pair(label.text, (), filled, values[0].place, doubts=told))
    return read


_NAMES = {("demand", "title"), ("application", "item.name")}


def _goes_on(head: list[Cell], row: list[Cell], labels: Labels) -> bool:
    """Whether a row of a list has neither a number nor a name, and something in another column."""
    own = [
        one.column
        for one in head
        if label_key(one.text) in COUNTED or _NAMES & set(labels.get(label_key(one.text), ()))
    ]
    return bool(own) and all(blank(cell.text) for cell in row if cell.column in own)


def _swapped(read: Row, row: list[Cell], labels: Labels) -> bool:
    """Whether a row looks like one whose values stand left of their labels."""
    if len(row) < 4 or label_key(row[-1].text) not in labels or label_key(row[0].text) in labels:
        return False
    known = [label_key(cell.text) in labels for cell in row]
    return known == [number % 2 == 1 for number in range(len(row))] and not blank(row[0].text) and row[0] in read.loose


def _others_below(rows: list[list[Cell]], at: int, labels: Labels) -> int:
    """How many rows stand below a counted row of headings that lists something else, on its columns."""
    columns = [(cell.column, cell.columns) for cell in rows[at]]
    if label_key(rows[at][0].text) not in COUNTED:
        return 0
    below = list(takewhile(lambda row: [(cell.column, cell.columns) for cell in row] == columns, rows[at + 1 :]))
    return len(below) if _of_something_else([rows[at], *below], labels) else 0


def _as_one(row: list[Cell]) -> Cell:
    """A row as a person is shown it."""
    told = tuple(one for cell in row for one in cell.doubts)
    return replace(row[0], text=" | ".join(cell.text for cell in row), doubts=told)


def read_rows(table: Table, labels: Labels) -> Iterator[Row]:
    """Every row of a table with its pairs, in reading order."""
    tall: list[Cell] = []
    rows = table.rows()
    under: dict[int, list[Cell]] = {}
    skipped = -1
    for at, row in enumerate(rows):
        if at <= skipped:
            continue
        if at in under:
            yield _read_below(under[at], row, labels)
            continue
        if below := _below(rows, at, labels):
            under.update(dict.fromkeys(range(at + 1, at + 1 + len(below)), row))
            continue
        if others := _others_below(rows, at, labels):
            skipped = at + others
            yield Row(row[0].row, said=[_as_one(each) for each in rows[at : skipped + 1]])
            continue
        number = row[0].row
        deepest = max(number + cell.rows for cell in row)
        covered = [cell for cell in table.cells if number < cell.row < deepest]
        read = _read_row(row, covered, labels)
        if _swapped(read, row, labels):
            told = doubts.doubt(doubts.SWAPPED, " | ".join(cell.text for cell in row))
            read.pairs = [replace(pair, doubts=(*pair.doubts, told)) for pair in read.pairs]
        read.loose = [cell for cell in read.loose if not any(_covers(label, cell) for label in tall)]
        tall.extend(cell for cell in row if cell.rows > 1 and label_key(cell.text) in labels)
        yield read


def _covers(label: Cell, cell: Cell) -> bool:
    return label.row < cell.row < label.row + label.rows


def pairs_of(table: Table, labels: Labels) -> Iterator[tuple[int, Pair]]:
    """Every pair of a table with the number of its row, in reading order."""
    for row in read_rows(table, labels):
        yield from ((row.number, pair) for pair in row.pairs)


def pair_of_line(line: Line, labels: Labels) -> Pair | None:
    """`企业名称：示例公司` outside the tables."""
    return next(iter(pairs_of_line(line, labels)), None)


def pairs_of_line(line: Line, labels: Labels) -> list[Pair]:
    """The pairs of a line outside the tables: a label counts at its beginning, further ones behind space or a stop."""
    return _read_row([Cell(line.text, line.place, 0, 0, doubts=line.doubts)], [], labels).pairs
