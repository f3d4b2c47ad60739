"""Parquet and bulk lines: what the NDJSON file says, in types and in lines, readable by others, and without a corner that nobody looks into."""

from __future__ import annotations

import importlib.util
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyarrow import parquet

from jiebang.publication.extraction import texts_of
from jiebang.site.exports.choice import Choice, FormError
from jiebang.site.exports.stores import STORES, stored
from jiebang.site.exports.table import columns
from tests.conftest import ROOT
from tests.site import samples

SITES = {"rich": samples.make_site(70), "hostile": samples.hostile_site(), "long": samples.long_words_site()}
PAGE = ROOT / "site" / "pages" / "data" / "index.md"
ALL = Choice()


@pytest.fixture(params=SITES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _objects(name: str, rendered: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in rendered(SITES[name])["data/v1/demands.ndjson"].split(b"\n")[:-1]]


def _typed(value: Any, shape: dict[str, Any]) -> Any:
    return date.fromisoformat(value) if value is not None and shape.get("format") == "date" else value


def test_parquet_holds_every_value_with_its_type(name: str, rendered: Any) -> None:
    table = parquet.read_table(io.BytesIO(stored(SITES[name], ALL, "parquet").content))
    assert table.column_names == [column.name for column in columns()]
    expected = [
        {column.name: _typed(column.value_of(one), column.shape) for column in columns()}
        for one in _objects(name, rendered)
    ]
    assert table.to_pylist() == expected
    assert [field.nullable for field in table.schema] == [column.nullable for column in columns()]


def test_parquet_stands_open_in_its_bytes(name: str) -> None:
    """Nothing packed, nothing coded, nothing twice: what `write_document` and `jiebang audit` read is all there is."""
    content = stored(SITES[name], ALL, "parquet").content
    metadata = parquet.read_metadata(io.BytesIO(content))
    assert metadata.metadata is None
    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(place)
            assert (chunk.compression, chunk.is_stats_set, chunk.has_dictionary_page) == ("UNCOMPRESSED", False, False)
            assert set(chunk.encodings) <= {"PLAIN", "RLE"}
    seen = "".join(text.content for text in texts_of("x.parquet", content))
    for demand in SITES[name].demands:
        for text in (demand.title, demand.summary, demand.parameters, *demand.cooperation):
            assert text.encode() in content and text in seen


def test_what_is_looked_through_is_what_a_program_reads(name: str) -> None:
    made = stored(SITES[name], ALL, "parquet")
    rows, notes = json.loads(made.text)
    assert notes == {}
    assert rows == json.loads(
        json.dumps(parquet.read_table(io.BytesIO(made.content)).to_pylist(), default=str, ensure_ascii=False)
    )
    lines = stored(SITES[name], ALL, "opensearch")
    assert json.loads(lines.text) == [json.loads(line) for line in lines.content.split(b"\n")[:-1]]


def test_bulk_lines_are_an_action_and_the_object_by_turns(name: str, rendered: Any) -> None:
    content = stored(SITES[name], ALL, "opensearch").content
    assert content.endswith(b"\n")
    lines = [json.loads(line) for line in content.split(b"\n")[:-1]]
    assert lines[1::2] == _objects(name, rendered)
    assert lines[::2] == [{"index": {"_id": one["id"]}} for one in lines[1::2]]
    assert len({one["index"]["_id"] for one in lines[::2]}) == len(SITES[name].demands)


@pytest.mark.parametrize("form", STORES)
def test_of_a_round_and_a_district_only(form: str) -> None:
    site = SITES["rich"]
    choice = Choice(site.rounds[0].id, site.districts[0].slug)
    expected = {one.id for one in site.demands if (one.round, one.district) == (choice.round, choice.district)}
    made = stored(site, choice, form)
    assert expected and {demand.id for demand in made.demands} == expected
    assert set(re.findall(r'"(?:_id|id)": ?"([^"]+)"', made.text)) == expected


@pytest.mark.parametrize("form", STORES)
def test_the_same_view_gives_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stored(SITES["rich"], ALL, form).content
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert stored(SITES["rich"], ALL, form).content == first


def test_without_pyarrow_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FormError, match="pyarrow") as caught:
        stored(SITES["rich"], ALL, "parquet")
    assert "pip install pyarrow" in caught.value.hint and "demands.ndjson" in caught.value.hint
    assert stored(SITES["rich"], ALL, "opensearch").demands


def _queries() -> list[str]:
    """The statements of the page about the data, in their order."""
    section = PAGE.read_text(encoding="utf-8").partition("{#duckdb}")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return [one.strip() for block in blocks for one in block.split(";") if one.strip()]


def test_the_recipes_of_the_page_run(rendered: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = SITES["rich"]
    (tmp_path / "demands.ndjson").write_bytes(rendered(site)["data/v1/demands.ndjson"])
    (tmp_path / "demands.parquet").write_bytes(stored(site, ALL, "parquet").content)
    monkeypatch.chdir(tmp_path)
    listed, copied, by_section, by_mode = _queries()
    with duckdb.connect() as database:
        rows = database.execute(listed).fetchall()
        shown = {one.code: one for one in site.demands if one.status == "published"}
        assert {row[0] for row in rows} == set(shown)
        assert all(row[2] == (shown[row[0]].enterprise.name or "企业名称不公开") for row in rows)
        database.execute(copied)
        ours = "SELECT id, title, enterprise_nature, apply_by, cooperation FROM 'demands.parquet' ORDER BY id"
        theirs = "SELECT id, title, enterprise.nature, apply_by, cooperation FROM 'all.parquet' ORDER BY id"
        assert database.execute(ours).fetchall() == database.execute(theirs).fetchall()
        assert sum(count for _, count in database.execute(by_section).fetchall()) == len(shown)
        modes = dict(database.execute(by_mode).fetchall())
    assert modes == {mode: sum(mode in one.cooperation for one in site.demands) for mode in modes} and modes
