"""不得涉密 as a record of a human decision: two reviewers, a day, a conclusion, and a digest of the text they read.

The program detects no secrets. It only makes sure that people looked, and that they looked at the words that are published.
Source: the notice (所有需求均不得涉密) and safety rule 12.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.problems import Problem, Severity
from jiebang.rules.applications import same_name
from jiebang.rules.public_texts import public_texts
from jiebang.rules.registry import Report, rule
from jiebang.schemas import demand_statuses, field_at

_PUBLISHED = {entry.value for entry in demand_statuses() if entry.extra["x-published"]}


def reviewed_text(demand: Record) -> list[tuple[str, str]]:
    """(name of the field, text) of everything in a demand that people write and readers will see, in the schema's order.

    The code comes from outside, after the review.
    """
    texts = ((field_at("demand", typed.name), typed.text) for typed in public_texts(demand) if typed.name != "code")
    return [(field.title, text) for field, text in texts if field is not None and text]


def digest_of(demand: Record) -> str:
    """`sha256:` and 64 hexadecimal digits over the reviewed text; any edit changes it."""
    canonical = json.dumps(reviewed_text(demand), ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def lacking_in_review(demand: Record) -> str | None:
    """Why a demand may not be published for want of a review, in Chinese; None where its review is valid."""
    review = demand.get("secrecy_review")
    if not review:
        return "还没有保密审查"
    reviewers = [name for name in review.get("reviewers") or () if name]
    if len(reviewers) < 2 or any(same_name(a, b) for n, a in enumerate(reviewers) for b in reviewers[n + 1 :]):
        return "保密审查没有两名不同的审查人"
    if review.get("conclusion") is None or review.get("date") is None:
        return "保密审查没有结论或日期"
    if review.get("digest") != digest_of(demand):
        return "保密审查之后文字有改动"
    return None


@rule(
    "R421",
    "保密审查缺失或已失效",
    "所有需求均不得涉密。没有有效的保密审查，需求不会出现在网站上；审查之后改了文字，须重新审查。",
    "运行 jiebang review 加需求编号，由两名审查人读过所列文字后，把审查记录写入 secrecy_review。",
    Severity.WARNING,
    each=("demand",),
)
def review_is_valid(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        if demand.get("status") not in _PUBLISHED:
            continue
        if lacking := lacking_in_review(demand):
            yield report(demand, ("secrecy_review", "digest"), f"{lacking}，这项需求不会公开。")


@rule("R422", "审查人不是两名不同的人", "一个人看两遍不等于两个人看。", "请另一名审查人审查后署名。", each=("demand",))
def reviewers_differ(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        reviewers = demand.get("secrecy_review", "reviewers") or []
        for number, name in enumerate(reviewers):
            if any(same_name(name, other) for other in reviewers[:number]):
                yield report(demand, ("secrecy_review", "reviewers", number), "与前面的审查人是同一个名字。")
