"""Every file of the site is a function of inputs that can be hashed, pickled and compared, and of nothing else."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jiebang.mapping import Maps
from jiebang.site import Frames, load_frames
from jiebang.site.files import Planned
from jiebang.site.frames import Frame
from jiebang.site.output import planned
from jiebang.site.page import bound
from jiebang.view import PublicSite
from tests.conftest import ROOT
from tests.site import samples

SITE = samples.make_site(40)


@pytest.fixture(scope="module")
def files(frames: Frames) -> list[Planned]:
    return planned(SITE, frames, Maps(jobs=1))


def _pickled(value: object) -> object:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


def test_files_survive_a_pickle_and_are_made_elsewhere(
    files: list[Planned], frames: Frames, rendered: Callable[[PublicSite], dict[str, bytes]]
) -> None:
    elsewhere = _pickled(frames)
    assert isinstance(elsewhere, Frames)
    wanted = rendered(SITE)
    for file in files:
        if file.here:
            # What it is made from stays here.
            assert file.content(frames) == wanted[file.path], file.path
            continue
        again = _pickled(file)
        assert isinstance(again, Planned)
        assert again == file
        assert hash(again) == hash(file)
        assert again.content(elsewhere) == wanted[file.path], file.path


def test_a_demand_depends_on_little(files: list[Planned], frames: Frames) -> None:
    """A text of another demand changes its page only where it changes what the page says of that one."""
    first, *others = SITE.demands
    changed = replace(first, schedule="改过的时间要求")
    after = planned(replace(SITE, demands=(changed, *others)), frames, Maps(jobs=1))
    before = {file.path: file for file in files}
    differing = {file.path for file in after if before.get(file.path) != file}
    own = {path for path in differing if "d-" in path}
    assert own == {f"demands/{first.id.lower()}/index.html", f"data/v1/demands/{first.id.lower()}.json"}
    # Pages of the whole list name the search index; no other list does.
    assert not any(path.startswith(("districts/", "industries/", "rounds/", "feeds/", "guide/")) for path in differing)
    for file in files:
        if file.path.startswith("demands/d-"):
            inputs = pickle.dumps(file.inputs)
            assert len(inputs) < 20_000
            # Itself and at most five neighbours, of which only what their entries say.
            assert sum(demand.id.lower().encode() in inputs for demand in SITE.demands) <= 6
            assert inputs.count(b"Enterprise") == 1


def test_a_page_follows_its_own_frame_and_no_other(frames: Frames) -> None:
    path = "demands/frame/index.html"
    state = frames.state(path)
    other = replace(frames, pages={**frames.pages, "about/index.html": Frame(("别的",), ())})
    assert other.state(path) == state
    frame = frames.pages[path]
    again = replace(frames, pages={**frames.pages, path: replace(frame, parts=(*frame.parts[:-1], "改过"))})
    assert again.state(path) != state
    assert replace(frames, config=replace(frames.config, name="别名")).state(path) != state


def test_a_city_fills_its_frames_once(frames: Frames) -> None:
    assert bound(frames, SITE.city) is bound(frames, replace(SITE.city))


def _no_place(source: str) -> str:
    raise NotImplementedError(source)


@pytest.mark.parametrize("place", ["Python's own", "none of Python's", "not to be written", "nothing is to be written"])
def test_kept_templates_are_read_again_and_damaged_ones_compiled_anew(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, cache, own = tmp_path / "home", tmp_path / "cache", tmp_path / "own"
    shutil.copytree(ROOT / "site", home / "site")
    shutil.copy(ROOT / "mkdocs.yml", home)
    cached: Callable[[str], str] = _no_place if place == "none of Python's" else lambda _: str(own / "templates.pyc")
    monkeypatch.setattr("jiebang.site.templates.cache_from_source", cached)
    monkeypatch.setattr("sys.dont_write_bytecode", place == "nothing is to be written")
    if place == "not to be written":
        own.write_text("a file where the folder would be", encoding="utf-8")
    compiled = []
    plain = load_frames.__globals__["Templates"].__init__.__globals__["_codes"].__globals__["_compiled"]

    def count(folder: Path) -> object:
        compiled.append(folder)
        return plain(folder)

    monkeypatch.setattr("jiebang.site.templates._compiled", count)

    def crumbs() -> str:
        load_frames.__globals__["_read"].cache_clear()
        templates = load_frames(home, cache).templates
        return templates.render("_crumbs.html", root="./", crumbs=(), title="甲 & 乙")

    first = crumbs()
    assert "甲 &amp; 乙" in first
    assert crumbs() == first
    assert len(compiled) == 1
    (kept,) = own.iterdir() if place == "Python's own" else (cache / "templates").iterdir()
    assert own.is_dir() == (place == "Python's own")
    for damaged in (b"", kept.read_bytes()[:-1], b"\0" * 40, kept.read_bytes()[32:]):
        kept.write_bytes(damaged)
        assert crumbs() == first
    assert len(compiled) == 5
    of_before = kept.read_bytes()
    source = home / "site" / "templates" / "_crumbs.html"
    source.write_text(source.read_text(encoding="utf-8") + "<p>多一行</p>", encoding="utf-8")
    assert "多一行" in crumbs()
    assert len(compiled) == 6
    # What was kept of another state is not taken for it, whatever its name.
    (kept,) = own.iterdir() if place == "Python's own" else {*(cache / "templates").iterdir()} - {kept}
    kept.write_bytes(of_before)
    assert "多一行" in crumbs()
    assert len(compiled) == 7
