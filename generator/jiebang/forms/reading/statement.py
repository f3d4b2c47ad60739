"""Annex 3, the 申请书: running text under fixed headings. A heading is known by its words, numbered by hand, by Word, or not at all."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from jiebang.catalogue.record import field_name
from jiebang.forms.reading.attachments import as_text
from jiebang.forms.reading.document import doubts
from jiebang.forms.reading.document.grid import UNREAD, Block, Cell, Line, Table
from jiebang.forms.reading.evidence import FIRST_ATTACHED, ONE_ATTACHED, is_heading, read_evidence
from jiebang.forms.reading.findings import CHECK, Finding, Source
from jiebang.forms.reading.labels import ANNEX_3, hints_of, label_key, labels_of, title_of
from jiebang.forms.reading.layout import Labels, Pair, pairs_of, pairs_of_line
from jiebang.forms.reading.text import blank, folded, is_without_content, narrow, one_line
from jiebang.forms.reading.values.codes import alone, prose, unsealed
from jiebang.forms.reading.values.demand_content import without_contacts
from jiebang.schemas import field_at

SECTIONS = (
    "profile",
    "capability",
    "plan.team",
    "plan.goals",
    "plan.route",
    "plan.schedule",
    "plan.risks",
    "cooperation",
)
PLAN = "plan"
EVIDENCE = "evidence"
_NUMBER = (
    r"(?P<number>第\s*[一二三四五六七八1-9]\s*(?:章|部分|节|[、.．，,])?|[1-9](?:[.．][1-9]){0,2}\s*[、.．)）]?"
    r"|[一二三四五六七八]\s*[、.．)）]?|[(（][一二三四五六七八1-9][)）][、.．]?|[①-⑧][、.．]?)?"
)
_QUOTED = '[“”"]?'
_PRINTED = re.compile(r"[(（]?注\s*[:：]\s*申请书篇幅|申请书模板\Z|[(（]申请书将提供给|附件\s*[3３]\Z")
_CLOSING = re.compile(r"[\s_]*(?:[(（]?\s*(?:企业)?(?:加盖|盖)?公?章\s*[)）]?|[_\s]*年[_\s]*月[_\s]*日)[\s_]*\Z")
_SIGNED = re.compile(
    r"\s*(?:(?:企业|单位|公司|申[请报]单位|申[请报]企业)(?:名称)?\s*[(（]?\s*(?:加?盖公?章|公章|签章)\s*[)）]?"
    r"|(?:企业|单位)?(?:法定代表人|法人代表|法人|负责人|项目负责人)\s*(?:[(（]?\s*(?:签字|签名|签章|盖章)[^)）]{0,8}[)）]?))\s*[:：]?.{0,40}\Z|\s*日\s*期\s*[:：].{0,20}\Z"
)
_PAGE_LINE = re.compile(
    r"\s*(?:[-—–]{1,2}\s*[0-9]{1,3}\s*[-—–]{1,2}|第\s*[0-9]{1,3}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,3}\s*页)?)\s*\Z"
)
"""Left over of a page: - 3 -, 第 3 页 共 8 页."""
_DATED = re.compile(r"\s*[0-9〇零一二三四五六七八九十]{2,4}\s*年.{1,4}月(?:.{1,4}日)?\s*\Z")


@dataclass(slots=True)
class Statement:
    """One 申请书. `enterprise` and `item` are the names on its cover."""

    enterprise: str = ""
    item: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, title: str, place: str, text: str, message: str, hint: str) -> None:
        """A finding at a heading or on the cover."""
        self.findings.append(Finding(title, place, text, f"{CHECK}：{message}", hint))


@dataclass(slots=True)
class _Part:
    path: str
    place: str
    lines: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    heading: str = ""


@cache
def _headings() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Fields with how their headings are written, and whether that is the form's own word."""
    found = []
    for path in (*SECTIONS, PLAN):
        doc = field_at("application", path)
        for label in (*doc.labels, *doc.other_labels) if doc else ():
            spelt = r"\s*".join(re.escape(letter) for letter in label)
            pattern = re.compile(rf"\s*{_NUMBER}\s*{spelt}(?P<rest>.*)\Z", re.DOTALL)
            found.append((path, pattern, bool(doc and label in doc.labels)))
    return tuple(found)


_STOPS = "。．.；;,，)）"


