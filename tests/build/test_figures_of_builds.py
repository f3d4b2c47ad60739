"""A build reads what the site in place said, publishes nothing that both together give away, and leaves its own figures behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jiebang.build import BuildOptions, Built, build
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.publication.disclosure_control.attacker import find_disclosures
from jiebang.publication.disclosure_control.released_tables import from_json, tables_of
from jiebang.view import FIGURES
from tests.conftest import FIXTURES, SAMPLE

CITY = FIXTURES / "second-city"


class _Silent:
    def step(self, what: str, total: int) -> Callable[[int], None]:
        return lambda done: None


_KNOWN = Maps(jobs=1)
"""What the builds before worked out: that it changes nothing is what `test_incremental.py` shows."""


def _build(catalogue: Path, out: Path, maps: Maps = _KNOWN) -> Built:
    built = build(BuildOptions(catalogue, out), _Silent(), maps)
    assert built.publication is not None, built.problems
    return built


def test_the_figures_stand_in_the_site_and_tell_no_more_than_the_view(tmp_path: Path) -> None:
    out = tmp_path / "public"
    built = _build(SAMPLE, out)
    assert built.publication is not None
    content = (out / FIGURES).read_bytes()
    assert from_json(content) == (tables_of(built.publication.site),)
    assert find_disclosures(built.publication.site) == []
    files = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    _build(SAMPLE, out, Maps(jobs=1))
    assert files == {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_site_online_may_stand_elsewhere(tmp_path: Path) -> None:
    built = _build(CITY, tmp_path / "online")
    assert built.publication is not None
    told = tmp_path / "figures.json"
    told.write_bytes((tmp_path / "online" / FIGURES).read_bytes())
    build(BuildOptions(CITY, tmp_path / "public", previous=told), _Silent(), _KNOWN)
    assert (tmp_path / "public" / FIGURES).read_bytes() == told.read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "文件或文件夹不存在"),
        (b"<!doctype html>", "不是网站公布数量的文件"),
        (b"\xff\xfe", "不是网站公布数量的文件"),
        (b'{"format": 1}', "不是网站公布数量的文件"),
        (b"[" * 100_000, "不是网站公布数量的文件"),
    ],
)
def test_a_file_from_the_site_online_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """Not that of the site in the output folder, which nobody has to restore."""
    told = tmp_path / "online.json"
    if content is not None:
        told.write_bytes(content)
    with pytest.raises(UserError) as refused:
        build(BuildOptions(CITY, tmp_path / "public", previous=told), _Silent(), _KNOWN)
    assert str(told) in refused.value.message
    assert said in refused.value.message
    assert "线上" in refused.value.hint and "备份" not in refused.value.hint


def test_figures_that_cannot_be_read_stop_the_build(tmp_path: Path) -> None:
    out = tmp_path / "public"
    _build(CITY, out)
    (out / FIGURES).write_text(json.dumps({"format": 1}), encoding="utf-8")
    with pytest.raises(UserError, match=FIGURES):
        _build(CITY, out)
