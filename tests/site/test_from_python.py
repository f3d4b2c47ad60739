"""What the tests of the page scripts are compared with is what the generator makes today.

`python -m tests.site.test_from_python` writes the file anew after a change of what it holds.
"""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jiebang.desk.remaining import time_left
from jiebang.detection.contacts import SIEVE as CONTACTS
from jiebang.detection.digits import runs
from jiebang.detection.indirect_identifiers import SIEVE as HINTS
from jiebang.detection.legible import legible
from jiebang.detection.telephones import phones
from jiebang.site.columns import list_files
from jiebang.site.exports.json.objects import demand_object
from jiebang.site.exports.table import neutral
from jiebang.site.grouping import group_demands
from jiebang.site.search import build_index, folded_text
from jiebang.site.search.folding import fold
from jiebang.site.search.grams import Limits
from jiebang.site.submit.patterns import patterns
from jiebang.site.terms import Terms
from jiebang.site.text import excerpt
from jiebang.view import PublicSite
from tests.detection.names import listed
from tests.site import samples

KEPT = Path(__file__).resolve().parents[1] / "scripts" / "fixtures" / "from-python.json"
SCRIPTS = Path(__file__).resolve().parents[2] / "site" / "assets" / "js"
SITE = samples.make_site(9)

_FOLDED = (
    "电池外壳", "電池　外殼", "ＵＬ　９４ Ｖ－０", "25 G/10min", "230 ℃", "㎡ ㎏ №", "ﬁn ǅ", "Straße İ ΟΔΟΣ ος",
    "cafe\u0301 が", "①② Ⅳ", "後面的麵條乾了", "a\u00a0\u2003\t\r\nb", "\x1c\x85\ufeff", "𠮷野家 🦀", "",
)  # fmt: skip
_CELLS = (
    "", "平常", "=1+1", "+86", "-2", "@x", "\tx", "\rx", "＝1", "﹣1", "−1", " \u3000=1", "\u200b@x", "1=1", "'=1",
    "一,二", '他说"好"', "上\r\n下", "上\r下", '="a",\n"b"', "\u200d", "🦀=1",
)  # fmt: skip
_EXCERPTS = (
    "", " 一  二\n三 ", "句。 句； 句： 句， 句、 句！ 句？ 句） 句", "示例" * 42, "示例" * 42 + "长", "🦀" * 84, "🦀" * 85,
    "字" * 83 + " 字",
)  # fmt: skip


# Wherever the words change, both sides of it; and what lies far away.
_DAYS_LEFT = (-400, -1, *range(4), 45, 46, 76, 77, 349, 350, 456, 457, 638, 639, 730, 821, 822, *range(1000, 9000, 301))

# Samples speak of batteries; the last group has no word that stands there.
SYNONYMS = (
    ("电池", "battery", "蓄电池", "二次电池"),
    ("无卤阻燃", "阻燃", "flame retardant", "EV", "UL"),
    ("PA66", "尼龙 66", "polyamide-66"),
)
_TERMS = ("电池", "电池包", "pa66", "尼龙66", "flame retardant", "battery", "c/si c", "ev", "a𠮷", "5g通信")
_WITH_TERMS = (
    "动力电池包和电池", "PA66 PA 66 PA667 xPA66 pa66s", "尼龙 66、尼龙-66、尼龙66", "Flame-Retardant batteries, flame retardants",
    "evs eves evses lev ev-", "ＥＶ，level", "a𠮷b 𠮷 a 𠮷", "5G 通信 5 g通信", "C/SiC c/si-c", " ev ", "-", "", "电  池", "电池\n电池包\u3000",
)  # fmt: skip


def _found(text: str) -> list[tuple[int, int, str]]:
    return [(found.start, found.end, found.key) for found in Terms(_TERMS).found(fold(text))]


def _csv_cell(text: str) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([neutral(text).replace("\r\n", "\n").replace("\r", "\n"), ""])
    return written.getvalue().removesuffix(",\r\n")


def _index(site: PublicSite, limits: Limits) -> dict[str, Any]:
    index = build_index(group_demands(site).told, limits, SYNONYMS)
    return {
        "manifest": index.manifest_path,
        "files": {file.path: b64encode(file.make(*file.inputs)).decode() for file in index.files()},
    }


def _legible_texts() -> Iterator[str]:
    """Texts with contact data and hints, and their innocent twins, as the patterns see them."""
    for group in listed("contact-kinds.yml"):
        yield from (legible(str(text)) for text in (*group["found"], *group["innocent"]))


def made() -> dict[str, Any]:
    """Texts as the generator folds, cuts and guards them, and a small site as scripts fetch it."""
    grouped = group_demands(SITE)
    listed = list_files(SITE, grouped)
    return {
        "folded": [[text, fold(text)] for text in _FOLDED],
        "cells": [[text, _csv_cell(text)] for text in _CELLS],
        "excerpts": [[text, excerpt(text)] for text in _EXCERPTS],
        "left": [[days, time_left(days)] for days in _DAYS_LEFT],
        "terms": {"keys": _TERMS, "texts": [[text, _found(text)] for text in _WITH_TERMS]},
        "demands": [demand_object(told) for told in grouped.told],
        "texts": [folded_text(demand, SITE) for demand in grouped.all],
        "columns": json.loads(listed.columns.content),
        "ids": json.loads(listed.ids.content),
        "patterns": patterns(),
        "hidden_in_texts": [
            [text, CONTACTS.kinds(text), HINTS.kinds(text), any(phones(text, list(runs(text))))]
            for text in _legible_texts()
        ],
        # Once as it is, once as if everything stood in many places.
        "indexes": [_index(SITE, limits) for limits in (Limits(2000, 12), Limits(3, 4))],
    }


def _written() -> str:
    return json.dumps(made(), ensure_ascii=False, indent=1) + "\n"


def test_the_scripts_are_compared_with_what_is_made_today() -> None:
    assert KEPT.read_text(encoding="utf-8") == _written(), "请运行 python -m tests.site.test_from_python"


def _properties(file: str, typedef: str) -> set[str]:
    """What the page scripts say an object has."""
    text = (SCRIPTS / file).read_text(encoding="utf-8")
    comment = next(one for one in re.findall(r"/\*\*.*?\*/", text, re.DOTALL) if f"}} {typedef}\n" in one)
    return set(re.findall(r"@property \{.*\} \[?(\w+)", comment))


def test_the_scripts_know_every_key_of_what_they_fetch() -> None:
    data = made()
    demand = data["demands"][0]
    assert _properties("demand/demand.js", "Demand") == demand.keys()
    assert _properties("demand/demand.js", "Enterprise") == demand["enterprise"].keys()
    assert _properties("list/columns.js", "RawColumns") == data["columns"].keys()
    assert _properties("list/columns.js", "RawFacet") == {key for facet in data["columns"]["facets"] for key in facet}
    index = data["indexes"][0]
    manifest = json.loads(b64decode(index["files"][index["manifest"]]))
    # What the version is for is to be told apart one day.
    assert _properties("search/engine.js", "Manifest") == manifest.keys() - {"version"}


if __name__ == "__main__":
    KEPT.write_text(_written(), encoding="utf-8")