def _behind_hint(path: str, text: str, stops: str = "") -> str | None:
    """What stands behind the form's own explanation at the beginning of a text; None where it does not stand there, or goes on in words
    (阶段性任务如下). Behind a colon it is the writer's own, but for the line of the heading (`stops`)."""
    for hint in hints_of("application", path):
        spelt = r"[\W_]*".join(re.escape(letter) for letter in hint if re.match(r"\w", letter))
        if found := re.match(rf"[\s，,（(]*{spelt}[^\S\n]*(?:[{_STOPS}{stops}]+|\n|\Z)", narrow(text)):
            return text[found.end() :].strip()
    return None


def _own_headings(blocks: Iterable[Block]) -> frozenset[str]:
    """The fields whose headings stand in a document in the form's own words: other words for them are no headings there."""
    headings = (_heading(line.text, (*SECTIONS, PLAN)) for line in _lines(blocks))
    return frozenset(heading[0] for heading in headings if heading)


def _heading(text: str, told: Container[str] = ()) -> tuple[str, str, bool] | None:
    """(field, what stands behind the heading on its line, whether that is surely content); None for no heading. Other words than the
    form's count for a field that is not `told` in those, and alone on their line."""
    if is_heading(text):
        return EVIDENCE, "", True
    if first := FIRST_ATTACHED.match(text):
        return EVIDENCE, first["first"], True
    if ONE_ATTACHED.match(text) and not _PRINTED.match(text):
        return EVIDENCE, text.strip(), True
    for path, pattern, own in _headings():
        match = pattern.match(text)
        if match is None or (not own and path in told):
            continue
        rest = match["rest"].strip()
        if not own and not blank(rest.strip(":：")):
            continue
        if blank(rest):
            return path, "", True
        if (behind := _behind_hint(path, rest, ":：")) is not None:
            return path, behind, True
        if rest[0] in ":：" or (match["number"] and rest[0] in "。；;"):
            return path, rest[1:].strip(), True
        if match["number"]:
            return path, rest, False
    return None


_CONTENTS = re.compile(r"[\s　]*目[\s　]*[录次][\s　]*\Z")
_PAGE = re.compile(r"(?:[\t ]+|[.…·．。⋯—-]{2,})[\t .…·．]*[0-9]{1,3}\s*\Z")


def _without_contents(blocks: list[Block]) -> list[Block]:
    """A document without its table of contents: chapters' names with their pages, or below 目录, that all come again further down."""
    lines = [(number, block) for number, block in enumerate(blocks) if isinstance(block, Line)]
    told = _own_headings(blocks)
    paths = [_entry(block.text, told) for _, block in lines]
    begins = next((n for n, (_, block) in enumerate(lines) if _CONTENTS.match(block.text)), None)
    dropped: set[int] = set() if begins is None else {lines[begins][0]}
    listed: set[str] = set()
    for place, (number, block) in enumerate(lines):
        entry, paged = paths[place], bool(_PAGE.search(block.text))
        below = begins is not None and place > begins
        if entry and entry not in listed and (paged or below) and entry in paths[place + 1 :]:
            listed.add(entry)
            dropped.add(number)
        elif entry or (below and not paged):
            # The first chapter itself, or other text: the table of contents is over.
            break
        elif paged and listed:
            dropped.add(number)
    return [block for number, block in enumerate(blocks) if number not in dropped]


def _entry(text: str, told: Container[str]) -> str:
    """The part of the form that a line of a table of contents names; empty for none."""
    heading = _heading(_PAGE.sub("", text), told)
    return heading[0] if heading else ""


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Every line with its place and doubts; a table's cells in reading order."""
    for block in blocks:
        cells = [block] if isinstance(block, Line) else [cell for row in block.rows() for cell in row]
        for cell in cells:
            for number, line in enumerate(cell.text.split("\n")):
                yield Line(line, cell.place, () if number else cell.doubts)


_LABELS = {"enterprise": ("enterprise", "name"), "item": ("application", "item.name")}
"""What a cover names."""
_IN_QUOTES = re.compile(r"《([^《》]+)》|“([^“”]+)”|「([^「」]+)」")


def _named(name: str, text: str) -> str:
    """A name on the cover without the line that it is written on, its seal and the marks around it."""
    text = one_line(re.sub("[＿_]+", "", text))
    if blank(text) or _CLOSING.match(text):
        return ""
    if name == "enterprise":
        return unsealed(alone(text))
    quoted = _IN_QUOTES.fullmatch(text)
    return next(filter(None, quoted.groups())).strip() if quoted else text


_LONGEST_NAME = 80


def _may_be_a_name(line: Line) -> bool:
    """Whether a line below the label of a name may be that."""
    known = _known_on_cover(line.text) or _heading(line.text) or _CONTENTS.match(line.text)
    return not (line.doubts or known or len(line.text) > _LONGEST_NAME or re.search("[。；：:]", line.text))


