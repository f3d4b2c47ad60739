"""The parts of the whole judgement, each by itself: what is looked at first, who stands behind a request, its messages, its owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import Catalogue
from jiebang.catalogue.codeowners import codeowners
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.proposal import judgement as module
from jiebang.proposal.commits import in_a_message
from jiebang.proposal.judgement import Asked, States, _looked_at, _messages, _owners, _passing, _persons, changed
from jiebang.proposal.passing import TooManyError
from jiebang.proposal.permissions import staff_of
from jiebang.proposal.repository import Change, Commit
from jiebang.proposal.trees import Trees
from jiebang.rules.secret_index import secret_index
from tests.proposal.objects import FILE, FOLDER, Objects
from tests.proposal.states import DISTRICTS, HIDDEN, NAMED, NOON, PUBLISHED, state

OWNERS, ALL_DISTRICTS = ".github/CODEOWNERS", f"catalogue/{DISTRICTS}"
RECORD = f"catalogue/{PUBLISHED}"


def _codes(found: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in found]


# What is looked at first


@dataclass
class _Line(Objects):
    """A repository with commits one after the other behind a base."""

    line: list[str] = field(default_factory=list)
    related: bool = True
    most: int = 0

    def common(self, base: str, head: str) -> str:
        if not self.related:
            raise UserError("没有共同的历史", "-")
        return base

    def commits(self, head: str, without: list[str], most: int) -> list[str]:
        assert (head, without) == ("head", [self.line[0]])
        self.most = most
        return self.line[1:][:most]


def _line(count: int) -> _Line:
    line = _Line()
    line.line = [line.commit([line.entry("a", b"0")], message=str(number)).id for number in range(count + 1)]
    return line


def test_two_hundred_commits_are_looked_at_and_not_one_more() -> None:
    for count, refused in ((200, False), (201, True)):
        line = _line(count)
        found, _, commits = _looked_at(line.repository, line.line[0], "head")
        assert (found is not None and found.code == "R552" and "200" in found.message) is refused
        assert [commit.id for commit in commits] == ([] if refused else line.line[1:])


def test_without_a_common_history_nothing_is_listed() -> None:
    line = _line(1)
    line.related = False
    with pytest.raises(UserError, match="共同的历史"):
        _looked_at(line.repository, line.line[0], "head")
    assert line.most == 0 and line.asked == []


@pytest.mark.parametrize(
    ("entries", "code", "place"),
    [
        ([(FILE, b".git")], "R553", "x/.git"),
        ([(FILE, b"b"), (FILE, b"a")], "R553", "x/a"),
        ([(FOLDER, b"not-a-folder")], "R553", "x/not-a-folder"),
    ],
)
def test_a_bad_tree_is_told_with_its_commit_and_place(entries: list[tuple[str, bytes]], code: str, place: str) -> None:
    line = _line(2)
    blob = line.put("blob", b"x")
    inner = line.put_tree([(mode, name, blob) for mode, name in entries])
    bad = line.recorded(line.line[1])
    line.kept[bad.id] = replace(bad, tree=line.put_tree([(FOLDER, b"x", inner)])), {}
    found, _, commits = _looked_at(line.repository, line.line[0], "head")
    assert found is not None and (found.code, found.path) == (code, place) and bad.id[:10] in found.message
    assert [commit.id for commit in commits] == [bad.id]


def test_a_tree_that_is_too_large_is_told_of_the_whole() -> None:
    line = _line(1)
    tree = line.put_tree([(FILE, b"%d" % number, line.put("blob", b"x")) for number in range(10)])
    for _ in range(5):
        tree = line.put_tree([(FOLDER, b"%d" % number, tree) for number in range(10)])
    big = line.recorded(line.line[1])
    line.kept[big.id] = replace(big, tree=tree), {}
    found, _, _ = _looked_at(line.repository, line.line[0], "head")
    assert found is not None and (found.code, found.path) == ("R507", "catalogue")


# Who stands behind a request


@pytest.mark.parametrize(
    ("more", "paths", "wanted"),
    [
        ({}, [RECORD], []),
        ({"actors_needed": True}, [RECORD], [("R516", "catalogue")]),
        ({"actors_needed": True}, [], []),
        ({"actors_needed": True, "doubt": ("不知道", "问")}, [RECORD], [("R516", "catalogue")]),
        ({"doubt": ("不知道", "问")}, [], [("R516", "catalogue")]),
        ({"actors": ("shi",), "actors_needed": True}, [RECORD], []),
        ({"actors": ("qu",)}, [RECORD], [("R503", RECORD)]),
        ({"actors": ("qu",), "doubt": ("不知道", "问")}, [RECORD], [("R516", "catalogue"), ("R503", RECORD)]),
    ],
)
def test_nothing_passes_where_it_is_not_known_who_asks(
    more: dict[str, Any], paths: list[str], wanted: list[tuple[str, str]]
) -> None:
    listed = (DISTRICTS, "districts:\n", "  staff:\n    - shi\ndistricts:\n")
    staff = staff_of(state((listed,)).districts)
    asked = Asked(Path(), "main", "head", **more)
    assert _codes(_persons(asked, [Change(path, None, None) for path in paths], staff)) == wanted


def test_a_doubt_is_said_with_what_to_do() -> None:
    (found,) = _persons(Asked(Path(), "a", "b", doubt=("不知道是谁", "问平台")), [], None)
    assert (found.message, found.hint) == ("不知道是谁", "问平台")


# The states


def _hiding(*hidden: str) -> Catalogue:
    """The small catalogue with these of its large enterprises hidden, and the other shown."""
    told = {HIDDEN: "disclosure: 不公开", NAMED: "disclosure: 公开"}
    return state(
        (path, was, "disclosure: 不公开" if path in hidden else "disclosure: 公开") for path, was in told.items()
    )


def _states(before: Catalogue, after: Catalogue) -> States:
    return States(before, after, [], [], Maps(jobs=1), (secret_index(before), secret_index(after)))


def test_a_name_that_is_hidden_before_or_after_is_hidden() -> None:
    one, other = "示例重工（武汉）集团有限公司", "示例光电（武汉）股份有限公司"
    for before, after, wanted in (
        ((), (), (False, False)),
        ((HIDDEN,), (), (True, False)),
        ((), (HIDDEN,), (True, False)),
        ((HIDDEN,), (NAMED,), (True, True)),
    ):
        states = _states(_hiding(*before), _hiding(*after))
        assert (states.names_a_hidden_one(one), states.names_a_hidden_one(other)) == wanted


def test_messages_are_told_with_their_commit_and_without_the_name() -> None:
    states = _states(_hiding(HIDDEN), _hiding(HIDDEN))
    name = "示例重工（武汉）集团有限公司"
    commits = [
        Commit(str(number) * 40, "", (), message)
        for number, message in enumerate(("补充参数", f"{name}改", "致电 02712345678", f"{name}，机密★一年"))
    ]
    found = list(_messages(commits, states))
    assert [(problem.code, problem.message[3:13]) for problem in found] == [
        ("R551", "1" * 10),
        ("R541", "2" * 10),
        ("R551", "3" * 10),
        ("R551", "3" * 10),
    ]
    field_ = in_a_message("R551", "").field
    assert all(problem.field == field_ and name not in problem.message for problem in found)


def test_too_many_files_that_come_and_go_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many(*_: object) -> Iterator[Problem]:
        yield in_a_message("R551", "x")
        raise TooManyError

    monkeypatch.setattr(module, "passing", too_many)
    states, objects = _states(state(), state()), Objects()
    found = list(_passing(objects.repository, Trees(objects.repository), [], {}, {}, states))
    assert [problem.code for problem in found] == ["R551", "R552"]


def test_the_files_that_were_touched_are_those_of_the_records() -> None:
    change = changed(state(), state(), NOON, [RECORD, "catalogue", "pages/a.md", "old/catalogue/x.yml"])
    assert change.touched == frozenset({PUBLISHED, "catalogue"}) and change.made_at == NOON


# Owners


def _owned(
    after: dict[str, bytes], touched: Iterable[str], edits: Iterable[tuple[str, str, str | None]] = ()
) -> list[str]:
    objects = Objects()
    tree = {path: objects.entry(path, content) for path, content in after.items()}
    changes = [Change(path, None, tree.get(path)) for path in touched]
    found = list(_owners(objects.repository, changes, tree, state(edits)))
    assert all(problem.code == "R509" for problem in found)
    return [problem.path for problem in found]


@pytest.fixture(scope="module")
def generated() -> bytes:
    districts = state().districts
    assert districts is not None
    return codeowners(districts.get("districts"), districts.get("city"), "github").encode()


def test_owners_are_the_generated_ones(generated: bytes) -> None:
    assert _owned({OWNERS: generated}, [OWNERS]) == []
    assert _owned({OWNERS: b"* @a\n"}, [OWNERS]) == [OWNERS]
    assert _owned({OWNERS: b"* @a\n"}, [ALL_DISTRICTS]) == [OWNERS]
    assert _owned({OWNERS: b"* @a\n"}, [RECORD]) == []
    assert _owned({}, [OWNERS]) == [OWNERS]
    assert _owned({}, [ALL_DISTRICTS]) == []
    assert _owned({}, [".gitlab/CODEOWNERS"]) == [".gitlab/CODEOWNERS"]


@pytest.mark.parametrize("path", ["generator/jiebang/catalogue/codeowners.py", "program.txt"])
def test_the_program_and_its_owners_change_together(path: str) -> None:
    assert _owned({OWNERS: b"* @a\n"}, [OWNERS, path]) == []


def test_where_nobody_knows_the_districts_no_owners_are_asked_for() -> None:
    assert _owned({OWNERS: b"* @a\n"}, [OWNERS, ALL_DISTRICTS], [(DISTRICTS, "", None)]) == []
    assert _owned({OWNERS: b"* @a\n"}, [OWNERS], [(DISTRICTS, "kind: 区", "kind: 省")]) == []


@pytest.mark.parametrize("place", ["CODEOWNERS", "docs/CODEOWNERS"])
def test_a_file_that_some_forges_see_first_is_refused(place: str) -> None:
    assert _owned({place: b"x"}, [place]) == [place]
    assert _owned({place: b"x"}, [RECORD]) == []
    assert _owned({}, [place]) == []
