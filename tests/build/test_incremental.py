"""A build that knows what an earlier one found makes the same site, writes what differs and nothing else, and lets nothing pass that a
clean one would stop."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import chdir
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import pytest

from jiebang.build import BuildOptions, Built, build, making
from jiebang.build.places import Finished
from jiebang.build.replacement import Replacement
from jiebang.build.staging import MARKER, Staging
from jiebang.build.standing import Standing
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import has_errors
from jiebang.publication.gate import look_at_files
from jiebang.publication.manifest import MANIFEST
from jiebang.publication.search_index import Rebuilt, is_index
from jiebang.rules.secret_index import SecretIndex
from jiebang.site import Frames
from jiebang.site.files import Planned, given
from jiebang.site.output import planned
from jiebang.site.search.container import lines
from jiebang.site.templates import Templates
from jiebang.store import DiskStore
from jiebang.view import Demand, PublicSite
from tests.conftest import FIXTURES, SAMPLE
from tests.judging import judge
from tests.reviews import renew_reviews, renewed
from tests.turns import at_night, by_day

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"


class Silent:
    def step(self, what: str, total: int) -> Callable[[int], None]:
        return lambda done: None


def _build(catalogue: Path, out: Path, store: Path | None, jobs: int = 1) -> Built:
    with Maps(DiskStore.open(store) if store is not None else None, jobs) as maps:
        return build(BuildOptions(catalogue, out, allow_shrink=True), Silent(), maps)


def _files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def _inodes(out: Path) -> dict[str, int]:
    return {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*") if path.is_file()}


def _edit(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    renew_reviews(base)


@pytest.fixture
def new_store(tmp_path: Path) -> Path:
    """The folder of a store that has nothing in it."""
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    shutil.copytree(FIXTURES / "base", home / "catalogue")
    (home / "store").mkdir()
    with chdir(home):
        _build(home / "catalogue", home / "public", home / "store")
    return home / "store"


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    """The folder of a store that knows what a build of the small catalogue finds: the first build is not what is asked about."""
    return shutil.copytree(filled, tmp_path / "store")


def test_nothing_changed_writes_nothing(base: Path, tmp_path: Path, store: Path) -> None:
    out = tmp_path / "public"
    first = _build(base, out, store)
    folder, before = out.stat(), _inodes(out)
    second = _build(base, out, store)
    assert (second.written, second.files, second.size) == (0, first.files, first.size)
    assert second.summary == first.summary
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)
    assert _inodes(out) == before


def test_going_back_to_what_was_built_before_brings_its_site_back(base: Path, tmp_path: Path, store: Path) -> None:
    """As after a branch was built and left again: that these records were built once says nothing of what stands there now."""
    out = tmp_path / "public"
    _build(base, out, store)
    before = _files(out)
    _edit(base, DEMAND, "schedule: 1 年", "schedule: 2 年")
    _build(base, out, store)
    assert _files(out) != before
    _edit(base, DEMAND, "schedule: 2 年", "schedule: 1 年")
    assert _build(base, out, store).written > 0
    assert _files(out) == before


def test_an_edit_writes_what_it_touches_and_the_rest_stays(base: Path, tmp_path: Path, store: Path) -> None:
    out, clean = tmp_path / "public", tmp_path / "clean"
    _build(base, out, store)
    contents, inodes = _files(out), _inodes(out)
    _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    built = _build(base, out, store)
    _build(base, clean, None)
    after = _files(out)
    assert after == _files(clean)
    differing = {path for path, content in after.items() if contents.get(path) != content}
    assert "demands/d-aaaaaaa1/index.html" in differing
    # The search index lies at a new address; of its files only those are written that say something else.
    stood = set(contents.values())
    # The list of all files is no page, and is not counted as one.
    assert built.written == sum(after[path] not in stood for path in differing - {MANIFEST})
    assert [path for path in differing if path.startswith("search/") and after[path] in stood]
    assert {path for path, inode in _inodes(out).items() if inodes.get(path) == inode} >= after.keys() - differing - {
        ".jiebang-site"
    }


def test_an_edit_renders_what_it_touches(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(base, tmp_path / "public", store)
    rendered: list[str] = []
    plain = Templates.render

    def note(self: Templates, template: str, **values: object) -> str:
        if template == "demand.html":
            demand = values["demand"]
            assert isinstance(demand, Demand)
            rendered.append(demand.id)
        return plain(self, template, **values)

    monkeypatch.setattr(Templates, "render", note)
    _build(base, tmp_path / "public", store)
    assert rendered == []
    _edit(base, DEMAND, "schedule: 1 年", "schedule: 18 个月")
    _build(base, tmp_path / "public", store)
    assert rendered == ["D-AAAAAAA1"]


def test_an_edit_that_leaves_all_public_words_makes_no_index_and_compares_no_texts(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "public"
    _build(base, out, store)
    before = _files(out)
    _edit(base, ENTERPRISE, "000-10000001", "000-10000002")
    with monkeypatch.context() as patch:

        def never(*_: object, **__: object) -> None:
            raise AssertionError("made again")

        patch.setattr("jiebang.site.search.index.layout_of", never)
        patch.setattr("jiebang.site.similar.find._told", never)
        assert _build(base, out, store).written == 0
    assert _files(out) == before
    # A file that is missing is made, with all others where they are one whole.
    lost = next(path for path in before if path.startswith("search/") and "pieces-" in path)
    (out / lost).unlink()
    assert _build(base, out, store).written == 1
    assert _files(out) == before
    _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    _build(base, out, store)
    _build(base, tmp_path / "clean", None)
    assert _files(out) == _files(tmp_path / "clean") != before


def test_another_process_makes_the_frames_while_the_records_are_checked(
    base: Path, tmp_path: Path, new_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(base, tmp_path / "plain", None)
    monkeypatch.setenv("JIEBANG_CACHE", str(tmp_path / "cache"))

    def not_here(*_: object) -> None:
        raise AssertionError("made here")

    monkeypatch.setattr("jiebang.site.frames._build", not_here)
    _build(base, tmp_path / "public", new_store, jobs=2)
    assert _files(tmp_path / "public") == _files(tmp_path / "plain")


def test_where_no_file_differs_nothing_is_staged_and_where_one_does_the_whole_is_switched(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Private edits leave the folder of the site as it is, down to its time; another file in it, or none in a place, has all put anew."""
    out = tmp_path / "public"
    _build(base, out, store)
    wanted, folder, inodes = _files(out), out.stat(), _inodes(out)
    with monkeypatch.context() as patch:

        def never(*_: object) -> None:
            raise AssertionError("staged")

        patch.setattr(Staging, "put", never)
        patch.setattr(Staging, "keep", never)
        for number in range(2, 5):
            _edit(base, ENTERPRISE, f"000-1000000{number - 1}", f"000-1000000{number}")
            assert _build(base, out, store).written == 0
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)
    assert (_files(out), _inodes(out)) == (wanted, inodes)
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
        _edit(base, ENTERPRISE, f"000-1000000{number - 1}" if number < 11 else "000-10000010", f"000-100000{number:02}")
        _build(base, out, store)
        assert _files(out) == wanted
        assert not (out / "more").is_symlink()


