"""What a person does to a catalogue between two commands, as files to write: `text` changes a published demand, `enterprise` adds a hidden one.

A process of its own makes them, so that the one that measures stays small and writes a file only.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from jiebang.catalogue import Record
from jiebang.catalogue.amend import amended_text, value_of
from jiebang.rules.secrecy import digest_of
from make_catalogue import credit_code

_FIRST = 900_000
"""Numbers of enterprises that no made-up catalogue reaches."""
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Edit:
    """A file of the catalogue with what it is to hold. `mark` stands on the demand's page (`page`) afterwards; both empty where there is none."""

    path: str
    content: str
    mark: str = ""
    page: str = ""


def text_edit(catalogue: Path, number: int) -> Edit:
    """Another sentence in the first published demand, which two people have read again. The last edit's sentence goes."""
    for path in sorted(catalogue.glob("*/*/demands/*.yml")):
        text = path.read_text(encoding="utf-8")
        if "status: published\n" in text and "secrecy_review:\n" in text:
            break
    else:
        raise LookupError("no published demand")
    value = value_of("demand", text)
    mark = f"第{number}次改动之后再测。"
    value["effect"] = re.sub(r"第\d+次改动之后再测。", "", value["effect"]).rstrip() + mark
    review = {**value["secrecy_review"], "digest": digest_of(Record("demand", "", None, None, value, b"", sound=True))}
    amended = amended_text("demand", text, {"effect": value["effect"], "secrecy_review": review})
    return Edit(path.relative_to(catalogue).as_posix(), amended, mark, f"demands/{path.stem}/")


def hidden_enterprise(catalogue: Path, number: int) -> Edit:
    """One more enterprise beside the first hidden one, of the same kind, with names and numbers of its own."""
    for path in sorted(catalogue.glob("*/*/enterprises/*.yml")):
        text = path.read_text(encoding="utf-8")
        if "disclosure: 不公开\n" in text:
            break
    else:
        raise LookupError("no hidden enterprise")
    new = f"E-MEASVRE{_CROCKFORD[number % len(_CROCKFORD)]}"
    changed = {
        "id": new,
        "name": f"示例第{_FIRST + number}号制造有限公司",
        "aliases": None,
        "credit_code": credit_code(_FIRST + number),
        "email": f"lianxi{_FIRST + number}@example.com",
        "address": f"示例市测量大道 {_FIRST + number} 号",
    }
    return Edit(
        (path.parent / f"{new.lower()}.yml").relative_to(catalogue).as_posix(),
        amended_text("enterprise", text, changed),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["text", catalogue, number]:
            edit = text_edit(Path(catalogue), int(number))
        case ["enterprise", catalogue, number]:
            edit = hidden_enterprise(Path(catalogue), int(number))
        case _:
            sys.exit("usage: edits.py text|enterprise CATALOGUE NUMBER")
    print(json.dumps([edit.path, edit.content, edit.mark, edit.page]))
