"""One pass over YAML events with PyYAML's C parser: a tree of texts with positions, or refusals with line and column.

Nothing is constructed before it is known to be harmless, so merge-key bombs, tags and deep nesting cost nothing. Source: safety
rules 13 and 14.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from jiebang.catalogue.decode import INVISIBLE, Refusal, describe_character
from jiebang.catalogue.nodes import Mapping, Node, Scalar, Series
from jiebang.catalogue.plain_style import CONFLICTS
from jiebang.catalogue.yaml_slips import conflicts_set_in, explain

MAX_DEPTH = 20
MAX_NODES = 20_000
"""A record has some hundred; the limit keeps a hostile file of 1 MiB under a second."""
MOST_REFUSALS = 50
"""Of one file: who has so many has made one mistake many times, and the first ones tell which."""


class _StopReadingError(Exception):
    """Reading on would cost time and tell nothing new."""


def _start(event: Event) -> tuple[int, int]:
    """Line and column of an event, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


class _Tree:
    """Builds the tree from events and collects what is refused on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.refusals: list[Refusal] = []
        self.root: Node | None = None
        self.stack: list[Mapping | Series] = []
        self.keys: list[Scalar | None] = []
        self.count = 0
        self.documents = 0

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def refuse(self, code: str, at: tuple[int, int], message: str, hint: str) -> None:
        self.refusals.append(Refusal(code, *at, message, hint))
        if len(self.refusals) == MOST_REFUSALS:
            raise _StopReadingError

    def read(self) -> None:
        """Takes all events. Nearly all of them are scalars and what holds them, so these are asked for first."""
        parser = CParser(self.text)
        may_hold_comments = "#" in self.text
        try:
            while True:
                event: Any = parser.get_event()
                kind = type(event)
                if kind is ScalarEvent:
                    self._scalar(event, may_hold_comments)
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    self._open(event)
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    self.stack.pop()
                    self.keys.pop()
                elif kind is AliasEvent:
                    self.refuse(
                        "Y105",
                        _start(event),
                        "发现别名（以 * 开头）。",
                        "把内容直接写出来；文字本身以 * 开头时，用引号括起来。",
                    )
                    self._add(Scalar("", *_start(event), plain=True))
                elif kind is DocumentStartEvent:
                    self._document(event)
                elif kind is StreamEndEvent:
                    return
        finally:
            parser.dispose()

    def _document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            self.refuse("Y110", _start(event), "发现以 % 开头的 YAML 指令。", "删除这一行。")
        if self.documents > 1:
            self.refuse(
                "Y109",
                _start(event),
                "一个文件里只能有一份记录，这里又开始了一份。",
                "把“---”之后的内容移到另一个文件。",
            )
            raise _StopReadingError

    def _check_properties(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor is not None:
            self.refuse(
                "Y105", _start(event), "发现锚点（以 & 开头）。", "删除锚点；文字本身以 & 开头时，用引号括起来。"
            )
        if event.tag is not None:
            self.refuse(
                "Y106", _start(event), "发现类型标签（以 ! 开头）。", "删除标签；文字本身以 ! 开头时，用引号括起来。"
            )

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        kind = Mapping if isinstance(event, MappingStartEvent) else Series
        node = kind(*_start(event))
        if len(self.stack) >= MAX_DEPTH:
            self.refuse("Y111", _start(event), f"层级超过 {MAX_DEPTH} 层。", "检查缩进和括号。")
            raise _StopReadingError
        self._add(node)
        self.stack.append(node)
        self.keys.append(None)

    def _scalar(self, event: ScalarEvent, may_hold_comments: bool) -> None:
        if event.anchor is not None or event.tag is not None:
            self._check_properties(event)
        plain = not event.style
        scalar = Scalar(event.value, *_start(event), plain)
        # Only a text between double quotes can write a character as an escape (`\u200b`); others were clean as they stood.
        if event.style == '"' and (match := INVISIBLE.search(scalar.text)):
            self.refuse(
                "Y103", _start(event), f"转义写出了看不见的字符 {describe_character(match.group())}。", "删除这个转义。"
            )
        self._add(scalar)
        if may_hold_comments and plain and scalar.text:
            self._watch_for_comment(event)

    def _watch_for_comment(self, event: ScalarEvent) -> None:
        end = event.end_mark
        if end is None:
            return
        lines = self.lines
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if rest.lstrip(" \t:").startswith("#") and rest[:1] in {" ", "\t"}:
            self.refuse(
                "Y114",
                (end.line + 1, end.column + 1 + rest.index("#")),
                "“#”及其后面的文字被当作注释，不会读入。",
                "是内容的，把整个值用引号括起来；是注释的，另起一行。",
            )

    def _add(self, node: Node) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            at = node.line, node.column
            self.refuse("Y111", at, f"项目超过 {MAX_NODES} 个。", "一份记录不会这么大，请检查内容。")
            raise _StopReadingError
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Series):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self._as_key(node, parent)
            return
        self.keys[-1] = None
        parent.entries.setdefault(key.text, (key, node))

    def _as_key(self, node: Node, parent: Mapping) -> Scalar:
        if not isinstance(node, Scalar) or not node.text:
            self.refuse("Y112", (node.line, node.column), "项目名必须是一个词。", "按“项目: 内容”的写法改写。")
            return Scalar(f"\0{node.line}:{node.column}", node.line, node.column, plain=True)
        if node.plain and node.text == "<<":
            self.refuse("Y107", (node.line, node.column), "发现合并键“<<”。", "把内容直接写出来。")
        elif node.text in parent.entries:
            first = parent.entries[node.text][0]
            self.refuse("Y108", (node.line, node.column), f"这一项在第 {first.line} 行已经写过。", "只保留一处。")
        return node


def parse(text: str) -> tuple[Node | None, list[Refusal]]:
    """The tree of a record's text and everything refused in it; the tree may be partial where there are refusals."""
    tree = _Tree(text)
    try:
        tree.read()
    except _StopReadingError:
        pass
    except yaml.MarkedYAMLError as error:
        tree.refusals.extend(explain(error, tree.lines))
        return None, tree.refusals
    except yaml.reader.ReaderError as error:
        tree.refusals.append(
            Refusal("Y103", 0, 0, f"发现 YAML 不允许的字符 U+{ord(str(error.character)[:1]):04X}。", "删除这个字符。")
        )
        return None, tree.refusals
    if any(mark in text for mark in CONFLICTS):
        tree.refusals.extend(conflicts_set_in(tree.lines))
    return tree.root, tree.refusals
