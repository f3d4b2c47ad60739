"""需求内容 in one cell → its parts, where its own labels part it without doubt; else it stays whole for a person.

A label counts at the beginning of a line, behind a stop or a wide gap: with a colon behind it, in brackets, or alone on its line. One that
stands twice parts nothing. The form's own labels go first; another word for a part counts only where the form's own does not stand.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from jiebang.forms.reading.labels import hints_of
from jiebang.forms.reading.text import blank, folded, narrow, without_prompts
from jiebang.forms.reading.values.ticks import choose, has_marks
from jiebang.schemas import cooperation_modes, fields_of
from jiebang.schemas.demand_texts import content_parts

PARTS = tuple(path for path, _ in content_parts())
_NUMBERING = (
    r"(?:[●○◆◇★▪•·*➢–—-][ \t　]*|第[一二三四五六七八九十][、，,：:]"
    r"|[(（]?(?:[0-9]{1,2}(?:[.．][0-9]{1,2}){0,2}|[一二三四五六七八九十①-⑩]{1,2}|[A-Ha-h])[)）]?[、.．)）]?[ \t　]*)?"
)
"""On the label's own line: a number above it is the end of what stands before."""
_SPECIMEN = re.compile(r"样例\s*[:：]?\s*\Z")
_GAP = r"[ \t　]*"
_BEGINS = rf"(?:(?P<start>\A|(?<=\n))|(?<=[。；;，,\t\u3000])|(?<=[ ]{{2}})){_GAP}"


@dataclass(frozen=True, slots=True)
class Split:
    """`parts` by field; `reason` says why the text could not be parted."""

    parts: dict[str, str]
    reason: str = ""


@cache
def _paths(own: bool) -> dict[str, str]:
    """Folded label → the part it begins: the form's own labels, or other words for them."""
    return {
        folded(label): field.path
        for field in fields_of("demand")
        if field.path in PARTS
        for label in (field.labels if own else field.other_labels)
    }


@cache
def _labels(own: bool) -> re.Pattern[str]:
    # All labels stand in it once: to compile them is most of what reading the first form takes.
    spelt = "|".join(_spelt(label) for label in sorted(_paths(own), key=len, reverse=True))
    bracket = rf"[】\]〗]{_GAP}[:：]?"
    colon = rf"(?:[(（][^()（）\n]*[)）])?{_GAP}[:：]+"
    alone = r"(?(start)(?=\n)|(?!))"
    return re.compile(
        rf"{_BEGINS}{_NUMBERING}(?P<open>[【\[〖])?(?P<label>{spelt})(?(open){bracket}|{_GAP}(?:{colon}|{alone}))"
    )


def _spelt(label: str) -> str:
    return _GAP.join(re.escape(letter) for letter in label)


def _found(text: str, own: bool) -> list[tuple[re.Match[str], str]]:
    paths = _paths(own)
    matches = _labels(own).finditer(text)
    return [(m, paths[folded(m["label"])]) for m in matches]


_ANY = r"[\s_:：、，,。．.；;()（）《》“”\"…/]*"
_BLANK_VALUE = "[X×x*＊]"


def _letters(text: str) -> str:
    """A printed text as a pattern: its letters with any signs between them, its blanks (XX) however they are typed."""
    return _ANY.join(_BLANK_VALUE if c == "x" else re.escape(c) for c in text if re.match(r"\w", c) and c != "_")


@cache
def _printed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The printed instruction, and the specimen as a whole."""
    instruction, _, *specimen = hints_of("demand", "original_text")
    return (
        re.compile("[(（]?" + _letters(instruction) + _ANY, re.IGNORECASE),
        re.compile(rf"(?:样\s*例{_ANY})?" + _letters("".join(specimen)) + r"[ \t。.；;]*", re.IGNORECASE),
    )


def without_specimen(text: str) -> str:
    """The content without the printed instruction, and without the specimen where that was left standing whole.

    A line of the specimen that somebody wrote into stays: then it is content, and a person has to see it.
    """
    for pattern in _printed():
        for match in reversed(list(pattern.finditer(narrow(text)))):
            text = f"{text[: match.start()]}\n{text[match.end() :]}"
    return text.strip()


def has_specimen(text: str) -> bool:
    """Whether the word 样例 or the specimen's blanks (XX) still stand in a text: then it is not certain whose words these are."""
    return any(_SPECIMEN.match(line.strip()) for line in text.split("\n")) or bool(
        re.search(r"熔指\s*XX|控制在\s*XX", text)
    )


_CALLED = (
    r"(?:(?:技术|项目|企业|业务|对接)?联\s*系\s*(?:人|电\s*话|方\s*式|手\s*机)|对接人|(?:办公|固定|移动)?电\s*话|手\s*机(?:号码?)?|(?:电子)?邮\s*箱|电子邮件"
    r"|E-?mail|微信号?|QQ号?|传\s*真)"
)
_CONTACT_LINE = re.compile(rf"\s*{_NUMBERING}[【\[]?{_CALLED}(?:及职务|及电话)?[】\]]?\s*[:：]", re.IGNORECASE)
_CONTACT_LABEL = re.compile(rf"(?<![\u4e00-\u9fff]){_CALLED}(?:及职务|及电话)?\s*[:：]", re.IGNORECASE)


def names_a_contact(text: str) -> bool:
    """Whether a text says 联系人： or the like."""
    return bool(_CONTACT_LABEL.search(text))


