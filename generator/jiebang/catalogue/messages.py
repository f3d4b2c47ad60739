"""What a schema error says to the person who can mend it: found, expected, remedy, in the words of the form.

Nothing that somebody typed is quoted, not even a wrong choice of a public field or an unknown key: what slipped in there may be a name or
a number, and the log of a check may be read by strangers. The message tells the shape ("11 个字符，含全角字符") and what is expected.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from jiebang.catalogue.record import schema_path
from jiebang.catalogue.versions import another_version, current_version
from jiebang.schemas import FieldDoc, field_at, resolved_schema

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

Path = tuple[str | int, ...]
Told = tuple[str, str]


def _field(kind: str, path: Path) -> FieldDoc | None:
    steps = list(path)
    while steps and isinstance(steps[-1], int):
        steps.pop()
    return field_at(kind, schema_path(tuple(steps)))


def _shape(text: str) -> str:
    parts = [f"{len(text)} 个字符"]
    if unicodedata.normalize("NFKC", text) != text:
        parts.append("含全角字符")
    if re.search(r"\s", text):
        parts.append("含空格或换行")
    return "，".join(parts)


def found(value: Any) -> str:
    """What stands there, by its shape."""
    if value is None:
        return "现在是空的"
    if isinstance(value, bool):
        return f"现在填的是“{'是' if value else '否'}”"
    if isinstance(value, dict):
        return "现在是一组下级项目"
    if isinstance(value, list):
        return f"现在是 {len(value)} 条的列表"
    return f"现在填了 {_shape(str(value))}"


_TURNS = re.compile("[不未非无没否勿]"), re.compile("[待拟]")
"""What turns a choice into its opposite, and what says that it is still to come."""


def _turned(text: str) -> list[bool]:
    return [turn.search(text) is not None for turn in _TURNS]


def nearest(text: str, allowed: Iterable[str]) -> str | None:
    """The allowed value that a slip most likely meant, None where nothing is near. Never its opposite: 不愿公开 is not near 公开, nor 涉密
    to 不涉密; and of a number only the one that lost its zeros in front."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    turned = _turned(folded)
    candidates = [candidate for candidate in allowed if _turned(candidate) == turned]
    for candidate in candidates:
        if unicodedata.normalize("NFKC", candidate).casefold() == folded:
            return candidate
    if folded.isdecimal():
        return next((c for c in candidates if c.isdecimal() and c.lstrip("0") == folded.lstrip("0")), None)
    within = [c for c in candidates if folded and (folded in c or c in folded)]
    if len(within) == 1:
        return within[0]
    close = difflib.get_close_matches(text, candidates, n=1, cutoff=0.5)
    return close[0] if close else None


def missing(kind: str, path: Path) -> Told:
    """A required field that is not there."""
    field = field_at(kind, schema_path(path))
    key = path[-1]
    title = field.title if field else str(key)
    example = f"，例如“{key}: {_example(field)}”" if field and not isinstance(field.example, dict | list) else ""
    return f"缺少必填项“{title}”（{key}）。", f"补上 {key} 这一项{example}。"


def _example(field: FieldDoc) -> str:
    # What is wrong is one entry of a list, never the list's own shape.
    example = field.example[0] if isinstance(field.example, list) else field.example
    if isinstance(example, bool):
        return "是" if example else "否"
    return str(example)


def unknown(kind: str, path: Path, name: str, known: Mapping[str, Any]) -> Told:
    """A property that the schema does not have."""
    by_title = {schema["title"]: key for key, schema in known.items()}
    near = by_title.get(name) or nearest(name, known)
    where = "这里" if path else "这类记录中"
    # A key may be a value that slipped in front of the colon.
    message = f"{where}没有这样的项目（写了 {len(name)} 个字符的名称）。"
    if near:
        return message, f"是不是“{near}”（{known[near]['title']}）？是就改名，不是就删除。"
    return message, "删除这一项，或对照字段说明改名。"


_EXPECTED_TYPE = {
    "string": "应为文字",
    "integer": "应为整数",
    "number": "应为数字",
    "boolean": "应为“是”或“否”",
    "object": "应为一组下级项目（每行一个“项目: 内容”，缩进两格）",
    "array": "应为列表（每行一条，以“- ”开头）",
}


