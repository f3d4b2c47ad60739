"""One field's text → what it was meant to be, where only one thing can be meant.

A text is touched only where its field refuses it and accepts the fixed one, or where blanks at its ends are told of (R375), so nothing
sound ever changes. What a person decides (公开 or not, declarations, reviews) is left alone whatever its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from jiebang.catalogue.convert import convert
from jiebang.catalogue.formats import format_checker
from jiebang.catalogue.nodes import Scalar
from jiebang.catalogue.record import schema_path
from jiebang.rules.blanks import PROSE
from jiebang.rules.identities import slips
from jiebang.schemas import Division, Privacy, divisions, field_at, resolved_schema

Path = tuple[str | int, ...]

DECISIONS = frozenset(
    {
        "disclosure",
        "withhold",
        "withholding_consulted",
        "no_secrets",
        "no_affiliation",
        "secrecy_review",
        "clearances",
        "hide",
        "show",
    }
)
"""Fields in which a person decides something; a slip there is for that person to mend."""

# Full-width letters, digits and signs and the ideographic space. Not all of NFKC: ² is not 2, and ㎡ no m2.
_NARROW = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, 0x3000: 0x20}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_ONE_LINE = "^[^\\n]*$(?!\\n)"
_ANY_TEXT = {_ONE_LINE, PROSE}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was fixed.

    `line` is that of the file as it was, 0 for the file as a whole; `path` is empty where no field was touched. `why` is Chinese and
    quotes nothing; `old` and `new` are the values, which may be private.
    """

    line: int
    path: Path
    why: str
    old: str = ""
    new: str = ""


def schema_of(kind: str, path: Path) -> dict[str, Any]:
    """What the schema says at a path; empty where it knows nothing."""
    schema: dict[str, Any] = resolved_schema(kind)
    for step in path:
        schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
    return schema


@cache
def _validator(kind: str, place: str) -> Draft202012Validator:
    steps = tuple(0 if step == "[]" else step for step in re.findall(r"\[\]|[^.\[\]]+", place))
    return Draft202012Validator(schema_of(kind, steps), format_checker=format_checker())


def accepts(kind: str, path: Path, text: str) -> bool:
    """Whether the field takes this text."""
    value = convert(Scalar(text, 1, 1, plain=False), schema_of(kind, path))
    if not _validator(kind, schema_path(path)).is_valid(value):
        return False
    return not slips(text) if path[-1] == "credit_code" else True


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _number(text: str, unit: str) -> Iterator[tuple[str, str]]:
    if unit and text.endswith(unit):
        text = text.removesuffix(unit).rstrip()
        yield text, f"去掉单位“{unit}”"
    if re.fullmatch(r"-?[0-9]{1,3}(?:([, ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?", text):
        yield re.sub("[, ]", "", text), "去掉千分位"


def _date(text: str) -> Iterator[tuple[str, str]]:
    # A spreadsheet writes midnight behind a day.
    spelt = re.fullmatch(
        r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?", text
    ) or re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})", text)
    if spelt:
        year, month, day = spelt.groups()
        yield f"{year}-{month:0>2}-{day:0>2}", "日期写成“年-月-日”"


def _choice(text: str, kind: str, path: Path) -> Iterator[tuple[str, str]]:
    """The one choice that differs in width, spaces or quotation marks only, or that is called so."""

    def folded(choice: str) -> str:
        return re.sub(r"[\s\"“”]", "", choice.translate(_NARROW))

    field = field_at(kind, schema_path(path).removesuffix("[]"))
    titles = dict(zip(field.choice_titles, field.choices, strict=True)) if field else {}
    by_form = [choice for choice in schema_of(kind, path).get("enum", ()) if folded(choice) == folded(text)]
    meant = by_form or [value for title, value in titles.items() if folded(title) == folded(text)]
    if len(meant) == 1:
        yield meant[0], "按选项的写法写"


