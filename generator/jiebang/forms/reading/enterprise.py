"""The first parts of Annex 1 and 2: one enterprise. Each field has its reader; what a reader is not certain of becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import DAY, UNREAD, Cell
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.labels import ANNEX_1, hints_of, is_choice, label_key, options_of
from jiebang.forms.reading.layout import PERSONS, Pair, Row
from jiebang.forms.reading.text import Unclear, blank, folded, narrow, says_nothing, without_prompts
from jiebang.forms.reading.values import codes, dates, industry, numbers, people, places
from jiebang.forms.reading.values.demand_content import names_a_contact
from jiebang.forms.reading.values.ticks import choose, is_tick
from jiebang.schemas import field_at, resolved_schema

ROLES = {ANNEX_1: "大企业"}
_UNITS = {"registered_capital": "万元", "revenue": "万元", "employees": "人"}
_UNIT_ALONE = re.compile(r"[亿百千万]*元|[人名个]")
_ANY = r"[\s_:：、，,。．.；;()（）《》“”\"…]*"


def without_hints(kind: str, path: str, text: str) -> str:
    """A value without what the empty form has printed in its place, however it is spaced; all else stays as typed."""
    for hint in sorted(hints_of(kind, path), key=len, reverse=True):
        letters = [re.escape(c) for c in hint if re.match(r"[\w\-/]", c)]
        for match in reversed(list(re.finditer(f"{_ANY}{_ANY.join(letters)}{_ANY}", narrow(text), re.IGNORECASE))):
            text = text[: match.start()] + text[match.end() :]
    return without_prompts(text)


_OF_ENTERPRISES = {"nature", "size"}
"""Choices whose options are kinds of enterprises: 民营企业 is 民营."""
_REPEATED = re.compile(r"(?<=公开)\s*企业名称")


def _choice(path: str, pair: Pair) -> Any:
    if len({cell.row for cell in pair.cells}) > 1 and any(
        not re.search(r"[\u4e00-\u9fff]", c.text) for c in pair.cells
    ):
        return Unclear("选项和勾不在同一行，看不出勾选的是哪一项。")
    if path == "disclosure":
        # ☑不公开企业名称
        pair = replace(pair, cells=tuple(replace(c, text=_REPEATED.sub("", c.text)) for c in pair.cells))
    options = options_of("enterprise", path)
    if path == "channel":
        return _channel(pair.text, options)
    if any(_apart(cell.text, options) for cell in pair.cells):
        return Unclear("勾单独写在一行，看不出勾选的是哪一项。")
    if path in _OF_ENTERPRISES:
        word = re.compile(rf"(?<=[{''.join(option[-1] for option in options)}])企业")
        pair = replace(pair, cells=tuple(replace(c, text=word.sub("", c.text)) for c in pair.cells))
    several = path == "types"
    chosen = choose(pair.text, options, several, ("其他",) if several else ())
    if chosen.reason:
        return Unclear(
            f"{chosen.reason}（{'可多选' if several else '应选一项'}：{'、'.join(options)}）。", "对照原件核对后填写。"
        )
    if chosen.after:
        return Unclear("“其他”后面写了说明，没有地方填。", "核对说明里有没有应另外登记的内容，再填写企业类型。")
    return list(chosen.values) if several else chosen.values[0]


def _apart(text: str, options: tuple[str, ...]) -> bool:
    """Whether a tick stands on a line of its own in a cell that has the options on others."""
    lines = [line for line in text.split("\n") if line.strip()]
    return any(option in text for option in options) and any(is_tick(line) for line in lines)


def _channel(text: str, options: tuple[str, ...]) -> Any:
    chosen = choose(text, options, free=options)
    if chosen.reason:
        return Unclear(f"{chosen.reason}（只选一个渠道：{'、'.join(options)}）。", "对照原件核对后填写。")
    kind = chosen.values[0]
    names = {option: re.sub(r"\A[\s:：_＿]+|[\s_＿]+\Z", "", after) for option, after in chosen.after.items()}
    if any(not blank(name) for option, name in names.items() if option != kind):
        return Unclear("没有勾选的渠道后面也写了单位名称。", "核对选的是哪个渠道。")
    name = re.sub(r"\s*\n\s*|[_＿]+", "", names.get(kind, ""))
    name = re.sub(r"\A[(（]([^()（）]*)[)）]\Z", r"\1", name).strip()
    return {"kind": kind} if blank(name) else {"kind": kind, "name": name}


_SUM = re.compile("[十百千万亿]*[万亿]元|[十百千]*元|[十百千万亿]+")
_UNIT_TOLD = re.compile(
    r"[(（]?(?:[\u4e00-\u9fff]{2})?(?:计量|货币)?单位[:：]?((?:人民币)?[十百千万亿美欧港日]*元(?:人民币)?(?:[,，、].{0,8})?)[)）]?"
)


def unit_told(texts: Iterable[str]) -> str:
    """What a form says of the unit of all its amounts, where it is not 万元: 单位：元. Empty where it says nothing."""
    for text in texts:
        plain = re.sub(r"\s", "", text)
        found = _UNIT_TOLD.fullmatch(plain)
        if found and (_SUM.findall(found[1]) != ["万元"] or "美" in plain):
            return plain
    return ""


def _amount(path: str, pair: Pair) -> Any:
    unit = _UNITS[path]
    told = re.sub(r"\s", "", pair.unit)
    stated = re.search(r"元|万|亿|人|美", told)
    fits = set(_SUM.findall(told)) == {unit} if unit == "万元" else re.search("(?<![十百千万亿])人", told)
    if (stated and not fits) or "美" in told:
        return Unclear(f"表上这一栏的单位不是{unit}。", "换算后填写。")
    return numbers.amount(pair.text, unit)


def _alone(pair: Pair) -> Pair:
    """A pair with an enterprise's name without 填表人, 填表日期 or a day behind it."""
    cells = tuple(replace(cell, text=codes.alone(cell.text)) for cell in pair.cells)
    return replace(pair, cells=tuple(cell for cell in cells if not blank(cell.text)))


