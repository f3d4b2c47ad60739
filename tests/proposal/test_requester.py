"""Who opened a request is asked of the forge where its variables do not say; whatever is not certain is refused, with the reason."""

from __future__ import annotations

import json
import urllib.error
from collections.abc import Mapping
from email.message import Message
from typing import Any

import pytest

from jiebang.errors import UserError
from jiebang.proposal.requester import FORGES, Question, author_of
from tests.conftest import Run
from tests.proposal.forge import Forge

OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
COMMIT = "a" * 40
TOKEN = "not-a-token-of-anybody"  # noqa: S105 - opens nothing
ENVIRONMENT: Mapping[str, Mapping[str, str]] = {
    "gitlab": {
        "JUDGE_TOKEN": TOKEN,
        "CI_API_V4_URL": "https://git.example.org/api/v4",
        "CI_MERGE_REQUEST_PROJECT_ID": "7",
        "CI_MERGE_REQUEST_IID": "12",
        "CI_COMMIT_SHA": COMMIT,
        "GITLAB_USER_LOGIN": "shili-city",
    },
    "gitee": {"JUDGE_TOKEN": TOKEN, "JUDGE_PROJECT": "a/b", "JUDGE_NUMBER": "12", "JUDGE_COMMIT": COMMIT},
    "gitcode": {"JUDGE_TOKEN": TOKEN, "JUDGE_PROJECT": "a/b", "JUDGE_NUMBER": "12", "JUDGE_COMMIT": COMMIT},
}


def _answer(forge: str, **other: Any) -> dict[str, Any]:
    if forge == "gitlab":
        return {"iid": 12, "sha": COMMIT, "state": "opened", "author": {"username": "a-stranger"}, **other}
    return {"number": 12, "head": {"sha": COMMIT}, "state": "open", "user": {"login": "a-stranger"}, **other}


def _ask(answer: Any) -> Any:
    return lambda question: answer if isinstance(answer, bytes) else json.dumps(answer).encode()


@pytest.mark.parametrize("forge", FORGES)
def test_the_author_is_told_whoever_started_the_run(forge: str) -> None:
    asked: list[Question] = []

    def ask(question: Question) -> bytes:
        asked.append(question)
        return json.dumps(_answer(forge)).encode()

    assert author_of(forge, ENVIRONMENT[forge], ask) == "a-stranger"
    (question,) = asked
    assert "/12" in question.address and question.commit == COMMIT
    if forge == "gitlab":
        assert TOKEN not in question.address and question.headers == {"PRIVATE-TOKEN": TOKEN}
        assert question.address == "https://git.example.org/api/v4/projects/7/merge_requests/12"
    else:
        assert question.address.startswith("https://") and f"{forge}.com/api/v5/repos/a/b/pulls/12?" in question.address


def test_a_pipeline_for_merged_results_is_held_to_the_branch() -> None:
    environment = {**ENVIRONMENT["gitlab"], "CI_COMMIT_SHA": "b" * 40, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": COMMIT}
    assert author_of("gitlab", environment, _ask(_answer("gitlab"))) == "a-stranger"


WRONG: dict[str, tuple[dict[str, Any] | Any, str]] = {
    "another request": ({"iid": 13, "number": 13}, "另一个合并请求"),
    "newer commits": ({"sha": "b" * 40, "head": {"sha": "b" * 40}}, "最新提交不是"),
    "no commit": ({"sha": None, "head": None}, "最新提交不是"),
    "closed": ({"state": "closed"}, "已经关闭或合并"),
    "no author": ({"author": None, "user": None}, "没有说明合并请求是谁提的"),
    "an empty author": ({"author": {"username": ""}, "user": {"login": ""}}, "没有说明合并请求是谁提的"),
    "an author in two words": ({"author": {"username": "a b"}, "user": {"login": "a b"}}, "没有说明合并请求是谁提的"),
    "a list": ([], "另一个合并请求"),
    "no JSON": (b"<html>", "答复看不懂"),
}


@pytest.mark.parametrize("forge", FORGES)
@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_certain_is_refused(forge: str, name: str) -> None:
    other, words = WRONG[name]
    answer = _answer(forge, **other) if isinstance(other, dict) else other
    with pytest.raises(UserError, match=words) as refused:
        author_of(forge, ENVIRONMENT[forge], _ask(answer))
    assert refused.value.hint and TOKEN not in refused.value.message + refused.value.hint


@pytest.mark.parametrize(("forge", "name"), [(forge, name) for forge in FORGES for name in ENVIRONMENT[forge]])
@pytest.mark.parametrize("value", ["", "两个 字", "a\nb"])
def test_a_variable_that_lacks_or_is_none_is_refused(forge: str, name: str, value: str) -> None:
    if name == "GITLAB_USER_LOGIN":
        return  # who started is another question
    with pytest.raises(UserError) as refused:
        author_of(forge, {**ENVIRONMENT[forge], name: value}, _ask(_answer(forge)))
    assert name in refused.value.message and "维护人" in refused.value.hint


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_no_answer_is_refused_and_the_token_not_shown(status: int) -> None:
    def ask(question: Question) -> bytes:
        raise urllib.error.HTTPError(f"{question.address}?{TOKEN}", status, TOKEN, Message(), None)

    with pytest.raises(UserError, match=str(status)) as refused:
        author_of("gitlab", ENVIRONMENT["gitlab"], ask)
    assert TOKEN not in refused.value.message + refused.value.hint


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "markdown", "json", "sarif"])
def test_in_every_form_an_unknown_author_is_refused(forge: Forge, run: Run, form: str) -> None:
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    common = ("proposal", "--repository", forge.folder, "--head", "proposal", "--format", form, "--actor", "shili-city")
    asked = run(*common, "--author-from", "gitlab", JUDGE_TOKEN="")
    assert asked.returncode == 1 and "R516" in asked.stdout and "令牌" in asked.stdout
    blank = run(*common, "--actor", " ")
    assert blank.returncode == 1 and "R516" in blank.stdout
    assert run(*common).returncode == 0
