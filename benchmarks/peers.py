"""What `jiebang` is measured against, in the same run on the same files: the plainest program that does part of the work.

`check` loads with PyYAML's C parser and judges with jsonschema: no positions, no messages, no rules, and (as PyYAML guesses types)
wrong verdicts. `write` copies the finished site file by file: no build can be faster than writing its result.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"


def check(catalogue: Path) -> int:
    """The number of complaints, to make sure that all the work is done."""
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.rglob("*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        (content["$id"], Resource.from_contents(content)) for content in contents
    )
    validators = {
        content["$id"].removesuffix(".schema.json"): Draft202012Validator(content, registry=registry)
        for content in contents
        if content["$id"].endswith(".schema.json")
    }
    complaints = 0
    for path in sorted(catalogue.rglob("*.yml")):
        record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        kind = str(record["schema"]).partition("/")[0]
        complaints += sum(1 for _ in validators[kind].iter_errors(record))
    return complaints


def write(site: Path, target: Path) -> int:
    """The number of files copied."""
    written = 0
    for path in sorted(site.rglob("*")):
        if path.is_file():
            copy = target / path.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            written += 1
    return written


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check", catalogue]:
            print(check(Path(catalogue)))
        case ["write", site, target]:
            print(write(Path(site), Path(target)))
        case _:
            sys.exit("usage: peers.py check CATALOGUE | write SITE TARGET")
