"""`jiebang check` as people and programs meet it: exit codes, formats, paths, and thirty mistakes in one run."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.catalogue.shard import Shard
from jiebang.problems import Problem, Severity, in_order
from tests.conftest import SAMPLE, Run

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"


def _spoil(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_sample_is_clean(run: Run) -> None:
    done = run("check", "--catalogue", SAMPLE)
    assert done.returncode == 0
    assert "0 个问题" in done.stdout


def test_findings_are_exit_1_and_wrong_usage_is_exit_2(run: Run, base: Path) -> None:
    _spoil(base, DEMAND, "no_secrets: 是", "no_secrets: 否")
    assert run("check", "--catalogue", base).returncode == 1
    assert run("check", "--catalogue", base / "nowhere").returncode == 2
    assert run("check", "--catalogue", base, "--format", "xml").returncode == 2
    assert run("check", "--catalogue", base, "/etc").returncode == 2
    assert run("check", "--catalogue", base, "2024/nothing.yml").returncode == 2


def test_a_warning_alone_is_exit_0(run: Run, base: Path) -> None:
    _spoil(base, "2024/qiaokou/applications/a-aaaaaaa1.yml", "stamped: 是", "stamped: 否")
    done = run("check", "--catalogue", base)
    assert (done.returncode, "1 个警告" in done.stdout) == (0, True)


def test_text_names_file_line_column_field_and_remedy(run: Run, base: Path) -> None:
    _spoil(base, DEMAND, "schedule: 1 年", "schedule: ''")
    done = run("check", "--catalogue", "catalogue", cwd=base.parent)
    assert f"catalogue/{DEMAND}:13:11  错误 S206  时间要求" in done.stdout
    assert "→ 填写内容" in done.stdout
    assert "Traceback" not in done.stderr


def test_only_the_named_paths_are_reported(run: Run, base: Path) -> None:
    _spoil(base, DEMAND, "no_secrets: 是", "no_secrets: 否")
    _spoil(base, "2024/zone/demands/d-bbbbbbb2.yml", "no_secrets: 是", "no_secrets: 否")
    here = run("check", "--catalogue", "catalogue", "catalogue/2024/zone", cwd=base.parent)
    assert "d-bbbbbbb2" in here.stdout
    assert "d-aaaaaaa1" not in here.stdout
    clean = run("check", "--catalogue", "catalogue", "2024/zone/demands/d-ccccccc3.yml", cwd=base.parent)
    assert clean.returncode == 0


def test_json_has_problems_and_summary(run: Run, base: Path) -> None:
    _spoil(base, DEMAND, "no_secrets: 是", "no_secrets: 否")
    told = json.loads(run("check", "--catalogue", "catalogue", "--format", "json", cwd=base.parent).stdout)
    (problem,) = told["problems"]
    assert set(problem) == {"code", "severity", "path", "line", "column", "field", "message", "hint"}
    assert (problem["code"], problem["path"], problem["line"], problem["column"]) == (
        "R381",
        f"catalogue/{DEMAND}",
        21,
        13,
    )
    assert told["summary"] == {"records": 12, "problems": 1, "error": 1, "warning": 0, "hint": 0}


def test_sarif_points_at_the_place(run: Run, base: Path) -> None:
    _spoil(base, DEMAND, "no_secrets: 是", "no_secrets: 否")
    log = json.loads(run("check", "--catalogue", "catalogue", "--format", "sarif", cwd=base.parent).stdout)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("R381", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"catalogue/{DEMAND}"
    assert place["region"] == {"startLine": 21, "startColumn": 13}
    assert [r["id"] for r in log["runs"][0]["tool"]["driver"]["rules"]] == ["R381"]
    assert {"code", "severity", "path", "line", "column", "field", "message", "hint"} == set(result["properties"])


def test_github_annotates_and_writes_the_whole_list_to_the_summary(run: Run, base: Path, tmp_path: Path) -> None:
    _spoil(base, DEMAND, "title: 电池外壳用阻燃改性材料", "title: '100%|<b>'")
    (base / "2024/x,y::error::z.yml").write_text("a", encoding="utf-8")
    summary = tmp_path / "summary.md"
    done = run(
        "check", "--catalogue", "catalogue", "--format", "github", cwd=base.parent, GITHUB_STEP_SUMMARY=str(summary)
    )
    lines = done.stdout.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=", "检查了")) for line in lines)
    # What a name that is none of ours says is not said.
    assert any("名称不合规定，17 个字符" in line for line in lines)
    assert not any("z.yml" in line for line in lines)
    assert "| 位置 |" in summary.read_text(encoding="utf-8")


# As findings of folders, of files that are none, of names that are not UTF-8.
_PATHS = st.sampled_from(["", ".", "districts.yml", "2024", DEMAND, "2024/\udcff.yml", "\ud800"]) | st.text(max_size=12)
_PROBLEMS = st.lists(
    st.builds(
        Problem, st.sampled_from(["R301", "S202"]), st.sampled_from(Severity), _PATHS, st.integers(0, 3), st.integers(0, 2),
        st.just("项目"), st.sampled_from(["甲", "乙"]), st.just("改"),
    ),
    max_size=30,
)  # fmt: skip


@given(problems=_PROBLEMS.map(in_order), count=st.integers(1, 40))
def test_parts_hold_every_finding_once_in_the_same_order(problems: list[Problem], count: int) -> None:
    shards = [Shard(number, count) for number in range(1, count + 1)]
    parts = [[problem for problem in problems if shard.holds(problem.path)] for shard in shards]
    assert sum(map(len, parts)) == len(problems)
    assert sorted((problem for part in parts for problem in part), key=lambda problem: problem.path) == problems


def test_a_path_is_in_the_same_part_on_every_machine() -> None:
    assert [next(n for n in range(1, 1001) if Shard(n, 1000).holds(path)) for path in (DEMAND, "")] == [338, 877]


def test_parts_of_a_check_come_to_the_whole(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "catalogue")
    assert len(list(_spoiled(tmp_path / "catalogue"))) == 30
    whole = json.loads(run("check", "--format", "json").stdout)
    parts, codes = [], set()
    for number in (1, 2, 3):
        done = run("check", "--format", "json", "--shard", f"{number}/3")
        parts.append(json.loads(done.stdout))
        codes.add(done.returncode)
    assert all(part["problems"] for part in parts) and codes == {1}
    together = [problem for part in parts for problem in part["problems"]]
    assert sorted(together, key=lambda problem: problem["path"]) == whole["problems"]
    for key, number in whole["summary"].items():
        assert sum(part["summary"][key] for part in parts) == number, key


def test_a_part_without_errors_says_nothing_of_the_others(run: Run, base: Path) -> None:
    _spoil(base, DEMAND, "no_secrets: 是", "no_secrets: 否")
    number = next(n for n in (1, 2) if Shard(n, 2).holds(DEMAND))
    bad = run("check", "--shard", f"{number}/2")
    assert (bad.returncode, f"第 {number} 份（共 2 份）" in bad.stdout) == (1, True)
    good = run("check", "--shard", f"{3 - number}/2")
    assert (good.returncode, "各份都没有错误" in good.stderr, "jiebang build" in good.stderr) == (0, True, False)


@pytest.mark.parametrize("written", ["0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/2/3", "１/２", "", "1/9999999"])
def test_no_such_part(run: Run, base: Path, written: str) -> None:
    done = run("check", "--shard", written)
    assert (done.returncode, "第几份" in done.stderr) == (2, True)


# (kind of record, what to find, what to put there, code): each is made in a record of its own.
THIRTY = (
    ("enterprises", r"disclosure: 不公开", "disclosure: 不公开名称", "S204"),
    ("enterprises", r"disclosure: .*\n", "", "S202"),
    ("enterprises", r"(credit_code: .{17}).", r"\1I", "R311"),
    ("enterprises", r"credit_code: 9", "credit_code: ９", "R311"),
    ("enterprises", r"postcode: .*", "postcode: ０１２３４５", "S208"),
    ("enterprises", r"email: .*", "email: '@'", "S209"),
    ("enterprises", r"nature: .*", "nature: 私营", "S204"),
    ("enterprises", r"registered_capital: .*", "registered_capital: 12,000", "S201"),
    ("enterprises", r"employees: .*", "employees: 约三千", "S201"),
    ("enterprises", r"(industry:\n  code: .*\n  name: ).*", r"\1仓储业", "R321"),
    ("enterprises", r"address: .*", "address: &a 示例", "Y105"),
    ("enterprises", r"stamped: .*", "stamped: !!bool 是", "Y106"),
    ("enterprises", r"address:", "addres:", "S203"),
    ("demands", r"no_secrets: 是", "no_secrets: 否", "R381"),
    ("demands", r"enterprise: E-........", "enterprise: E-00000000", "R301"),
    ("demands", r"(title: .*)", r"\1\ntitle: 又一个名称", "Y108"),
    ("demands", r"title: ", "title: \u200b", "Y103"),
    ("demands", r"submitted: .*", "submitted: 2024-13-01", "S209"),
    ("demands", r"submitted: .*", "submitted: 1999-07-08", "R361"),
    ("demands", r"schema: demand/1", "schema: demand/9", "S205"),
    ("demands", r"status: .*", "status: 已发榜", "S204"),
    ("demands", r"(id: D-.......)(.)\n", r"\1O\n", "S208"),
    ("demands", r"schedule: ", "schedule：", "Y104"),
    ("demands", r"(\Z)", "---\na: 1\n", "Y109"),
    ("applications", r"demand: D-........", "demand: D-00000000", "R302"),
    ("applications", r"no_affiliation: 是", "no_affiliation: 否", "R382"),
    ("applications", r"(item:\n  name: .*\n  code: ).*", r"\g<1>X-0000", "R345"),
    ("applications", r"( number: ).*", r"\1''", "S206"),
    ("applications", r"(dates:\n  submitted: ).*", r"\g<1>2023-01-01", "R361"),
    ("applications", r"(\A.*\n)", r"%YAML 1.2\n---\n\1", "Y110"),
)


def _spoiled(copy: Path) -> Iterator[tuple[str, str]]:
    """Makes each mistake in the next record that it fits; yields (path, code)."""
    taken: set[Path] = set()
    for kind, pattern, replacement, code in THIRTY:
        for path in sorted(copy.rglob(f"{kind}/*.yml")):
            text = path.read_text(encoding="utf-8")
            if path not in taken and re.search(pattern, text):
                break
        else:
            pytest.fail(f"no record of the sample fits {pattern}")
        taken.add(path)
        path.write_text(re.sub(pattern, replacement, text, count=1), encoding="utf-8")
        yield path.relative_to(copy.parent).as_posix(), code


def test_thirty_mistakes_are_all_reported_in_one_run(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "catalogue"
    shutil.copytree(SAMPLE, copy)
    expected = list(_spoiled(copy))
    done = run("check", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    found = {(p["path"], p["code"]): p for p in problems}
    assert [pair for pair in expected if pair not in found] == []
    for path, code in expected:
        problem = found[path, code]
        assert problem["line"] > 0 and problem["column"] > 0
        assert re.search(r"[\u4e00-\u9fff]", problem["message"])
        assert problem["hint"]
    keys = [(p["path"], p["line"], p["column"]) for p in problems]
    assert keys == sorted(keys)
