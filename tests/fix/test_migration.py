"""Records of an earlier schema arrive at today's with everything else as it was; what is newer than the program is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiebang.catalogue.sealed import sealed as sealed_bytes
from jiebang.catalogue.versions import current_version
from jiebang.fix import migration
from jiebang.fix.migration import STEPS, MigrationError, Step, migrated
from jiebang.schemas.registry import KINDS
from tests.conftest import FIXTURES, Run
from tests.judging import judge
from tests.sealing import ENTERPRISE, make_sealed

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
NOW = (FIXTURES / "base" / DEMAND).read_text(encoding="utf-8")
THEN = NOW.replace("schema: demand/1", "schema: demand/0  # 旧").replace("title:", "name:", 1)
EXAMPLES: dict[tuple[str, int], tuple[str, str]] = {}
"""By kind and version at the start: a record before the step and after it. One for each of `STEPS`."""


def _renamed(text: str) -> str:
    return text.replace("\nname:", "\ntitle:", 1)


FIRST = Step("demand", 0, "项目 name 改名为 title", _renamed)


@pytest.fixture
def _first_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "STEPS", (FIRST,))


def test_every_step_has_an_example_and_leads_there() -> None:
    assert EXAMPLES.keys() == {(step.kind, step.start) for step in STEPS}
    assert len(EXAMPLES) == len(STEPS)
    for (kind, start), (before, after) in EXAMPLES.items():
        (step,) = (step for step in STEPS if (step.kind, step.start) == (kind, start))
        assert step.change(before) == after


def test_steps_lead_from_the_first_version_to_todays() -> None:
    for kind in KINDS:
        assert {step.start for step in STEPS if step.kind == kind} == set(range(1, current_version(kind)))


def test_a_step_changes_what_it_says_and_the_version_alone() -> None:
    done = migrated("demand", THEN, (FIRST,))
    assert done.text == NOW.replace("schema: demand/1", "schema: demand/1  # 旧")
    assert (done.start, done.steps) == (0, (FIRST,))
    assert migrated("demand", NOW, (FIRST,)).steps == ()
    # A version in a text of the record is none.
    assert migrated("demand", NOW + "note: |\n  schema: demand/0\n", (FIRST,)).steps == ()


@pytest.mark.parametrize(
    ("text", "steps", "said"),
    [
        (NOW.replace("demand/1", "demand/2"), (FIRST,), "较新的程序"),
        (THEN, (), "没有从格式 demand/0"),
        (THEN, (Step("demand", 0, "坏", lambda text: text + "a: 'b\n"),), "改坏了"),
    ],
)
def test_what_no_step_leads_from_is_told(text: str, steps: tuple[Step, ...], said: str) -> None:
    with pytest.raises(MigrationError, match=said):
        migrated("demand", text, steps)


@pytest.mark.usefixtures("_first_step")
def test_the_command_shows_first_and_writes_on_demand(base: Path, run: Run) -> None:
    (base / DEMAND).write_text(THEN, encoding="utf-8")
    shown = run("migrate", "--catalogue", base)
    assert (shown.returncode, (base / DEMAND).read_text(encoding="utf-8")) == (1, THEN)
    assert "demand/0 → demand/1" in shown.stdout and "项目 name 改名为 title（1 份记录）" in shown.stderr
    assert run("migrate", "--catalogue", base, "--write").returncode == 0
    assert (base / DEMAND).read_text(encoding="utf-8") == migrated("demand", THEN, (FIRST,)).text
    # The comment behind the version draws a warning, as it did.
    assert {problem.code for problem in judge(base)[1]} == {"Y114"}
    again = run("migrate", "--catalogue", base)
    assert (again.returncode, "没有要改的" in again.stderr) == (0, True)


def test_a_sealed_record_is_led_with_its_key_and_stays_sealed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Step("enterprise", 0, "项目 title 改名为 name", lambda text: text.replace("\ntitle:", "\nname:", 1))
    monkeypatch.setattr(migration, "STEPS", (step,))
    sealed = make_sealed(tmp_path)
    path = sealed.catalogue / ENTERPRISE
    now = (FIXTURES / "base" / ENTERPRISE).read_bytes()
    then = now.replace(b"schema: enterprise/1", b"schema: enterprise/0").replace(b"\nname:", b"\ntitle:", 1)
    public = {"schema": "enterprise/0", "id": "E-AAAAAAA1", "role": "大企业", "disclosure": "不公开"}
    sealed.path(ENTERPRISE).write_bytes(sealed_bytes("enterprise", "E-AAAAAAA1", public, then, sealed.recipients))
    before = sealed.path(ENTERPRISE).read_bytes()
    assert b"enterprise/0" in before
    # The public part is not changed without what it belongs to.
    done = run("migrate", "--write")
    assert (done.returncode, sealed.path(ENTERPRISE).read_bytes()) == (1, before)
    assert "1 份密封的记录" in done.stderr and "--identity FILE" in done.stderr
    done = run("migrate", "--write", "--identity", sealed.stranger.file)
    assert done.returncode == 1 and done.stderr.count("给出的密钥打不开") == 7
    done = run("migrate", "--write", "--identity", sealed.recovery.file)
    assert done.returncode == 0, done.stderr
    assert not path.exists() and b"enterprise/1" in sealed.path(ENTERPRISE).read_bytes()
    assert now in sealed.opened(ENTERPRISE)
    assert sealed.found(sealed.working, sealed.recovery) == set()


def test_what_cannot_be_read_is_not_called_up_to_date(base: Path, run: Run) -> None:
    (base / DEMAND).write_bytes(THEN.encode("utf-16"))
    done = run("migrate", "--catalogue", base)
    assert "1 个文件读不出" in done.stderr and "全部记录" not in done.stderr


@pytest.mark.parametrize(("version", "said"), [(2, "比这个程序认得的 demand/1 新"), (0, "jiebang migrate")])
def test_a_record_of_another_version_is_refused_in_one_sentence(base: Path, run: Run, version: int, said: str) -> None:
    text = NOW.replace("demand/1", f"demand/{version}").replace("title:", "name:", 1)
    (base / DEMAND).write_text(text, encoding="utf-8")
    done = run("check", "--catalogue", base)
    assert done.returncode == 1
    assert said in done.stdout and "S205" in done.stdout
    assert [code for code in ("S202", "S203") if code in done.stdout] == []
    assert run("build", "--catalogue", base, "--out", base.parent / "public").returncode == 1
