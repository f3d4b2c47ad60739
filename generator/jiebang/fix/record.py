"""A record's file → the same file without its slips: bytes, then values, then spaces, then order; each step leaves the rest as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml.nodes import Node

from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import INVISIBLE
from jiebang.catalogue.events import MOST_REFUSALS, parse
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.nodes import Mapping
from jiebang.fix.encoding import tidied_text
from jiebang.fix.order import ordered
from jiebang.fix.positions import Place, compose, leaves, places, text_lines
from jiebang.fix.values import Change, corrected, corrected_industry
from jiebang.schemas import fields_of, resolved_schema

_MISSING = "S202"


@dataclass(frozen=True, slots=True)
class FixedRecord:
    """The file as it should be, and what was fixed, in the order of its lines. `text` is None where nothing can be said of the file."""

    text: str | None
    changes: tuple[Change, ...]


def _readable(text: str) -> Node | None:
    """The nodes of a text that the strict reader lets pass; None for any other."""
    if INVISIBLE.search(text):
        return None
    root, refusals = parse(text)
    # After so many the reader stopped: nobody knows what else stands there.
    if not isinstance(root, Mapping) or len(refusals) >= MOST_REFUSALS or any(r.code != "Y114" for r in refusals):
        return None
    return compose(text)


def _colons(kind: str, text: str) -> tuple[str, list[Change]]:
    """Full-width colons behind field names, where the reader stumbles over them."""
    known = {field.path.rpartition(".")[2] for field in fields_of(kind)}
    lines, changes = text.split("\n"), []
    for _ in range(len(known)):
        _, refusals = parse("\n".join(lines))
        numbers = [r.line - 1 for r in refusals if r.code == "Y104" and 0 < r.line <= len(lines)]
        slip = re.match(r"( *(?:- )?)([a-z_]+)：\s*", lines[numbers[0]]) if numbers else None
        if slip is None or slip.group(2) not in known:
            break
        number = numbers[0]
        lines[number] = f"{slip.group(1)}{slip.group(2)}: {lines[number][slip.end() :]}".rstrip()
        changes.append(Change(number + 1, (), "全角冒号改成半角冒号加空格"))
    fixed = "\n".join(lines)
    return (fixed, changes) if changes and _readable(fixed) is not None else (text, [])


def _written(place: Place, new: str) -> str:
    """The new value in the old one's quotation marks, or in some where YAML would read it otherwise."""
    if place.style == "'":
        return "'" + new.replace("'", "''") + "'"
    alone = parse(f"value: {new}")[0]
    plain = isinstance(alone, Mapping) and convert(alone, {}) == {"value": new}
    if plain and not place.style:
        return new
    escaped = new.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _values(kind: str, text: str, node: Node) -> tuple[str, list[Change]]:
    """Every value that is surely meant otherwise, replaced where it stands."""
    found = list(places(node))
    reviewed = any(place.path[0] == "secrecy_review" for place in found)
    fixed = ((place, corrected(kind, place.path, place.text, reviewed=reviewed)) for place in found)
    edits = [(place, new) for place, new in fixed if new is not None]
    for place, (new_text, _) in reversed(edits):
        text = text[: place.start] + _written(place, new_text) + text[place.end :]
    return text, [Change(place.line, place.path, why, place.text, new) for place, (new, why) in edits]


def _industry(kind: str, text: str) -> tuple[str, list[Change]]:
    """The industry's name by its code; written in where it is missing."""
    node = _readable(text) if kind == "enterprise" else None
    found = {p.path[1]: p for p in places(node) if p.path[:1] == ("industry",) and len(p.path) == 2} if node else {}
    code, name = found.get("code"), found.get("name")
    wanted = corrected_industry(code.text if code else None, name.text if name else None)
    if code is None or wanted is None:
        return text, []
    changes = []
    # From the end to the start, so that the offsets stay right.
    if name is not None and name.text != wanted[1]:
        lead = "" if name.start < name.end else " " * (text[name.start - 1 : name.start] == ":")
        text = text[: name.start] + lead + _written(name, wanted[1]) + text[name.end :]
        changes.append(Change(name.line, name.path, "按行业代码改为 2017 版名称", name.text, wanted[1]))
    if code.text != wanted[0]:
        text = text[: code.start] + _written(code, wanted[0]) + text[code.end :]
        changes.append(Change(code.line, code.path, "补上行业代码开头的 0", code.text, wanted[0]))
    return (text, changes) if name is not None else _with_name(text, code, wanted[1])


def _with_name(text: str, code: Place, name: str) -> tuple[str, list[Change]]:
    lines = text.split("\n")
    lead = re.match(r"( +)code:", lines[code.line - 1])
    if lead is None:
        return text, []
    lines.insert(code.line, f"{lead.group(1)}name: {name}")
    return "\n".join(lines), [Change(code.line, ("industry", "name"), "按行业代码补上名称", "", name)]


def _spaces(_kind: str, text: str) -> tuple[str, list[Change]]:
    """No spaces at the ends of lines, one line feed at the end of the file; the lines of long texts are content and stay."""
    lines = text.split("\n")
    content = text_lines(node, lines) if (node := compose(text)) is not None else set()
    found = [n for n, line in enumerate(lines) if line != line.rstrip(" \t") and n not in content]
    for number in found:
        lines[number] = lines[number].rstrip(" \t")
    changes = [Change(number + 1, (), "去掉行尾的空格") for number in found]
    fixed = "\n".join(lines)
    if not fixed.endswith("\n"):
        fixed += "\n"
        changes.append(Change(len(lines), (), "文件末尾补上换行"))
    return fixed, changes


def _value_of(kind: str, text: str) -> object:
    root, _ = parse(text)
    return convert(root, resolved_schema(kind)) if root is not None else None


def _inside(kind: str, text: str) -> tuple[str, list[Change]]:
    """What is fixed in a text that can be read."""
    node = _readable(text)
    if node is None:
        return text, []
    text, changes = _values(kind, text, node)
    text, named = _industry(kind, text)
    changes += named
    for arrange in (_spaces, ordered):
        arranged, moved = arrange(kind, text)
        # Arranging must not change a value; a layout in which it would is left as it is.
        if _readable(arranged) is not None and _value_of(kind, arranged) == _value_of(kind, text):
            text = arranged
            changes += moved
    return text, changes


def fix_record(file: RecordFile, data: bytes) -> FixedRecord:
    """What the file should be. Nothing that could be meant in two ways is touched, and nothing valid becomes invalid."""
    text, changes = tidied_text(data, file.kind)
    if text is None:
        return FixedRecord(None, ())
    if _readable(text) is None:
        text, spelt = _colons(file.kind, text)
        changes += spelt
    fixed, more = _inside(file.kind, text)
    if fixed != text and _reads_worse(file, fixed, text):
        raise RuntimeError("a fixed record reads worse than before")
    return FixedRecord(fixed, tuple(changes + more))


def _reads_worse(file: RecordFile, fixed: str, text: str) -> bool:
    """Whether something is found in a fixed text that was not before. A choice that can be read now may ask for more: what was missing
    all the time is no fault of the fix."""
    found = {code for code, _ in _found_in(file, fixed) - _found_in(file, text)}
    return bool(found - {_MISSING}) or not _fields(text) <= _fields(fixed)


def _fields(text: str) -> set[tuple[str | int, ...]]:
    node = _readable(text)
    return {path for path, _ in leaves(node)} if node is not None else set()


def _found_in(file: RecordFile, text: str) -> set[tuple[str, str]]:
    """What reading finds in a text, wherever it stands."""
    return {(problem.code, problem.field) for problem in read_record(file, text.encode()).problems}