def _cover(statement: Statement, blocks: list[Block]) -> frozenset[str]:
    """Takes the names on the cover, from lines or a table, and gives the lines that are told by it."""
    labels: Labels = {**labels_of(ANNEX_3), label_key("企业名称"): (("enterprise", "name"),)}
    found: dict[str, dict[str, str]] = {name: {} for name in _LABELS}
    told: set[str] = set()
    waiting = ""
    for block in blocks:
        pairs = pairs_of_line(block, labels) if isinstance(block, Line) else [p for _, p in pairs_of(block, labels)]
        pairs = [pair for pair in pairs if pair.keys]
        if waiting and not pairs and isinstance(block, Line) and _may_be_a_name(block):
            # The name stands below its label.
            pairs = [Pair("", (_LABELS[waiting],), (Cell(block.text, block.place, 0, 0),), block.place)]
        before, waiting = waiting, waiting if isinstance(block, Line) and blank(block.text) else ""
        for pair in pairs:
            name = next((name for name, key in _LABELS.items() if key in pair.keys), "")
            if not name or pair.doubts:
                continue
            if text := _named(name, pair.text):
                found[name].setdefault(folded(text), text)
                told.update(block.text.split("\n") if isinstance(block, Line) else pair.text.split("\n"))
            elif isinstance(block, Line):
                # Of two labels in a row nobody can tell whose the next line is.
                waiting = "" if before else name
    for name, texts in found.items():
        if len(texts) > 1:
            label = "企业名称" if name == "enterprise" else "“揭榜”事项名称"
            shown = "\n".join(texts.values())
            statement.report(
                label,
                blocks[0].place if isinstance(blocks[0], Line) else "",
                shown,
                "封面上出现了两次，内容不同。",
                "核对后只保留一处。",
            )
            continue
        setattr(statement, name, next(iter(texts.values()), ""))
    return frozenset(told)


def _printed(line: str, path: str | None) -> bool:
    if _PRINTED.match(line.strip()) or _CLOSING.match(line) or _PAGE_LINE.match(line) or blank(line):
        return True
    return path is not None and _behind_hint(path, line, ":：") == ""


def _parts(statement: Statement, blocks: list[Block], named: frozenset[str]) -> list[_Part]:
    parts: list[_Part] = []
    told = _own_headings(blocks)
    for read in _lines(blocks):
        line, place = read.text, read.place
        heading = _heading(line, told)
        if heading is not None and all(part.path != heading[0] for part in parts):
            path, rest, sure = heading
            parts.append(_Part(path, place, [] if blank(rest) else [rest], heading=line))
            if not sure:
                statement.report(
                    _title(path), place, line, "标题后面还有文字，已作为正文录入。", "核对这些文字是标题还是正文。"
                )
        elif heading is not None and heading[0] == EVIDENCE:
            parts[-1].lines.append(line)
        elif heading is not None:
            statement.report(
                _title(heading[0]), place, line, "这个标题出现了两次，第二处当作正文录入了。", "核对正文的划分。"
            )
            parts[-1].lines.append(line)
        elif parts and not _printed(line, parts[-1].path):
            parts[-1].lines.append(line)
        elif not parts and line not in named and not _known_on_cover(line):
            statement.report("封面", place, line, "这一行没有地方录入。", "有用的内容请写进工作备注。")
        if read.doubts and parts:
            parts[-1].doubts.extend(read.doubts)
        elif read.doubts:
            quoted = doubts.quoted(line, read.doubts)
            statement.report("封面", place, quoted, *doubts.of_the_whole(read.doubts))
    return parts


def _known_on_cover(line: str) -> bool:
    plain = label_key(line.split(":")[0].split("：")[0])
    known = plain in labels_of(ANNEX_3) or plain in {label_key("企业名称"), label_key("申请书")}
    return known or bool(_printed(line, None) or title_of(line) or _DATED.match(narrow(line))) or "融通创新项目" in line


def _title(path: str) -> str:
    return field_name("application", tuple(path.split(".")))


def _body_starts(blocks: list[Block]) -> int:
    """The number of blocks in front of the first heading."""
    told = _own_headings(blocks)
    for number, block in enumerate(blocks):
        if any(_heading(line.text, told) for line in _lines([block])):
            return number
    return len(blocks)


def has_chapters(blocks: list[Block]) -> bool:
    """Whether there is more than a cover."""
    return _body_starts(blocks) < len(blocks)


