"""The parser's English complaints, told in Chinese with what people usually did to cause them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import yaml

from jiebang.catalogue.decode import Refusal
from jiebang.catalogue.plain_style import CONFLICTS
from jiebang.schemas import KINDS, fields_of

_MISSING_COLON = ("这一行少了冒号，或冒号后少了空格。", "写成“项目: 内容”，冒号用半角，后面空一格。")
_INDENT = ("缩进与上下文对不上。", "同一级的项目左边对齐，下一级多缩进两个空格。")

_MAPPING_VALUES = ("这里不应出现“: ”。", "内容里含有“: ”时用引号括起来；否则检查这一行的缩进。")
_FULL_WIDTH = ("项目名后面是全角冒号“：”。", "改成半角冒号加一个空格“: ”。")
_NO_SPACE = ("冒号后面少了空格。", "写成“项目: 内容”，冒号用半角，后面空一格。")
_KEY = re.compile(r"\s*(?:- )?([a-z_]+)(：|:(?=\S))")
_MOST_KEYS = 20
"""Who has so many has made one mistake many times."""

_CONFLICT_TOLD = (
    "这里有没解决的合并冲突：两个人改了同一处。",
    "留下对的内容，删去 <<<<<<<、=======、>>>>>>> 开头的各行。",
)

# What the C parser says → what it means to the person at the keyboard.
_EXPLANATIONS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("mapping values are not allowed", _MAPPING_VALUES),
    ("could not find expected ':'", _MISSING_COLON),
    (
        "cannot start any token",
        ("这个字符不能放在这里。", "缩进要用空格，不能用 Tab；内容以 @、` 或 % 开头时用引号括起来。"),
    ),
    ("tab character", ("缩进用了 Tab。", "改用空格缩进，每级两个空格。")),
    ("found unexpected end of stream", ("引号没有配对。", "在内容结尾补上同样的引号。")),
    ("found unknown escape character", ("双引号里的反斜杠被当作转义。", "改用单引号，或把 \\ 写成 \\\\。")),
    ("did not find expected hexdecimal number", ("双引号里的转义不完整。", "改用单引号，或把 \\ 写成 \\\\。")),
    ("found undefined tag handle", ("发现类型标签（以 ! 开头）。", "删除标签；文字本身以 ! 开头时，用引号括起来。")),
    ("did not find expected key", _INDENT),
    ("did not find expected '-' indicator", ("列表的写法不一致。", "每一条都以“- ”开头，左边对齐。")),
    ("did not find expected ',' or", ("方括号或花括号没有配对。", "补上 ] 或 }，或改成每行一条、以“- ”开头。")),
    ("did not find expected alphabetic or numeric character", ("“&”“*”“!”在开头有特殊含义。", "用引号把内容括起来。")),
    ("block sequence entries are not allowed", ("列表不能写在这里。", "列表另起一行，以“- ”开头。")),
    ("did not find expected node content", ("这里缺少内容。", "补上内容，或删除多余的符号。")),
    ("did not find expected <document start>", ("文件开头或结尾有多余的内容。", "检查第一行和最后一行。")),
)


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> list[Refusal]:
    """The refusals for a syntax error; they quote nothing of the file, whose content may be private.

    The parser stops at the first error. Where that is the colon of a field, all others of the file are told with it.
    """
    told = _explained(error, lines)
    if (told.message, told.hint) not in {_MISSING_COLON, _INDENT, _MAPPING_VALUES, _FULL_WIDTH}:
        return [told]
    slipped = list(_slips_of_colons(lines))[:_MOST_KEYS]
    # It notices such a slip on a later line: what it says there is no second one.
    return slipped if any(slip.line <= told.line for slip in slipped) else [told, *slipped]


@cache
def _names_of_fields() -> frozenset[str]:
    return frozenset(field.path.rpartition(".")[2] for kind in KINDS for field in fields_of(kind))


def _slips_of_colons(lines: list[str]) -> Iterator[Refusal]:
    for number, line in enumerate(lines, 1):
        key = _KEY.match(line)
        if key is not None and key[1] in _names_of_fields():
            yield Refusal("Y104", number, key.start(2) + 1, *(_FULL_WIDTH if key[2] == "：" else _NO_SPACE))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def conflicts_set_in(lines: list[str]) -> Iterator[Refusal]:
    """The first mark of a conflict that an editor has set in with the text around it: YAML takes it for a line of the text."""
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith(CONFLICTS):
            yield Refusal("Y104", number, len(line) - len(line.lstrip()) + 1, *_CONFLICT_TOLD)
            return


def _explained(error: yaml.MarkedYAMLError, lines: list[str]) -> Refusal:
    problem = error.problem or ""
    # An unclosed quote is noticed at the end of the file; where it was opened is what helps.
    unclosed = "unexpected end of stream" in problem
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    code = "Y104"
    message, hint = "YAML 写法有误。", "检查这一行和上一行的缩进、冒号和引号。"
    for needle, explanation in _EXPLANATIONS:
        if needle in problem:
            message, hint = explanation
            break
    if "expected key" in problem and 0 < line <= len(lines) and any(mark in lines[line - 1] for mark in "'\""):
        message, hint = "引号之外还有文字，或引号里又有同样的引号。", "整个值用一对引号括起来；里面的引号用中文引号“”。"
    if "directive" in problem or "directive" in (error.context or ""):
        code, message, hint = "Y110", "发现以 % 开头的 YAML 指令。", "删除这一行。"
    elif "tag" in problem or "tag" in (error.context or ""):
        code = "Y106"
    conflict = next((number for number, row in enumerate(lines, 1) if row.startswith(CONFLICTS)), 0)
    if conflict:
        return Refusal("Y104", conflict, 1, *_CONFLICT_TOLD)
    at = line - 1
    # The parser notices a missing colon only on the next line. Further in lies the text of a field, where such a colon belongs.
    for number in (at, at - 1):
        if not 0 <= number < len(lines) or (at < len(lines) and _indent(lines[number]) != _indent(lines[at])):
            continue
        if "：" in lines[number].split("#")[0] and ": " not in lines[number]:
            if message in {_MISSING_COLON[0], _INDENT[0]} or "mapping values" in problem:
                line, column = number + 1, lines[number].index("：") + 1
                message, hint = _FULL_WIDTH
            break
    return Refusal(code, max(line, 1), max(column, 1), message, hint)
