"""揭榜企业不得是发榜企业的关联企业: declared relations refuse, what two enterprises have in common is for a person to look into.

Rules tell no value: a log may be read by everybody. `Tie.detail` tells them, for the desk (`jiebang eligibility`).
Source: the notice (子公司、控股公司、供应商等关联企业).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass

from jiebang.catalogue import Catalogue, Record
from jiebang.memory import remembered
from jiebang.problems import Problem, Severity
from jiebang.rules.applications import credit_code, folded_name, parties, same_name
from jiebang.rules.registry import Report, rule
from jiebang.rules.secrecy import person

ENDED = frozenset({"withdrawn", "declined"})
"""States of an application in which nothing hangs on an affiliation any more."""
_FREE_MAIL = frozenset(
    [
        "126.com",
        "139.com",
        "163.com",
        "163.net",
        "188.com",
        "189.cn",
        "21cn.com",
        "263.net",
        "aliyun.com",
        "foxmail.com",
        "gmail.com",
        "hotmail.com",
        "icloud.com",
        "live.cn",
        "live.com",
        "msn.com",
        "netease.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "sina.cn",
        "sina.com",
        "sina.com.cn",
        "sogou.com",
        "sohu.com",
        "tom.com",
        "wo.cn",
        "yahoo.cn",
        "yahoo.com",
        "yahoo.com.cn",
        "yeah.net",
        "example.com",
        "example.net",
        "example.org",
    ]
)
"""Domains where anybody has a mailbox, and those that RFC 2606 keeps for examples."""
_SECOND_LEVEL = frozenset({"ac", "com", "edu", "gov", "mil", "net", "org"})
"""Names under `.cn` below which enterprises register theirs."""
_SUPPLIER = "供应商"
_FEWEST_DIGITS = 7
_SHORTEST_ADDRESS = 8
"""Signs of an address that can be the same place: a shorter one may be a mere district."""
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})(?=[0-9]{7,8}$)")
_NO_LETTER = re.compile(r"[\W_]+")
_NUMBERS = (
    ("legal_representative", "phone"),
    ("legal_representative", "mobile"),
    ("contact", "phone"),
    ("contact", "mobile"),
)

Key = tuple[str, str]
"""What an enterprise is known by: ("code", its code) or ("name", its folded name)."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that binds the two enterprises. `code` is the finding's; `message` tells no value, `detail` does (for the desk)."""

    code: str
    message: str
    detail: str


def _affiliates(enterprise: Record) -> Iterator[dict[str, str]]:
    return (entry for entry in enterprise.get("affiliates") or () if isinstance(entry, dict))


def _relation(entry: dict[str, str]) -> str:
    return entry.get("relation") or "关联企业"


def _declares(one: Record, other: Record) -> str | None:
    """The relation under which one enterprise lists the other among its affiliates."""
    formerly = other.get("aliases", "former_names") or ()
    for entry in _affiliates(one):
        name, code = entry.get("name"), entry.get("credit_code")
        if (code and code == credit_code(other)) or same_name(name, other.get("name")):
            return _relation(entry)
        # Another enterprise may bear a name that was given up: a code tells which one is meant.
        if not code and any(same_name(name, former) for former in formerly):
            return _relation(entry)
    return None


def same_enterprise(sme: Record, large: Record) -> Tie | None:
    """Both are one: the same record, code or name."""
    code = credit_code(sme)
    if (
        sme.id == large.id
        or (code is not None and code == credit_code(large))
        or same_name(sme.get("name"), large.get("name"))
    ):
        return Tie("R342", "揭榜企业就是这项需求的发榜企业。", "")
    return None


def declared(sme: Record, large: Record) -> Tie | None:
    """The affiliation that one of them has declared."""
    if relation := _declares(large, sme):
        message = f"发榜企业已将揭榜企业登记为关联企业（{relation}）。"
    elif relation := _declares(sme, large):
        message = f"揭榜企业已将发榜企业登记为关联企业（{relation}）。"
    else:
        return None
    return Tie("R343", message, relation)


def same_representative(sme: Record, large: Record) -> Tie | None:
    """Both have a legal representative of the same name; traditional and simplified characters are the same."""
    one, other = (enterprise.get("legal_representative", "name") for enterprise in (sme, large))
    # Told first what needs no folding: names of people have few characters, and nearly all differ.
    if not one or not other or len(person(one)) < 2 or person(one) != person(other):
        return None
    return Tie("R347", "揭榜企业与发榜企业的法人代表同名。", one)


