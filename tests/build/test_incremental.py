"""A build that knows what an earlier one found makes the same site, writes what differs and nothing else, and lets nothing pass that a
clean one would stop."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jiebang.build import making
from jiebang.build.places import Finished
from jiebang.build.replacement import Replacement
from jiebang.build.staging import MARKER, Staging
from jiebang.build.standing import Standing
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import has_errors
from jiebang.site.files import Planned
from jiebang.site.output import planned
from jiebang.site.templates import Templates
from jiebang.view import MANIFEST, Demand
from tests.build.building import DEMAND, ENTERPRISE, build_site, edit, files_of, inodes_of
from tests.conftest import FIXTURES, SAMPLE
from tests.judging import judge
from tests.reviews import renew_reviews, renewed
from tests.turns import at_night, by_day


def test_nothing_changed_writes_nothing(base: Path, tmp_path: Path, store: Path) -> None:
    out = tmp_path / "public"
    first = build_site(base, out, store)
    folder, before = out.stat(), inodes_of(out)
    second = build_site(base, out, store)
    assert (second.written, second.files, second.size) == (0, first.files, first.size)
    assert second.summary == first.summary
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)
    assert inodes_of(out) == before


def test_going_back_to_what_was_built_before_brings_its_site_back(base: Path, tmp_path: Path, store: Path) -> None:
    """As after a branch was built and left again: that these records were built once says nothing of what stands there now."""
    out = tmp_path / "public"
    build_site(base, out, store)
    before = files_of(out)
    edit(base, DEMAND, "schedule: 1 年", "schedule: 2 年")
    build_site(base, out, store)
    assert files_of(out) != before
    edit(base, DEMAND, "schedule: 2 年", "schedule: 1 年")
    assert build_site(base, out, store).written > 0
    assert files_of(out) == before


def test_an_edit_writes_what_it_touches_and_the_rest_stays(base: Path, tmp_path: Path, store: Path) -> None:
    out, clean = tmp_path / "public", tmp_path / "clean"
    build_site(base, out, store)
    contents, inodes = files_of(out), inodes_of(out)
    edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    built = build_site(base, out, store)
    build_site(base, clean, None)
    after = files_of(out)
    assert after == files_of(clean)
    differing = {path for path, content in after.items() if contents.get(path) != content}
    assert "demands/d-aaaaaaa1/index.html" in differing
    # The search index lies at a new address; of its files only those are written that say something else.
    stood = set(contents.values())
    # The list of all files is no page, and is not counted as one.
    assert built.written == sum(after[path] not in stood for path in differing - {MANIFEST})
    assert [path for path in differing if path.startswith("search/") and after[path] in stood]
    assert {path for path, inode in inodes_of(out).items() if inodes.get(path) == inode} >= after.keys() - differing - {
        ".jiebang-site"
    }


def test_an_edit_renders_what_it_touches(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(base, tmp_path / "public", store)
    rendered: list[str] = []
    plain = Templates.render

    def note(self: Templates, template: str, **values: object) -> str:
        if template == "demand.html":
            demand = values["demand"]
            assert isinstance(demand, Demand)
            rendered.append(demand.id)
        return plain(self, template, **values)

    monkeypatch.setattr(Templates, "render", note)
    build_site(base, tmp_path / "public", store)
    assert rendered == []
    edit(base, DEMAND, "schedule: 1 年", "schedule: 18 个月")
    build_site(base, tmp_path / "public", store)
    assert rendered == ["D-AAAAAAA1"]


def test_an_edit_that_leaves_all_public_words_makes_no_index_and_compares_no_texts(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "public"
    build_site(base, out, store)
    before = files_of(out)
    edit(base, ENTERPRISE, "000-10000001", "000-10000002")
    with monkeypatch.context() as patch:

        def never(*_: object, **__: object) -> None:
            raise AssertionError("made again")

        patch.setattr("jiebang.site.search.index.layout_of", never)
        patch.setattr("jiebang.site.similar.find._told", never)
        assert build_site(base, out, store).written == 0
    assert files_of(out) == before
    # A file that is missing is made, with all others where they are one whole.
    lost = next(path for path in before if path.startswith("search/") and "pieces-" in path)
    (out / lost).unlink()
    assert build_site(base, out, store).written == 1
    assert files_of(out) == before
    edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    build_site(base, out, store)
    build_site(base, tmp_path / "clean", None)
    assert files_of(out) == files_of(tmp_path / "clean") != before


def test_another_process_makes_the_frames_while_the_records_are_checked(
    base: Path, tmp_path: Path, new_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(base, tmp_path / "plain", None)
    monkeypatch.setenv("JIEBANG_CACHE", str(tmp_path / "cache"))

    def not_here(*_: object) -> None:
        raise AssertionError("made here")

    monkeypatch.setattr("jiebang.site.frames._build", not_here)
    build_site(base, tmp_path / "public", new_store, jobs=2)
    assert files_of(tmp_path / "public") == files_of(tmp_path / "plain")


def test_where_no_file_differs_nothing_is_staged_and_where_one_does_the_whole_is_switched(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Private edits leave the folder of the site as it is, down to its time; another file in it, or none in a place, has all put anew."""
    out = tmp_path / "public"
    build_site(base, out, store)
    wanted, folder, inodes = files_of(out), out.stat(), inodes_of(out)
    with monkeypatch.context() as patch:

        def never(*_: object) -> None:
            raise AssertionError("staged")

        patch.setattr(Staging, "put", never)
        patch.setattr(Staging, "keep", never)
        for number in range(2, 5):
            edit(base, ENTERPRISE, f"000-1000000{number - 1}", f"000-1000000{number}")
            assert build_site(base, out, store).written == 0
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)
    assert (files_of(out), inodes_of(out)) == (wanted, inodes)
    faults: list[Callable[[], object]] = [
        (out / "more.html").touch,
        (out / "404.html").unlink,
        (out / MANIFEST).unlink,
        lambda: (out / MARKER).write_text("{}", encoding="utf-8"),
        lambda: (out / "about" / "index.html").write_bytes(b"another"),
        lambda: (out / "more").symlink_to(out / "about"),
    ]
    for number, fault in enumerate(faults, 5):
        fault()
        edit(base, ENTERPRISE, f"000-1000000{number - 1}" if number < 11 else "000-10000010", f"000-100000{number:02}")
        build_site(base, out, store)
        assert files_of(out) == wanted
        assert not (out / "more").is_symlink()


