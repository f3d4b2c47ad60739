"""A file of a bureau's own that goes out with the site, as plain YAML: texts, lists and names, nothing that could become anything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from jiebang.errors import UserError

_MOST_MIB = 1
_DEEPEST = 20
"""Lists and mappings inside each other. The parser in C calls itself for each, and ends the whole program where that is too deep."""


def refusal(file: str, line: int | None, what: str, hint: str) -> UserError:
    """What is wrong in a line of such a file; without a line where it stands nowhere in particular. What is quoted of the file stays in the
    line."""
    what = "".join(character if character.isprintable() else " " for character in what)
    return UserError(f"{file} 第 {line} 行：{what}" if line else f"{file}：{what}", hint)


def a_link(file: str) -> UserError:
    """A symbolic link, whose target nobody has looked at."""
    return UserError(f"{file} 是符号链接，链接的内容会随网页公开。", "换成普通文件。")


@contextmanager
def readable(file: str) -> Iterator[None]:
    """Turns what goes wrong in decoding and parsing a file into a UserError with its line."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise UserError(f"{file} 不是 UTF-8 编码的文字。", "用编辑器另存为 UTF-8。") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" 第 {mark.line + 1} 行" if mark else ""
        raise UserError(
            f"{file}{place}不合 YAML 的写法。", "检查这一行和上一行的缩进、冒号后面的空格、引号是否成对。"
        ) from error
    except RecursionError as error:
        raise _too_deep(file) from error
    except ValueError as error:
        raise UserError(f"{file} 里有读不出的数字或日期。", "给它加上引号，按文字写。") from error


def _too_deep(file: str) -> UserError:
    return UserError(f"{file} 里一层套一层太深。", "照指南里的写法改正。")


def own_content(workspace: Path | None, file: str) -> bytes | None:
    """The file beside a bureau's settings, unread; None where it has none. Raises UserError for one that is none of its making."""
    own = workspace / file if workspace is not None else None
    if own is not None and own.is_symlink():
        raise a_link(file)
    return own.read_bytes() if own is not None and own.is_file() else None


def sifted(content: bytes, file: str, smaller: str) -> str:
    """The file's text, when nothing stands in it that becomes large or deep in whoever reads it, or something else than it looks like.
    `smaller`: what to do where it is too large. Raises UserError, and what `readable` takes."""
    if len(content) > _MOST_MIB << 20:
        raise UserError(f"{file} 超过 {_MOST_MIB} MiB。", smaller)
    text, depth = content.decode("utf-8-sig"), 0
    for event in yaml.parse(text, yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _too_deep(file)
        # An anchor where a node begins, an alias where one is meant; a tag says what a text is to become.
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise refusal(file, line, "不能用 &、*、! 开头的写法。", "每个词原样写出，有符号的加引号。")
    return text


def composed(content: bytes, file: str, smaller: str) -> yaml.Node | None:
    """The file's nodes with their lines; None for a file of nothing. Otherwise as `sifted`. Raises UserError."""
    with readable(file):
        return yaml.compose(sifted(content, file, smaller), yaml.CBaseLoader)
