"""What is said of a judged pull request: one sentence for everybody, then the lists; as text, as Markdown, as data.

Titles are the submitter's text. In Markdown every character that could mean something there is escaped; in workflow commands the
reporter of problems does the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

import jiebang
from jiebang.problems import Problem, Severity, count_by_severity, has_errors
from jiebang.problems.github import escaped, summary, table
from jiebang.problems.machine import to_sarif
from jiebang.problems.text import counted
from jiebang.proposal.effect import Effect, Shown
from jiebang.proposal.judgement import Judged
from jiebang.rules import titles_of_findings
from jiebang.rules.sealing import unknown_without_key

_MOST_LISTED = 200
_MOST_BYTES = 900_000
"""GitHub takes 1 MiB of summary from a step."""
_MEASURES = {
    "demand": ("项", "需求（未发榜，不公开）"),
    "application": ("份", "申请（不公开）"),
    "enterprise": ("家", "企业的记录（不公开）"),
}
_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.HINT: "info"}


def sentence(effect: Effect) -> str:
    """`将公开 3 项需求，隐藏企业名称 2 家；修改 1 项公开文字；撤下 1 项；新增 4 份申请（不公开）。`"""
    parts = []
    if effect.appearing:
        hidden = f"，隐藏企业名称 {effect.hidden} 家" if effect.hidden else ""
        parts.append(f"将公开 {len(effect.appearing)} 项需求{hidden}")
    if effect.named:
        parts.append(f"首次公开企业名称 {effect.named} 家")
    if effect.edited:
        parts.append(f"修改 {len(effect.edited)} 项需求的公开内容")
    if effect.leaving:
        parts.append(f"撤下 {len(effect.leaving)} 项需求")
    parts += effect.elsewhere
    parts += effect.pages
    if not parts:
        parts.append("对公众没有变化")
    for (kind, what), count in sorted(effect.private.items()):
        measure, noun = _MEASURES[kind]
        parts.append(f"{what} {count} {measure}{noun}")
    if effect.waiting:
        parts.append(f"另有 {effect.waiting} 项等待保密审查，暂不公开")
    if effect.left_out:
        parts.append(f"因主分支上原有的错误，{effect.left_out} 份记录没有比较")
    return "；".join(parts) + "。"


def _sections(effect: Effect) -> Iterator[tuple[str, Sequence[Shown]]]:
    yield "将公开的需求", effect.appearing
    yield "公开内容有修改的需求", effect.edited
    yield "将撤下的需求", effect.leaving


def _unknown(judged: Judged) -> str:
    if judged.closed and not has_errors(judged.problems):
        return "有密封的记录，没有密钥看不出合并会公开什么；请持钥的人在自己的电脑上运行 jiebang proposal 看一看。"
    return (
        "有错误，改正后才能看到合并会公开什么。"
        if any(problem.severity is Severity.ERROR for problem in judged.problems)
        else "主分支上的区划（districts.yml）有错误，无法比较合并会公开什么；这不算这个合并请求的错误。"
    )


def verdict(judged: Judged) -> str:
    """The last line: may it be merged? And what nobody knows without a key."""
    return _verdict(judged) + (unknown_without_key(judged.closed) if judged.closed else "")


def _verdict(judged: Judged) -> str:
    if any(problem.severity is Severity.ERROR for problem in judged.problems):
        return f"不能合并：{counted(judged.problems)}。"
    beside = "不算主分支上原有的问题，" if judged.standing else ""
    return f"可以合并：检查了 {judged.records} 份记录，{beside}{counted(judged.problems)}。请审核人读过将公开的文字再合并。"


STANDING = "主分支上原有的问题"


def standing_sentence(judged: Judged) -> str:
    """What is to be known of the problems that stand on the base; empty where there are none."""
    if not judged.standing:
        return ""
    online = "；改正之前网站不会更新" if has_errors(judged.standing) else ""
    return f"{STANDING}有 {len(judged.standing)} 个，不算在这个合并请求上{online}。"


def noted(judged: Judged) -> tuple[Problem, ...]:
    """Errors that stand on the base, as hints: for forges, where an error would count against the pull request."""
    return tuple(
        replace(problem, severity=Severity.HINT, message=f"{STANDING}，不算在这个合并请求上。{problem.message}")
        for problem in judged.standing
        if problem.severity is Severity.ERROR
    )


def as_text(judged: Judged) -> str:
    """The effect for a terminal or a plain log. One line a demand; control characters cannot stand in a record."""
    if judged.effect is None:
        return _unknown(judged)
    lines = [sentence(judged.effect)]
    for heading, demands in _sections(judged.effect):
        if demands:
            lines += ["", f"{heading}："]
            lines += [f"  {shown.id}  {shown.title}（{shown.what}）" for shown in demands[:_MOST_LISTED]]
            if len(demands) > _MOST_LISTED:
                lines.append(f"  …… 共 {len(demands)} 项")
    return "\n".join(lines)


def as_markdown(judged: Judged) -> str:
    """Effect and problems for a job's summary or a comment; cut at a size that the forge takes."""
    lines = ["## 合并之后公众会看到什么", ""]
    if judged.effect is None:
        lines += [_unknown(judged), ""]
    else:
        lines += [f"**{escaped(sentence(judged.effect))}**", ""]
        for heading, demands in _sections(judged.effect):
            if demands:
                lines += [f"### {heading}", "", "| 编号 | 名称（撤下的只写代码） | 变化 |", "|---|---|---|"]
                lines += [
                    f"| {escaped(shown.id)} | {escaped(shown.title)} | {escaped(shown.what)} |"
                    for shown in demands[:_MOST_LISTED]
                ]
                if len(demands) > _MOST_LISTED:
                    lines.append(f"| …… | 共 {len(demands)} 项 | |")
                lines.append("")
    lines += ["## 检查", "", f"**{escaped(verdict(judged))}**", ""]
    text = "\n".join(lines) + "\n" + summary(judged.problems, judged.records)
    if judged.standing:
        heading = f"\n## {STANDING}\n\n{escaped(standing_sentence(judged))}\n\n"
        text += heading + table(judged.standing)
    return _cut(text)