def test_a_site_that_the_same_public_view_gave_is_not_planned(
    base: Path, tmp_path: Path, new_store: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else became private, as long as nothing in the site may hold it; then each file is asked, and known again afterwards."""
    out = tmp_path / "public"
    _build(base, out, new_store)
    wanted, plans = _files(out), list[int]()

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
        _edit(base, ENTERPRISE, old, new)
        plans.clear()
        assert _build(base, out, new_store).written == 0
        assert len(plans) == asked
        assert _files(out) == wanted
    # What is kept of its files is not swept away meanwhile.
    whole = len(looked)
    monkeypatch.setattr("jiebang.store._FEW", 0)
    for number in range(5, 9):
        _edit(base, ENTERPRISE, f"000-2784613{number}", f"000-2784613{number + 1}")
        _build(base, out, new_store)
    assert len(plans) == 0
    looked.clear()
    _edit(base, DEMAND, "schedule: 1 年", "schedule: 18 个月")
    _build(base, out, new_store)
    assert 0 < len(looked) < whole / 4
    _build(base, tmp_path / "clean", None)
    assert _files(out) == _files(tmp_path / "clean") != wanted


@pytest.mark.parametrize("of_a_demand", [False, True], ids=["nothing differs", "a file differs"])
def test_a_file_that_changes_between_two_looks_at_it_stops_a_build(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, of_a_demand: bool
) -> None:
    """It was held to be the wanted one: what stands there since is not put in the new site, and the next build makes it again."""
    out = tmp_path / "public"
    _build(base, out, store)
    plain = Replacement.put

    def put(self: Replacement, file: Finished) -> None:
        plain(self, file)
        if len(self.digests) == 1:
            assert file.content is None
            (out / file.path).write_bytes(b"another")

    _edit(base, ENTERPRISE, "000-10000001", "000-10000002")
    if of_a_demand:
        _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    with monkeypatch.context() as patch, pytest.raises(UserError, match="网站没有更新"):
        patch.setattr(making, "recalled_site", lambda *_: None)
        patch.setattr(Replacement, "put", put)
        _build(base, out, store)
    assert [path.name for path in tmp_path.glob(".public*")] == []
    _build(base, out, store)
    _build(base, tmp_path / "clean", None)
    assert _files(out) == _files(tmp_path / "clean")


def test_a_file_that_somebody_changed_in_place_is_made_again(base: Path, tmp_path: Path, store: Path) -> None:
    out = tmp_path / "public"
    _build(base, out, store)
    wanted = _files(out)
    (out / "index.html").write_text("changed", encoding="utf-8")
    (out / "404.html").unlink()
    (out / "more.html").write_text("more", encoding="utf-8")
    built = _build(base, out, store)
    assert _files(out) == wanted
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


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the path of each file that is looked through."""
    seen: list[str] = []

    def noted(files: Sequence[tuple[str, bytes]], secrets: SecretIndex) -> tuple[list[tuple[str, ...]], bytes]:
        seen.extend(path for path, _ in files)
        return look_at_files(files, secrets)

    monkeypatch.setattr("jiebang.build.site_files.look_at_files", noted)
    return seen


def test_a_site_elsewhere_is_written_whole(base: Path, tmp_path: Path, new_store: Path, looked: list[str]) -> None:
    _build(base, tmp_path / "one", new_store)
    assert len(looked) > 200
    looked.clear()
    built = _build(base, tmp_path / "two", new_store)
    assert built.written == built.files
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    # What was looked through once, under the same secrets, is not again.
    assert looked == []


def test_elsewhere_another_content_is_looked_through_whatever_its_inputs_say(
    base: Path, tmp_path: Path, new_store: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(base, tmp_path / "one", new_store)
    looked.clear()
    plain = Planned.content

    def other(self: Planned, frames: Frames) -> bytes:
        content = plain(self, frames)
        return (
            content.replace(b"</main>", "走进示例重工</main>".encode()) if self.path == "about/index.html" else content
        )

    monkeypatch.setattr(Planned, "content", other)
    with pytest.raises(UserError, match=r"about/index\.html"):
        _build(base, tmp_path / "two", new_store)
    assert looked == ["about/index.html"]
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_files_are_looked_through_in_segments_and_stop_a_build_as_others_do(
    base: Path, tmp_path: Path, store: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    for name, value in (("LONG_TEXT", 200), ("_SHORTEST", 50), ("_ONE_OF", 1)):
        monkeypatch.setattr(f"jiebang.detection.segments.{name}", value)
    monkeypatch.setattr("jiebang.build.site_files._LARGE", 500)
    monkeypatch.setattr("jiebang.build.input_keys._MANY", 1)
    if jobs > 1:
        monkeypatch.setattr("jiebang.build.site_files._FEWEST", 1)
        monkeypatch.setattr("jiebang.publication.large_files._FEWEST", 1)
    _build(base, tmp_path / "one", store, jobs)
    assert "data/v1/demands.csv" not in looked
    _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    _build(base, tmp_path / "one", store, jobs)
    _build(base, tmp_path / "clean", None)
    assert _files(tmp_path / "one") == _files(tmp_path / "clean")
    plain = Planned.write

    def other(self: Planned, stream: IO[bytes]) -> None:
        plain(self, stream)
        if self.path == "data/v1/demands.csv":
            stream.write("，走进示例重工".encode())

    monkeypatch.setattr(Planned, "write", other)
    _edit(base, DEMAND, "summary: 另外研发", "summary: 研发")
    before = _files(tmp_path / "one")
    with pytest.raises(UserError, match=r"data/v1/demands\.csv"):
        _build(base, tmp_path / "one", store, jobs)
    assert _files(tmp_path / "one") == before


def test_a_suspected_file_is_not_held_to_other_records_than_the_site_was_made_from(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records are let go of once they are published, and read again for a careful look: who renames the enterprise meanwhile would
    have its old name pass."""
    plain = Planned.write

    def with_a_name(self: Planned, stream: IO[bytes]) -> None:
        plain(self, stream)
        if self.path == "data/v1/demands.csv":
            _edit(base, ENTERPRISE, "示例重工（武汉）集团有限公司", "示例重机（武汉）集团有限公司")
            stream.write("，示例重工（武汉）集团有限公司".encode())

    monkeypatch.setattr(Planned, "write", with_a_name)
    with pytest.raises(UserError, match="记录在构建时被改动"):
        _build(base, tmp_path / "out", None)
    assert not (tmp_path / "out").exists()


def test_where_something_else_is_private_what_may_hold_it_is_looked_through(
    base: Path, tmp_path: Path, new_store: Path, looked: list[str]
) -> None:
    _build(base, tmp_path / "one", new_store)
    whole = len(looked)
    often = [whole]
    # Of the second name all letters stand in one text or another of the site, if not together; of the first one hardly any.
    for old, new in pairwise(f"{name}（武汉）集团有限公司" for name in ("示例重工", "夔鼍重器", "焊接工艺")):
        looked.clear()
        _edit(base, ENTERPRISE, old, new)
        _build(base, tmp_path / new, new_store)
        often.append(len(looked))
    assert 0 < often[1] < often[2] < whole
    looked.clear()
    # It is known from then on.
    _build(base, tmp_path / "three", new_store)
    assert looked == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [(DEMAND, "summary: 研发", "summary: 另外研发"), (ENTERPRISE, "示例重工（武汉）集团", "示例重机（武汉）集团")],
    ids=["another text", "another hidden name"],
)
def test_the_whole_search_index_is_put_together_although_most_of_its_files_stay(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, path: str, old: str, new: str
) -> None:
    """Also those that were linked to their new place before they are read."""
    # Else an earlier look may tell that no new value can stand there.
    monkeypatch.setattr("jiebang.build.publishing.earlier_look", lambda *_: None)
    out = tmp_path / "public"
    _build(base, out, store)
    taken: list[bytes] = []
    plain = Rebuilt.take

    def note(self: Rebuilt, *contents: bytes) -> None:
        taken.extend(contents)
        plain(self, *contents)

    monkeypatch.setattr(Rebuilt, "take", note)
    _edit(base, path, old, new)
    _build(base, out, store)
    standing = {path: content for path, content in _files(out).items() if path.startswith("search/")}
    assert set(taken) == {content for content in standing.values() if is_index(content)}


def test_a_file_of_the_search_index_that_changes_under_a_build_stops_it(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiebang.build.publishing.earlier_look", lambda *_: None)
    out = tmp_path / "public"
    _build(base, out, store)
    lost = next(path for path in _files(out) if "pieces-" in path)
    plain = Replacement.put

    def put(self: Replacement, file: Finished) -> None:
        plain(self, file)
        if file.path == lost and file.content is None:
            (out / file.stands).write_bytes(b"another")

    monkeypatch.setattr(Replacement, "put", put)
    _edit(base, ENTERPRISE, "示例重工（武汉）集团", "示例重机（武汉）集团")
    with pytest.raises(UserError, match="没有更新"):
        _build(base, out, store)


def test_several_processes_make_the_same_site(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.build.site_files._FEWEST", 1)
    monkeypatch.setattr("jiebang.mapping.Maps.map.__defaults__", (1,))
    monkeypatch.setattr("jiebang.rules.earlier_looks.looked_through.__defaults__", (None, None, 1))
    monkeypatch.setattr("jiebang.publication.gate._FEWEST", 1)
    _build(base, tmp_path / "one", None)
    _build(base, tmp_path / "two", None, jobs=2)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


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
def test_edits_one_after_the_other_come_to_a_clean_build(tmp_path: Path, turn: int) -> None:
    home, seed = tmp_path, random.randrange(1 << 32)  # noqa: S311 - accidents
    chance = random.Random(seed)  # noqa: S311 - accidents
    root, out, store = home / "catalogue", home / "public", home / "store"
    store.mkdir()
    # The large sample once by day, with one edit; the small catalogue with three, one after the other.
    of_sample = turn % 4 == 0
    shutil.copytree(SAMPLE if of_sample else FIXTURES / "base", root)
    _build(root, out, store)
    for step in range(1 if of_sample and not at_night() else 3):
        _random_edits(root, seed + step)
        if has_errors(judge(root)[1]):
            continue
        _build(root, out, store)
        if chance.random() < 0.5:
            # Somebody changes the site by hand, and one long text says something else.
            files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "figures.json"]
            chance.choice(files).write_bytes(b"another")
            chance.choice(files).unlink(missing_ok=True)
            demand = chance.choice(sorted(root.rglob("demands/*.yml")))
            text = demand.read_text(encoding="utf-8").replace("schedule: ", "schedule: 大约 ", 1)
            demand.write_text(renewed(text) if chance.random() < 0.8 else text, encoding="utf-8")
            _build(root, out, store)
        figures = home / "figures"
        clean = home / f"clean-{step}"
        shutil.copytree(out, figures, dirs_exist_ok=True)
        # What a build says of figures depends on those that were online before.
        _build(root, figures, None)
        shutil.copytree(figures, clean)
        assert _files(out) == _files(clean)


def test_a_name_that_becomes_secret_is_found_in_what_stands_already(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is the same as before, byte for byte, and was looked through; but not for this name."""

    def with_a_page(site: PublicSite, frames: Frames, maps: Maps) -> list[Planned]:
        return [*planned(site, frames, maps), given("guide/news/index.html", "<p>走进 赤 壁 精 工</p>".encode())]

    monkeypatch.setattr(making, "planned", with_a_page)
    out = tmp_path / "public"
    _build(base, out, store)
    before = _files(out)
    _edit(base, ENTERPRISE, "name: 示例重工（武汉）集团有限公司", "name: 赤壁精工（武汉）集团有限公司")
    with pytest.raises(UserError) as refused:
        _build(base, out, store)
    assert "guide/news/index.html" in refused.value.message
    assert "精工" not in refused.value.message + refused.value.hint
    assert _files(out) == before


@pytest.mark.parametrize("change", by_day(["name", "address"], 1))
def test_a_file_of_the_index_that_only_moves_is_looked_through_as_any_other(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Its content is the same as before, at another address: it is found when a name becomes secret, and when the address tells a number."""
    path, written = "search/0123456789/1.bin", lines([1], ["赤壁精工"])

    def with_a_file(site: PublicSite, frames: Frames, maps: Maps) -> list[Planned]:
        return [*planned(site, frames, maps), given(path, written)]

    monkeypatch.setattr(making, "planned", with_a_file)
    out = tmp_path / "public"
    _build(base, out, store)
    if change == "name":
        path = "search/abcdef0123/1.bin"
        _edit(base, ENTERPRISE, "name: 示例重工（武汉）集团有限公司", "name: 赤壁精工（武汉）集团有限公司")
    else:
        # With the name of the file the number of somebody.
        path = "search/1000000000/1.bin"
        _edit(base, DEMAND, "schedule: 1 年", "schedule: 2 年")
    with pytest.raises(UserError) as refused:
        _build(base, out, store)
    assert "search/" in refused.value.message or "（…）" in refused.value.message
    assert {path for path in _files(out) if path.endswith("/1.bin")} == {"search/0123456789/1.bin"}


def test_a_name_across_the_files_of_the_index_is_found_when_it_becomes_secret(
    base: Path, tmp_path: Path, store: Path
) -> None:
    out = tmp_path / "public"
    _build(base, out, store)
    _edit(base, ENTERPRISE, "简称示例1号", "简称示例2号")
    assert _build(base, out, store).summary is not None


@pytest.mark.parametrize("left", by_day(["store", "nothing"], 1))
def test_a_build_that_was_stopped_leaves_nothing_to_be_believed(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    out = tmp_path / "public"
    _build(base, out, store)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("jiebang.build.staging.switch", stop)
        _build(base, out, store)
    if left == "nothing":
        (store / "store.sqlite3").unlink()
    _build(base, out, store)
    _build(base, tmp_path / "clean", None)
    assert _files(out) == _files(tmp_path / "clean")