def test_a_site_that_the_same_public_view_gave_is_not_planned(
    base: Path, tmp_path: Path, new_store: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else became private, as long as nothing in the site may hold it; then each file is asked, and known again afterwards."""
    out = tmp_path / "public"
    build_site(base, out, new_store)
    wanted, plans = files_of(out), list[int]()

    def noted(*arguments: Any) -> list[Planned]:
        plans.append(1)
        return planned(*arguments)

    monkeypatch.setattr(making, "planned", noted)
    for old, new, asked in (
        ("000-10000001", "000-58639241", 0),
        ("示例重工（武汉）集团有限公司", "焊接工艺（武汉）集团有限公司", 1),
        ("000-58639241", "000-93715648", 0),
        ("焊接工艺（武汉）集团有限公司", "示例重工（武汉）集团有限公司", 1),
        ("000-93715648", "000-27846135", 0),
    ):
        edit(base, ENTERPRISE, old, new)
        plans.clear()
        assert build_site(base, out, new_store).written == 0
        assert len(plans) == asked
        assert files_of(out) == wanted
    # What is kept of its files is not swept away meanwhile.
    whole = len(looked)
    monkeypatch.setattr("jiebang.store._FEW", 0)
    for number in range(5, 9):
        edit(base, ENTERPRISE, f"000-2784613{number}", f"000-2784613{number + 1}")
        build_site(base, out, new_store)
    assert len(plans) == 0
    looked.clear()
    edit(base, DEMAND, "schedule: 1 年", "schedule: 18 个月")
    build_site(base, out, new_store)
    assert 0 < len(looked) < whole / 4
    build_site(base, tmp_path / "clean", None)
    assert files_of(out) == files_of(tmp_path / "clean") != wanted


@pytest.mark.parametrize("of_a_demand", [False, True], ids=["nothing differs", "a file differs"])
def test_a_file_that_changes_between_two_looks_at_it_stops_a_build(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, of_a_demand: bool
) -> None:
    """It was held to be the wanted one: what stands there since is not put in the new site, and the next build makes it again."""
    out = tmp_path / "public"
    build_site(base, out, store)
    plain = Replacement.put

    def put(self: Replacement, file: Finished) -> None:
        plain(self, file)
        if len(self.digests) == 1:
            assert file.content is None
            (out / file.path).write_bytes(b"another")

    edit(base, ENTERPRISE, "000-10000001", "000-10000002")
    if of_a_demand:
        edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    with monkeypatch.context() as patch, pytest.raises(UserError, match="网站没有更新"):
        patch.setattr(making, "recalled_site", lambda *_: None)
        patch.setattr(Replacement, "put", put)
        build_site(base, out, store)
    assert [path.name for path in tmp_path.glob(".public*")] == []
    build_site(base, out, store)
    build_site(base, tmp_path / "clean", None)
    assert files_of(out) == files_of(tmp_path / "clean")


def test_a_file_that_somebody_changed_in_place_is_made_again(base: Path, tmp_path: Path, store: Path) -> None:
    out = tmp_path / "public"
    build_site(base, out, store)
    wanted = files_of(out)
    (out / "index.html").write_text("changed", encoding="utf-8")
    (out / "404.html").unlink()
    (out / "more.html").write_text("more", encoding="utf-8")
    built = build_site(base, out, store)
    assert files_of(out) == wanted
    assert built.written == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda out: (out / "a/one.html").write_bytes(b"another"),
        lambda out: (out / "a/one.html").unlink(),
        lambda out: (out / "a/more.html").touch(),
        lambda out: (out / "more").symlink_to(out / "a"),
        lambda out: shutil.rmtree(out),
    ],
    ids=["written", "gone", "one more", "a link to a folder", "all gone"],
)
def test_a_site_is_whole_while_each_file_stands_as_it_was_and_no_other(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    maps, out = Maps(jobs=1), tmp_path / "public"
    (out / "a").mkdir(parents=True)
    (out / "a/one.html").write_bytes(b"one")
    (out / "two.html").write_bytes(b"two")
    assert not Standing(out, maps).is_whole()
    Standing(out, maps).note({"a/one.html": b"1", "two.html": b"2"})
    assert Standing(out, maps).is_whole()
    change(out)
    assert not Standing(out, maps).is_whole()


def test_several_processes_make_the_same_site(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.build.site_files._FEWEST", 1)
    monkeypatch.setattr("jiebang.build.site_files._VERY_MANY", 1)
    monkeypatch.setattr("jiebang.mapping.Maps.map.__defaults__", (1,))
    monkeypatch.setattr("jiebang.rules.earlier_looks.looked_through.__defaults__", (None, None, 1))
    monkeypatch.setattr("jiebang.publication.gate._FEWEST", 1)
    build_site(base, tmp_path / "one", None)
    build_site(base, tmp_path / "two", None, jobs=2)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def _random_edits(root: Path, seed: int) -> None:
    """Edits that staff make: other words, other states and dates, another choice, a record more or less."""
    chance = random.Random(seed)  # noqa: S311 - accidents
    for _ in range(chance.randint(1, 4)):
        file = chance.choice(sorted(root.rglob("demands/*.yml")) + sorted(root.rglob("enterprises/*.yml")))
        text = file.read_text(encoding="utf-8")
        changes = [
            ("disclosure: 不公开", "disclosure: 公开"),
            ("disclosure: 公开", "disclosure: 不公开"),
            ("nature: 民营", "nature: 国有"),
            ("title: ", f"title: 改{chance.randrange(99)}"),
            ("summary: ", "summary: 另一段"),
            ("effect: ", "effect: 还有"),
            ("note: ", "note: 再核对"),
            ("registered_capital: ", "registered_capital: 1"),
        ]
        old, new = chance.choice(changes)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    renew_reviews(root)


@pytest.mark.parametrize("turn", range(40 if at_night() else 2))
def test_edits_one_after_the_other_come_to_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    if turn % 2:
        # As of a large catalogue, whose folders are kept each for itself, and of which what is published is made anew.
        monkeypatch.setattr("jiebang.build.publishing.MANY", 1)
        monkeypatch.setattr("jiebang.rules.secret_index._MANY", 1)
        monkeypatch.setattr("jiebang.rules.secret_index._MANY_TOGETHER", 1)
    home, seed = tmp_path, random.randrange(1 << 32)  # noqa: S311 - accidents
    chance = random.Random(seed)  # noqa: S311 - accidents
    root, out, store = home / "catalogue", home / "public", home / "store"
    store.mkdir()
    # The large sample once by day, with one edit; the small catalogue with three, one after the other.
    of_sample = turn % 4 == 0
    shutil.copytree(SAMPLE if of_sample else FIXTURES / "base", root)
    build_site(root, out, store)
    for step in range(1 if of_sample and not at_night() else 3):
        _random_edits(root, seed + step)
        if has_errors(judge(root)[1]):
            continue
        build_site(root, out, store)
        if chance.random() < 0.5:
            # Somebody changes the site by hand, and one long text says something else.
            files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "figures.json"]
            chance.choice(files).write_bytes(b"another")
            chance.choice(files).unlink(missing_ok=True)
            demand = chance.choice(sorted(root.rglob("demands/*.yml")))
            text = demand.read_text(encoding="utf-8").replace("schedule: ", "schedule: 大约 ", 1)
            demand.write_text(renewed(text) if chance.random() < 0.8 else text, encoding="utf-8")
            build_site(root, out, store)
        figures = home / "figures"
        clean = home / f"clean-{step}"
        shutil.copytree(out, figures, dirs_exist_ok=True)
        # What a build says of figures depends on those that were online before.
        build_site(root, figures, None)
        shutil.copytree(figures, clean)
        assert files_of(out) == files_of(clean)


@pytest.mark.parametrize("left", by_day(["store", "nothing"], 1))
def test_a_build_that_was_stopped_leaves_nothing_to_be_believed(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    out = tmp_path / "public"
    build_site(base, out, store)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("jiebang.build.staging.switch", stop)
        build_site(base, out, store)
    if left == "nothing":
        (store / "store.sqlite3").unlink()
    build_site(base, out, store)
    build_site(base, tmp_path / "clean", None)
    assert files_of(out) == files_of(tmp_path / "clean")