def _code(text: str, schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    dashed = text.translate(_DASHES)
    if dashed != text:
        yield dashed, "连字符改成半角"
    tight = _without_spaces(dashed)
    if tight != dashed:
        yield tight, "删去空格"
    if "a-z" not in schema.get("pattern", "") and tight.upper() != tight:
        yield tight.upper(), "字母改成大写"


def _candidates(kind: str, path: Path, text: str) -> Iterator[tuple[str, str]]:
    """FixedRecord texts from the least to the most changed, each with what was done last."""
    schema = schema_of(kind, path)
    pattern = schema.get("pattern", "")
    if "enum" in schema:
        yield from _choice(text, kind, path)
        return
    narrow = text.translate(_NARROW)
    if narrow != text:
        yield narrow, "全角字符改成半角"
    if narrow.strip() != narrow:
        yield narrow.strip(), "删去空格"
    narrow = narrow.strip()
    if schema.get("type") in {"integer", "number"}:
        yield from _number(narrow, schema.get("x-unit", ""))
    elif schema.get("format") == "date":
        yield from _date(narrow.translate(_DASHES))
    elif schema.get("format") == "email":
        yield _without_spaces(narrow), "删去空格"
    elif path[-1] == "credit_code":
        tight = re.sub(r"[\s-]", "", narrow.translate(_DASHES))
        yield tight, "删去空格"
        yield tight.upper(), "字母改成大写"
    elif "const" in schema or pattern not in _ANY_TEXT:
        yield from _code(narrow, schema)


def _spelling(kind: str, path: Path, text: str, reviewed: bool) -> tuple[str, str] | None:
    """Fields whose pattern takes the text, where it is only dressed up: a code in full-width signs, spaces around a line."""
    schema = schema_of(kind, path)
    field = field_at(kind, schema_path(path).removesuffix("[]"))
    if schema.get("pattern", PROSE) == PROSE or field is None:
        return None
    if schema["pattern"] == _ONE_LINE and path[-1] in {"code", "credit_code"}:
        narrow = _without_spaces(text.translate(_NARROW).translate(_DASHES))
        if path[-1] == "code" and narrow != text and re.fullmatch(r"[0-9A-Za-z-]+", narrow):
            return narrow, "全角字符改成半角，删去空格"
        return None
    if reviewed and field.privacy is Privacy.PUBLIC:
        # It would have to be reviewed anew, which whoever mends it has to know.
        return None
    bare = text.strip()
    return (bare, "删去首尾的空格") if bare and bare != text and accepts(kind, path, bare) else None


def corrected(kind: str, path: Path, text: str, *, reviewed: bool = False) -> tuple[str, str] | None:
    """The fixed text of a field and what was done to it, in Chinese; None where there is nothing to mend or no way to be sure.

    `reviewed`: people have read the record's public texts as they are.
    """
    if not text or not path or path[0] in DECISIONS or not schema_of(kind, path):
        return None
    if accepts(kind, path, text):
        return _spelling(kind, path, text, reviewed)
    done: list[str] = []
    last = text
    for candidate, why in _candidates(kind, path, text):
        if candidate != last and why not in done:
            done.append(why)
        last = candidate
        if candidate and candidate != text and accepts(kind, path, candidate):
            return candidate, "，".join(done)
    return None


_NEAR = 0.75


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _letters(one), _letters(other), autojunk=False).ratio()


def _means(name: str) -> Division | None:
    """The one division that a name stands for: its own, its name of 2011, or one that is near it and to no other."""
    known = list(divisions().values())
    exact = [d for d in known if name in {d.name, d.name_2011}]
    if exact:
        return exact[0] if len(exact) == 1 else None
    ranked = sorted(known, key=lambda d: _likeness(name, d.name), reverse=True)
    first, second = ranked[:2]
    clear = _likeness(name, first.name) >= _NEAR and _likeness(name, first.name) - _likeness(name, second.name) >= 0.1
    return first if clear else None


def corrected_industry(code: str | None, name: str | None) -> tuple[str, str] | None:
    """Code and name as they should be, where one of them is sure and the other does not say otherwise; None where nothing is to mend."""
    division = divisions().get(code or "")
    if division is None and code and name and re.fullmatch(r"[1-9]", code):
        # Spreadsheets take the 0 away; the name has to confirm it.
        division = divisions().get(f"0{code}")
        if division is None or _means(name) != division:
            return None
    if division is None or (name and name != division.name and _means(name) != division):
        return None
    wanted = (division.code, division.name)
    return None if wanted == (code, name) else wanted