_MAY_BE_NONE = {"fax", "contact.mobile", "legal_representative.phone", "legal_representative.mobile"}
"""Fields that nobody must have: 无 is an answer."""


def _filled(path: str, pair: Pair) -> bool:
    """Whether a person wrote something: not what is printed, not the line to write on, not 盖章."""
    text = without_hints("enterprise", path, pair.text)
    if path in _MAY_BE_NONE and says_nothing(text):
        return False
    return not blank(codes.unsealed(text) if path == "name" else text)


def _same(path: str, one: Pair, other: Pair) -> bool:
    """Whether two places of the form say the same, however it is spaced."""
    texts = [codes.unsealed(pair.text) if path == "name" else pair.text for pair in (one, other)]
    return folded(texts[0]) == folded(texts[1])


_READERS: dict[str, Callable[[Pair], Any]] = {
    "name": lambda pair: codes.name(pair.text),
    "credit_code": lambda pair: codes.credit_code(pair.text, pair.number),
    "registered_place": lambda pair: places.place(pair.text),
    "registered_on": lambda pair: dates.day(pair.text),
    "legal_representative.name": lambda pair: people.person(pair.text),
    "legal_representative.phone": lambda pair: codes.phone(pair.text, pair.number),
    "legal_representative.mobile": lambda pair: codes.phone(pair.text, pair.number),
    "contact.phone": lambda pair: codes.phone(pair.text, pair.number),
    "contact.mobile": lambda pair: codes.phone(pair.text, pair.number),
    "fax": lambda pair: codes.phone(pair.text, pair.number),
    "email": lambda pair: codes.email(pair.text),
    "registered_capital": lambda pair: _amount("registered_capital", pair),
    "employees": lambda pair: _amount("employees", pair),
    "revenue": lambda pair: _amount("revenue", pair),
    "industry": lambda pair: industry.industry(pair.text),
    "address": lambda pair: codes.address(pair.text),
    "postcode": lambda pair: codes.postcode(pair.text, pair.number),
    "profile": lambda pair: codes.profile(pair.text),
}
_LETTER_BOXES = {"credit_code", "postcode"}
"""Fields that some forms give one cell for each character."""


