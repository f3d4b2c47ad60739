"""After an edit of few demands' long texts the view is published from what was kept, and is what the whole would give; else the whole is."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from jiebang.build import BuildOptions
from jiebang.build.publishing import Published, publish_after_an_edit, publish_whole
from jiebang.catalogue import load
from jiebang.catalogue.catalogue import ReadFile, read_record
from jiebang.catalogue.files import RecordFile
from jiebang.errors import UserError
from jiebang.mapping import Maps, packed, unpacked
from jiebang.problems import has_errors
from jiebang.publication import Publication, gate, publish
from jiebang.publication.kept_view import of_plain, plain
from jiebang.rules.earlier_looks import SITE, earlier_look, note_look
from jiebang.rules.judgement import judge_whole
from jiebang.rules.secret_index import secret_index
from jiebang.rules.verdict import verdict
from jiebang.store import MemoryStore
from jiebang.view import PublicSite
from tests.conftest import FIXTURES, SAMPLE
from tests.reviews import renew_reviews
from tests.site import samples
from tests.turns import at_night

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
OTHER = "2024/zone/demands/d-bbbbbbb2.yml"
ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"


@pytest.fixture
def maps(base: Path) -> Maps:
    """What a build of the small catalogue leaves."""
    maps = Maps(jobs=1)
    assert _published(base, maps) is None
    return maps


def _published(root: Path, maps: Maps, commit: bytes = b"") -> Published | None:
    """What is published after an edit; None where the whole had to be."""
    told = verdict(root, maps, sweeps=False)
    assert not has_errors(told.problems)
    options = BuildOptions(root, root.parent / "public")
    edited = publish_after_an_edit(options, maps, told, commit) if told.judged is None else None
    if edited is None:
        whole = publish_whole(options, maps, told.judged or judge_whole(root, maps), commit)
        note_look(SITE, maps, root, whole.secrets)
    return edited


def _plainly(root: Path) -> Publication:
    return publish(load(root)[0], {})


def _edit(base: Path, path: str, old: str, new: str, *, reviewed: bool = True) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    if reviewed:
        renew_reviews(base)


def test_after_edits_of_long_texts_no_other_record_is_read(
    base: Path, maps: Maps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the whole was read")

    monkeypatch.setattr("jiebang.rules.judgement.judge_files", never)
    for path, old, new in (
        (DEMAND, "summary: 研发", "summary: 另外研发"),
        (DEMAND, "note: 等待补充", "note: 已经补充"),
        (OTHER, "schedule: ", "schedule: 大约 "),
        (DEMAND, "    - 联合研发\n", ""),
        (DEMAND, "summary: 另外研发", "summary: 研发"),
    ):
        _edit(base, path, old, new)
        edited = _published(base, maps)
        assert edited is not None and edited.publication == _plainly(base)
    # As after an edit of the site's settings: no record differs.
    edited = _published(base, maps)
    assert edited is not None and edited.publication == _plainly(base)


@pytest.mark.parametrize(
    ("path", "old", "new", "reviewed"),
    [
        (DEMAND, "summary: 研发", "summary: 另外研发", False),
        (DEMAND, "category: 基础材料", "category: 产业技术基础", True),
        (DEMAND, "published: 2024-08-20", "published: 2024-08-21", True),
        (ENTERPRISE, "disclosure: 不公开", "disclosure: 公开", True),
        (ENTERPRISE, "000-10000001", "000-10000002", True),
        ("districts.yml", "示例审乙", "示例审丙", True),
        ("districts.yml", "phone: 000-00000000", "phone: 000-00000001", True),
    ],
)
@pytest.mark.parametrize("checked", [False, True], ids=["built at once", "checked before"])
def test_what_other_demands_or_figures_depend_on_has_the_whole_published(
    base: Path, maps: Maps, path: str, old: str, new: str, reviewed: bool, checked: bool
) -> None:
    """Also where the verdict and the ledger are those of a check, so that no record has to be read for them."""
    _edit(base, path, old, new, reviewed=reviewed)
    if checked:
        verdict(base, maps)
    assert _published(base, maps) is None
    # From there on as before.
    now = "schedule: 1 年"
    _edit(base, DEMAND, now, "schedule: 18 个月")
    edited = _published(base, maps)
    if reviewed:
        assert edited is not None
    assert edited is None or edited.publication == _plainly(base)


def test_a_demand_that_is_added_or_gone_has_the_whole_published(base: Path, maps: Maps) -> None:
    text = (base / OTHER).read_text(encoding="utf-8")
    (base / OTHER).unlink()
    for application in base.rglob("applications/*.yml"):
        if "D-BBBBBBB2" in application.read_text(encoding="utf-8"):
            application.unlink()
    assert _published(base, maps) is None
    assert _published(base, maps) is not None
    (base / OTHER).write_text(text, encoding="utf-8")
    assert _published(base, maps) is None


def test_another_commit_has_the_whole_published(base: Path, maps: Maps) -> None:
    _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    assert _published(base, maps, b"another commit") is None
    _edit(base, DEMAND, "summary: 另外研发", "summary: 接着研发")
    assert _published(base, maps, b"another commit") is not None


def test_what_came_since_the_site_was_looked_through_is_told_from_its_owners_alone(base: Path, maps: Maps) -> None:
    """A build that found the site in place does not look through its files again."""
    looked = secret_index(load(base)[0])
    _edit(base, ENTERPRISE, "000-10000001", "000-58639241")
    _edit(base, "2024/qiaokou/applications/a-aaaaaaa1.yml", "曾完成两个同类项目", "曾做成三个示范工程")
    assert _published(base, maps) is None
    note_look(SITE, maps, base, looked)
    whole = judge_whole(base, maps)
    wanted = earlier_look(SITE, maps, whole.catalogue, secret_index(whole.catalogue))
    _edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    edited = _published(base, maps)
    assert edited is not None and edited.earlier is not None and wanted is not None
    assert edited.earlier.key == wanted.key == looked.key
    for text, there in (
        ("致电 000-5863 9241", True),
        ("由六名工程师组成，曾做成三个示范工程", True),
        ("焊接", False),
        ("", False),
    ):
        _, summary = gate.look_at_files([("a.txt", text.encode())], looked)
        assert [earlier.sought.may_stand_in(summary) for earlier in (edited.earlier, wanted)] == [there, there]


def test_a_view_that_was_looked_through_for_something_else_is_not_kept_to(base: Path) -> None:
    """A demand says no longer what an application to it says, too: that is private from there on, also where another demand says it. A preview
    may have looked through all files for it since."""
    route = "采用示例协效阻燃体系分三步造粒成型"
    _edit(
        base, "2024/qiaokou/applications/a-aaaaaaa1.yml", "route: 采用磷氮协效阻燃体系，分两步造粒。", f"route: {route}"
    )
    _edit(base, DEMAND, "effect: ", f"effect: {route}。")
    maps = Maps(jobs=1)
    _published(base, maps)
    _edit(base, DEMAND, f"effect: {route}。", "effect: ")
    verdict(base, maps)
    note_look(SITE, maps, base, secret_index(load(base)[0]))
    assert _published(base, maps) is None


def test_what_only_the_look_at_the_view_finds_stops_it_after_an_edit_as_well(
    base: Path, maps: Maps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the two gates stands by itself."""
    _edit(base, DEMAND, "summary: 研发", "summary: 研发联系电话 13977553311，")
    monkeypatch.setattr("jiebang.rules.registry._rules_of", lambda kind: ())
    told = verdict(base, maps, sweeps=False)
    assert told.judged is None and not has_errors(told.problems)
    options = BuildOptions(base, base.parent / "public")
    assert publish_after_an_edit(options, maps, told, b"") is None
    with pytest.raises(UserError, match="不应公开的内容"):
        publish_whole(options, maps, judge_whole(base, maps), b"")


