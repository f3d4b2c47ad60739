"""揭榜企业不得是关联企业: what two enterprises have in common is found however it is written, and never told in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.desk.eligibility import applicants
from jiebang.rules.judgement import judge

SME = "2024/qiaokou/enterprises/e-ccccccc3.yml"
"""It applies to a demand of LARGE (pending) and to one of another enterprise."""
LARGE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
APPLICATION = "2024/qiaokou/applications/a-aaaaaaa1.yml"


def _edit(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def _found(base: Path) -> list[tuple[str, str]]:
    """(code, message) of what is told at the application, and that nothing is told elsewhere."""
    problems = [p for p in judge(base)[1] if p.code in {"R342", "R343", "R347", "R348", "R349"}]
    assert {p.path for p in problems} <= {APPLICATION}
    return [(p.code, p.message) for p in problems]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("张三", "张三", True),
        ("張三", "张三", True),
        ("张　三", "张三", True),
        ("张三", "张三丰", False),
        ("示例甲", "示例甲", True),
    ],
)
def test_a_shared_legal_representative(base: Path, one: str, other: str, same: bool) -> None:
    _edit(base, SME, "name: 示例丙3", f"name: {one}")
    _edit(base, LARGE, "name: 示例甲1", f"name: {other}")
    found = _found(base)
    assert [code for code, _ in found] == ["R347"] * same
    assert not any(name in message for _, message in found for name in (one, other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("027-87654321", "02787654321", True),
        ("+86 27 8765 4321", "027-87654321", True),
        ("0086-027-87654321", "(027)87654321", True),
        ("87654321", "027-87654321", True),
        ("027-87654321转8", "027-87654321转9", True),
        ("010-87654321", "027-87654321", False),
        ("+86 13800000001", "138-0000-0001", True),
        ("13800000001", "13800000002", False),
        ("12345", "12345", False),
    ],
)
def test_a_shared_telephone(base: Path, one: str, other: str, same: bool) -> None:
    # On one side the contact's, on the other the representative's.
    _edit(base, SME, "phone: 000-20000003", f"phone: {one}")
    _edit(base, LARGE, "phone: 000-10000001", f"phone: {other}")
    found = _found(base)
    assert [code for code, _ in found] == ["R348"] * same
    assert not any(c.isdigit() for _, message in found for c in message)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例市示例大道 100 号", "示例市示例大道100号", True),
        ("示例省示例市示例大道１００号", "示例市示例大道 100 号", True),
        ("示例市示例大道 10 号", "示例市示例大道 100 号", False),
        ("示例市示例区", "示例市示例区", False),
    ],
)
def test_a_shared_address(base: Path, one: str, other: str, same: bool) -> None:
    _edit(base, SME, "address: 示例市示例路 3 号", f"address: {one}")
    _edit(base, LARGE, "address: 示例市示例大道 100 号", f"address: {other}")
    assert [code for code, _ in _found(base)] == ["R348"] * same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@shili.example", "b@shili.example", True),
        ("a@MAIL.Shili.com.cn", "b@shili.com.cn", True),
        ("a@jia.com.cn", "b@yi.com.cn", False),
        ("a@qq.com", "b@qq.com", False),
        ("a@vip.163.com", "b@163.com", False),
        ("a@sina.com.cn", "b@sina.com.cn", False),
        ("a@example.com", "b@example.com", False),
    ],
)
def test_a_shared_mail_domain(base: Path, one: str, other: str, same: bool) -> None:
    _edit(base, SME, "email: sme3@example.com", f"email: {one}")
    _edit(base, LARGE, "email: large1@example.com", f"email: {other}")
    found = _found(base)
    assert [code for code, _ in found] == ["R348"] * same
    assert not any("shili" in message for _, message in found)


@pytest.mark.parametrize(
    ("of_sme", "of_large", "bound"),
    [
        ("母公司", "子公司", True),
        ("其他关联企业", "控股公司", True),
        ("供应商", "子公司", False),
        ("母公司", "供应商", False),
    ],
)
def test_a_third_enterprise_that_both_declare(base: Path, of_sme: str, of_large: str, bound: bool) -> None:
    _edit(base, SME, "address:", f"affiliates:\n  - name: 示例控股有限公司\n    relation: {of_sme}\naddress:")
    _edit(base, LARGE, "affiliates:\n", f"affiliates:\n  - name: 示例控股 有限公司\n    relation: {of_large}\n")
    found = _found(base)
    assert [code for code, _ in found] == ["R349"] * bound
    assert not any("示例控股" in message for _, message in found)


def test_a_third_enterprise_that_one_declares_and_that_declares_the_other(base: Path) -> None:
    _edit(base, LARGE, "affiliates:\n", "affiliates:\n  - name: 示例精密机械（武汉）有限公司\n    relation: 子公司\n")
    third = "2024/zone/enterprises/e-ddddddd4.yml"
    _edit(base, third, "address:", "affiliates:\n  - name: 示例新材料(武汉)有限公司\n    relation: 控股公司\naddress:")
    assert [code for code, _ in _found(base)] == ["R349"]
    (answer,) = [a for a in applicants(load(base)[0], ["A-AAAAAAA1"])[0].answers if a.ties]
    assert [(t.code, t.detail) for t in answer.ties] == [
        ("R349", "示例精密机械（武汉）有限公司（揭榜企业一侧：对方登记为控股公司；发榜企业一侧：子公司）")
    ]


def test_what_is_over_binds_nobody(base: Path) -> None:
    _edit(base, SME, "address: 示例市示例路 3 号", "address: 示例市示例大道 100 号")
    assert [code for code, _ in _found(base)] == ["R348"]
    _edit(base, APPLICATION, "status: submitted", "status: withdrawn")
    _edit(base, APPLICATION, "submitted: 2024-10-08", "submitted: 2024-10-08\n  withdrawn: 2024-10-09")
    assert _found(base) == []


@pytest.mark.parametrize(("code", "bound"), [("", True), ("    credit_code: 910000000000777105\n", False)])
def test_an_affiliate_declared_under_its_former_name(base: Path, code: str, bound: bool) -> None:
    """With a code it is the enterprise of that code that is meant."""
    _edit(
        base,
        LARGE,
        "name: 示例供应链1有限公司\n    credit_code: 910000000000777105\n",
        f"name: 示例旧材料有限公司\n{code}",
    )
    _edit(base, SME, "profile:", "aliases:\n  former_names:\n    - 示例旧材料有限公司\nprofile:")
    assert [code for code, _ in _found(base)] == ["R343"] * bound


@pytest.mark.parametrize(("status", "codes"), [("submitted", ["R342"]), ("withdrawn", [])])
def test_who_applied_to_its_own_demand_may_withdraw(base: Path, status: str, codes: list[str]) -> None:
    """As where a mistyped credit code is mended afterwards, and both turn out to be one."""
    _edit(base, LARGE, "credit_code: 91000000000010014Q", "credit_code: 91000000000010030E")
    days = "dates:\n  withdrawn: 2024-10-09" if status == "withdrawn" else "dates:"
    _edit(base, APPLICATION, "status: submitted\ndates:", f"status: {status}\n{days}")
    assert [code for code, _ in _found(base)] == codes
