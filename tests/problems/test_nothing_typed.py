"""Nothing that somebody typed stands in a log: a canary in every field, key, comment, line and name of a file, and no format of `check` and
`proposal` says it. Whatever is wrong is told by its place, its shape and what is expected."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from jiebang.catalogue import Catalogue
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.files import RecordFile
from jiebang.problems import Problem
from jiebang.rules.registry import check_record
from tests import plain_yaml
from tests.conftest import FIXTURES, Run
from tests.proposal.forge import Content, Forge, base_files

FILES = {
    "districts": "districts.yml",
    "round": "2024/round.yml",
    "enterprise": "2024/qiaokou/enterprises/e-aaaaaaa1.yml",
    "demand": "2024/qiaokou/demands/d-aaaaaaa1.yml",
    "application": "2024/qiaokou/applications/a-bbbbbbb2.yml",
}
CANARIES = ("哨兵张某某", "qxzkwvab", "13900001234")
"""A person, what could be a key, a number."""
LINES = (
    "{}", "{}: {}: {}", "\t{}: 1", "- {}", "&{} x: 1", "*{}", "!{} x", '"{}', "? {}", "%{}", "--- {}", "<<: {}", "[{}", "{}：{}", "@{}: 1",
    "{}: \u200b1", '"\\u200b{}": 1', "'{}': 1\n'{}': 2", "# {}",
)  # fmt: skip
"""Lines that are no YAML, or none that is read."""

Path_ = tuple[str | int, ...]


def _text(kind: str) -> str:
    return (FIXTURES / "base" / FILES[kind]).read_text(encoding="utf-8")


def _dump(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000_000)


def _places(value: Any, at: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    yield at, value
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from _places(inner, (*at, step))


def _with(value: Any, at: Path_, new: Any) -> str:
    if not at:
        return _dump(new)
    whole = copy.deepcopy(value)
    holder = whole
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = new
    return _dump(whole)


def _mutants(kind: str) -> Iterator[tuple[str, str]]:
    """(canary, text of the file): another value, too long, of a wrong type, nearly right; a key that does not exist; broken lines."""
    value: Any = plain_yaml.texts(_text(kind))
    for number, (at, old) in enumerate(_places(value)):
        canary = CANARIES[number % len(CANARIES)]
        for new in (canary, canary * 2000, [canary], {canary: canary}, f"{canary}\n{canary}"):
            yield canary, _with(value, at, new)
        if isinstance(old, str):
            yield canary, _with(value, at, old + canary)
        if isinstance(old, dict):
            for name in CANARIES:
                yield name, _with(value, at, {**old, name: name})
    lines = _text(kind).split("\n")
    for number, line in enumerate(LINES):
        canary, at_line = CANARIES[number % len(CANARIES)], number % len(lines)
        yield canary, "\n".join([*lines[:at_line], line.replace("{}", canary), *lines[at_line:]])


def _said(problem: Problem) -> str:
    return f"{problem.path} {problem.field} {problem.message} {problem.hint}"


@pytest.mark.parametrize("kind", FILES)
def test_of_a_spoiled_record_nothing_typed_is_said(kind: str) -> None:
    base = FIXTURES / "base"
    districts = read_record(RecordFile("districts", "districts.yml", None, None), (base / "districts.yml").read_bytes())
    folders: list[str | None] = [*FILES[kind].split("/")[:-1], None, None]
    file = RecordFile(kind, FILES[kind], folders[0], folders[1])
    refused = 0
    for canary, text in _mutants(kind):
        read = read_record(file, text.encode())
        problems = list(read.problems)
        if (record := read.record) is not None:
            around = record if kind == "districts" else districts.record
            problems += check_record(Catalogue.of_one(record, around), record)
        refused += bool(problems)
        assert [said for said in map(_said, problems) if canary[:8] in said] == []
    assert refused > 50


def _spoiled() -> dict[str, Content]:
    """A request with a canary in wrong values and keys of each kind of record, and in names of files and folders."""
    edits = {
        "enterprise": (("nature: 民营", "nature: 哨兵张某某"), ("name: 电气机械和器材制造业", "name: 哨兵张某某业")),
        "demand": (("category: 基础材料", "category: 13900001234"), ("\nstatus: ", "\nqxzkwvab: 1\nstatus: ")),
        "application": (("code: 301", "code: 13900001234"), ("\nstatus: ", "\n哨兵张某某: 1\nstatus: ")),
        "round": (("period: 年度", "period: qxzkwvab"), ("date: 2024-07-05", "date: 哨兵张某某日期")),
        "districts": (("kind: 区", "kind: 哨兵张某某"), ("phone: 000-00000001", "phone: 13900001234哨兵张某某")),
    }
    files: dict[str, Content] = {}
    for kind, pairs in edits.items():
        path = f"catalogue/{FILES[kind]}"
        text = str(base_files()[path])
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        files[path] = f"# 哨兵张某某 13900001234\n{text}"
    demand = _text("demand")
    for name in ("哨兵张某某.yml", "13900001234.yml", "qxzkwvab.yml", "Qxzkwvab.docx", "d-aaaaaaa1-13900001234.yml"):
        files[f"catalogue/2024/qiaokou/demands/{name}"] = demand
    files["catalogue/2024/qiaokou/哨兵张某某/x.yml"] = demand
    files["catalogue/13900001234/round.yml"] = _text("round")
    files["哨兵张某某13900001234.docx"] = "x"
    return files


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Forge, Path]:
    """The request in a repository, and its records in a folder."""
    folder = tmp_path_factory.mktemp("spoiled")
    forge = Forge(folder / "forge.git", base_files())
    files = _spoiled()
    forge.propose(files)
    for path, text in {**base_files(), **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(str(text), encoding="utf-8")
    return forge, folder


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_no_format_of_check_says_what_was_typed(run: Run, spoiled: tuple[Forge, Path], form: str) -> None:
    _, folder = spoiled
    summary = folder / f"summary-{form}.md"
    done = run("check", "--catalogue", "catalogue", "--format", form, cwd=folder, GITHUB_STEP_SUMMARY=str(summary))
    _assert_silent(done.stdout + done.stderr + (summary.read_text(encoding="utf-8") if summary.exists() else ""))


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "markdown", "json", "sarif"])
def test_no_format_of_proposal_says_what_was_typed(run: Run, spoiled: tuple[Forge, Path], form: str) -> None:
    forge, folder = spoiled
    summary = folder / f"summary-of-{form}.md"
    asked = ("--repository", forge.folder, "--head", "proposal", "--actor", "shili-city", "--format", form)
    done = run("proposal", *asked, GITHUB_STEP_SUMMARY=str(summary))
    _assert_silent(done.stdout + done.stderr + (summary.read_text(encoding="utf-8") if summary.exists() else ""))


def _assert_silent(output: str) -> None:
    assert all(code in output for code in ("S203", "S204", "R321", "F002")), output[:2000]
    assert [canary for canary in CANARIES if canary.casefold() in output.casefold()] == []
    escaped = [canary.encode("unicode_escape").decode() for canary in CANARIES[:1]]
    assert [canary for canary in escaped if canary in output] == []
