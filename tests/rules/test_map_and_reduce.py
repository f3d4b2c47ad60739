"""Facts of each record, kept or not, worked out here or in other processes, come to what the rules find in the whole catalogue."""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiebang.catalogue import Catalogue, Finding, load
from jiebang.catalogue.catalogue import ReadFile
from jiebang.catalogue.contents import ChangedError
from jiebang.catalogue.record import FarFieldError
from jiebang.detection import has_mark
from jiebang.detection.trigrams import Trigrams
from jiebang.mapping import Maps, Shared
from jiebang.problems import Problem, Severity, in_order
from jiebang.publication import Leak, publish, view_check
from jiebang.rules import check_rules, suspicion
from jiebang.rules.facts import far_fields
from jiebang.rules.judgement import judge, judge_whole
from jiebang.rules.privacy import short_names
from jiebang.rules.reading import Progress, Reading
from jiebang.rules.recalled import recall
from jiebang.rules.registry import Report, Rule, check_across
from jiebang.rules.secret_index import SecretIndex, secret_index
from jiebang.rules.verdict import verdict
from jiebang.store import DiskStore, LayeredStore, MemoryStore
from tests import plain_yaml
from tests.conftest import FIXTURES, SAMPLE
from tests.turns import at_night, by_day

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
MISTAKES = sorted((FIXTURES / "mistakes").glob("*.yml"))


def _plainly(root: Path) -> list[Problem]:
    """The definition: everything read, every rule on the whole."""
    catalogue, problems = load(root)
    return in_order([*problems, *check_rules(catalogue)])


def _slip(base: Path, mistake: dict[str, str]) -> None:
    target = base / mistake["file"]
    target.write_text(
        target.read_text(encoding="utf-8").replace(mistake["find"], mistake["replace"], 1), encoding="utf-8"
    )


@pytest.fixture(scope="module")
def known() -> MemoryStore:
    """What a judgement of the sound catalogue leaves behind."""
    store = MemoryStore()
    verdict(FIXTURES / "base", Maps(store, jobs=1))
    return store


