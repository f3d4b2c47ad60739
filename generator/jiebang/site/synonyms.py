"""Words of the trades that mean the same: the program's list (`site/synonyms.yml`), and over it what a bureau adds.

A bureau's file `synonyms.yml` stands beside its `mkdocs.yml` and has the same form; under the heading 不用 it names words of the program's
list that it does not want. Every mistake is a Chinese sentence with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from jiebang.errors import UserError
from jiebang.site.bureau_file import composed, own_content, refusal
from jiebang.workspace import SYNONYMS as FILE

UNWANTED = "不用"
MOST_TERMS = 20
"""In a group: more are no synonyms."""
MOST_GROUPS = 5000
LONGEST = 40
"""Characters of a term."""
_APART = re.compile("[、，,]")
_HAN = re.compile("[\u3400-\u9fff]")

Group = tuple[str, ...]
Groups = tuple[Group, ...]


Files = tuple[bytes, ...]
"""The program's list and, where there is one, the bureau's, as they were read."""


def key_of(term: str) -> str:
    """A term as it is compared: folded, a hyphen as a space, no space beside a Han character."""
    # The table of traditional characters is large, and numpy takes its time; frames are loaded without them.
    from jiebang.site.search.folding import fold
    from jiebang.site.terms import squeezed

    return squeezed(fold(term))


def synonym_files(home: Path, workspace: Path | None) -> Files:
    """The lists, unread. Raises UserError for a file that is none of a bureau's making."""
    files = [(home / "site" / FILE).read_bytes()]
    own = own_content(workspace, FILE)
    return tuple(files if own is None else [*files, own])


@lru_cache(maxsize=4)
def synonyms_in(files: Files) -> Groups:
    """The program's groups, without what the bureau does not want, then the bureau's. Raises UserError."""
    program, *own = files
    groups = [group for _, group in _groups(program)]
    added = [group for content in own for group in _groups(content)]
    unwanted = {key_of(term) for heading, group in added if heading == UNWANTED for term in group}
    kept = (tuple(term for term in group if key_of(term) not in unwanted) for group in groups)
    return (*(group for group in kept if len(group) > 1), *(group for heading, group in added if heading != UNWANTED))


def _groups(content: bytes) -> Iterator[tuple[str, Group]]:
    """Each group of a file with its heading."""
    for heading, line, text in _lines(content):
        yield heading, _group(line, text, one_is_enough=heading == UNWANTED)


def _refusal(line: int, what: str, hint: str) -> UserError:
    return refusal(FILE, line, what, hint)


def _lines(content: bytes) -> Iterator[tuple[str, int, str]]:
    """(heading, line, text) of each entry."""
    example = "写成“新能源汽车:”一行标题，下面每行一组，例如“  - 电动汽车、新能源汽车、EV”。"
    node = composed(content, FILE, "删去很少有人用的组。")
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        raise _refusal(node.start_mark.line + 1, "应先有一行标题。", example)
    count = 0
    for heading, entries in node.value:
        line = heading.start_mark.line + 1
        if not isinstance(heading, yaml.ScalarNode):
            raise _refusal(line, "标题应是一个词。", example)
        if not isinstance(entries, yaml.SequenceNode):
            raise _refusal(line, f"标题“{heading.value}”下面应是一个列表。", example)
        for entry in entries.value:
            if not isinstance(entry, yaml.ScalarNode):
                raise _refusal(entry.start_mark.line + 1, "一组同义词应写在一行里，是文字。", "词与词之间用顿号分开。")
            count += 1
            if count > MOST_GROUPS:
                raise _refusal(entry.start_mark.line + 1, f"同义词超过 {MOST_GROUPS} 组。", "删去很少有人用的。")
            yield heading.value, entry.start_mark.line + 1, entry.value


def _group(line: int, text: str, one_is_enough: bool) -> Group:
    terms: dict[str, str] = {}
    for term in (part.strip() for part in _APART.split(text)):
        key = key_of(term)
        if len(key) < 2:
            raise _refusal(line, f"“{term}”太短；一个字会到处相符。", "每个词至少两个字，用顿号分开，末尾不加顿号。")
        if len(key) > LONGEST:
            raise _refusal(line, f"有一个词超过 {LONGEST} 个字。", "词与词之间用顿号分开。")
        if not (_HAN.search(key) or re.search("[a-z]", key)):
            raise _refusal(line, f"“{term}”没有文字。", "每个词至少含一个汉字或字母。")
        if key in terms:
            raise _refusal(line, f"“{term}”在同一组里写了两遍。", "删去一个。")
        terms[key] = term
    if len(terms) < 2 and not one_is_enough:
        raise _refusal(line, "一组至少要有两个词。", "补上同义的词，用顿号分开，例如“机器视觉、视觉检测”。")
    if len(terms) > MOST_TERMS:
        raise _refusal(line, f"一组超过 {MOST_TERMS} 个词。", "拆成几组。")
    return tuple(terms.values())