def unframed(block: Block, *, titled: bool = False) -> list[Block]:
    """A frame around the text (a table of one column) as the lines in it; all else as it is. `titled`: only one with the form's title."""
    if isinstance(block, Line) or any(len(row) > 1 for row in block.rows()):
        return [block]
    lines = list(_lines([block]))
    told = _own_headings([block])
    framed = any("\n" in cell.text for cell in block.cells)
    titles = {title for line in lines if (title := title_of(line.text))}
    if framed and (titles == {ANNEX_3} or (not titled and any(_heading(line.text, told) for line in lines))):
        return [line for line in lines if line.text.strip() or line.doubts]
    return [block]


def read_statement(blocks: list[Block]) -> Statement:
    """The 申请书 in a piece of a document."""
    statement = Statement()
    blocks = _without_contents(blocks)
    blocks = [one for block in blocks for one in unframed(block)]
    start = _body_starts(blocks)
    tables = [block for block in blocks[start + 1 :] if isinstance(block, Table) and block.cells]
    # A form drawn as one table has cover and body in the same block.
    named = _cover(statement, blocks[: start + 1])
    parts = _parts(statement, blocks, named)
    _close(statement, parts)
    missing = any(all(part.path != path for part in parts) for path in SECTIONS)
    for part in parts:
        text = prose("\n".join(part.lines))
        behind = _behind_hint(part.path, text)
        text = text if behind is None else behind
        if part.doubts:
            told = tuple(dict.fromkeys(part.doubts))
            why = doubts.reason(told).removesuffix("，没有录入。")
            statement.report(
                _title(part.path),
                part.place,
                doubts.quoted(text, told),
                f"{why}，录入的是现在看得见的文字。",
                doubts.hint(told),
            )
        if blank(text):
            continue
        if part.path == EVIDENCE:
            _evidence(statement, part)
            continue
        if part.path == PLAN:
            statement.report(
                _title(PLAN),
                part.place,
                text,
                "方案没有写在（一）至（五）各部分里，没有录入。",
                "把方案分成五部分填写。",
            )
            continue
        if is_without_content(text):
            told_nothing = "这一部分只说“无”或在别处，没有内容。"
            statement.report(_title(part.path), part.place, text, told_nothing, "向企业核实后，把内容写在这一部分里。")
            continue
        if missing and (found := _unknown_heading(part, parts)):
            told_other = f"里面像是另有一部分的标题（{found}），没有录入。"
            statement.report(_title(part.path), part.place, text, told_other, "对照原件，把各部分分开填写。")
            continue
        if more := _one_more(part, parts):
            at = part.lines.index(more)
            told_more = f"下面另有一部分“{more.strip()}”，没有地方录入。"
            hint = "看它属于哪一部分，再填写；有用的也可以写进工作备注。"
            statement.report(_title(part.path), part.place, "\n".join(part.lines[at:]), told_more, hint)
            text = prose("\n".join(part.lines[:at]))
            if blank(text):
                continue
        group, _, name = part.path.partition(".")
        (statement.value.setdefault(group, {}) if name else statement.value)[name or group] = text
        statement.sources[part.path] = Source(part.place, text)
        if any(mark in text for mark in UNREAD):
            statement.report(
                _title(part.path),
                part.place,
                text,
                "其中有图片、公式等程序读不出的内容。",
                "对照原件补上读不出的部分。",
            )
    if tables:
        shown = "\n".join(as_text(table) for table in tables)
        statement.report(
            "申请书正文",
            tables[0].cells[0].place,
            shown,
            "正文里有表格，已按行转成文字。",
            "核对表格里的内容是否还读得通。",
        )
    _missing(statement)
    return statement


def _is_day_of_signing(lines: list[str]) -> bool:
    """Whether the last line is a whole day, or any date below a seal; a month alone may be the end of the text."""
    date = narrow(lines[-1])
    above = len(lines) > 1 and bool(_SIGNED.match(lines[-2]) or (_ITS_NAME.match(lines[-2]) or {"seal": ""})["seal"])
    return len(lines) > 1 and _DATED.match(date) is not None and (above or "日" in date)


_ITS_NAME = re.compile(
    r"\s*(?:(?:企业|单位|公司|申[请报]单位|申[请报]企业|揭榜单位|揭榜企业)(?:名称)?\s*(?:[(（][^()（）]{1,8}[)）])?\s*[:：])?\s{0,20}(?P<name>\S.{2,40}?)\s{0,20}"
    r"(?P<seal>[(（]\s*(?:加?盖公?章|公章|签章|盖章处)\s*[)）])?\s{0,20}\Z"
)
_SOMEBODY = re.compile(
    r"\s*(?:项目|技术|企业|单位|公司|课题)?(?:负责人|联系人|经办人|填[表报]人|法定代表人|法人代表|法人)\s*[:：]\s*\S[^，。；,;]{0,30}\Z"
)