@pytest.mark.parametrize("fixture", by_day(MISTAKES, len(MISTAKES) // 3), ids=lambda path: path.stem)
def test_every_mistake_is_told_as_by_the_definition(base: Path, fixture: Path, known: MemoryStore) -> None:
    maps = Maps(LayeredStore(known), jobs=1)
    sound = verdict(base, maps).problems
    mistake = plain_yaml.values(fixture.read_text(encoding="utf-8"))
    _slip(base, mistake)
    wanted = _plainly(base)
    assert verdict(base, maps).problems == wanted
    assert judge(base)[1] == wanted
    _slip(base, {"file": mistake["file"], "find": mistake["replace"], "replace": mistake["find"]})
    assert verdict(base, maps).problems == sound


ZONE_DEMAND = "2024/zone/demands/d-bbbbbbb2.yml"
ANSWER = "2024/qiaokou/applications/a-aaaaaaa1.yml"
ROUTE = "采用示例协效阻燃体系分三步造粒成型"


def _put(base: Path, file: str, find: str, replace: str) -> None:
    assert find in (base / file).read_text(encoding="utf-8")
    _slip(base, {"file": file, "find": find, "replace": replace})


@pytest.fixture
def the_whole_is_judged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Takes the folder of each catalogue of which every file is judged."""
    from jiebang.rules import judgement

    seen: list[Path] = []
    real = judgement.judge_files

    def noted(reading: Reading, maps: Maps, progress: Progress | None) -> judgement.Judged:
        seen.append(reading.root)
        return real(reading, maps, progress)

    monkeypatch.setattr(judgement, "judge_files", noted)
    return seen


@pytest.mark.parametrize(
    ("file", "find", "replace", "codes"),
    [
        (DEMAND, "成本控制在", "成本要控制在", ["R421"]),
        (DEMAND, "schedule: 1 年", "schedule: 电话 13800138000", ["R402", "R421"]),
        (DEMAND, "schedule: 1 年", "schedule: 1 年\n# 注", []),
        (DEMAND, "original_text: 企业原文", "original_text: 又是企业原文", []),
    ],
)
def test_an_edit_of_prose_is_told_without_the_whole(
    base: Path, the_whole_is_judged: list[Path], file: str, find: str, replace: str, codes: list[str]
) -> None:
    maps = Maps(jobs=1)
    sound = verdict(base, maps).problems
    assert the_whole_is_judged == [base]
    _put(base, file, find, replace)
    found = verdict(base, maps)
    assert [problem.code for problem in found.problems] == codes
    assert found.problems == _plainly(base)
    assert len(found.records) == sum(1 for _ in load(base)[0].records())
    # The ledger went along: the next edit is told from the one before.
    _put(base, file, replace, f"{find} ")
    assert verdict(base, maps).problems == _plainly(base)
    _put(base, file, f"{find} ", find)
    assert verdict(base, maps).problems == sound
    assert the_whole_is_judged == [base]


def test_what_a_demand_says_no_longer_is_private_again_elsewhere(base: Path) -> None:
    """Its applications may repeat its words. When these go, another demand that holds them is told."""
    _put(base, ANSWER, "route: 采用磷氮协效阻燃体系，分两步造粒。", f"route: {ROUTE}")
    _put(base, DEMAND, "effect: ", f"effect: {ROUTE}。")
    _put(base, ZONE_DEMAND, "effect: ", f"effect: {ROUTE}。")
    maps = Maps(jobs=1)
    assert {problem.code for problem in verdict(base, maps).problems} <= {"R421"}
    _put(base, DEMAND, f"effect: {ROUTE}。", "effect: ")
    found = verdict(base, maps).problems
    assert found == _plainly(base)
    assert (ZONE_DEMAND, "R408") in {(problem.path, problem.code) for problem in found}


def test_what_becomes_private_is_looked_for_in_texts_that_did_not_change(base: Path) -> None:
    _put(base, ZONE_DEMAND, "effect: ", f"effect: {ROUTE}。")
    maps = Maps(jobs=1)
    assert {problem.code for problem in verdict(base, maps).problems} <= {"R421"}
    _put(base, ANSWER, "route: 采用磷氮协效阻燃体系，分两步造粒。", f"route: {ROUTE}")
    found = verdict(base, maps).problems
    assert found == _plainly(base)
    assert (ZONE_DEMAND, "R408") in {(problem.path, problem.code) for problem in found}


def test_where_something_becomes_private_texts_are_looked_through_for_it_alone(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()

    def names_asked(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
        asked.add("short names")
        return short_names(catalogue, report)

    def marks_asked(text: str) -> bool:
        asked.add("marks")
        return has_mark(text)

    monkeypatch.setattr(suspicion, "short_names", names_asked)
    monkeypatch.setattr(view_check, "has_mark", marks_asked)
    maps = Maps(jobs=1)

    def leaks() -> list[Leak]:
        judged = judge_whole(base, maps)
        assert judged.problems == _plainly(base)
        site = publish(judged.catalogue, {}, drafts=True).site
        return view_check.leaks_in_view(site, judged.catalogue, judged.keys, judged.around, maps)

    assert leaks() == []
    assert asked == {"short names", "marks"}
    asked.clear()
    _put(base, ANSWER, "route: 采用磷氮协效阻燃体系，分两步造粒。", f"route: {ROUTE}")
    assert leaks() == []
    assert asked == set()
    # What another demand says of itself; the careful look that follows asks everything of it.
    _put(base, ANSWER, f"route: {ROUTE}", "route: 研发一款高速电机陶瓷球轴承，用于新能源整车的示例部件。")
    assert "demands/d-bbbbbbb2/index.html" in {leak.file for leak in leaks()}
    assert "short names" not in asked
    asked.clear()
    _put(base, "districts.yml", "bureau: 示例开发区经济发展局", "bureau: 示例开发区经济局")
    leaks()
    assert asked == {"short names", "marks"}


def test_a_text_that_changes_after_something_became_private_is_looked_through_alone(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others were told together meanwhile, and are known by themselves still."""
    looked: list[str] = []
    look = SecretIndex.look

    def noted(self: SecretIndex, texts: Sequence[str]) -> tuple[set[int], list[Trigrams]]:
        looked.extend(texts)
        return look(self, texts)

    monkeypatch.setattr(SecretIndex, "look", noted)
    maps = Maps(jobs=1)

    def count() -> int:
        looked.clear()
        judged = judge_whole(base, maps)
        site = publish(judged.catalogue, {}, drafts=True).site
        assert view_check.leaks_in_view(site, judged.catalogue, judged.keys, judged.around, maps) == []
        return len(looked)

    whole = count()
    for old, new in (("采用磷氮", "采用别的"), ("采用别的", "采用示例")):
        _put(base, ANSWER, f"route: {old}协效阻燃体系", f"route: {new}协效阻燃体系")
        assert count() == 0
    _put(base, DEMAND, "summary: 研发", "summary: 另外研发")
    assert 0 < count() < whole / 2


@pytest.mark.parametrize("lost", ["ledger", "index"])
def test_without_a_ledger_or_its_index_the_whole_is_judged(
    base: Path, monkeypatch: pytest.MonkeyPatch, the_whole_is_judged: list[Path], lost: str
) -> None:
    maps = Maps(jobs=1)
    verdict(base, maps)
    monkeypatch.setattr(f"jiebang.rules.edited.recall_{lost}", lambda *_: None)
    _put(base, DEMAND, "成本控制在", "成本要控制在")
    assert verdict(base, maps).problems == _plainly(base)
    assert the_whole_is_judged == [base, base]


def _edits(root: Path, seed: int) -> None:
    """Random edits as people and accidents make them: lines lost, doubled, moved to another record, values of one written into another."""
    chance = random.Random(seed)  # noqa: S311 - accidents
    files = sorted(root.rglob("*.yml"))
    for _ in range(chance.randint(1, 12)):
        file, other = chance.choice(files), chance.choice(files)
        lines, others = (path.read_text(encoding="utf-8").split("\n") for path in (file, other))
        at, taken = chance.randrange(len(lines)), chance.choice(others)
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines.insert(at, taken)
            case 3:
                key = lines[at].partition(":")[0]
                lines[at] = f"{key}: {taken.partition(': ')[2]}"
            case 4:
                lines[at] = f"{lines[at]}{taken.partition(': ')[2]}"
            case _:
                words = taken.partition(": ")[2]
                lines = [
                    line + words if line.startswith(("title:", "effect:", "schedule:")) else line for line in lines
                ]
        file.write_text("\n".join(lines), encoding="utf-8")


@settings(max_examples=60 if at_night() else 6)
@given(st.integers(0, 1 << 32))
def test_any_edits_are_told_as_by_the_definition(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    root = tmp_path_factory.mktemp("edited") / "catalogue"
    shutil.copytree(SAMPLE if seed % 2 else FIXTURES / "base", root)
    store = tmp_path_factory.mktemp("store")
    with Maps(DiskStore.open(store), jobs=1) as maps:
        verdict(root, maps)
    _edits(root, seed)
    wanted = _plainly(root)
    assert judge(root)[1] == wanted
    with Maps(DiskStore.open(store), jobs=1) as maps:
        assert verdict(root, maps).problems == wanted
        assert judge(root, maps)[1] == wanted
        assert verdict(root, maps).problems == wanted


def test_other_processes_find_the_same(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, one catalogue with many findings of every sort."""
    _edits(base, 7)
    for fixture in MISTAKES[::9]:
        _slip(base, plain_yaml.values(fixture.read_text(encoding="utf-8")))
    monkeypatch.setattr("jiebang.mapping.Maps.map.__defaults__", (1,))
    monkeypatch.setattr("jiebang.rules.earlier_looks.looked_through.__defaults__", (None, None, 1))
    with Maps(jobs=2) as maps:
        found = verdict(base, maps).problems
    assert found == _plainly(base)
    assert found


@pytest.mark.parametrize("kept", [True, False], ids=["recalled", "found out again"])
def test_what_records_do_not_hold_at_hand_is_the_same_when_it_is_asked_for(base: Path, kept: bool) -> None:
    store = MemoryStore()
    judged = judge_whole(base, Maps(store, jobs=1))
    if not kept:
        store.close()
    bare = load(base)[0]
    assert len(judged.around.value.secrets)
    assert secret_index(judged.catalogue).key == judged.around.value.secrets.key == secret_index(bare).key
    assert [record.value for record in judged.catalogue.records()] == [record.value for record in bare.records()]


def test_nothing_is_asked_of_a_file_that_was_edited_since(base: Path) -> None:
    """What was judged is what is published: another text than that of the judgement is refused."""
    store = MemoryStore()
    judged = judge_whole(base, Maps(store, jobs=1))
    demand, other = judged.catalogue.demands[:2]
    told = demand.get("summary")
    file = base / demand.path
    file.write_text(file.read_text(encoding="utf-8").replace(told[:8], "另一段话另一段话"), encoding="utf-8")
    assert demand.get("summary") == told
    store.close()
    recall([other])
    assert other.get("summary")
    with pytest.raises(ChangedError):
        demand.get("summary")


def test_a_catalogue_that_was_let_go_tells_nothing(base: Path) -> None:
    """Without private values it would excuse everything, so it must not look like an empty one."""
    judged = judge_whole(base, Maps(jobs=1))
    enterprise = judged.catalogue.enterprises[0]
    judged.let_go()
    for ask in (
        secret_index,
        lambda known: list(known.records()),
        lambda known: known.find("enterprise", enterprise.id),
    ):
        with pytest.raises(AttributeError):
            ask(judged.catalogue)


def test_names_and_short_texts_of_many_records_are_one_object(base: Path) -> None:
    catalogue = judge_whole(base, Maps(jobs=1)).catalogue
    demand = catalogue.demands[0]
    own = catalogue.find("enterprise", demand.get("enterprise"))
    assert own is not None
    assert demand.near["enterprise"] is own.near["id"]
    for record in catalogue.records():
        assert all(sys.intern(name) is name for name in record.near)


def test_an_edit_while_it_is_read_is_read_again(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever saves during a check gets a finding about what is there, and nothing of it is kept under another's name."""
    from jiebang.rules import judgement

    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr("jiebang.catalogue.contents.time.time_ns", lambda: later)
    demand = base / "2024/qiaokou/demands/d-aaaaaaa1.yml"
    facts = judgement._facts
    edits: list[str] = ["title: 一\n"]

    def after_an_edit(
        reading: Reading, maps: Maps, districts: Shared, compared: list[bytes]
    ) -> Iterator[ReadFile | OSError]:
        if edits:
            demand.write_text(edits.pop(), encoding="utf-8")
        return facts(reading, maps, districts, compared)

    monkeypatch.setattr(judgement, "_facts", after_an_edit)
    maps = Maps(jobs=1)
    # Names of contents are known from now on, and nothing else.
    Reading(base, maps)
    _, problems = judge(base, maps)
    assert edits == []
    assert problems == _plainly(base)
    assert judge(base, maps)[1] == problems


@pytest.mark.parametrize(
    "fixture", [None, *by_day(MISTAKES, len(MISTAKES) // 3)], ids=lambda path: path.stem if path else "sample"
)
def test_no_rule_that_compares_records_reads_their_prose(base: Path, fixture: Path | None) -> None:
    """What such rules find is known again by what they read: everything but the far fields."""
    if fixture is not None:
        _slip(base, plain_yaml.values(fixture.read_text(encoding="utf-8")))
    catalogue, _ = load(SAMPLE if fixture is None else base)
    wanted = [(p.code, p.path, p.message) for p in check_across(catalogue)]
    for record in catalogue.records():
        record.near = {name: value for name, value in record.near.items() if name not in far_fields(record.kind)}
    assert [(p.code, p.path, p.message) for p in check_across(catalogue)] == wanted


def test_a_finding_between_records_is_told_at_its_line_when_lines_move(base: Path) -> None:
    maps = Maps(jobs=1)
    file = base / "2024/zone/applications/a-ccccccc3.yml"
    text = file.read_text(encoding="utf-8").replace("enterprise: E-CCCCCCC3", "enterprise: E-DDDDDDD4")
    file.write_text(text.replace("enterprise: E-DDDDDDD4", "enterprise: E-ZZZZZZZ9"), encoding="utf-8")
    first = judge(base, maps)[1]
    assert "R301" in {problem.code for problem in first}
    file.write_text(f"# 一行注释\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    second = judge(base, maps)[1]
    assert second == _plainly(base)
    assert second != first


def test_a_rule_that_compares_records_and_reads_prose_is_told_to_us(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would not be asked again when the prose changes: it has to say of which records it judges each."""

    def careless(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
        yield from (report(demand, ("summary",), "短") for demand in catalogue.demands if demand.get("summary"))

    finding = Finding("R999", "", "", "", Severity.ERROR)
    monkeypatch.setattr("jiebang.rules.registry._sorted_rules", lambda: (Rule(finding, careless),))
    # What is worked out from the rules is kept, and would be theirs for all tests behind this one.
    monkeypatch.setattr("jiebang.rules.registry._rules_of", lambda _: ())
    with pytest.raises(FarFieldError):
        judge(base)
