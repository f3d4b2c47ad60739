"""Hostile texts in a bureau's settings: what could be markup is refused, everything else is text in every page, as in its tame twin."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jiebang.errors import UserError
from jiebang.site import Frames, load_frames
from tests.conftest import ROOT
from tests.hostile.payloads import CONTEXTS, PAYLOADS, tamed
from tests.site.markup import Markup


def _settings(folder: Path, texts: list[str]) -> Path:
    """A workspace all of whose texts are such: several payloads in each."""
    parts = [" ".join(texts[start::7]) for start in range(7)]
    settings = {
        "site_name": f"甲{parts[0]}",
        "site_description": f"甲{parts[1]}",
        "extra": {
            "filing": {"icp": f"甲{parts[2]}", "police": f"甲{parts[3]}"},
            "licence": {"title": f"甲{parts[4]}", "url": "https://example.org/licence"},
            "guides": [{"title": f"甲{parts[5]}", "path": "about/"}],
            "menu": [{"title": f"甲{parts[6]}", "path": "demands/"}],
        },
    }
    folder.mkdir()
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return folder


def _frames(folder: Path) -> Frames:
    return load_frames(ROOT, folder / ".cache", folder)


def _structure(frames: Frames) -> dict[str, tuple[list[tuple[str, tuple[str, ...]]], str]]:
    """Of each page its tags with their attributes, and its text."""
    found = {}
    for path, frame in frames.pages.items():
        page = Markup("".join(frame.parts).encode())
        found[path] = [(tag, tuple(values)) for tag, values in page.tags], tamed(page.text)
        assert not any(link.lower().lstrip().startswith(("javascript:", "data:", "vbscript:")) for link in page.links)
    return found


def test_texts_of_the_settings_add_nothing_to_a_page(tmp_path: Path) -> None:
    texts = [text for text in PAYLOADS if not set(text) & set('<>"')]
    assert len(texts) > 300
    hostile = _structure(_frames(_settings(tmp_path / "hostile", texts)))
    tame = _structure(_frames(_settings(tmp_path / "tame", [tamed(text) for text in texts])))
    assert hostile.keys() == tame.keys()
    for path, structure in hostile.items():
        assert structure == tame[path], path


@pytest.mark.parametrize("text", [text for text in CONTEXTS if set(text) & set('<>"')][::6])
def test_what_could_be_markup_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="不能有"):
        _frames(_settings(tmp_path / "hostile", [text] * 7))
