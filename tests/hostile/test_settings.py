"""Hostile texts in a bureau's settings: what could be markup is refused, everything else is text in every page, as in its tame twin."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from jiebang.errors import UserError
from jiebang.site import Frames, load_frames
from jiebang.site.district_map import map_in
from jiebang.site.external import sources_in
from jiebang.site.own import read_own
from jiebang.site.synonyms import synonyms_in
from tests.conftest import ROOT
from tests.hostile.corpus import BOMB, contents
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


def _as_settings(content: bytes, folder: Path) -> object:
    (folder / "mkdocs.yml").write_bytes(content)
    return read_own(ROOT, folder)


def _as_synonyms(content: bytes, _: Path) -> object:
    return synonyms_in((content, b""))


_READ: dict[str, Callable[[bytes, Path], object]] = {
    "mkdocs.yml": _as_settings,
    "external.yml": lambda content, _: sources_in(content),
    "synonyms.yml": _as_synonyms,
    "districts.svg": lambda content, _: map_in(content),
}
_DEEP = {
    "flow": b"[" * 100_000,
    "maps": b"{a: " * 50_000,
    "block": b"- " * 100_000,
    "keys": b"? " * 50_000,
    "bomb": BOMB.encode(),
    "no day": b"site_name: 0000-00-00\n",
    "no number": b"site_name: " + b"9" * 5000 + b"\n",
    "a line of its own": b'"x\\n::error::x": y\n',
}


@pytest.mark.parametrize("file", _READ)
def test_any_bytes_in_a_bureaus_files_are_read_or_refused_in_a_sentence(tmp_path: Path, file: str) -> None:
    """What nests deep ended the whole program: the parser in C calls itself."""
    # Pages are looked for beside each mkdocs.yml.
    hostile = list(contents().items())[:: 4 if file == "mkdocs.yml" else 1]
    for name, content in (*hostile, *_DEEP.items()):
        with contextlib.suppress(UserError):
            _READ[file](content, tmp_path)
            continue
        with pytest.raises(UserError) as refused:
            _READ[file](content, tmp_path)
        assert file in refused.value.message, name
        assert refused.value.message.isprintable() and refused.value.hint, name
