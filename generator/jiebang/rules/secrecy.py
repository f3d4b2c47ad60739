"""不得涉密 as a record of a human decision: two reviewers, a day, a conclusion, and a digest of the text they read.

The program detects no secrets. It only makes sure that people looked, and that they looked at the words that are published.
Source: the notice (所有需求均不得涉密) and safety rule 12.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import fold, without_honorific
from jiebang.memory import remembered
from jiebang.problems import Problem, Severity
from jiebang.rules.public_texts import public_texts
from jiebang.rules.registry import Report, rule
from jiebang.schemas import field_at, published_statuses


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


_PLACEHOLDER = re.compile(
    r"[（(〔\[【<〈《{?？*＊×□△○◯…]|审查[人员]|审核[人员]|经办人|保密员|负责人|姓名|名字|签名|签字|第[一二12两]名|待[定填补查]|填写|未定|同上|测试|某|xx"
    r"|^(?:无|空|暂缺|tbd|na|none|null|name|todo|reviewer.*|placeholder.*|同志|领导|副?[处科局主部股组]长|副?主任|先生|女[士土])$"
    r"|^.?$|^[\u3400-\u9fff]+[a-z]+$|^[^a-z]*[0-9]{3,}|^[a-z]?[0-9lo]{4,}$|^([a-z])\1+$"
)
"""What stands where a name is still to be filled in: as it is written, and as `reviewer` reads it."""


@remembered(4096)
def person(name: str) -> str:
    """What makes two written names the same person's: letters folded (traditional as simplified, full width as half), spaces and dots
    between them and titles around them left out."""
    return without_honorific(fold(name))


_NUMBER_BEHIND = re.compile(r"(?<=[\u3400-\u9fff]{2})[a-z0-9号]+$")


def reviewer(name: str) -> str:
    """What makes two written names the same reviewer's: as `person`, and a number or a letter behind the name does not make a second one."""
    return without_honorific(_NUMBER_BEHIND.sub("", person(name)))


def is_no_name(name: str) -> bool:
    """Whether this stands where somebody's name is still to be filled in: （姓名）, 待填, 张某, ???, a title alone, a number."""
    return bool(
        _PLACEHOLDER.search(name.strip().casefold())
        or _PLACEHOLDER.search(fold(name))
        or _PLACEHOLDER.search(reviewer(name))
    )


def entitled_reviewers(districts: Record | None) -> tuple[str, ...]:
    """The people whom the city lets review, by name; none where it names nobody."""
    named = districts.get("city", "reviewers") if districts is not None else None
    return tuple(name for name in named or () if name)


def lacking_in_review(demand: Record, districts: Record | None) -> str | None:
    """Why a demand may not be published for want of a review, in Chinese; None where its review is valid.

    `districts` names the people who may review. Without that record, as where one demand alone is at hand, they are not asked after.
    """
    review = demand.get("secrecy_review")
    if not review:
        return "还没有保密审查"
    names = [name for name in review.get("reviewers") or () if name]
    reviewers = {reviewer(name) for name in names}
    if len(reviewers) < 2:
        return "保密审查没有两名不同的审查人"
    if any(map(is_no_name, names)):
        return "审查人没有填写姓名"
    if districts is not None:
        entitled = {reviewer(name) for name in entitled_reviewers(districts)}
        if not entitled:
            return "市级还没有指定审查人（districts.yml 的 reviewers）"
        if not reviewers <= entitled:
            return "审查人不在市级指定的名单（districts.yml 的 reviewers）里"
    if review.get("conclusion") is None or review.get("date") is None:
        return "保密审查没有结论或日期"
    if review.get("digest") != digest_of(demand):
        return "保密审查之后文字有改动"
    return None


@rule(
    "R421",
    "保密审查缺失或已失效",
    "所有需求均不得涉密。没有有效的保密审查，需求不会出现在网站上；审查之后改了文字，须重新审查。",
    "运行 jiebang review 加需求编号，由名单上的两名审查人读过所列文字后，把审查记录写入 secrecy_review。",
    Severity.WARNING,
    each=("demand",),
    binding=True,
)
def review_is_valid(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        if demand.get("status") not in published_statuses():
            continue
        if lacking := lacking_in_review(demand, catalogue.districts):
            yield report(demand, ("secrecy_review", "digest"), f"{lacking}，这项需求不会公开。")


@rule("R422", "审查人不是两名不同的人", "一个人看两遍不等于两个人看。", "请另一名审查人审查后署名。", each=("demand",))
def reviewers_differ(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        yield from _told_twice(demand, ("secrecy_review", "reviewers"), report, "与前面的审查人是同一个人。")


@rule(
    "R424",
    "保密审查早于报送",
    "需求还没有报来，审查人读的不会是它。",
    "核对审查日期。",
    Severity.WARNING,
    each=("demand",),
    binding=True,
)
def review_comes_after_the_submission(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for demand in catalogue.demands:
        day, submitted = demand.get("secrecy_review", "date"), demand.get("dates", "submitted")
        if day is not None and submitted is not None and day < submitted:
            yield report(demand, ("secrecy_review", "date"), "审查日期早于需求的报送日期。")


@rule(
    "R423",
    "审查人名单里同一个人写了两次，或写的不是姓名",
    "同一个人换一种写法，不能当作两个人；职务和“待定”不是人。",
    "删去重复的一个，只写姓名，不带职务和称呼。",
    each=("districts",),
)
def entitled_reviewers_differ(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    if catalogue.districts is None:
        return
    yield from _told_twice(catalogue.districts, ("city", "reviewers"), report, "与前面的一个是同一个人。")
    for number, name in enumerate(entitled_reviewers(catalogue.districts)):
        if is_no_name(name):
            yield report(catalogue.districts, ("city", "reviewers", number), "这里写的不是一个人的姓名。")


def _told_twice(record: Record, path: tuple[str, str], report: Report, message: str) -> Iterator[Problem]:
    known: set[str] = set()
    for number, name in enumerate(record.get(*path) or ()):
        if not name:
            continue
        if (folded := reviewer(name)) in known:
            yield report(record, (*path, number), message)
        known.add(folded)
