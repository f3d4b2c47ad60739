"""A bureau's own pages and pictures go out with the site, so the gate looks through them like everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiebang.build import BuildOptions, build
from jiebang.catalogue import load
from jiebang.cli.output import progress_bar
from jiebang.errors import UserError


@pytest.fixture
def pages(base: Path) -> Path:
    (base.parent / "mkdocs.yml").write_text("site_name: 技术需求榜\n", encoding="utf-8")
    folder = base.parent / "pages" / "guide"
    folder.mkdir(parents=True)
    return folder


def _build(base: Path) -> Path:
    out = base.parent / "public"
    with progress_bar() as bar:
        build(BuildOptions(base, out), bar)
    return out


def _hidden(base: Path) -> str:
    catalogue, _ = load(base)
    return next(str(e.get("name")) for e in catalogue.enterprises if e.get("disclosure") == "不公开")


def test_the_settings_beside_the_catalogue_are_taken(base: Path, pages: Path) -> None:
    (pages / "visit.md").write_text("# 对接会\n\n![图](map.png)\n", encoding="utf-8")
    (pages / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    out = _build(base)
    assert "技术需求榜" in (out / "index.html").read_text(encoding="utf-8")
    assert "对接会" in (out / "guide" / "visit" / "index.html").read_text(encoding="utf-8")
    assert (out / "guide" / "map.png").read_bytes() == (pages / "map.png").read_bytes()


@pytest.mark.parametrize("name", ["visit.md", "map.svg"])
def test_a_hidden_name_in_them_stops_the_build(base: Path, pages: Path, name: str) -> None:
    text = f"对接会由{_hidden(base)}承办"
    (pages / name).write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><text>{text}</text></svg>' if "svg" in name else text
    )
    with pytest.raises(UserError):
        _build(base)
    assert not (base.parent / "public").exists()
