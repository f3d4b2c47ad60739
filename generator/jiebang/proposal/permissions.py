"""Who may change what, told by the base branch's districts.yml alone: what a pull request says of itself does not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.codeowners import PLACES
from jiebang.catalogue.files import ENDING
from jiebang.problems import Problem
from jiebang.proposal.checkout import CATALOGUE, in_catalogue
from jiebang.proposal.findings import finding, shown
from jiebang.proposal.repository import Change
from jiebang.schemas.lifecycle import Role

_OWNERS = frozenset(PLACES.values())
_RECORD_FOLDERS = {"enterprises", "demands", "applications"}


def separation(changes: Sequence[Change]) -> Iterator[Problem]:
    """Records and everything else come apart. CODEOWNERS is made from districts.yml: these two may come together."""
    records = [change.path for change in changes if in_catalogue(change.path)]
    districts_too = f"{CATALOGUE}/districts.yml" in records
    program = [
        change.path
        for change in changes
        if not in_catalogue(change.path) and not (districts_too and change.path in _OWNERS)
    ]
    if records and program:
        yield finding(
            "R501",
            program[0],
            f"同一个合并请求里改了 {len(records)} 份记录和 {len(program)} 个其他文件（例如这个文件）。",
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """Accounts by the district whose records they keep; `city` may change everything. Names are folded: forges ignore case."""

    city: frozenset[str]
    districts: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    """Names of the districts by slug."""

    @property
    def nobody(self) -> bool:
        return not self.city and not any(self.districts.values())

    def part_of(self, actor: str) -> Role | None:
        """The part of an account; None for one that is not named."""
        account = _account(actor)
        if account in self.city:
            return Role.CITY
        return Role.DISTRICT if self.districts_of(account) else None

    def districts_of(self, account: str) -> list[str]:
        return [slug for slug, accounts in self.districts.items() if account in accounts]


def _account(name: str) -> str:
    return name.strip().removeprefix("@").casefold()


def _accounts(holder: Mapping[str, Any]) -> frozenset[str]:
    team = holder.get("github_team") or ""
    # A team's members are known to the forge alone; an account is its own member.
    own = [team] if team and "/" not in team else []
    return frozenset(_account(name) for name in [*holder.get("staff", ()), *own])


def staff_of(record: Record | None) -> Staff | None:
    """Who is named in a districts.yml; None where it is missing or has errors."""
    if record is None or not record.sound:
        return None
    districts: dict[str, frozenset[str]] = defaultdict(frozenset)
    for district in record.get("districts"):
        districts[district["slug"]] |= _accounts(district)
    names = {district["slug"]: district["name"] for district in record.get("districts")}
    return Staff(_accounts(record.get("city")), districts, names)


def district_of(path: str) -> str | None:
    """The district whose record a path of the repository is; None for everything else."""
    parts = path.split("/")
    is_file = parts[-1].endswith((".yml", f".yml{ENDING}"))
    is_record = len(parts) == 5 and parts[0] == CATALOGUE and parts[3] in _RECORD_FOLDERS and is_file
    return parts[2] if is_record else None


def permissions(changes: Sequence[Change], staff: Staff | None, actors: Sequence[str]) -> Iterator[Problem]:
    """What the people behind a pull request may not change. Each of them needs the right: whoever opened it, whoever pushed to it."""
    if not any(in_catalogue(change.path) for change in changes) and (staff is None or not actors):
        return
    if staff is None:
        yield finding(
            "R503",
            f"{CATALOGUE}/districts.yml",
            "主分支上的 districts.yml 缺失或有错误，无法核对提交人。",
            "先改正主分支。",
        )
        return
    if staff.nobody:
        yield finding("R504", f"{CATALOGUE}/districts.yml", "主分支上的 districts.yml 没有登记任何账号。")
        return
    for actor in dict.fromkeys(actors):
        yield from _allowed(changes, staff, actor)


def parts(staff: Staff | None, actors: Sequence[str]) -> list[tuple[str, Role]]:
    """What to call each of the people behind a change, and their part; those who are not named are refused by `permissions`."""
    if staff is None:
        return []
    found = ((shown(actor), staff.part_of(actor)) for actor in dict.fromkeys(actors))
    return [(name, part) for name, part in found if part is not None]


_WHAT = {True: "记录", False: "记录以外的文件"}


def _allowed(changes: Sequence[Change], staff: Staff, actor: str) -> Iterator[Problem]:
    account = _account(actor)
    if account in staff.city:
        return
    own = staff.districts_of(account)
    if not own:
        # Records and the rest are told apart, one finding each: a stranger may have changed thousands.
        told = (([c.path for c in changes if in_catalogue(c.path) is inside], what) for inside, what in _WHAT.items())
        for paths, what in told:
            if paths:
                message = f"{shown(actor)} 没有登记在主分支的 districts.yml 里，不能改{what}（例如这个文件）。"
                yield finding("R503", paths[0], message)
        return
    named = "、".join(staff.names[slug] for slug in own)
    for change in changes:
        district = district_of(change.path)
        if district in own:
            continue
        owner = staff.names.get(district or "")
        belongs = f"这份记录属于{owner}" if owner else "这个文件由市级维护人管理"
        yield finding("R502", change.path, f"{shown(actor)} 登记为{named}的工作人员，{belongs}。")
