"""What stands already is looked through again where something else may be private in it, or may stand there; and for nothing else."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from jiebang.build import making
from jiebang.build.places import Finished
from jiebang.build.replacement import Replacement
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.publication.search_index import Rebuilt, is_index
from jiebang.site import Frames
from jiebang.site.files import PartWriter, Planned, given
from jiebang.site.output import planned
from jiebang.site.search.container import lines
from jiebang.view import PublicSite
from tests.build.building import DEMAND, ENTERPRISE, build_site, edit, files_of
from tests.turns import by_day


def test_a_site_elsewhere_is_written_whole(base: Path, tmp_path: Path, new_store: Path, looked: list[str]) -> None:
    build_site(base, tmp_path / "one", new_store)
    assert len(looked) > 200
    looked.clear()
    built = build_site(base, tmp_path / "two", new_store)
    assert built.written == built.files
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    # What was looked through once, under the same secrets, is not again.
    assert looked == []


def test_elsewhere_another_content_is_looked_through_whatever_its_inputs_say(
    base: Path, tmp_path: Path, new_store: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(base, tmp_path / "one", new_store)
    looked.clear()
    plain = Planned.content

    def other(self: Planned, frames: Frames) -> bytes:
        content = plain(self, frames)
        return (
            content.replace(b"</main>", "走进示例重工</main>".encode()) if self.path == "about/index.html" else content
        )

    monkeypatch.setattr(Planned, "content", other)
    with pytest.raises(UserError, match=r"about/index\.html"):
        build_site(base, tmp_path / "two", new_store)
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
    build_site(base, tmp_path / "one", store, jobs)
    assert "data/v1/demands.csv" not in looked
    edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    build_site(base, tmp_path / "one", store, jobs)
    build_site(base, tmp_path / "clean", None)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "clean")
    plain = Planned.write

    def other(self: Planned, writer: PartWriter) -> None:
        plain(self, writer)
        if self.path == "data/v1/demands.csv":
            writer.stream.write("，走进示例重工".encode())

    monkeypatch.setattr(Planned, "write", other)
    edit(base, DEMAND, "summary: 另外研发", "summary: 研发")
    before = files_of(tmp_path / "one")
    with pytest.raises(UserError, match=r"data/v1/demands\.csv"):
        build_site(base, tmp_path / "one", store, jobs)
    assert files_of(tmp_path / "one") == before


def test_a_suspected_file_is_not_held_to_other_records_than_the_site_was_made_from(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records are let go of once they are published, and read again for a careful look: who renames the enterprise meanwhile would
    have its old name pass."""
    plain = Planned.write

    def with_a_name(self: Planned, writer: PartWriter) -> None:
        plain(self, writer)
        if self.path == "data/v1/demands.csv":
            edit(base, ENTERPRISE, "示例重工（武汉）集团有限公司", "示例重机（武汉）集团有限公司")
            writer.stream.write("，示例重工（武汉）集团有限公司".encode())

    monkeypatch.setattr(Planned, "write", with_a_name)
    with pytest.raises(UserError, match="记录在构建时被改动"):
        build_site(base, tmp_path / "out", None)
    assert not (tmp_path / "out").exists()


def test_where_something_else_is_private_what_may_hold_it_is_looked_through(
    base: Path, tmp_path: Path, new_store: Path, looked: list[str]
) -> None:
    build_site(base, tmp_path / "one", new_store)
    whole = len(looked)
    often = [whole]
    # Of the second name all letters stand in one text or another of the site, if not together; of the first one hardly any.
    for old, new in pairwise(f"{name}（武汉）集团有限公司" for name in ("示例重工", "夔鼍重器", "焊接工艺")):
        looked.clear()
        edit(base, ENTERPRISE, old, new)
        build_site(base, tmp_path / new, new_store)
        often.append(len(looked))
    assert 0 < often[1] < often[2] < whole
    looked.clear()
    # It is known from then on.
    build_site(base, tmp_path / "three", new_store)
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
    build_site(base, out, store)
    taken: list[bytes] = []
    plain = Rebuilt.take

    def note(self: Rebuilt, *contents: bytes) -> None:
        taken.extend(contents)
        plain(self, *contents)

    monkeypatch.setattr(Rebuilt, "take", note)
    edit(base, path, old, new)
    build_site(base, out, store)
    standing = {path: content for path, content in files_of(out).items() if path.startswith("search/")}
    assert set(taken) == {content for content in standing.values() if is_index(content)}


def test_a_file_of_the_search_index_that_changes_under_a_build_stops_it(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiebang.build.publishing.earlier_look", lambda *_: None)
    out = tmp_path / "public"
    build_site(base, out, store)
    lost = next(path for path in files_of(out) if "pieces-" in path)
    plain = Replacement.put

    def put(self: Replacement, file: Finished) -> None:
        plain(self, file)
        if file.path == lost and file.content is None:
            (out / file.stands).write_bytes(b"another")

    monkeypatch.setattr(Replacement, "put", put)
    edit(base, ENTERPRISE, "示例重工（武汉）集团", "示例重机（武汉）集团")
    with pytest.raises(UserError, match="没有更新"):
        build_site(base, out, store)


def test_a_name_that_becomes_secret_is_found_in_what_stands_already(
    base: Path, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is the same as before, byte for byte, and was looked through; but not for this name."""

    def with_a_page(site: PublicSite, frames: Frames, maps: Maps) -> list[Planned]:
        return [*planned(site, frames, maps), given("guide/news/index.html", "<p>走进 赤 壁 精 工</p>".encode())]

    monkeypatch.setattr(making, "planned", with_a_page)
    out = tmp_path / "public"
    build_site(base, out, store)
    before = files_of(out)
    edit(base, ENTERPRISE, "name: 示例重工（武汉）集团有限公司", "name: 赤壁精工（武汉）集团有限公司")
    with pytest.raises(UserError) as refused:
        build_site(base, out, store)
    assert "guide/news/index.html" in refused.value.message
    assert "精工" not in refused.value.message + refused.value.hint
    assert files_of(out) == before


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
    build_site(base, out, store)
    if change == "name":
        path = "search/abcdef0123/1.bin"
        edit(base, ENTERPRISE, "name: 示例重工（武汉）集团有限公司", "name: 赤壁精工（武汉）集团有限公司")
    else:
        # With the name of the file the number of somebody.
        path = "search/1000000000/1.bin"
        edit(base, DEMAND, "schedule: 1 年", "schedule: 2 年")
    with pytest.raises(UserError) as refused:
        build_site(base, out, store)
    assert "search/" in refused.value.message or "（…）" in refused.value.message
    assert {path for path in files_of(out) if path.endswith("/1.bin")} == {"search/0123456789/1.bin"}


def test_a_name_across_the_files_of_the_index_is_found_when_it_becomes_secret(
    base: Path, tmp_path: Path, store: Path
) -> None:
    out = tmp_path / "public"
    build_site(base, out, store)
    edit(base, ENTERPRISE, "简称示例1号", "简称示例2号")
    assert build_site(base, out, store).summary is not None