@remembered(1 << 14)
def _number(written: str) -> tuple[str, str] | None:
    """(area code, number) of a telephone as it is written, without the country's code and the extension; None for a scrap."""
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", written).partition("转")[0])
    digits = re.sub(r"^(?:00)?86(?=0?[0-9]{10,11}$)", "", digits)
    area = _AREA.match(digits)
    if area is None and re.fullmatch(r"[1-9][0-9]{9,10}", digits) and not digits.startswith("1"):
        # Abroad the area code is written without its zero.
        area = _AREA.match(digits := f"0{digits}")
    if len(digits) < _FEWEST_DIGITS:
        return None
    return (area[0], digits[area.end() :]) if area else ("", digits)


def _same_number(one: str, other: str) -> bool:
    first, second = _number(one), _number(other)
    if first is None or second is None or first[1] != second[1]:
        return False
    return first[0] == second[0] or not first[0] or not second[0]


def _numbers(enterprise: Record) -> list[str]:
    return [number for path in _NUMBERS if (number := enterprise.get(*path))]


@remembered(1 << 14)
def _address(written: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", written)).casefold()


def _same_address(one: str | None, other: str | None) -> bool:
    """Whether two addresses are the same place; one may leave out the province or the city."""
    if not one or not other:
        return False
    short, long = sorted((_address(one), _address(other)), key=len)
    return len(short) >= _SHORTEST_ADDRESS and any(c.isdigit() for c in short) and long.endswith(short)


def _mail_domain(mailbox: str | None) -> str | None:
    """The domain that an enterprise registered for its mail; None where anybody has a mailbox there."""
    labels = unicodedata.normalize("NFKC", mailbox or "").casefold().rpartition("@")[2].strip(". ").split(".")
    if len(labels) < 2:
        return None
    size = 3 if labels[-1] == "cn" and labels[-2] in _SECOND_LEVEL else 2
    domain = ".".join(labels[-size:])
    return None if domain in _FREE_MAIL or len(labels) < size else domain


def same_contacts(sme: Record, large: Record) -> Iterator[Tie]:
    """A telephone or mobile, an address, or a mail domain that both have."""
    others = _numbers(large)
    shared = [n for n in _numbers(sme) if any(_same_number(n, other) for other in others)]
    if shared:
        yield Tie("R348", "揭榜企业与发榜企业有相同的电话或手机号码。", "、".join(dict.fromkeys(shared)))
    if _same_address(sme.get("address"), large.get("address")):
        yield Tie("R348", "揭榜企业与发榜企业的通讯地址相同。", sme.get("address"))
    domain = _mail_domain(sme.get("email"))
    if domain is not None and domain == _mail_domain(large.get("email")):
        yield Tie("R348", "揭榜企业与发榜企业的电子邮箱在同一个单位域名下。", domain)


def _keys(name: str | None, code: str | None) -> list[Key]:
    return [(kind, value) for kind, value in (("code", code), ("name", folded_name(name) if name else None)) if value]


class Kinship:
    """Which enterprises of a round are said to hold or to be held by which: what one declares, and what others declare of it.

    Suppliers are left out: two enterprises that buy from the same one are not affiliated.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._declaring: dict[tuple[str | None, Key], list[tuple[Record, str]]] = defaultdict(list)
        for enterprise in catalogue.enterprises:
            for entry in _affiliates(enterprise):
                if _relation(entry) != _SUPPLIER:
                    for key in _keys(entry.get("name"), entry.get("credit_code")):
                        self._declaring[enterprise.round, key].append((enterprise, _relation(entry)))

    def _around(self, enterprise: Record) -> dict[Key, tuple[str, str]]:
        """The enterprises one step away, by each of their keys: (name, what is declared)."""
        found: dict[Key, tuple[str, str]] = {}
        for entry in _affiliates(enterprise):
            if _relation(entry) != _SUPPLIER:
                for key in _keys(entry.get("name"), entry.get("credit_code")):
                    found.setdefault(key, (entry.get("name") or "", _relation(entry)))
        for own in _keys(enterprise.get("name"), credit_code(enterprise)):
            for other, relation in self._declaring.get((enterprise.round, own), ()):
                for key in _keys(other.get("name"), credit_code(other)):
                    found.setdefault(key, (other.get("name") or other.id, f"对方登记为{relation}"))
        return found

    def through_a_third(self, sme: Record, large: Record) -> Tie | None:
        """A third enterprise that both are affiliated with."""
        # Nearly no two enterprises have one: what the first has not, the second is not asked for.
        if not (near := self._around(sme)) or not (others := self._around(large)):
            return None
        own = {key for one in (sme, large) for key in _keys(one.get("name"), credit_code(one))}
        for key, (name, relation) in near.items():
            if key in others and key not in own:
                detail = f"{name}（揭榜企业一侧：{relation}；发榜企业一侧：{others[key][1]}）"
                return Tie("R349", "揭榜企业与发榜企业同为第三家企业的关联企业。", detail)
        return None


def ties(sme: Record, large: Record, kinship: Kinship) -> list[Tie]:
    """Everything that binds an applicant to the enterprise whose demand it answers; what is declared comes first."""
    if same := same_enterprise(sme, large):
        return [same]
    single = (declared(sme, large), same_representative(sme, large))
    through = kinship.through_a_third(sme, large)
    return [*filter(None, single), *same_contacts(sme, large), *filter(None, (through,))]


def _applied(catalogue: Catalogue, ended: Container[str]) -> Iterator[tuple[Record, Record, Record]]:
    """(application, its SME, the large enterprise) where both are there and the application has not ended."""
    for application in catalogue.applications:
        both = parties(catalogue, application)
        if both is not None and application.get("status") not in ended:
            yield application, *both


@rule("R342", "自己揭自己的榜", "发榜企业不能揭自己的榜。", "核对揭榜企业和需求；确是同一家的，申请应撤回。")
def applicant_is_not_the_demander(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application, sme, large in _applied(catalogue, {"withdrawn"}):
        if tie := same_enterprise(sme, large):
            yield report(application, ("enterprise",), tie.message)


@rule(
    "R343",
    "揭榜企业是关联企业",
    "“揭榜”中小企业不得是“发榜”大企业的子公司、控股公司、供应商等关联企业。",
    "请企业核实；确属关联企业的，申请应撤回。",
)
def applicant_is_not_affiliated(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application, sme, large in _applied(catalogue, {"withdrawn"}):
        if tie := declared(sme, large):
            yield report(application, ("enterprise",), tie.message)


def _pending(catalogue: Catalogue) -> Iterator[tuple[Record, Record, Record]]:
    """As `_applied`, of two different enterprises."""
    return (
        (application, sme, large)
        for application, sme, large in _applied(catalogue, ENDED)
        if same_enterprise(sme, large) is None
    )


_LOOK = "请人工核实是否关联（逐项见 jiebang eligibility）；确属关联企业的，申请应撤回，并登记关联企业。"


@rule(
    "R347",
    "揭榜企业与发榜企业的法人代表同名",
    "同一个人做两家企业的法人代表，多半是关联企业；也可能只是同名，要人来看。",
    _LOOK,
    Severity.WARNING,
)
def representatives_differ(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application, sme, large in _pending(catalogue):
        if tie := same_representative(sme, large):
            yield report(application, ("enterprise",), tie.message)


@rule(
    "R348",
    "揭榜企业与发榜企业的联系方式相同",
    "共用电话、地址或单位邮箱域名的企业多半是关联企业；公共邮箱不算，同一园区也可能同址，要人来看。",
    _LOOK,
    Severity.WARNING,
)
def contacts_differ(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for application, sme, large in _pending(catalogue):
        for tie in same_contacts(sme, large):
            yield report(application, ("enterprise",), tie.message)


@rule(
    "R349",
    "揭榜企业与发榜企业经第三家企业关联",
    "同一家母公司的两个子公司、子公司的子公司，也是关联企业；登记里能看出一步之外的。",
    _LOOK,
    Severity.WARNING,
)
def no_third_enterprise_binds_them(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    kinship = Kinship(catalogue)
    for application, sme, large in _pending(catalogue):
        if tie := kinship.through_a_third(sme, large):
            yield report(application, ("enterprise",), tie.message)
