"""Hostile texts leave every export as it is: same elements, keys, rows, properties and triples as in its tame twin, with the same texts in them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from rdflib import Graph

from tests.hostile.payloads import PAYLOADS, tamed
from tests.hostile.sites import CODES, texts_of, twins

_HASH = re.compile(r"(?<=[./])[0-9a-f]{10}(?=[./])")


@dataclass(frozen=True)
class Sites:
    hostile: dict[str, bytes]
    tame: dict[str, bytes]

    def twins(self, ending: str) -> list[tuple[str, bytes, bytes]]:
        """Files that end so: their path, and what stands in them."""
        tame = {_HASH.sub("", path): content for path, content in self.tame.items()}
        return [(p, c, tame[_HASH.sub("", p)]) for p, c in self.hostile.items() if p.endswith(ending)]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(*twins(tmp_path_factory))


def _steady(text: str) -> str:
    """A text as its twin has it; addresses are longer where more is escaped in them."""
    return "address" if text.startswith(("http://", "https://")) else tamed(_HASH.sub("", text))


def _xml(content: bytes) -> list[Any]:
    return [
        (e.tag, sorted((k, _steady(v)) for k, v in e.attrib.items()), _steady((e.text or "").strip()))
        for e in Xml.fromstring(content).iter()  # noqa: S314 - our own
    ]


def _drawing(content: bytes) -> set[tuple[str, ...]]:
    """The kinds of shapes: where a line of text ends, and how large it is, follows from the width of its letters."""
    return {(e.tag, *sorted(e.attrib)) for e in Xml.fromstring(content).iter()}  # noqa: S314 - our own


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_json(one) for one in value]
    return _steady(value) if isinstance(value, str) else value


def _calendar(content: bytes) -> list[str]:
    """The name of each property, and its text without what keeps it text."""
    # The mark in a name that lasts follows from the city's name.
    lines = re.sub(r"\b[0-9a-f]{12}(?=@)", "", content.decode().replace("\r\n ", "")).split("\r\n")
    plain = (re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line) for line in lines)
    return [
        re.sub(r"https?:\S+", "address", line).partition(":")[0] + _steady(line.partition(":")[2]) for line in plain
    ]


def _cells(content: bytes) -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = sorted(book.namelist())
        kept: list[Any] = [names]
        for name in names:
            root = Xml.fromstring(book.read(name))  # noqa: S314 - our own
            # Texts that are equal are kept once.
            kept.append(Counter(e.tag for e in root.iter()) if "sharedStrings" in name else None)
            if "worksheets" in name:
                kept += [(e.tag, e.get("r"), e.get("t")) for e in root.iter()]
            assert not any(e.tag.endswith("}f") for e in root.iter()), name
    return kept


def _rows(content: bytes) -> list[int]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert not any(cell.lstrip().startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "＠")) for cell in cells)
    return [len(row) for row in rows]


def _graph(form: str) -> Callable[[bytes], Any]:
    def read(content: bytes) -> Any:
        graph = Graph().parse(data=content, format=form)
        return Counter((str(p), type(o).__name__) for _, p, o in graph)

    return read


READ: dict[str, Callable[[bytes], Any]] = {
    ".atom": _xml,
    ".svg": _drawing,
    ".xml": _xml,
    ".json": lambda content: _json(json.loads(content)),
    ".jsonld": lambda content: _json(json.loads(content)),
    ".ndjson": lambda content: [_json(json.loads(line)) for line in content.decode().split("\n") if line],
    ".ics": _calendar,
    ".csv": _rows,
    ".xlsx": _cells,
    ".ttl": _graph("turtle"),
}
_OWN_WORDS = ("traditional.json", "manifest", "synonyms.json", "list.")
"""What the search and the list keep of the words themselves: other words, other contents."""


@pytest.mark.parametrize("ending", READ)
def test_the_structure_is_that_of_the_tame_twin(sites: Sites, ending: str) -> None:
    twins = [twin for twin in sites.twins(ending) if not any(own in twin[0] for own in _OWN_WORDS)]
    assert twins
    for path, hostile, tame in twins:
        assert READ[ending](hostile) == READ[ending](tame), path


def test_every_file_that_another_program_reads_is_held_against_its_twin(sites: Sites) -> None:
    endings = {"." + path.rpartition(".")[2] for path in sites.hostile}
    assert endings - set(READ) == {".html", ".js", ".css", ".bin", ".png", ".txt", ".nojekyll"}


def test_every_free_text_of_the_view_is_hostile() -> None:
    """A field that is new is filled by itself; one that stays as it was would be a gap."""
    filled = [(name, text) for name, text in texts_of(PAYLOADS) if name not in CODES]
    assert {name for name, text in filled if not any(payload in text for payload in PAYLOADS)} == set()
    assert {"title", "summary", "parameters", "note", "what", "office", "banner", "introduction", "why", "code"} <= {
        name for name, _ in filled
    }