def _is_its_name(statement: Statement, line: str) -> bool:
    """Whether a line is the name under which an application is signed: the cover's own, with its seal or without."""
    found = _ITS_NAME.match(line)
    return bool(found and statement.enterprise and folded(found["name"]) == folded(statement.enterprise))


def _close(statement: Statement, parts: list[_Part]) -> None:
    """Takes name, seal, signature and day off the end, and asks about who else stands there: none of it is part of the last chapter."""
    if not parts:
        return
    last = parts[-1]
    people: list[str] = []
    while last.lines:
        line = last.lines[-1]
        sealed = _ITS_NAME.match(line)
        if _SOMEBODY.match(line) or (sealed and sealed["seal"] and not _is_its_name(statement, line)):
            people.insert(0, line.strip())
        elif not (
            _SIGNED.match(line) or _is_day_of_signing(last.lines) or _is_its_name(statement, line) or blank(line)
        ):
            break
        last.lines.pop()
    if people:
        statement.report(
            "落款",
            last.place,
            "\n".join(people),
            "末尾写了人名或另一个单位的名称，没有录入。",
            "核对是谁的申请书；联系人、电话填在对接表里。",
        )
    text, asked = without_contacts("\n".join(last.lines))
    if asked:
        last.lines = text.split("\n")
        message = "末尾写了联系方式，没有录入。"
        statement.report("联系方式", last.place, "\n".join(asked), message, "联系人、电话填在对接表里。")


_ORDINAL = re.compile(
    r"\s*(?P<open>[(（]|第)?\s*(?P<number>[一二三四五六七八九]|[1-9](?:[.．][1-9])*|[①-⑨])\s*(?P<close>[)）]|章|部分|节)?\s*[、.．]?"
)
_A_HEADING = 30
"""Characters of the longest line that is taken for a heading."""


def _ordinal(line: str) -> tuple[str, str] | None:
    """How a line is numbered, and its number; None for a line without one, and for a sentence."""
    match = _ORDINAL.match(line)
    if (
        match is None
        or len(line.strip()) > _A_HEADING
        or line.rstrip().endswith(("。", "；", ";"))
        or match.end() == len(line)
    ):
        return None
    kind = re.sub("[1-9]", "1", re.sub("[一二三四五六七八九]", "一", re.sub("[①-⑨]", "①", narrow(match.group()))))
    return kind.replace(" ", ""), match["number"]


def _unknown_heading(part: _Part, parts: list[_Part]) -> str:
    """A line in a part that is numbered as the headings are, with a number that none of those has; empty for none."""
    known = {found for one in parts if (found := _ordinal(re.split("[，；。]", one.heading)[0]))}
    kinds = {kind for kind, _ in known}
    for line in part.lines:
        found = _ordinal(line)
        if found and found[0] in kinds and found not in known:
            return line.strip()
    return ""


_NEXT = {one: two for row in ("一二三四五六七八九", "123456789", "①②③④⑤⑥⑦⑧⑨") for one, two in pairwise(row)}


def _one_more(part: _Part, parts: list[_Part]) -> str:
    """A line in a part that is numbered as the heading after its own: 五、其他 below 四、希望采取的合作方式. Empty for none, and for
    one that ends a list of the part's own."""
    own = _ordinal(re.split("[，；。]", part.heading)[0])
    known = {found for one in parts if (found := _ordinal(re.split("[，；。]", one.heading)[0]))}
    if own is None or own[1] not in _NEXT:
        return ""
    for line in part.lines:
        found = _ordinal(line)
        if found and found[0] == own[0]:
            return line if found[1] == _NEXT[own[1]] and found not in known else ""
    return ""


def _evidence(statement: Statement, part: _Part) -> None:
    pieces, unread = read_evidence(part.lines)
    if pieces:
        statement.value[EVIDENCE] = pieces
        statement.sources[EVIDENCE] = Source(part.place, "\n".join(part.lines))
    if unread:
        statement.report(
            _title(EVIDENCE),
            part.place,
            "\n".join(unread),
            "这里不是“类别：名称（编号：号码）”的写法，没有录入。",
            "对照原件填写这份佐证材料。",
        )


def _missing(statement: Statement) -> None:
    for path in SECTIONS:
        group, _, name = path.partition(".")
        inside = statement.value.get(group, {}) if name else statement.value
        if (name or group) not in inside:
            statement.report(
                _title(path), "", "", "申请书里没有找到这一部分，或没有填写。", "核对标题是否改过；向企业核实后填写。"
            )
