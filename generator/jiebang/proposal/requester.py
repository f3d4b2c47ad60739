"""Who opened a request, where a pipeline's variables do not say: asked of the forge itself, with a token that may read and nothing else.

GitLab's and Gitee's variables name whoever started the pipeline, and anybody who may press “Run” can be that; GitHub, Gitea and GitCode
tell the author in the event. What cannot be told for certain is not guessed: the reason is said, and the request is refused.

Sources: the forges' documents, GitLab “Predefined CI/CD variables” and “Merge requests API”, Gitee Go “参数设置” and API v5, GitCode API v5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jiebang.errors import UserError

FORGES = ("gitlab", "gitee", "gitcode")
TOKEN = "JUDGE_TOKEN"  # noqa: S105 - the name of a variable, no secret
_LARGEST = 1_000_000
"""Bytes of an answer that are read."""
_PATIENCE = 20
"""Seconds to wait for an answer."""
_ACCOUNT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40,64}", re.ASCII)
_PROJECT = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", re.ASCII)
_API = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)

Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: where, with which headers; `commit` is what this run judges, `number` the request that it says it judges."""

    address: str
    headers: Mapping[str, str]
    number: str
    commit: str


Ask = Callable[[Question], bytes]
"""Gives the answer's bytes. Raises OSError where there is none."""


def author_of(forge: str, environment: Environment, ask: Ask | None = None) -> str:
    """The account that opened the request which a pipeline judges. Raises UserError, with the reason and what to do, where the forge does
    not tell it for certain."""
    question = _question(forge, environment)
    try:
        answer: Any = json.loads((ask or _asked)(question))
    except OSError as error:
        status = getattr(error, "code", None)
        raise _unknown(
            f"向平台询问合并请求的提交人，平台没有答复{f'（{status}）' if isinstance(status, int) else ''}。",
            f"核对 {TOKEN} 有没有过期、能不能读这个仓库的合并请求；平台暂时不通的，稍后重新运行检查。",
        ) from error
    except ValueError as error:
        raise _unknown("向平台询问合并请求的提交人，答复看不懂。", "请维护人核对平台接口的地址。") from error
    return _author_in(forge, answer, question)


def _unknown(message: str, hint: str) -> UserError:
    return UserError(message, hint)


def _named(environment: Environment, name: str, shape: re.Pattern[str], what: str) -> str:
    value = environment.get(name, "").strip()
    if not shape.fullmatch(value):
        lacking = "没有给出" if not value else "不合规定："
        raise _unknown(f"{lacking}{what}（变量 {name}），不知道合并请求是谁提的。", _SETTINGS)
    return value


_SETTINGS = "请维护人照指南“代码托管平台的设置”检查这个平台的流水线和变量。"


def _question(forge: str, environment: Environment) -> Question:
    token = environment.get(TOKEN, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise _unknown(
            f"没有给出只读的令牌（变量 {TOKEN}），无法向平台询问合并请求是谁提的；流水线的变量只说是谁启动的。",
            f"请维护人建一个只能读的访问令牌，作为隐藏的变量 {TOKEN} 交给流水线，见指南“代码托管平台的设置”。",
        )
    if forge == "gitlab":
        api = _named(environment, "CI_API_V4_URL", _API, "平台接口的地址")
        project = _named(environment, "CI_MERGE_REQUEST_PROJECT_ID", _NUMBER, "项目的编号")
        number = _named(environment, "CI_MERGE_REQUEST_IID", _NUMBER, "合并请求的编号")
        # In a pipeline for merged results CI_COMMIT_SHA is the result; the branch's own commit has a variable of its own then.
        name = (
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"
            if environment.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")
            else "CI_COMMIT_SHA"
        )
        commit = _named(environment, name, _COMMIT, "合并请求的提交")
        return Question(
            f"{api.rstrip('/')}/projects/{project}/merge_requests/{number}", {"PRIVATE-TOKEN": token}, number, commit
        )
    api = _named({"JUDGE_API": _DEFAULT_API[forge], **environment}, "JUDGE_API", _API, "平台接口的地址")
    project = _named(environment, "JUDGE_PROJECT", _PROJECT, "仓库，写法是 所属/仓库")
    number = _named(environment, "JUDGE_NUMBER", _NUMBER, "合并请求的编号")
    commit = _named(environment, "JUDGE_COMMIT", _COMMIT, "合并请求的提交")
    # The documents of both know the token as a part of the address.
    from urllib.parse import quote

    address = f"{api.rstrip('/')}/repos/{project}/pulls/{number}?access_token={quote(token, safe='')}"
    return Question(address, {}, number, commit)


_DEFAULT_API = {"gitee": "https://gitee.com/api/v5", "gitcode": "https://api.gitcode.com/api/v5"}


def _asked(question: Question) -> bytes:
    """Asks by HTTP. A redirection is not followed: the token would go along."""
    # Few commands need it.
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            """Follows nothing."""

    request = Request(question.address, headers={"Accept": "application/json", **question.headers})  # noqa: S310 - http(s) by _API
    with build_opener(Stay()).open(request, timeout=_PATIENCE) as answer:
        content: bytes = answer.read(_LARGEST)
        return content


def _author_in(forge: str, answer: Any, question: Question) -> str:
    told = answer if isinstance(answer, dict) else {}
    if forge == "gitlab":
        person, number, commit, state = told.get("author"), told.get("iid"), told.get("sha"), told.get("state")
        account = person.get("username") if isinstance(person, dict) else None
        under_way = {"opened", "locked"}
    else:
        person, head = told.get("user"), told.get("head")
        number, state = told.get("number"), told.get("state")
        commit = head.get("sha") if isinstance(head, dict) else None
        account = person.get("login") if isinstance(person, dict) else None
        under_way = {"open", "opened"}
    if str(number) != question.number:
        raise _unknown("平台答复的是另一个合并请求，不知道这一个是谁提的。", _SETTINGS)
    if commit != question.commit:
        raise _unknown(
            "平台上这个合并请求的最新提交不是这次检查的提交：有人刚推送过，或变量被改过。",
            "等新的检查；没有新的检查的，重新运行流水线。",
        )
    if state not in under_way:
        raise _unknown("这个合并请求已经关闭或合并，不再检查。", "要继续的，重新打开它，或另提一个。")
    if not isinstance(account, str) or not _ACCOUNT.fullmatch(account):
        raise _unknown("平台没有说明合并请求是谁提的（账号可能已注销）。", "请有账号的工作人员重新提一个合并请求。")
    return account
