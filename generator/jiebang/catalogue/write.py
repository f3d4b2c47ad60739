"""Values → the text of a record, in the house's style: keys in the schema's order, long texts as blocks, quotes only where YAML needs them.

What is written here is read back exactly by this package. Two things a record cannot say: characters that nobody sees (the reader refuses
them; so does the writer), and line feeds at the very end of a text, which the reader does not count as content.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiebang.catalogue.decode import INVISIBLE
from jiebang.resources import program_data
from jiebang.schemas import resolved_schema

LONG = 60
"""A text of several sentences that is longer than this stands in a block of its own."""

_BOOLEANS = {True: "是", False: "否"}
_NEEDS_QUOTES = re.compile(
    r"""\A[\s,\[\]{}#&*!|>'"%@`]|\A[-?:](?:\s|\Z)|:(?:\s|\Z)|\s\#|\s\Z|\A(?:<<|=)\Z|\A(?:---|\.\.\.)""", re.VERBOSE
)
_MAX_DIGITS = 10**18


def number_text(value: int | Decimal) -> str:
    """A number as a record holds it: all its digits, none of them idle. ValueError for more than a record can hold."""
    text = str(value) if isinstance(value, int) else format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    digits, _, decimals = text.partition(".")
    if abs(int(digits)) >= _MAX_DIGITS or len(decimals) > 9:
        raise ValueError("a number with more digits than a record can hold")
    return text


def _quoted(text: str) -> str:
    if "\n" in text or ("'" in text and not {'"', "\\"} & set(text)):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'
    if {'"', "\\"} & set(text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _block(text: str, indent: int) -> str:
    """A literal block; with an indentation mark where the first line could be taken for the indentation itself."""
    pad = " " * indent
    mark = "2" if text[0] in " \t\n" else ""
    return f"|{mark}\n" + "\n".join(pad + line if line else "" for line in text.split("\n"))


def _scalar(value: Any, schema: Mapping[str, Any], indent: int) -> str:
    if isinstance(value, bool):
        return _BOOLEANS[value]
    if isinstance(value, int | Decimal):
        return number_text(value)
    if not isinstance(value, str):
        raise TypeError(f"a record holds no {type(value).__name__}")
    if INVISIBLE.search(value):
        raise ValueError("an invisible character, which no record may hold")
    text = value.rstrip("\n")
    prose = schema.get("pattern") == "\\S" and len(text) > LONG
    if text.strip() and ("\n" in text or prose):
        return _block(text, indent)
    return _quoted(text) if not text or _NEEDS_QUOTES.search(text) or "\n" in text else text


def _ordered(value: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    """The keys in the schema's order; what it does not know comes last, in the order given."""
    known = list(schema.get("properties", ()))
    return sorted(value, key=lambda key: known.index(key) if key in known else len(known))


def _entry(lead: str, value: Any, schema: Mapping[str, Any], indent: int) -> Iterator[str]:
    """One value behind what introduces it (`key:` or `-`); `indent` is where what belongs to it stands."""
    pad = " " * indent
    if isinstance(value, Mapping) and value:
        lines = list(_mapping(value, schema, indent))
        if lead.endswith("-"):
            yield f"{lead} {lines[0].removeprefix(pad)}"
            yield from lines[1:]
        else:
            yield lead
            yield from lines
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield lead
        for item in value:
            yield from _entry(f"{pad}-", item, schema.get("items", {}), indent + 2)
    elif isinstance(value, Mapping | Sequence) and not isinstance(value, str):
        yield f"{lead} {'{}' if isinstance(value, Mapping) else '[]'}"
    elif value is None:
        yield lead
    else:
        yield f"{lead} {_scalar(value, schema, indent)}"


def _mapping(value: Mapping[str, Any], schema: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    properties = schema.get("properties", {})
    for key in _ordered(value, schema):
        name = _quoted(key) if _NEEDS_QUOTES.search(key) or not key else key
        yield from _entry(f"{pad}{name}:", value[key], properties.get(key, {}), indent + 2)


def entry_text(kind: str, key: str, value: Any) -> str:
    """One field at the top of a record with all that belongs to it, ending in a line feed."""
    schema = resolved_schema(kind)
    return "".join(f"{line}\n" for line in _mapping({key: value}, schema, 0))


def record_text(kind: str, value: Mapping[str, Any], head: str = "") -> str:
    """The whole text of a record. `head` is a comment to put in front, such as `editor_line`.

    Raises ValueError for what no record can say: an invisible character, a number of more than 18 digits or 9 decimals.
    """
    schema = resolved_schema(kind)
    return head + "".join(f"{line}\n" for line in _mapping(value, schema, 0))


def editor_line(target: Path, kind: str) -> str:
    """The comment that tells an editor the schema, for a record at `target`; empty where the record does not
    lie in a checkout of the program: a bureau's repository tells its editor by place (`.vscode/settings.json`)."""
    folder = Path(os.path.abspath(target.parent))  # noqa: PTH100 - the place as named, whether or not it exists yet
    home = program_data()
    if not folder.is_relative_to(home):
        return ""
    schema = os.path.relpath(home / "schemas" / f"{kind}.schema.json", folder).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={schema}\n"


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Writes files whole, all or none, mode 644. Raises OSError where the disk refuses."""
    # The reader of forms in a browser takes this module along, and writes nothing.
    from jiebang.whole_files import READABLE, replace_files

    replace_files(contents, READABLE)


def write_file(path: Path, text: str) -> None:
    """As `write_files`."""
    write_files({path: text.encode()})