def _random_edits(root: Path, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(["demands"] * 6 + ["enterprises", "applications"])
        file = chance.choice(sorted(root.rglob(f"{kind}/*.yml")))
        text = file.read_text(encoding="utf-8")
        old, new = chance.choice(
            [
                ("summary: ", "summary: 另一段"),
                ("effect: ", "effect: 还有"),
                ("schedule: ", "schedule: 大约"),
                ("note: ", "note: 再核对"),
                ("original_text: ", "original_text: 又"),
                ("title: ", f"title: 改{chance.randrange(99)}"),
                ("status: published", "status: recommended"),
                ("status: recommended", "status: published"),
                ("disclosure: 不公开", "disclosure: 公开"),
                ("summary: ", "summary: 示例重工"),
                ("secrecy_review:", "secrecy_review_:"),
            ]
        )
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    if chance.random() < 0.8:
        renew_reviews(root)


@settings(max_examples=40 if at_night() else 5)
@given(st.integers(0, 1 << 32))
def test_whatever_is_edited_the_view_is_that_of_the_whole(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    root = tmp_path_factory.mktemp("published") / "catalogue"
    shutil.copytree(SAMPLE if seed % 5 == 0 else FIXTURES / "base", root)
    chance, maps = random.Random(seed), Maps(jobs=1)  # noqa: S311 - accidents
    _published(root, maps)
    for _ in range(4):
        _random_edits(root, chance)
        if has_errors(verdict(root, Maps(jobs=1)).problems):
            event("refused")
            shutil.rmtree(root)
            shutil.copytree(SAMPLE if seed % 5 == 0 else FIXTURES / "base", root)
        edited = _published(root, maps)
        event("whole" if edited is None else "edited")
        assert edited is None or edited.publication == _plainly(root)


def test_what_the_whole_takes_is_not_swept_away_by_edits(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiebang.store._FEW", 0)
    store, read = MemoryStore(), list[str]()
    for number in range(1, 5):
        maps = Maps(store, jobs=1)
        _edit(base, DEMAND, f"schedule: {number} 年", f"schedule: {number + 1} 年")
        assert (_published(base, maps) is None) is (number == 1)
        maps.sweep(0)
    plain_read = read_record

    def noted(file: RecordFile, *arguments: Any) -> ReadFile:
        read.append(file.path)
        return plain_read(file, *arguments)

    monkeypatch.setattr("jiebang.rules.facts.read_record", noted)
    judge_whole(base, Maps(store, jobs=1))
    assert read == []


@pytest.mark.parametrize(
    "make", [lambda: samples.make_site(40), samples.hostile_site, samples.empty_site, samples.long_words_site]
)
def test_a_view_comes_back_from_plain_values(make: Callable[[], PublicSite]) -> None:
    site = make()
    assert of_plain(unpacked(packed(plain(site)))) == site
    for attribute in ("totals", "withdrawn", "rules", "rounds"):
        part = getattr(site, attribute)
        assert of_plain(plain(part)) == part
