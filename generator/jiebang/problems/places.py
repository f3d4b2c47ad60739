"""What a log says of where a file lies. A name of a file is typed like any value: one that is none of ours may be a person's or a number,
and is told by its shape, with the folder that it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from jiebang.problems.problem import Problem

_RECORD = re.compile(r"[EDAeda]-[0-9A-Za-z]{8}\.ya?ml(?:\.age)?\Z")
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}\Z")
_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,80}\Z")
_OURS = {"districts.yml", "round.yml", "README.md", ".git", ".gitignore", ".gitattributes", ".gitmodules", ".gitkeep"}
_NUMBER = re.compile(r"[0-9]{5}")
_ENDING = re.compile(r"\.(?:ya?ml|docx?|xlsx?|pdf|zip|rar|7z|txt|md|csv|json|age|png|jpe?g)\Z", re.IGNORECASE)


def said(path: str) -> str:
    """A path within a catalogue as a log may say it."""
    *folders, name = path.split("/")
    # Beside the rounds and their districts, a bare folder can be what is wrong.
    own = _FOLDER if len(folders) < 3 and "." not in name else _RECORD
    return "/".join([*(_masked(folder, _FOLDER) for folder in folders), _masked(name, own)])


def said_from_root(path: str, catalogue: str) -> str:
    """A path of a repository as a log may say it; `catalogue` is the folder of the records in it. The names of a program's files are its
    own, as far as they are plain."""
    if path.startswith(f"{catalogue}/"):
        return f"{catalogue}/{said(path.removeprefix(f'{catalogue}/'))}"
    return "/".join(_masked(part, _PLAIN) for part in path.split("/"))


def _masked(name: str, own: re.Pattern[str]) -> str:
    if name in _OURS or (own.match(name) and (own is _RECORD or not _NUMBER.search(name))):
        return name
    ending = found[0].lower() if (found := _ENDING.search(name)) else ""
    return f"（名称不合规定，{len(name)} 个字符）{ending}"


def with_places(problems: Iterable[Problem], catalogue: str | None = None) -> list[Problem]:
    """The same problems with what a log may say of their files: paths within a catalogue, or from the root of a repository in which
    `catalogue` holds the records."""
    return [replace(p, path=said(p.path) if catalogue is None else said_from_root(p.path, catalogue)) for p in problems]
