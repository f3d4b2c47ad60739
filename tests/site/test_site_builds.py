"""The same view gives the same bytes; frames are built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jiebang.errors import UserError
from jiebang.site import Frames, load_frames, render
from jiebang.site.frames import Frame
from jiebang.view import PublicSite
from tests.conftest import ROOT
from tests.site import samples


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A repository of its own, to be broken."""
    home = tmp_path / "库 with space"
    home.mkdir()
    shutil.copytree(ROOT / "site", home / "site")
    shutil.copy(ROOT / "mkdocs.yml", home)
    return home


def _all(site: PublicSite, frames: Frames) -> dict[str, bytes]:
    return {output.path: output.content for output in render(site, frames)}


def test_same_view_same_bytes(frames: Frames) -> None:
    assert _all(samples.make_site(12), frames) == _all(samples.make_site(12), frames)


def test_frames_do_not_depend_on_the_folder(frames: Frames, copy: Path, tmp_path: Path) -> None:
    other = load_frames(copy, tmp_path / "cache")
    assert other.digest == frames.digest
    assert other.pages == frames.pages


def test_frames_are_kept(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    first = load_frames(copy, cache)

    def refuse(*_: object) -> None:
        raise AssertionError("the engine ran again")

    monkeypatch.setattr("jiebang.site.frames.build_pages", refuse)
    assert load_frames(copy, cache).digest == first.digest
    assert [folder.name for folder in (cache / "frames").iterdir()] == [
        folder.name for folder in (cache / "frames").iterdir() if not folder.name.startswith(".")
    ]


@pytest.mark.parametrize(
    "file", ["site/pages/about.md", "site/theme/main.html", "site/assets/css/20-base.css", "mkdocs.yml"]
)
def test_frames_follow_their_sources(
    frames: Frames, copy: Path, tmp_path: Path, file: str, engine_runs: list[Path]
) -> None:
    """Those of an unchanged copy are ours, as `test_frames_do_not_depend_on_the_folder` shows."""
    source = copy / file
    comment = {".html": "{# changed #}", ".css": "/* changed */"}.get(
        source.suffix, "\n# changed\n" if file == "mkdocs.yml" else "\n改\n"
    )
    source.write_text(source.read_text(encoding="utf-8") + comment, encoding="utf-8")
    assert load_frames(copy, tmp_path / "cache").digest != frames.digest
    assert len(engine_runs) == 1


def test_broken_link_is_a_chinese_sentence(copy: Path, tmp_path: Path) -> None:
    (copy / "site/pages/about.md").write_text("---\ntitle: 关于\n---\n[x](nowhere.md)\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"网站框架无法生成：.*nowhere\.md"):
        load_frames(copy, tmp_path / "cache")
    assert list((tmp_path / "cache" / "frames").iterdir()) == []


def test_broken_template_is_a_chinese_sentence(copy: Path, tmp_path: Path) -> None:
    (copy / "site/theme/main.html").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(UserError, match="网站框架无法生成：模板有误"):
        load_frames(copy, tmp_path / "cache")


def test_missing_site_is_a_chinese_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读写网站框架时出错"):
        load_frames(tmp_path, tmp_path / "cache")


def test_a_hole_is_never_written() -> None:
    frame = Frame.cut("<p><!--slot:main--></p>")
    assert frame.render({"main": "x"}) == b"<p>x</p>"
    with pytest.raises(KeyError):
        frame.render({})


def test_filling_does_not_open_slots() -> None:
    frame = Frame.cut("<!--slot:city--><!--slot:main-->")
    bound = frame.with_slots({"city": "<!--slot:main-->"})
    assert bound.slots == ("main",)
    assert bound.render({"main": "<!--slot:city-->"}) == b"<!--slot:main--><!--slot:city-->"


@pytest.mark.parametrize("count", [0, 1, 31, 70])
def test_count(frames: Frames, count: int) -> None:
    site = samples.make_site(count)
    assert len(render(site, frames)) == len(_all(site, frames))


def test_paths_are_unique(frames: Frames) -> None:
    paths = [output.path for output in render(samples.make_site(70), frames)]
    assert len(paths) == len(set(paths)) == len({path.lower() for path in paths})


def test_thousands_stay_quick(frames: Frames) -> None:
    """Ten times the demands may cost some ten times the work, not a hundred: pages are counted, not seconds."""
    small, large = (len(_all(samples.make_site(count), frames)) for count in (100, 1000))
    assert large < small * 10
