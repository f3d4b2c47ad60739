"""Demands of the nation or of another city that a bureau lets its SMEs know of: `external.yml` beside its `mkdocs.yml`.

They are no records: no figure, list, feed or search counts them, and nobody applies for them here. Whoever wrote them is a stranger, so
each text is held to a length, to characters that can be seen, and to hold no contact data and no mark of classification; that no hidden
enterprise stands in them is seen by the leak gate, as in all else that goes out. Every mistake is a Chinese sentence with file and line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from jiebang.detection import find_contacts, find_honorifics, has_mark, has_mark_in_a_row
from jiebang.errors import UserError
from jiebang.site.bureau_file import composed, own_content, refusal
from jiebang.workspace import EXTERNAL as FILE

KINDS = ("国家", "外地")
MOST_DEMANDS = 1000
"""Of all sources together: they stand on one page."""
LONGEST: Mapping[str, int] = {
    "name": 60,
    "code": 40,
    "title": 200,
    "summary": 3000,
    "parameters": 3000,
    "field": 60,
    "url": 500,
}
"""Characters of each text."""
MARK = "密级标志"
_OF_LINES = frozenset({"summary", "parameters"})
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#][A-Za-z0-9._~%!$&'()*+,;=:/?#-]*)?"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SMALLER = "删去已经截止的需求。"


@dataclass(frozen=True, slots=True)
class ExternalDemand:
    """A demand of elsewhere; what its catalogue does not say is empty. `url` is where to apply, `deadline` a day."""

    title: str
    code: str = ""
    summary: str = ""
    parameters: str = ""
    field: str = ""
    deadline: str = ""
    url: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each text that says something, by its key, in the order of the page."""
        named = asdict(self)
        yield from ((key, named[key]) for key in ("code", "title", "field", "summary", "parameters") if named[key])


@dataclass(frozen=True, slots=True)
class Source:
    """A published catalogue of demands: whose it is, where it stands, and the day on which it was taken from there."""

    name: str
    kind: str
    url: str
    retrieved: str
    demands: tuple[ExternalDemand, ...]


Sources = tuple[Source, ...]

TITLES: Mapping[str, str] = {
    "name": "来源名称",
    "kind": "来源类别",
    "url": "网址",
    "retrieved": "取得日期",
    "demands": "需求",
    "code": "代码",
    "title": "需求名称",
    "summary": "需求内容",
    "parameters": "参数要求",
    "field": "所属领域",
    "deadline": "揭榜截止",
}
"""What people call each key."""
_REQUIRED: Mapping[type, tuple[str, ...]] = {
    Source: ("name", "kind", "url", "retrieved", "demands"),
    ExternalDemand: ("title",),
}
_KNOWN: Mapping[type, tuple[str, ...]] = {
    Source: _REQUIRED[Source],
    ExternalDemand: ("code", "title", "summary", "parameters", "field", "deadline", "url"),
}


# --- what a value may be ----------------------------------------------------------------------------------------------------


def misshapen(key: str, text: str) -> str | None:
    """Why a value cannot stand in the file, in Chinese; None where it can."""
    most = LONGEST.get(key)
    if most is not None and len(text) > most:
        return f"有 {len(text)} 个字，最多 {most} 个"
    if any(unicodedata.category(sign) in _UNSEEN and not (sign == "\n" and key in _OF_LINES) for sign in text):
        return "有换行以外看不见的字符" if key in _OF_LINES else "有看不见的字符或换行"
    if key == "kind" and text not in KINDS:
        return f"应是{'或'.join(KINDS)}"
    if key == "url" and not _ADDRESS.fullmatch(text):
        return "应是 http 或 https 的完整网址，只用英文字符，例如 https://example.org/list.html"
    if key in {"retrieved", "deadline"} and not _is_day(text):
        return "应是存在的日期，按 2026-07-08 的写法"
    return None


def _is_day(text: str) -> bool:
    try:
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def private_in(text: str) -> tuple[str, ...]:
    """Kinds of what no public text may hold, in Chinese: contact data, people, marks of classification."""
    kinds = [sighting.kind for sighting in find_contacts(text)] + list(find_honorifics(text))
    return (*dict.fromkeys(kinds), *((MARK,) if has_mark(text) or has_mark_in_a_row(text) else ()))


def private_between(demand: ExternalDemand) -> tuple[str, ...]:
    """Kinds that stand in no text of a demand alone, but in its texts as they follow each other on the page."""
    texts = [text for _, text in demand.texts()]
    alone = {kind for text in texts for kind in private_in(text)}
    return tuple(kind for kind in private_in("\n".join(texts)) if kind not in alone)


# --- the file ---------------------------------------------------------------------------------------------------------------


def external_file(workspace: Path | None) -> bytes:
    """The bureau's file, unread; empty where it has none. Raises UserError."""
    return own_content(workspace, FILE) or b""


