"""What a spreadsheet shows for a number: `0.00"亿元"` shows 0.56 as 0.56亿元, `#,##0,` shows 12000000 as 12,000, `000000` shows 12345 as 012345.

Source: ECMA-376 part 1, 18.8.31. Dates, fractions and scientific formats are not followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)", 16: "d-mmm", 17: "mmm-yy", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The codes behind the numbers that a file does not spell out."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<space>[_*].)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<other>[Ee][+-]|[@yYmMdDhHsSeEaAbB年月日时分秒])|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<end>;)|(?P<plain>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)\Z")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """`text` as it is shown, `number` what the digits in it say, `words` what is shown beside them; `set_apart`: words stand among the digits."""

    text: str
    number: Decimal | None
    words: str
    set_apart: bool


@dataclass(slots=True)
class _Section:
    tokens: list[tuple[str, str]] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None


def _sections(code: str) -> list[_Section] | None:
    """The sections of a format; None for one that is not followed."""
    found = [_Section()]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match.group(match.lastgroup or 0)
        if kind == "other":
            return None
        if kind == "end":
            found.append(_Section())
        elif kind == "bracket":
            if condition := _CONDITION.match(text):
                found[-1].condition = (condition.group(1), Decimal(condition.group(2)))
        elif kind in {"quoted", "escaped", "money", "plain"}:
            found[-1].tokens.append(("word", text))
        elif kind != "space":
            found[-1].tokens.append((kind, text))
    return found


def _meets(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, ">": number > bound, "<=": number <= bound, ">=": number >= bound, "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _chosen(sections: list[_Section], number: Decimal) -> tuple[_Section, bool]:
    """The section for a number, and whether its minus is shown."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _meets(number, section.condition):
                return section, number < 0
        return sections[-1], number < 0
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], number < 0


def shown(number: Decimal, code: str) -> Shown | None:
    """What is shown for a number; None where the format is not followed."""
    sections = _sections(code) if len(code) <= _LONGEST else None
    if sections is None:
        return None
    section, minus = _chosen(sections, number)
    tokens = section.tokens
    words = "".join(text for kind, text in tokens if kind in {"word", "percent"}).strip()
    digits = [place for place, (kind, _) in enumerate(tokens) if kind in {"digit", "general"}]
    if not digits:
        return Shown(words, None, words, False)
    if any(kind == "general" for kind, _ in tokens):
        plain = format(number, "f")
        text = "".join(plain if kind == "general" else text for kind, text in tokens)
        return Shown(text.strip(), number, words, False)
    point = next(
        (place for place, (kind, _) in enumerate(tokens) if kind == "point" and place > digits[0]), len(tokens)
    )
    whole = [place for place in digits if place < point]
    decimals = [place for place in digits if place > point]
    after = range(whole[-1] + 1, point) if whole else range(0)
    scale = sum(tokens[place][0] == "comma" for place in after)
    scale += sum(kind == "comma" for kind, _ in tokens[decimals[-1] + 1 :]) if decimals else 0
    grouped = any(tokens[place][0] == "comma" for place in range(whole[0], whole[-1])) if whole else False
    value = abs(number) * 100 ** sum(kind == "percent" for kind, _ in tokens) / Decimal(1000) ** scale
    value = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    head, _, tail = format(value, "f").partition(".")
    placed = _placed(head, [tokens[place][1] for place in whole])
    text = "-" if minus else ""
    for place, (kind, token) in enumerate(tokens):
        if kind == "word" or kind == "percent":
            text += token
        elif place in whole:
            text += placed[whole.index(place)]
        elif place in decimals:
            text += tail[decimals.index(place)]
        elif kind == "point":
            text += "."
    among = any(tokens[place][0] == "word" for place in range(whole[0], whole[-1])) if whole else False
    if grouped and not among and len(whole) > 1:
        text = re.sub(
            r"(?<![0-9.])([0-9]+)",
            lambda match: f"{int(match.group()):,}" if match.group()[0] != "0" else match.group(),
            text,
            count=1,
        )
    return Shown(text.strip(), -value if number < 0 else value, words, among)


def shows_a_whole_day(code: str) -> bool:
    """Whether a format of dates shows year, month and day."""
    signs = "".join(match.group() for match in _TOKEN.finditer(code) if match.lastgroup in {"other", "plain"}).lower()
    return "d" in signs and ("y" in signs or "e" in signs)


def _placed(head: str, places: list[str]) -> list[str]:
    """The digits before the point, one place each; the first place takes what is left over, `#` may stay empty."""
    head = "" if head == "0" and places and places[-1] != "0" else head
    found = [""] * len(places)
    for place in range(len(places) - 1, -1, -1):
        if place == 0:
            found[0], head = head or ("0" if places[0] == "0" else ""), ""
        elif head:
            found[place], head = head[-1], head[:-1]
        else:
            found[place] = "0" if places[place] == "0" else ""
    return found