def _cut(text: str) -> str:
    data = text.encode()
    if len(data) <= _MOST_BYTES:
        return text
    whole = data[:_MOST_BYTES].decode("utf-8", errors="ignore")
    return whole[: whole.rfind("\n") + 1] + "\n后面还有，用 --format json 查看全部。\n"


def as_json(judged: Judged) -> str:
    """`{"mergeable", "public": {…} | null, "problems": […], "standing": […], "summary": {…}}`; what stands on the base is not summed up."""
    effect: dict[str, Any] | None = None
    if judged.effect is not None:
        effect = {"sentence": sentence(judged.effect), **asdict(judged.effect)}
        effect["private"] = [
            {"kind": kind, "what": what, "count": count}
            for (kind, what), count in sorted(judged.effect.private.items())
        ]
    counts = count_by_severity(judged.problems)
    data = {
        "mergeable": not counts["error"],
        "public": effect,
        "problems": [asdict(problem) for problem in judged.problems],
        "standing": [asdict(problem) for problem in judged.standing],
        "summary": {"records": judged.records, "problems": len(judged.problems), **counts},
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _fingerprint(problem: Problem) -> str:
    return sha256("\0".join((problem.code, problem.path, problem.field, problem.message)).encode()).hexdigest()


def as_gitlab(judged: Judged) -> str:
    """A Code Quality report: GitLab shows its entries beside the lines of a merge request."""
    return json.dumps(
        [
            {
                "description": f"{problem.code} {problem.field}：{problem.message}{problem.hint}",
                "check_name": problem.code,
                "fingerprint": _fingerprint(problem),
                "severity": _SEVERITIES[problem.severity],
                "location": {"path": problem.path, "lines": {"begin": max(1, problem.line)}},
            }
            for problem in (*judged.problems, *noted(judged))
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_sarif(judged: Judged) -> str:
    """A SARIF log of what counts against the request, and of the base's own errors as notes."""
    return to_sarif((*judged.problems, *noted(judged)), titles_of_findings(), jiebang.__version__)
