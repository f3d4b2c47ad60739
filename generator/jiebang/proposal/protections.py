"""What protects an enterprise, or lets people be held to what they did, does not go in passing: what it asked to withhold, its consent, the
round's promise of how many stand alike, the lists of reviewers and of accounts.

Source: safety rules 3, 5, 8 and 12; one change of a record or of `districts.yml` must not undo what later ones are judged by.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.keys import digest_of
from jiebang.catalogue.sealed import recipients_of
from jiebang.problems import Problem
from jiebang.proposal.change import Change
from jiebang.proposal.findings import at_field
from jiebang.proposal.permissions import staff_of
from jiebang.rules.applications import same_name
from jiebang.rules.identities import slips
from jiebang.rules.secrecy import entitled_reviewers
from jiebang.schemas.lifecycle import START, lifecycle

HIDDEN, NAMED = "不公开", "公开"


def protections(change: Change) -> Iterator[Problem]:
    """What a change takes away that protects somebody, whoever makes it; the paths of the problems are within the catalogue."""
    for old, new in change.changed_records():
        if old is not None and new.kind == "enterprise":
            yield from _consent_kept(old, new)
            yield from _withheld(old, new)
            yield from _another_enterprise(change, old, new)
    for id_, after in change.after.rounds.items():
        if (before := change.before.rounds.get(id_)) is not None:
            yield from _alike(change, before, after)
    if change.after.districts is not None:
        yield from _lists(change.before.districts, change.after.districts)
        yield from _recipients(change.before.districts, change.after.districts)


def is_public(demand: Record) -> bool:
    """Whether a demand has a page in its state."""
    status = demand.get("status")
    return status is not None and lifecycle("demand")[status].public


def is_hidden_public(catalogue: Catalogue, demand: Record) -> bool:
    """Whether readers see a demand without the name of its enterprise."""
    enterprise = catalogue.find("enterprise", demand.get("enterprise"))
    return is_public(demand) and enterprise is not None and enterprise.get("disclosure") != NAMED


def _consent_kept(old: Record, new: Record) -> Iterator[Problem]:
    """The paper by which a name is shown is kept for as long as it is shown."""
    gone = bool(old.get("disclosure_consent")) and not new.get("disclosure_consent")
    if gone and old.get("disclosure") == new.get("disclosure") == NAMED:
        yield at_field("R531", new, ("disclosure",), "名称仍然公开，公开名称的同意（disclosure_consent）却被删去了。")


def _withheld(old: Record, new: Record) -> Iterator[Problem]:
    """What an enterprise asked to withhold is shown again when it was asked again."""
    if new.get("disclosure") != HIDDEN or old.get("disclosure") != HIDDEN:
        return
    was, now = old.get("withholding_consulted"), new.get("withholding_consulted")
    if was and not now:
        yield at_field("R531", new, ("disclosure",), "征询企业的记录（withholding_consulted）被删去了。")
        return
    gone = set(old.get("withhold") or ()) - set(new.get("withhold") or ())
    softened = bool(was and was.get("answer") == "要求隐去" != (now or {}).get("answer"))
    asked_again = bool(now and now.get("date") and now["date"] > ((was or {}).get("date") or ""))
    if (gone or softened) and not asked_again:
        path = ("withhold",) if new.get("withhold") else ("withholding_consulted",) if now else ("disclosure",)
        yield at_field("R531", new, path, "企业要求隐去的内容减少了，却没有新的征询。")


def _another_enterprise(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """Under the id of an enterprise whose demand is published, or whose application is on its way, another one may not appear."""
    if not (swapped(old, new) and not same_name(old.get("name"), new.get("name")) and is_under_way(change.before, old)):
        return
    yield at_field("R532", new, ("credit_code",), "名称和统一社会信用代码都换了，这个编号下成了另一家企业。")


def swapped(old: Record, new: Record) -> bool:
    """Whether a valid credit code became another."""
    was, now = old.get("credit_code"), new.get("credit_code")
    return was is not None and now is not None and was != now and not slips(was)


def is_under_way(catalogue: Catalogue, enterprise: Record) -> bool:
    """Whether readers know a demand of an enterprise, or an application of it was handed on."""
    demands = (d for d in catalogue.demands if d.get("enterprise") == enterprise.id)
    if any(is_public(demand) for demand in demands):
        return True
    applications = (a for a in catalogue.applications if a.get("enterprise") == enterprise.id)
    return any(a.get("status") not in {None, START, "withdrawn"} for a in applications)


def _alike(change: Change, old: Record, new: Record) -> Iterator[Problem]:
    """Names were hidden on the promise that at least k enterprises stand alike."""
    was, now = old.get("k"), new.get("k")
    if was is None or (now is not None and now >= was):
        return
    hidden = sum(d.round == new.round and is_hidden_public(change.after, d) for d in change.after.demands)
    if hidden:
        path = ("k",) if now is not None else ()
        message = f"本轮有 {hidden} 项需求的企业选择不公开，当时说好同类企业不少于 {was} 家才显示。"
        yield at_field("R531", new, path, message, f"改回 {was}。")


def _lists(old: Record | None, new: Record) -> Iterator[Problem]:
    if entitled_reviewers(old) and not entitled_reviewers(new):
        yield at_field("R530", new, ("city",), "保密审查人的名单（reviewers）被整个删去了。")
    before, after = staff_of(old), staff_of(new)
    if before is None or after is None:
        return
    if before.city and not after.city:
        yield at_field("R530", new, ("city",), "市级维护人的账号（staff）一个也不剩了。")
    elif not before.nobody and after.nobody:
        yield at_field("R530", new, ("districts",), "登记的账号（staff）一个也不剩了。")


def _recipients(old: Record | None, new: Record) -> Iterator[Problem]:
    """Who can open sealed records is changed by who means to, and seen by who merges."""
    was, now = recipients_of(old), recipients_of(new)
    if not was or set(was) == set(now):
        return
    if not now:
        yield at_field("R535", new, ("city",), "密封的接收人（sealing）被整个删去了，合并以后企业和申请都可以是明文。")
        return
    yield at_field(
        "R535", new, ("city", "sealing"), f"密封的接收人换了：原来的摘要是 {digest_of(was)}，现在是 {digest_of(now)}。"
    )