_ANOTHER = re.compile(
    r".{0,8}(?:负责人|经办人|填[表报]人|制表人|审核人|经理|总监|总裁|总工|主管|会计|财务|出纳|工程师|董事长|法务|秘书|股东|控制人|对接人|申[报请]人|联络人|联络员|代理人|委托人|授权人|(?:授权|委托|企业|股东)代表|助理|专员)(?:姓名|及职务)?"
    r"|.{0,6}(?:第[二三2３3]|备用|备选|其他|其它|另一|紧急|技术|财务|商务|业务).{0,2}联系人(?:姓名|及职务)?|联系人[2-9二三](?:姓名|及职务)?"
)
"""Words for a person whom the form does not ask for."""


_DEPARTMENT = re.compile(r".*(?:部|处|室|科|办|中心)")


def _names_somebody(pair: Pair) -> bool:
    """Whether a value is a name with a position, or a name behind that of a department: 财务部 | 示例丙."""
    found = people.name_and_position(pair.text) if len(pair.cells) == 1 else None
    return isinstance(found, tuple) and bool(found[1] or _DEPARTMENT.fullmatch(label_key(pair.label)))


def with_others(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows; a pair behind the name of a person whom the form does not ask for (技术负责人 | 示例丙 | 手机) has that for its `person`."""
    tall: list[Cell] = []
    for row in rows:
        tall = [cell for cell in tall if row.number < cell.row + cell.rows]
        loose = [cell for cell in (*tall, *row.loose) if _ANOTHER.fullmatch(label_key(cell.text))]
        others: dict[float, str] = {cell.column: cell.text for cell in loose}
        tall += [cell for cell in row.loose if cell.rows > 1]
        asked = last = -1
        pairs: list[Pair] = []
        for pair in row.pairs:
            # A label without a value stands somewhere behind the last one.
            begins = min((cell.column for cell in pair.cells), default=None)
            if not pair.keys and (_ANOTHER.fullmatch(label_key(pair.label)) or _names_somebody(pair)):
                others[last + 0.5 if begins is None else begins - 0.5] = pair.label
            if any(path in PERSONS for _, path in pair.keys) and begins is not None:
                asked = begins
                # 法人代表 | 示例甲 | 财务负责人 | 示例丙: all of it stands behind the one label that is known.
                alone = any(path == PERSONS[1] for _, path in pair.keys)
                inside = [c for c in pair.cells[1:-1] if not alone or _ANOTHER.fullmatch(label_key(c.text))]
                others |= {cell.column: cell.text for cell in inside}
            last = last if begins is None else begins
            before = [column for column in others if asked < column < last]
            pairs.append(replace(pair, person=others[max(before)]) if before and begins is not None else pair)
        yield replace(row, pairs=pairs)


_A_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}(?:省|市|自治州|地区|盟|区|县|旗)")


class Reader:
    """Reads the pairs of one form into an enterprise's value."""

    def __init__(self, annex: str, unit: str = "") -> None:
        self.annex = annex
        self.unit = unit
        """What the form says of all its amounts, see `unit_told`."""
        self.value: dict[str, Any] = {}
        self.sources: dict[str, Source] = {}
        self.findings: list[Finding] = []
        self._seen: dict[str, Pair] = {}

    def take(self, pairs: Iterable[Pair]) -> None:
        """Takes every pair that belongs to an enterprise."""
        at_place = False
        for pair in pairs:
            if pair.keys:
                at_place = pair.keys[0][1] == "registered_place"
                if path := self._path(pair):
                    self._take(path, pair)
            elif at_place and pair.cells and _A_PLACE.fullmatch(label_key(pair.label)):
                # 吉林省 | 长春市 | 示例县
                whole = replace(pair.cells[0], text=f"{pair.label.strip()}\n{pair.text}")
                told = "地名分在几格里，看不出省、市、县（区）的分界。"
                hint = "对照营业执照，把省、市、县（区）分开填写。"
                self._doubtful("registered_place", replace(pair, cells=(whole,)), told, hint)
                self._drop("registered_place")
            else:
                self._unknown(pair)

    def _unknown(self, pair: Pair) -> None:
        if pair.cells or pair.doubts:
            self._report(
                "表外的一栏",
                pair,
                f"{CHECK}：官方表格没有“{pair.label.strip()}”这一栏，内容没有录入。",
                "有用的内容请写进工作备注。",
            )

    def _path(self, pair: Pair) -> str | None:
        """The field a pair fills; whose telephone it is, is told by the person before it in the row."""
        paths = [path for kind, path in pair.keys if kind == "enterprise"]
        if len(paths) < 2:
            return paths[0] if paths else None
        owner = pair.person or (PERSONS[1] if self.annex == ANNEX_1 else None)
        if owner is None:
            if pair.cells:
                self._report(pair.label, pair, f"{CHECK}：看不出是法人代表的还是联系人的。", "对照原件核对后填写。")
            return None
        if owner not in PERSONS:
            told = f"{CHECK}：前面写的是“{label_key(owner)}”，不是联系人或法人代表的，没有录入。"
            self._report(pair.label, pair, told, "是联系人的，填在联系人的栏目里；别人的写进工作备注。")
            return None
        return next(path for path in paths if path.split(".")[0] == owner.split(".")[0])

    def _report(self, field: str, pair: Pair, message: str, hint: str) -> None:
        self.findings.append(Finding(re.sub(r"\s", "", field), pair.place, pair.shown, message, hint))

    def _doubtful(self, path: str, pair: Pair, message: str, hint: str) -> None:
        self._report(field_name("enterprise", tuple(path.split("."))), pair, f"{CHECK}：{message}", hint)

    def _take(self, path: str, pair: Pair) -> None:
        earlier = self._seen.get(path)
        if path == "name":
            pair = _alone(pair)
        if pair.doubts:
            self._seen[path] = pair
            self._doubtful(path, pair, doubts.reason(pair.doubts), doubts.hint(pair.doubts))
            self._drop(path)
            return
        if not _filled(path, pair):
            self._seen.setdefault(path, replace(pair, cells=()))
            return
        if earlier is not None and earlier.cells and not _same(path, earlier, pair):
            self._doubtful(path, pair, f"这一栏出现了两次，内容不同（另一处在{earlier.place}）。", "核对后只保留一处。")
            self._drop(path)
            return
        if earlier is None or not (earlier.cells or earlier.doubts):
            self._seen[path] = pair
            self._read(path, pair)

    def _read(self, path: str, pair: Pair) -> None:
        if path == "name":
            cells = tuple(replace(cell, text=cell.text.replace("〔图片〕", "").strip()) for cell in pair.cells)
            pair = replace(pair, cells=tuple(cell for cell in cells if cell.text))
        found = self._value(path, pair, without_hints("enterprise", path, pair.text))
        if isinstance(found, Unclear):
            self._doubtful(path, pair, found.reason, found.hint)
            return
        self.sources[path] = Source(pair.place, pair.text)
        self._set(path, found)
        if path == "name" and (beside := codes.beside_a_name(codes.unsealed(pair.text))):
            message = f"名称后面还写着“{beside}”，没有录入。"
            self._doubtful(path, pair, message, "信用代码填在自己的一栏；简称写在记录的 aliases 里。")
        if path == "contact.name" and people.numbers_in(pair.text):
            message = "姓名后面还写了号码或邮箱，只录入了姓名和职务。"
            self._doubtful(path, pair, message, "号码和邮箱填在各自的栏目里。")

    def _value(self, path: str, pair: Pair, text: str) -> Any:
        """The value, or why there is none; a reader gets one cell without hints."""
        if any(mark in pair.text for mark in UNREAD):
            return Unclear("这一格里有程序读不出的内容（图片、公式、下拉框或删除线）。")
        if is_choice("enterprise", path):
            return _choice(path, pair)
        if self.unit and _UNITS.get(path) == "万元" and not re.search("[元万亿]", pair.unit + pair.text):
            return Unclear(f"表上写着“{self.unit}”，这一栏没有另写单位。", "换算成万元后填写。")
        if path in _UNITS and len(pair.cells) == 2 and _UNIT_ALONE.fullmatch(pair.cells[1].text.strip()):
            # 12000 | 万元
            whole = replace(pair.cells[0], text="".join(cell.text.strip() for cell in pair.cells))
            return _READERS[path](replace(pair, cells=(whole,)))
        if len(pair.cells) > 1:
            single = all(len(cell.text.strip()) == 1 for cell in pair.cells)
            if not (path in _LETTER_BOXES and single):
                return Unclear("内容分在几格里，看不出怎样合在一起。")
        if pair.cells[0].type == DAY and path != "registered_on":
            return Unclear("单元格被 Excel 变成了日期。")
        cell = pair.cells[0]
        plain = Pair(pair.label, pair.keys, (type(cell)(text, cell.place, 0, 0, type=cell.type),), pair.place)
        if path == "contact.name":
            return people.name_and_position(text)
        if path == "profile" and names_a_contact(text):
            return Unclear("里面写了联系方式，没有录入。", "联系人、电话填在各自的栏目里，这一栏只写企业的情况。")
        return _READERS[path](plain)

    def _set(self, path: str, found: Any) -> None:
        group, _, name = path.partition(".")
        if path == "contact.name":
            person, position = found
            self.value.setdefault("contact", {}).update(
                {"name": person, **({"position": position} if position else {})}
            )
        elif name:
            self.value.setdefault(group, {})[name] = found
        else:
            self.value[path] = found
        if path == "channel" and "name" not in found:
            self._doubtful("channel.name", self._seen[path], "选了渠道，没有写单位名称。", "向企业核实后填写。")

    def _drop(self, path: str) -> None:
        group, _, name = path.partition(".")
        target = self.value.get(group, {}) if name else self.value
        target.pop(name or path, None)

    def close(self) -> None:
        """Names what the form should have and does not."""
        known = {finding.field for finding in self.findings}
        for path in self._required():
            group, _, name = path.partition(".")
            title = field_name("enterprise", tuple(path.split(".")))
            inside = self.value.get(group, {})
            if title in known or (name in inside if name else path in self.value):
                continue
            pair = self._seen.get(path)
            told = f"{CHECK}：没有填写。" if pair else f"{CHECK}：表里没有这一栏。"
            self.findings.append(Finding(title, pair.place if pair else "", "", told, "向企业核实后，在记录里填写。"))

    def _required(self) -> Iterator[str]:
        """Required fields that have a label of their own on the form."""
        schema = resolved_schema("enterprise")
        for path in [*schema["required"], *self._by_role()]:
            inner = [f"{path}.{name}" for name in schema["properties"][path].get("required", ())]
            yield from (p for p in (path, *inner) if (field := field_at("enterprise", p)) and field.labels)

    def _by_role(self) -> list[str]:
        branches = resolved_schema("enterprise")["allOf"]
        role = ROLES.get(self.annex, "中小企业")
        return [
            name for b in branches if b["if"]["properties"]["role"]["const"] == role for name in b["then"]["required"]
        ]