def _number_slip(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    folded = unicodedata.normalize("NFKC", value).strip()
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", folded):
        return "去掉千分位逗号" + ("，数字改成半角" if folded != value else "") + "。"
    if folded != value and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", folded):
        return "数字改成半角，去掉空格。"
    if re.fullmatch(r"-?(?=.*[0-9])(?=.*[OoIl])[0-9OoIl]+(\.[0-9OoIl]+)?", folded):
        return "把字母 O、I、l 改成数字 0、1，请核对。"
    if match := re.match(r"-?[0-9][0-9.,]*\s*(\D+)$", folded):
        return "只写数字，不写单位；单位已由表格规定。" if re.search(r"[^\W_]|%", match.group(1)) else None
    return None


def _value(error: ValidationError) -> Any:
    return error.instance


def _limit(error: ValidationError) -> Any:
    return error.validator_value


def _wrong_type(field: FieldDoc | None, error: ValidationError, told: str) -> Told:
    expected = _EXPECTED_TYPE[str(_limit(error))]
    if _value(error) is None:
        key = error.absolute_path[-1] if error.absolute_path else ""
        return f"这一项留空了，{expected}。", f"填写内容；确实没有的，把 {key} 这一行删掉。"
    hint = _number_slip(_value(error)) if _limit(error) in {"integer", "number"} else None
    example = f"，例如 {_example(field)}" if field and not isinstance(field.example, dict | list) else ""
    return f"{told}，{expected}。", hint or f"改为{expected.removeprefix('应为')}{example}。"


# Crockford's base32 leaves these letters out because they are taken for digits.
_CROCKFORD = str.maketrans("OIL", "011")


_QUOTES = "“”‘’「」『』＂＇\"'"
"""What word processors make of quotation marks: no part of a value."""


def _pattern_slip(value: str, pattern: str) -> str | None:
    attempts = (
        (value.strip(_QUOTES), "删去引号；YAML 的引号要用半角的，一般不用写。"),
        (unicodedata.normalize("NFKC", value), "全角字符改成半角。"),
        ("".join(value.split()), "删去其中的空格。"),
        (value.translate(_CROCKFORD), "编号里不用字母 O、I、L、U，多半是数字 0 或 1，请核对。"),
        (value.upper(), "字母改成大写。"),
        (value.lower(), "字母改成小写。"),
        (unicodedata.normalize("NFKC", "".join(value.split())).upper(), "改成半角大写，并删去空格。"),
    )
    return next((hint for attempt, hint in attempts if attempt != value and re.search(pattern, attempt)), None)


def _wrong_pattern(field: FieldDoc | None, error: ValidationError, told: str) -> Told:
    value = _value(error)
    if "\n" in value and "\\n" in str(_limit(error)):
        return "这一项应写在一行之内，现在有多行。", "合并成一行。"
    hint = _pattern_slip(value, str(_limit(error)))
    meaning = field.description if field else ""
    example = f"“{_example(field)}”" if field else ""
    return f"{told}，格式不对。{meaning}", hint or f"照这个样子写：{example}。"


def _wrong_format(error: ValidationError, told: str) -> Told:
    if _limit(error) == "date":
        return f"{told}，不是真实存在的日期。", "写成年-月-日，例如 2024-07-10。"
    if _limit(error) == "email":
        return f"{told}，不是完整的邮箱地址。", "写成 name@example.com 的样子，用半角字符。"
    return f"{told}，不是完整的网址。", "以 http:// 或 https:// 开头。"


def _nearest_choice(text: str, allowed: list[str], titles: Mapping[str, str]) -> str | None:
    """The choice meant by a text: by its value, or by what it is called in Chinese."""
    by_title = {titles[value]: value for value in allowed if value in titles}
    near = nearest(text, [*by_title, *allowed])
    return by_title.get(near, near) if near else None


def _wrong_choice(field: FieldDoc | None, error: ValidationError, told: str) -> Told:
    allowed = [str(choice) for choice in _limit(error)]
    titles = dict(zip(field.choices, field.choice_titles, strict=True)) if field else {}
    near = _nearest_choice(str(_value(error)), allowed, titles) if _value(error) is not None else None
    listed = [value if titles.get(value, value) == value else f"{value}（{titles[value]}）" for value in allowed]
    shown = "、".join(listed) if len(allowed) <= 12 else f"共 {len(allowed)} 个选项，见字段说明"
    if near:
        hint = f"改为“{near}”。"
    elif len(allowed) == 1:
        # A conclusion that has to be 不涉密 is not mended by writing so.
        hint = f"确实如此的，写“{allowed[0]}”；不是的，不要提交这份记录，按规定另行处理。"
    else:
        hint = "从这些选项中选择一个。"
    return f"{told}，应为以下之一：{shown}。", hint


def _is_a_day(*parts: str) -> bool:
    try:
        date(*map(int, parts))
    except (ValueError, OverflowError):
        return False
    return True


def _wrong_date_shape(field: FieldDoc | None, error: ValidationError, told: str) -> Told | None:
    if field is None or field.type != "日期" or not isinstance(_value(error), str):
        return None
    text = unicodedata.normalize("NFKC", _value(error)).strip()
    parts = re.findall(r"[0-9]+", text)
    slip = "写明年、月、日"
    if text.strip(_QUOTES) != text:
        slip = "删去引号，写成年-月-日"
    elif re.fullmatch(r"[34][0-9]{4}(?:\.[0-9]+)?", text):
        slip = "这像是 Excel 里日期的序号：在 Excel 里把这一格设成日期格式，照显示的日期写"
    elif re.fullmatch(r"(?:19|20)[0-9]{6}", text):
        slip = "年、月、日之间加半角连字符"
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", text):
        slip = "删去日期后面的时间"
    elif len(parts) == 3 and len(parts[0]) == 2:
        slip = "年份写四位，月、日写两位"
    elif len(parts) == 3:
        slip = "补足两位月、日，用半角连字符" if _is_a_day(*parts) else "核对月份和日子，没有这一天"
    return f"{told}，应为“年-月-日”。", f"{slip}，例如 2024-07-10。"


_PLACES = {
    "enterprise": "enterprises/ 里",
    "demand": "demands/ 里",
    "application": "applications/ 里",
    "round": "轮次的 round.yml",
    "districts": "districts.yml",
}


def misplaced(kind: str, other: str) -> Told:
    """A whole record of another kind than its place says."""
    here, there = (resolved_schema(one)["title"] for one in (kind, other))
    return (
        f"内容是一份“{there}”的记录，却放在“{here}”的位置，其余内容没有检查。",
        f"把文件移到 {_PLACES[other]}；要写“{here}”的，换成它的内容，这一行写 {kind}/{current_version(kind)}。",
    )


def _another_version(kind: str, version: int) -> Told:
    known = current_version(kind)
    if version > known:
        return (
            f"这份记录的格式是 {kind}/{version}，比这个程序认得的 {kind}/{known} 新，其余内容没有检查。",
            "换用较新的程序（局里的仓库改 program.txt）；不要改这一行。",
        )
    return (
        f"这份记录的格式是 {kind}/{version}，现在是 {kind}/{known}，其余内容没有检查。",
        "运行 jiebang migrate 看怎么改，再加 --write 写入；不要只改这一行。",
    )


def wrong(kind: str, path: Path, error: ValidationError) -> tuple[str, Told]:
    """Code, message and hint of an error at a field that is there."""
    field = _field(kind, path)
    value: Any = error.instance
    told = found(value)
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            return "S201", _wrong_type(field, error, told)
        case "enum":
            return ("S201" if value is None else "S204"), _wrong_choice(field, error, told)
        case "const" if path == ("schema",) and (version := another_version(kind, value)) is not None:
            return "S205", _another_version(kind, version)
        case "const":
            return "S205", (f"这一项应为“{limit}”。", f"改为“{limit}”。")
        case "minLength" | "maxLength" | "pattern" if shaped := _wrong_date_shape(field, error, told):
            return "S209", shaped
        case "minLength":
            if not value.strip():
                return "S206", ("这一项是空的。", "填写内容；不是必填的可以整行删掉。")
            return "S206", (f"{told}，至少要 {limit} 个字符。", "补全内容。")
        case "maxLength":
            return "S207", (f"现在有 {len(value)} 个字符，最多 {limit} 个。", f"精简到 {limit} 个字符以内。")
        case "pattern":
            if not value.strip():
                return "S206", ("这一项是空的。", "填写内容；不是必填的可以整行删掉。")
            return "S208", _wrong_pattern(field, error, told)
        case "format":
            return "S209", _wrong_format(error, told)
        case "minimum":
            return "S210", (f"{told}，不能小于 {limit}。", "核对数值和单位。")
        case "maximum":
            return "S210", (f"{told}，不能大于 {limit}。", "核对数值和单位。")
        case "minItems":
            return "S211", (f"至少要有 {limit} 条。", "补上一条；没有的话整项删掉。")
        case "maxItems":
            return "S211", (f"现在有 {len(value)} 条，最多 {limit} 条。", "删减条目。")
        case _:
            return "S212", ("列表里有重复的内容。", "删除重复的一条。")
