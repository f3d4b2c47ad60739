"""Errors that stand on the base: two requests, each sound, can leave some. They do not count against whoever comes next; new ones do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from jiebang.problems import Problem, Severity, has_errors
from jiebang.proposal import Asked, Judged, judge_proposal
from jiebang.proposal.preexisting import told_apart
from jiebang.proposal.report import as_gitlab, as_json, as_markdown, as_text, sentence, verdict
from tests.conftest import Run
from tests.proposal.forge import Content, Forge, corrected, credit_code, revised
from tests.reviews import renewed

DISTRICTS = "catalogue/districts.yml"
ROUND = "catalogue/2024/round.yml"
OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
APPLICATION = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"
NAMED = "catalogue/2024/zone/enterprises/e-bbbbbbb2.yml"
SUBMITTED = "catalogue/2024/zone/demands/d-ccccccc3.yml"
ONE, OTHER = "catalogue/2024/qiaokou/enterprises/e-eeeeeee5.yml", "catalogue/2024/zone/enterprises/e-fffffff6.yml"


def _twin(forge: Forge, path: str) -> dict[str, Content]:
    """An enterprise that two districts register, each in its own folder."""
    text = forge.read(NAMED)
    id_ = path.rpartition("/")[2].removesuffix(".yml").upper()
    name = "示例双报（武汉）有限公司"
    text = text.replace("E-BBBBBBB2", id_).replace("示例光电（武汉）股份有限公司", name)
    code = next(line for line in text.splitlines() if line.startswith("credit_code: "))
    return {path: text.replace(code, f"credit_code: {credit_code(2007)}")}


@pytest.fixture
def red(forge: Forge) -> Forge:
    """A base on which the same enterprise stands twice, after two requests that were green."""
    forge.propose(_twin(forge, ONE), "first")
    forge.propose(_twin(forge, OTHER), "second")
    for branch, actor in (("first", "shili-qiaokou"), ("second", "shili-zone")):
        judged = judge_proposal(Asked(forge.folder, "main", branch, (actor,)))
        assert not has_errors(judged.problems), judged.problems
    forge.merge("first")
    forge.merge("second")
    return forge


def _replaced(forge: Forge, edits: dict[str, tuple[str, str]]) -> dict[str, Content]:
    return {path: forge.read(path).replace(old, new) for path, (old, new) in edits.items()}


def _judged(forge: Forge, files: dict[str, Content], *actors: str) -> Judged:
    forge.propose(files)
    return judge_proposal(Asked(forge.folder, "main", "proposal", actors or ("shili-qiaokou",)))


def test_the_two_green_requests_make_an_error_on_the_base(red: Forge) -> None:
    judged = _judged(red, {"site/pages/x.md": "x\n"}, "shili-city")
    assert [(problem.code, problem.path) for problem in judged.standing if problem.severity is Severity.ERROR] == [
        ("R312", OTHER)
    ]


def test_the_second_request_is_refused_once_it_is_judged_on_the_new_base(forge: Forge) -> None:
    forge.propose(_twin(forge, ONE), "first")
    forge.merge("first")
    judged = _judged(forge, _twin(forge, OTHER), "shili-zone")
    assert [problem.code for problem in judged.problems if problem.severity is Severity.ERROR] == ["R312"]
    assert judged.standing == () or not has_errors(judged.standing)


def test_another_districts_request_passes_and_tells_who_mends_it(red: Forge) -> None:
    judged = _judged(red, {OWN: corrected(red.read(OWN))})
    assert not has_errors(judged.problems), judged.problems
    assert [problem.code for problem in judged.standing if problem.severity is Severity.ERROR] == ["R312"]
    (found,) = (problem for problem in judged.standing if problem.code == "R312")
    assert found.hint.startswith("请示例开发区改正：")
    assert verdict(judged).startswith("可以合并")
    assert judged.effect is not None
    assert [shown.id for shown in judged.effect.edited] == ["D-AAAAAAA1"]
    assert "1 份记录没有比较" in sentence(judged.effect)
    assert "将公开" not in sentence(judged.effect)


def test_every_format_tells_it_apart_and_none_counts_it(red: Forge, run: Run) -> None:
    files: dict[str, Content] = {OWN: corrected(red.read(OWN))}
    judged = _judged(red, files)
    data = json.loads(as_json(judged))
    assert data["mergeable"] is True and data["summary"]["error"] == 0
    assert "R312" in [problem["code"] for problem in data["standing"]]
    assert {(e["check_name"], e["severity"]) for e in json.loads(as_gitlab(judged))} >= {("R312", "info")}
    assert "主分支上原有的问题" in as_markdown(judged)
    assert "R312" not in as_text(judged)
    asked = ("proposal", "--repository", red.folder, "--head", "proposal", "--actor", "shili-qiaokou")
    for form, words in (("text", "主分支上原有的问题"), ("github", "::notice file=catalogue/2024/zone/enterprises/")):
        said = run(*asked, "--format", form)
        assert said.returncode == 0, said.stdout + said.stderr
        assert words in said.stdout and "改正之前网站不会更新" in said.stdout
        assert "::error" not in said.stdout


def test_whoever_touches_the_file_mends_it(red: Forge) -> None:
    judged = _judged(red, {OTHER: f"# 改\n{red.read(OTHER)}"}, "shili-zone")
    assert [problem.code for problem in judged.problems if problem.severity is Severity.ERROR] == ["R312"]
    mended = _judged(red, {OTHER: None}, "shili-zone")
    assert not has_errors([*mended.problems, *mended.standing])
    assert mended.effect is not None


def test_a_request_that_makes_it_worse_is_refused(red: Forge) -> None:
    third = ONE.replace("e-eeeeeee5", "e-ggggggg7")
    judged = _judged(red, {third: str(_twin(red, third)[third])})
    errors = [(problem.code, problem.path) for problem in judged.problems if problem.severity is Severity.ERROR]
    assert ("R312", third) in errors
    assert judged.effect is None


def test_an_error_of_its_own_beside_it_is_told_alone(red: Forge) -> None:
    judged = _judged(red, _replaced(red, {OWN: ("no_secrets: 是", "no_secrets: 否")}))
    assert {problem.code for problem in judged.problems if problem.severity is Severity.ERROR} == {"R381"}
    assert "R381" not in {problem.code for problem in judged.standing}


def test_a_second_problem_of_the_same_kind_is_new_and_lines_do_not_matter() -> None:
    problem = Problem("R312", Severity.ERROR, "catalogue/a.yml", 3, 1, "代码", "重复。", "合并。")
    moved, second = replace(problem, line=9), replace(problem, line=20)
    assert told_apart([problem], [moved], set()) == ([], [moved])
    assert told_apart([problem], [moved, second], set()) == ([second], [moved])
    assert told_apart([problem], [moved], {"catalogue/a.yml"}) == ([moved], [])
    other = replace(problem, message="另一处重复。")
    assert told_apart([problem], [other], set()) == ([other], [])


def test_the_preview_is_made_without_what_has_errors(red: Forge, run: Run) -> None:
    broken = red.read("catalogue/2024/zone/demands/d-bbbbbbb2.yml").replace("schedule: 1 年", "schedule: [1]")
    red.add("main", {"catalogue/2024/zone/demands/d-bbbbbbb2.yml": broken})
    red.propose({OWN: corrected(red.read(OWN))})
    out = red.folder.parent / "seen"
    said = run("preview", "--repository", red.folder, "--head", "proposal", "--actor", "shili-qiaokou", "--out", out)
    assert said.returncode == 0, said.stdout + said.stderr
    page = (out / "demands" / "changes" / "index.html").read_text(encoding="utf-8")
    assert "18 个月" in page and "份记录没有比较" in page
    assert "将撤下" not in page
    assert not (out / "demands" / "d-bbbbbbb2").exists()


def test_a_demand_that_moves_to_an_enterprise_with_errors_does_not_vanish(red: Forge) -> None:
    demand = "catalogue/2024/zone/demands/d-bbbbbbb2.yml"
    text = revised(red.read(demand), ("enterprise: E-BBBBBBB2", "enterprise: E-FFFFFFF6"))
    judged = _judged(red, {demand: renewed(text)}, "shili-city")
    assert judged.effect is not None, judged.problems
    assert judged.effect.leaving == ()


@pytest.mark.parametrize("broken", ["  bureau: 示例开发区经济发展局\n", "city:\n"])
def test_a_base_that_cannot_be_compared_does_not_refuse_the_request(red: Forge, run: Run, broken: str) -> None:
    text = red.read(DISTRICTS)
    assert broken in text
    red.add("main", {DISTRICTS: text.replace(broken, broken.replace(":", "x:"))})
    red.propose({OWN: corrected(red.read(OWN))})
    asked = ("--repository", red.folder, "--head", "proposal")
    said = run("proposal", *asked)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "不算这个合并请求的错误" in said.stdout
    seen = run("preview", *asked, "--out", red.folder.parent / "seen")
    assert seen.returncode == 0, seen.stdout + seen.stderr
    assert "没有生成预览" in seen.stderr and "不算这个合并请求的错误" in seen.stderr
    assert not (red.folder.parent / "seen").exists()
    assert "Traceback" not in said.stderr + seen.stderr


def test_on_a_base_whose_list_of_staff_has_errors_nobody_is_let_through(red: Forge) -> None:
    red.add("main", {DISTRICTS: red.read(DISTRICTS).replace("city:\n", "cityx:\n")})
    judged = _judged(red, {OWN: corrected(red.read(OWN))})
    assert "R503" in {problem.code for problem in judged.problems if problem.severity is Severity.ERROR}


def test_a_round_with_errors_is_left_out_whole(forge: Forge) -> None:
    forge.add("main", {ROUND: forge.read(ROUND).replace("hide: 企业名称", "hide: 什么")})
    judged = _judged(forge, _replaced(forge, {APPLICATION: ("十二人", "十三人")}))
    assert not has_errors(judged.problems), judged.problems
    assert judged.effect is not None
    assert not (judged.effect.leaving or judged.effect.appearing or judged.effect.edited)
    assert "份记录没有比较" in sentence(judged.effect)
