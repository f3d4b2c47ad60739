"""需求内容 in one cell → its parts, where its own labels part it without doubt; else it stays whole for a person.

A label counts at the beginning of a line or behind a stop, with a colon behind it. One that stands twice parts nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jiebang.forms.reading.labels import hints_of
from jiebang.forms.reading.text import folded
from jiebang.schemas import cooperation_modes, fields_of
from jiebang.schemas.demand_texts import content_parts

PARTS = tuple(path for path, _ in content_parts())
_NUMBERING = r"(?:[(（]?[0-9一二三四五六七八九十①-⑩]{1,2}[)）]?[、.．)）]?\s*)?"
_SPECIMEN = re.compile(r"样例\s*[:：]?\s*\Z")


@dataclass(frozen=True, slots=True)
class Split:
    """`parts` by field; `reason` says why the text could not be parted."""

    parts: dict[str, str]
    reason: str = ""


@cache
def _labels() -> re.Pattern[str]:
    alternatives = [
        (label, field.path) for field in fields_of("demand") if field.path in PARTS for label in field.labels
    ]
    names = "|".join(
        rf"(?P<{path}_{number}>{_spelt(label)})"
        for number, (label, path) in enumerate(sorted(alternatives, key=lambda pair: -len(pair[0])))
    )
    return re.compile(rf"(?:\A|(?<=[\n。；;]))[ \t　]*{_NUMBERING}(?:{names})[ \t　]*[:：]")


def _spelt(label: str) -> str:
    return r"[ \t　]*".join(re.escape(letter) for letter in label)


def without_specimen(text: str) -> str:
    """The content without the printed instruction, and without the specimen where that was left standing whole.

    A line of the specimen that somebody wrote into stays: then it is content, and a person has to see it.
    """
    hints = hints_of("demand", "original_text")
    lines = text.split("\n")
    instruction = hints[0]
    lines = [line for line in lines if folded(line).strip("()") != instruction.strip("()")]
    start = next((number for number, line in enumerate(lines) if _SPECIMEN.match(line.strip())), None)
    if start is not None:
        specimen = hints[2:]
        end = start + 1
        while end < len(lines) and folded(lines[end]) in specimen:
            end += 1
        if end - start - 1 == len(specimen):
            lines = lines[:start] + lines[end:]
    return "\n".join(lines).strip()


def has_specimen(text: str) -> bool:
    """Whether the word 样例 or the specimen's blanks (XX) still stand in a text: then it is not certain whose words these are."""
    return any(_SPECIMEN.match(line.strip()) for line in text.split("\n")) or bool(
        re.search(r"熔指\s*XX|控制在\s*XX", text)
    )


def split(text: str) -> Split:
    """The parts of a demand's content."""
    found = [(match, (match.lastgroup or "").rpartition("_")[0]) for match in _labels().finditer(text)]
    if not found:
        return Split({}, "没有“参数要求：”“时间要求：”这样的分项标签。")
    names = [path for _, path in found]
    if len(set(names)) < len(names):
        return Split({}, "同一个分项标签出现了两次。")
    parts: dict[str, str] = {}
    for number, (match, path) in enumerate(found):
        end = found[number + 1][0].start() if number + 1 < len(found) else len(text)
        parts[path] = text[match.end() : end].strip()
    head = text[: found[0][0].start()].strip()
    if head and "summary" in parts:
        return Split({}, "“需求内容：”之前还有文字。")
    if head:
        parts["summary"] = head
    return Split({path: part for path, part in parts.items() if part})


def modes(text: str) -> list[str] | None:
    """The cooperation modes of the code list in the text's order, where it names nothing else; None where it says more."""
    names = [entry.value for entry in cooperation_modes()]
    pieces = [piece for piece in re.split(r"[\s、，,；;/。.+和或及与]+", text) if piece]
    plain = [re.sub(r"(?:的)?(?:合作)?方式\Z|\A(?:采取|采用)", "", piece) for piece in pieces]
    if not plain or any(piece not in names for piece in plain):
        return None
    return list(dict.fromkeys(plain))