@lru_cache(maxsize=4)
def sources_in(content: bytes) -> Sources:
    """The sources of a file that have demands, each value of its right shape. Raises UserError."""
    return tuple(source for source, _ in _located(content) if source.demands)


@lru_cache(maxsize=4)
def refuse_private(sources: Sources) -> None:
    """Raises UserError where a text holds contact data, a person or a mark of classification; says where and of what kind, never what."""
    for source in sources:
        _refuse(
            private_in(source.name),
            f"{source.name[:20]} 的来源名称" if not private_in(source.name) else "一个来源的名称",
        )
        for number, demand in enumerate(source.demands, 1):
            place = f"来源“{source.name}”第 {number} 项需求"
            for key, text in demand.texts():
                _refuse(private_in(text), f"{place}的{TITLES[key]}")
            _refuse(private_between(demand), f"{place}相邻的两个项目")


def _refuse(kinds: Sequence[str], place: str) -> None:
    if kinds:
        what = "这样的内容不应放在公开的网站上，查明来源" if MARK in kinds else "联系方式请读者到来源看"
        raise UserError(f"{FILE}：{place}里有{'、'.join(kinds)}。", f"{what}；删去后再试。")


def _located(content: bytes) -> Iterator[tuple[Source, int]]:
    node = composed(content, FILE, _SMALLER)
    if node is None:
        return
    example = "写成一行“sources:”，下面每个来源前面写连字符；用 jiebang external 生成最省事。"
    if not isinstance(node, yaml.MappingNode) or [key.value for key, _ in node.value] != ["sources"]:
        raise refusal(FILE, node.start_mark.line + 1, "应只有 sources 一项。", example)
    names: set[str] = set()
    count = 0
    for entry in _entries(node.value[0][1], "sources"):
        values, demands = _values(entry, Source)
        line = entry.start_mark.line + 1
        if values["name"] in names:
            raise refusal(FILE, line, "来源名称和前面的一个相同。", "合成一个来源，或改名。")
        names.add(values["name"])
        listed = [ExternalDemand(**_values(one, ExternalDemand)[0]) for one in demands]
        count += len(listed)
        if count > MOST_DEMANDS:
            raise refusal(FILE, line, f"到这个来源为止，需求超过 {MOST_DEMANDS} 项。", _SMALLER)
        yield Source(**values, demands=tuple(listed)), line


def _entries(node: yaml.Node, what: str) -> list[yaml.Node]:
    if isinstance(node, yaml.ScalarNode) and node.value == "":
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise refusal(FILE, node.start_mark.line + 1, f"{what} 应是一个列表。", "每项前面写连字符。")
    return list(node.value)


def _values(node: yaml.Node, kind: type) -> tuple[dict[str, str], list[yaml.Node]]:
    """The texts of an entry by their keys, and the nodes of its demands."""
    known = _KNOWN[kind]
    if not isinstance(node, yaml.MappingNode):
        raise refusal(FILE, node.start_mark.line + 1, "这一项应是“名称: 值”。", f"可以写的有 {'、'.join(known)}。")
    values: dict[str, str] = {}
    demands: list[yaml.Node] = []
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name not in known or name in seen:
            what = "写了两遍" if name in seen else "不认识"
            raise refusal(FILE, line, f"这一行的名称{what}。", f"每项可以写一次的有 {'、'.join(known)}。")
        seen.add(name)
        if name == "demands":
            demands = _entries(value, name)
            continue
        if not isinstance(value, yaml.ScalarNode):
            raise refusal(FILE, line, f"{name}（{TITLES[name]}）应是文字。", "写成一行；长的文字用 | 开头另起一段。")
        text = value.value.strip()
        if text and (wrong := misshapen(name, text)):
            raise refusal(FILE, line, f"{name}（{TITLES[name]}）{wrong}。", "改正后再试。")
        values[name] = text
    for name in _REQUIRED[kind]:
        if name not in seen or (name != "demands" and not values[name]):
            raise refusal(FILE, node.start_mark.line + 1, f"缺少 {name}（{TITLES[name]}）。", "补上这一项。")
    return values, demands


class _Dumper(yaml.SafeDumper):
    """Lists stand in by their indentation, texts of several lines in blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def written(sources: Sources) -> str:
    """The file that says these sources; `sources_in` reads them back. Raises UserError where it would be too large."""
    data = {
        "sources": [
            {
                **{key: getattr(source, key) for key in ("name", "kind", "url", "retrieved")},
                "demands": [
                    {key: value for key in _KNOWN[ExternalDemand] if (value := getattr(demand, key))}
                    for demand in source.demands
                ],
            }
            for source in sources
        ]
    }
    head = "# 外地和国家的需求：由 jiebang external 写成，随网站公开；可以手工删改。\n"
    text = head + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    sources_in(text.encode())
    return text
