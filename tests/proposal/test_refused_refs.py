"""Which refs a push may move, and who may: told before anything of the push is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from jiebang.proposal.permissions import Staff
from jiebang.proposal.received import Update, _refusal, updates_in
from jiebang.proposal.repository import Repository

NOTHING, OLD, NEW, TREE = "0" * 40, "a" * 40, "b" * 40, "c" * 40
MAIN = "refs/heads/main"
STAFF = Staff(frozenset({"shi"}), {"zone": frozenset({"qu"})}, {"zone": "示例开发区"})


@dataclass
class _Refs:
    """A repository whose main branch stands at `OLD`; `NEW` is behind it; `TREE` is no commit."""

    forward: bool = True

    def commit(self, revision: str) -> str:
        return OLD if revision == MAIN else revision

    def has(self, revision: str) -> bool:
        return revision not in {TREE, NOTHING}

    def reaches(self, old: str, new: str) -> bool:
        return self.forward and (old, new) == (OLD, NEW)


def _said(update: Update, account: str = "qu", forward: bool = True) -> str:
    refused = _refusal(cast("Repository", _Refs(forward)), MAIN, update, account, STAFF)
    assert refused is None or all(refused)
    return "" if refused is None else refused[0]


@pytest.mark.parametrize(
    ("update", "forward", "words"),
    [
        (Update(OLD, NEW, MAIN), True, ""),
        (Update(OLD, NOTHING, MAIN), True, "不能删除"),
        (Update(NEW, OLD, MAIN), True, "刚刚变了"),
        (Update(OLD, TREE, MAIN), True, "只能指向一个提交"),
        (Update(OLD, NEW, MAIN), False, "只能向前"),
    ],
)
def test_the_main_branch_goes_forward_to_a_commit(update: Update, forward: bool, words: str) -> None:
    assert words in _said(update, forward=forward) if words else _said(update, forward=forward) == ""


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("refs/heads/qu/more", ""),
        ("refs/heads/Qu/more", ""),
        ("refs/heads/qu/a.b/c-d_e", ""),
        ("refs/heads/other/more", "别人的"),
        ("refs/heads/qu", "只收主分支"),
        ("refs/heads/qu/", "只收主分支"),
        ("refs/heads/qu/a/", "只收主分支"),
        ("refs/heads/qu/a.", "只收主分支"),
        ("refs/heads/qu/a.lock", "只收主分支"),
        ("refs/heads/qu/a..b", "只收主分支"),
        ("refs/heads/qu/-a", "只收主分支"),
        ("refs/heads/-qu/a", "只收主分支"),
        ("refs/heads/qu/名", "只收主分支"),
        ("refs/tags/qu/more", "不收标签"),
        ("refs/notes/qu/more", "不收这样的名称"),
    ],
)
def test_other_branches_belong_to_the_account_with_which_they_begin(ref: str, words: str) -> None:
    said = _said(Update(NOTHING, NEW, ref))
    assert words in said if words else said == ""


def test_a_branch_points_to_a_commit_and_the_city_takes_others_away() -> None:
    mine = "refs/heads/qu/more"
    assert "只能指向一个提交" in _said(Update(OLD, TREE, mine))
    assert _said(Update(OLD, NOTHING, mine)) == ""
    assert _said(Update(OLD, NOTHING, mine), "shi") == ""
    assert "别人的" in _said(Update(OLD, NEW, mine), "shi")
    assert "别人的" in _said(Update(OLD, NOTHING, mine), "other")


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        (f"{OLD} {NEW} {MAIN}\n", True),
        (f"{'a' * 64} {'b' * 64} {MAIN}", True),
        (f"{OLD} {NEW} {MAIN} x", False),
        (f"{OLD} {NEW}", False),
        (f"{OLD.upper()} {NEW} {MAIN}", False),
        (f"{OLD[1:]} {NEW} {MAIN}", False),
        (f"{OLD} {NEW[1:]} {MAIN}", False),
        (f"{OLD} {'b' * 65} {MAIN}", False),
        ("", False),
    ],
)
def test_a_line_is_one_that_git_writes(line: str, taken: bool) -> None:
    if taken:
        (update,) = updates_in([line])
        assert (update.ref, update.comes, update.goes) == (MAIN, False, False)
        return
    with pytest.raises(Exception, match="看不懂"):
        updates_in([line])


def test_nothing_is_where_a_ref_comes_from_or_goes_to() -> None:
    came, went = updates_in([f"{NOTHING} {NEW} {MAIN}\n", f"{OLD} {NOTHING} {MAIN}\n"])
    assert (came.comes, came.goes, went.comes, went.goes) == (True, False, False, True)
