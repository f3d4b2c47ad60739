"""Who opened a request is asked of the forge where its variables do not say; whatever is not certain is refused, with the reason."""

from __future__ import annotations

import http.server
import json
import threading
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


@pytest.mark.parametrize(
    ("forge", "name", "value", "taken"),
    [
        ("gitlab", "CI_API_V4_URL", "http://git.example.org:8080/api/v4/", True),
        ("gitlab", "CI_API_V4_URL", "https://[::1]", True),
        ("gitlab", "CI_API_V4_URL", "ftp://git.example.org", False),
        ("gitlab", "CI_API_V4_URL", "https://git.example.org/a?b", False),
        ("gitlab", "CI_API_V4_URL", "https://me@git.example.org", False),
        ("gitlab", "CI_MERGE_REQUEST_PROJECT_ID", " 7 ", True),
        ("gitlab", "CI_MERGE_REQUEST_PROJECT_ID", "7x", False),
        ("gitlab", "CI_MERGE_REQUEST_PROJECT_ID", "1" * 13, False),
        ("gitlab", "CI_COMMIT_SHA", COMMIT[:-1], False),
        ("gitlab", "CI_COMMIT_SHA", COMMIT.upper(), False),
        ("gitee", "JUDGE_API", "https://gitee.example.org/api/v5/", True),
        ("gitee", "JUDGE_API", "gitee.example.org", False),
        ("gitee", "JUDGE_PROJECT", "A-b_c.9/d", True),
        ("gitee", "JUDGE_PROJECT", "a/b/c", False),
        ("gitcode", "JUDGE_NUMBER", "12\n", True),
        ("gitcode", "JUDGE_NUMBER", "1２", False),
        ("gitcode", "JUDGE_TOKEN", "a\tb", False),
        ("gitcode", "JUDGE_TOKEN", " a-token ", True),
    ],
)
def test_variables_are_taken_in_their_shape_alone(forge: str, name: str, value: str, taken: bool) -> None:
    asked: list[Question] = []

    def ask(question: Question) -> bytes:
        asked.append(question)
        return json.dumps(_answer(forge)).encode()

    environment = {**ENVIRONMENT[forge], name: value}
    if not taken:
        with pytest.raises(UserError, match=name):
            author_of(forge, environment, ask)
        assert not asked
        return
    assert author_of(forge, environment, ask) == "a-stranger"
    # Blanks around a value, and a stroke at the end of an address, are nobody's intention.
    assert not any(sign in asked[0].address for sign in " \n") and "//" not in asked[0].address.partition("://")[2]


@pytest.mark.parametrize(
    ("forge", "other", "taken"),
    [
        ("gitlab", {"state": "locked"}, True),
        ("gitlab", {"state": "open"}, False),
        ("gitlab", {"state": "merged"}, False),
        ("gitlab", {"iid": "12"}, True),
        ("gitee", {"state": "opened"}, True),
        ("gitee", {"state": "merged"}, False),
        ("gitcode", {"state": "locked"}, False),
        ("gitcode", {"number": "12"}, True),
        ("gitcode", {"user": ["a-stranger"]}, False),
        ("gitlab", {"author": "a-stranger"}, False),
        ("gitlab", {"author": {"username": 7}}, False),
        ("gitlab", {"author": {"username": "a" * 100}}, True),
        ("gitlab", {"author": {"username": "a" * 101}}, False),
        ("gitlab", {"author": {"username": ".a"}}, False),
        ("gitee", {"head": COMMIT}, False),
    ],
)
def test_an_answer_counts_for_a_request_that_is_open_and_an_author_who_can_be_one(
    forge: str, other: dict[str, Any], taken: bool
) -> None:
    if taken:
        assert author_of(forge, ENVIRONMENT[forge], _ask(_answer(forge, **other)))
        return
    with pytest.raises(UserError):
        author_of(forge, ENVIRONMENT[forge], _ask(_answer(forge, **other)))


def test_a_token_in_an_address_is_one_value_of_it() -> None:
    asked: list[Question] = []

    def ask(question: Question) -> bytes:
        asked.append(question)
        return json.dumps(_answer("gitee")).encode()

    author_of("gitee", {**ENVIRONMENT["gitee"], "JUDGE_TOKEN": "a/b&c=d"}, ask)
    assert asked[0].address == "https://gitee.com/api/v5/repos/a/b/pulls/12?access_token=a%2Fb%26c%3Dd"
    assert asked[0].headers == {}


class _Forge(http.server.BaseHTTPRequestHandler):
    """Answers with what it was asked, or sends somewhere else."""

    def do_GET(self) -> None:
        said = json.dumps({**_answer("gitlab"), "author": {"username": self.headers["PRIVATE-TOKEN"]}}).encode()
        moved = "/moved/" in self.path
        self.send_response(302 if moved else 200)
        if moved:
            self.send_header("Location", self.path.replace("/moved/", "/"))
        self.end_headers()
        if self.headers["Accept"] == "application/json":
            self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_a_forge_is_asked_with_the_token_and_a_redirection_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with http.server.HTTPServer(("127.0.0.1", 0), _Forge) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert author_of("gitlab", {**ENVIRONMENT["gitlab"], "CI_API_V4_URL": address}) == TOKEN
        with pytest.raises(UserError, match="302"):
            author_of("gitlab", {**ENVIRONMENT["gitlab"], "CI_API_V4_URL": f"{address}/moved/"})
        server.shutdown()


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
