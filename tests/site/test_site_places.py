"""The table of what is public and where it is shown is true: a token in each public text stands in the files of its places, and nowhere else."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import Catalogue, Record, load
from jiebang.publication import publish
from jiebang.publication.extraction import texts_of
from jiebang.schemas import KINDS, field_at, fields_of, places, stands_in
from jiebang.site import render
from tests.conftest import SAMPLE
from tests.plain_frames import plain_frames

_TOKEN = re.compile(r"qzx\d{5}kw")
_HIDDEN_IN_PIECES = {"search"}
"""The index holds pieces of texts only; that they are found is said by the tests of the search."""


def _steps(value: Any, path: list[str]) -> list[tuple[dict[str, Any], str]]:
    name = path[0].removesuffix("[]")
    if not isinstance(value, dict) or name not in value:
        return []
    if len(path) == 1:
        return [(value, name)]
    inner = value[name] if path[0].endswith("[]") else [value[name]]
    return [place for item in inner for place in _steps(item, path[1:])]


def _mark(record: Record, tokens: dict[str, tuple[str, str]]) -> None:
    for field in fields_of(record.kind):
        if not field.shown_on or field.type != "文本" or field.choices or field.path in {"id", "districts[].slug"}:
            continue
        if field.shown_when is not None and record.get("disclosure") != field.shown_when:
            continue
        for holder, name in _steps(record.value, field.path.split(".")):
            if isinstance(holder[name], str):
                token = f"qzx{len(tokens):05d}kw"
                tokens[token] = record.kind, field.path
                holder[name] = token if field.path == "code" else holder[name] + token


def _records(catalogue: Catalogue) -> list[Record]:
    assert catalogue.districts is not None
    return [catalogue.districts, *catalogue.rounds.values(), *catalogue.enterprises, *catalogue.demands]


@pytest.fixture(scope="module")
def seen() -> dict[tuple[str, str], set[str]]:
    """(kind, field) → the files in which its texts stand."""
    catalogue, _ = load(SAMPLE)
    tokens: dict[str, tuple[str, str]] = {}
    for record in _records(catalogue):
        _mark(record, tokens)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for output in render(publish(catalogue, {}, drafts=True).site, plain_frames()):
        if not output.path.startswith("search/"):
            for text in texts_of(output.path, output.content):
                for token in _TOKEN.findall(text.content):
                    found[tokens[token]].add(output.path)
    return found


def test_every_public_text_is_seen_where_the_schema_says_and_nowhere_else(
    seen: dict[tuple[str, str], set[str]],
) -> None:
    assert len(seen) > 25
    for (kind, path), files in seen.items():
        field = field_at(kind, path)
        assert field is not None
        strays = [file for file in files if not stands_in(file, field.shown_on)]
        assert strays == [], (kind, path)
        for place in set(field.shown_on) - _HIDDEN_IN_PIECES:
            assert any(stands_in(file, [place]) for file in files), (kind, path, place)


def test_every_public_text_of_the_schemas_was_looked_for(seen: dict[tuple[str, str], set[str]]) -> None:
    texts = {
        (kind, field.path)
        for kind in KINDS
        for field in fields_of(kind)
        if field.shown_on and field.type == "文本" and not field.choices
    }
    assert texts - set(seen) <= {
        ("demand", "id"),
        ("round", "id"),
        ("districts", "districts[].slug"),
        ("round", "notice.url"),
        ("districts", "city.banner"),
    }


def test_the_texts_of_a_demand_stand_on_its_page_in_the_order_in_which_they_are_joined(
    seen: dict[tuple[str, str], set[str]],
) -> None:
    catalogue, _ = load(SAMPLE)
    tokens: dict[str, tuple[str, str]] = {}
    demand = next(d for d in catalogue.demands if d.get("status") == "published" and d.get("cooperation", "note"))
    _mark(demand, tokens)
    site = publish(catalogue, {}, drafts=True).site
    page = next(
        output.content.decode()
        for output in render(site, plain_frames())
        if output.path == f"demands/{demand.id.lower()}/index.html"
    )
    body = page[page.index("<h1") :]
    order = [tokens[token][1] for token in dict.fromkeys(_TOKEN.findall(body)) if tokens[token][1] != "code"]
    assert order == ["title", "summary", "parameters", "effect", "schedule", "cooperation.note"]


def test_places_name_files_that_there_are() -> None:
    catalogue, _ = load(SAMPLE)
    files = [output.path for output in render(publish(catalogue, {}).site, plain_frames())]
    for place in places().values():
        for pattern in place.files:
            if pattern not in {"demands/changes/*"}:
                assert any(Path(file).match(pattern) or stands_in(file, [place.key]) for file in files), pattern