def without_contacts(text: str) -> tuple[str, list[str]]:
    """The content without the lines at its end that say whom to call, and these lines. Such a line in the middle stays: its part is asked about."""
    lines = text.split("\n")
    asked: list[str] = []
    while lines and (_CONTACT_LINE.match(lines[-1]) or not lines[-1].strip()):
        line = lines.pop()
        if line.strip():
            asked.insert(0, line.strip())
    return "\n".join(lines), asked


def split(text: str) -> Split:
    """The parts of a demand's content."""
    own = _found(text, own=True)
    said = {path for _, path in own}
    others = [(match, path) for match, path in _found(text, own=False) if path not in said]
    found = sorted([*own, *others], key=lambda pair: pair[0].start())
    if found and found[0][1] != "summary" and text[: found[0][0].start()].strip():
        # What stands in front of the first label is the demand's subject: a word like 研究内容 below is part of some other text.
        found = [pair for pair in found if pair[1] != "summary" or pair in own]
    elif found and text[: found[0][0].start()].strip() and found[0] not in own:
        found = found[1:]
    if not found:
        return Split({}, "没有“参数要求：”“时间要求：”这样的分项标签。")
    names = [path for _, path in found]
    if len(set(names)) < len(names):
        return Split({}, "同一个分项标签出现了两次。")
    parts: dict[str, str] = {}
    for number, (match, path) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        parts[path] = _until(text, match.end(), end)
    head = _until(text, 0, found[0][0].start())
    if head and "summary" in parts:
        return Split({}, "“需求内容：”之前还有文字。")
    if head:
        parts["summary"] = head
    return Split({path: part for path, part in parts.items() if part})


def _until(text: str, start: int, end: int) -> str:
    """A piece of a text up to the next label, without the comma that parts it from that."""
    piece = text[start:end]
    return (piece[:-1] if end < len(text) and piece.endswith(("，", ",")) else piece).strip()


_NUMBERED = re.compile(r"\A[(（]?[0-9]{1,2}[)）]?[、.．](?=\s*[\u4e00-\u9fff])\s*")


@cache
def _title_label() -> re.Pattern[str]:
    fields = (field for field in fields_of("demand") if field.path == "title")
    labels = "|".join(_spelt(label) for field in fields for label in (*field.labels, *field.other_labels))
    return re.compile(rf"\A{_NUMBERING}(?:需求|项目|技术)?(?:{labels}|名称|题目){_GAP}[:：]\s*")


_COUNTED = re.compile(
    r"\A(?:技术|创新|企业)*需求\s*[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[①-⑩])[)）]?\s*[:：、.．\s]\s*(?=[^\s0-9])"
)


def title(text: str) -> str:
    """A demand's name without the label said again (需求名称：…), without the number of a list or of the demand (需求1：…), and without
    what the form asks for (（请填写需求名称）)."""
    return _NUMBERED.sub("", _title_label().sub("", _COUNTED.sub("", without_prompts(text)))).strip()


_ANOTHER = re.compile(
    r"(?:\n|[。；;])\s*(?:(?:需求|项目|课题)\s*(?:[二三四五六]|[2-6])|第[二三四五六][项个]需求)(?![0-9\u4e00-\u9fff])"
)


def has_another_demand(text: str) -> bool:
    """Whether a content goes on with 需求二."""
    return _ANOTHER.search(text) is not None


_MATTER = re.compile(
    rf"\n[ \t　]*{_NUMBERING}(?:(?P<budget>(?:研发)?(?:经费|预算|资金|报酬|费用|悬赏|付款|备注|知识产权)[\u4e00-\u9fff]{{0,6}})|(?P<any>[\u4e00-\u9fff]{{2,8}}))[ \t　]*[:：]"
)


def other_matter_in(text: str, missing: bool) -> bool:
    """Whether a part takes in a line about something else: about money, or, where a part is missing, under any label that nobody knows."""
    return any(match["budget"] or missing for match in _MATTER.finditer(f"\n{text}") if match.start() > 0)


def two_titles(text: str) -> bool:
    """Whether a demand's name is two: a line each, or numbered."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    numbered = re.search(
        r"\A\s*[(（]?[1一①].*\S\s*[(（]?(?:2[)）]?[.、．]|二[)）、.]|②|2[)）])\s*[\u4e00-\u9fffA-Za-z]", text, re.DOTALL
    )
    return numbered is not None or (len(lines) > 1 and all(len(line) >= _A_TITLE for line in lines))


_A_TITLE = 6
"""Characters of the shortest line that is taken for a name of its own; what is left over of a longer one is less."""


def other_part_in(text: str, paths: Container[str]) -> bool:
    """Whether a part has the label of another part that stands nowhere else: with a colon anywhere, or before any sign or a space at the start of a line."""
    return any(
        path not in paths
        and re.search(
            rf"{_spelt(label)}{_GAP}[:：]|(?:\A|\n)\s*{_NUMBERING}{_spelt(label)}{_GAP}(?:[；;，,。、.—-]|(?<=[ \t　])[^\s:：])",
            text,
        )
        for own in (True, False)
        for label, path in _paths(own).items()
    )


def modes(text: str) -> list[str] | None:
    """The cooperation modes of the code list in the text's order, where it names nothing else; None where it says more."""
    names = [entry.value for entry in cooperation_modes()]
    if has_marks(text):
        chosen = choose(text, names, several=True)
        return (
            None if chosen.reason or any(not blank(after) for after in chosen.after.values()) else list(chosen.values)
        )
    pieces = [piece for piece in re.split(r"[\s、，,；;/。.+和或及与]+", text) if piece]
    plain = [re.sub(r"(?:的)?(?:合作)?方式\Z|\A(?:采取|采用)", "", piece) for piece in pieces]
    if not plain or any(piece not in names for piece in plain):
        return None
    return list(dict.fromkeys(plain))
