"""What comes with one commit of a request and goes with a later one: what of it is looked at, and what is held against the request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from jiebang.catalogue import Catalogue
from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.keys import new_identity
from jiebang.mapping import Maps
from jiebang.problems import Problem, Severity
from jiebang.proposal import passing as module
from jiebang.proposal.contents import content_problems
from jiebang.proposal.passing import TooManyError, _tells_of_others, passing
from jiebang.proposal.repository import LINK, SUBMODULE, Commit, Entry, Tree
from jiebang.proposal.trees import Trees
from tests.conftest import FIXTURES
from tests.proposal.objects import Objects
from tests.sealing import ENTERPRISE

PHONE = "13912345678"
_PAGE = f"手机 {PHONE}\n".encode()
_PLAIN = (FIXTURES / "base" / ENTERPRISE).read_bytes()
_SEALED = f"catalogue/{ENTERPRISE}.age"


def finding_at(code: str, path: str) -> Problem:
    return Problem(code, Severity.ERROR, path, 1, 1, "标题", "示例", "改")


class Request:
    """Commits one after the other, beginning with the base; each has these files and no others."""

    def __init__(self) -> None:
        self.objects = Objects()
        self.base = self.objects.commit([self.objects.entry("README.md", b"x")])
        self.commits: list[Commit] = []

    def add(self, *files: Entry, parents: Sequence[str] = ()) -> Commit:
        last = self.commits[-1] if self.commits else self.base
        commit = self.objects.commit(files, *(parents or [last.id]), message=str(len(self.commits)))
        self.commits.append(commit)
        return commit

    def tree(self, commit: Commit) -> Tree:
        return self.objects.tree(commit.id)

    def found(self, known: Iterable[Problem] = (), are_sealed: bool = False, name: str = "示例重工") -> list[Problem]:
        objects = self.objects
        judged = self.tree(self.base), self.tree(self.commits[-1])
        return list(
            passing(
                objects.repository, Trees(objects.repository), self.commits, judged, known, Maps(jobs=1),
                lambda text, code_like: name in text, are_sealed,
            )
        )  # fmt: skip


@pytest.fixture
def request_() -> Request:
    return Request()


def _codes(found: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in found]


def test_what_comes_and_goes_is_told_once_with_the_commit_that_brought_it(request_: Request) -> None:
    page, fine = request_.objects.entry("pages/a.md", _PAGE), request_.objects.entry("pages/b.md", b"x")
    request_.add(fine)
    brought = request_.add(fine, page)
    request_.add(fine, page, request_.objects.entry("pages/c.md", b"x"))
    request_.add(fine)
    request_.add(fine, page)
    request_.add(fine)
    (found,) = request_.found()
    assert (found.code, found.path) == ("R550", "pages/a.md") and "（R540）" in found.message
    assert found.message.startswith(f"提交 {brought.id[:10]} 里有") and PHONE not in found.message + found.hint
    assert "从主分支新建一个分支" in found.hint


def test_one_commit_alone_is_judged_by_its_end(request_: Request) -> None:
    request_.add(request_.objects.entry("pages/a.md", _PAGE))
    assert request_.found() == []


def test_what_the_base_or_the_end_has_is_judged_there(request_: Request) -> None:
    page = request_.objects.entry("pages/a.md", _PAGE)
    for base, last in ((page, None), (None, page)):
        one = Request()
        one.objects = request_.objects
        one.base = one.objects.commit([base] if base else [one.objects.entry("x", b"x")])
        one.add(one.objects.entry("pages/b.md", b"x"))
        one.add(page)
        one.add(*([last] if last else [one.objects.entry("x", b"y")]))
        assert one.found() == []
    # With another content, or as another kind of file, it is another file.
    for other in (
        request_.objects.entry("pages/a.md", _PAGE + b"x"),
        Entry("pages/a.md", "100755", page.id, page.size),
    ):
        another = Request()
        another.objects = request_.objects
        another.base = another.objects.commit([other])
        another.add(page)
        another.add(other)
        assert _codes(another.found()) == [("R550", "pages/a.md")]


def test_what_is_known_of_the_base_is_nobodys_news(request_: Request) -> None:
    page = request_.objects.entry("pages/a.md", _PAGE)
    request_.add(page)
    request_.add()
    (known,) = content_problems(request_.objects.repository, page)
    assert request_.found([known]) == []
    assert len(request_.found()) == 1


def test_a_commit_is_held_against_all_of_its_parents(request_: Request) -> None:
    page = request_.objects.entry("pages/a.md", _PAGE)
    side = request_.add(page)
    request_.add(page, parents=[request_.base.id, side.id])
    request_.add()
    (found,) = request_.found()
    assert side.id[:10] in found.message


_BESIDE = {
    "a form": ("form.docx", b"PK\x03\x04", None, "R506"),
    "a huge file": ("pages/a.md", b"x", 10 * MAX_BYTES + 1, "R507"),
    "a person's number": ("pages/a.md", _PAGE, None, "R540"),
    "a key": ("notes/x.txt", new_identity()[0].encode(), None, "R546"),
    "a hidden name": ("pages/a.md", "示例重工".encode(), None, "R554"),
}


@pytest.mark.parametrize("name", _BESIDE)
def test_what_must_not_lie_in_the_history_is_held_against_the_request(
    request_: Request, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, content, size, code = _BESIDE[name]
    if size is not None:
        monkeypatch.setattr(Objects, "size", lambda *_: size)
    request_.add(request_.objects.entry(path, content))
    request_.add()
    (found,) = request_.found()
    assert (found.code, found.path) == ("R550", path) and f"（{code}）" in found.message


@pytest.mark.parametrize("path", ["notes.txt", "pages/a b.md"])
def test_what_a_later_commit_mends_is_let_pass(request_: Request, path: str) -> None:
    request_.add(request_.objects.entry(path, b"x"), request_.objects.entry(".gitattributes", b"*.yml -diff"))
    request_.add(request_.objects.entry("link", b"x", LINK), request_.objects.entry("more", b"x", SUBMODULE))
    request_.add()
    assert request_.found() == []


@pytest.mark.parametrize("when", ["before", "with", "after", "at the base", "at the end"])
def test_a_copy_in_plain_is_found_whenever_its_record_is_sealed(request_: Request, when: str) -> None:
    copy = request_.objects.entry("notes.bin", _PLAIN)
    sealed = request_.objects.entry(_SEALED, b"x")
    if when == "at the base":
        request_.base = request_.objects.commit([sealed])
    for files in {
        "before": ([sealed], [copy], []),
        "with": ([sealed, copy], []),
        "after": ([copy], [sealed], []),
        "at the base": ([sealed, copy], [sealed]),
        "at the end": ([copy], [sealed]),
    }[when]:
        request_.add(*files)
    found = [problem for problem in request_.found() if problem.path == "notes.bin"]
    assert [problem.code for problem in found] == ["R550"] and "（F013）" in found[0].message


def test_plain_records_are_told_where_they_have_to_be_sealed(request_: Request) -> None:
    plain = request_.objects.entry(f"catalogue/{ENTERPRISE}", _PLAIN)
    brought = request_.add(plain)
    request_.add()
    (found,) = (problem for problem in request_.found(are_sealed=True) if problem.code == "R545")
    assert found.message.startswith(f"提交 {brought.id[:10]} 里") and found.path == plain.path
    assert "R545" not in {problem.code for problem in request_.found()}


def test_so_many_files_are_looked_at_and_not_more(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_FILES", 2)
    files = [request_.objects.entry(f"{number}.txt", b"x") for number in range(3)]
    request_.add(*files[:2])
    request_.add()
    assert request_.found() == []
    request_.add(files[2])
    request_.add()
    with pytest.raises(TooManyError):
        request_.found()


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("catalogue/districts.yml", True),
        ("catalogue/2024/zone/enterprises/e-aaaaaaa1.yml", True),
        ("catalogue/2024/zone/applications/a-aaaaaaa1.yml", True),
        ("catalogue/2024/zone/demands/d-aaaaaaa1.yml", False),
        ("catalogue/2024/round.yml", False),
        ("pages/a/b/c/d.yml", False),
        ("districts.yml", False),
    ],
)
def test_which_records_say_what_must_not_stand_in_others(path: str, wanted: bool) -> None:
    assert _tells_of_others(path) is wanted


_DEMAND, _ENTERPRISE = "catalogue/2024/zone/demands/d-aaaaaaa1.yml", "catalogue/2024/zone/enterprises/e-aaaaaaa1.yml"
_OTHER = "catalogue/2024/zone/enterprises/e-bbbbbbb2.yml"


@dataclass
class _Judge:
    """Stands for the check of a catalogue: notes what lay in the folder, and finds the same everywhere."""

    found: tuple[Problem, ...] = ()
    seen: list[dict[str, bytes]] = field(default_factory=list)

    def __call__(self, folder: Path, maps: Maps, *, whole: bool) -> tuple[Catalogue, list[Problem]]:
        self.seen.append(
            {path.relative_to(folder).as_posix()[10:]: path.read_bytes() for path in sorted(folder.rglob("*.yml"))}
        )
        return Catalogue(folder), list(self.found)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> _Judge:
    one = _Judge()
    monkeypatch.setattr(module, "judge", one)
    return one


def test_records_are_judged_as_their_commit_had_them_and_over_the_end_where_it_knew_other_enterprises(
    request_: Request, judged: _Judge
) -> None:
    def files(**contents: bytes) -> list[Entry]:
        paths = {"demand": _DEMAND, "one": _ENTERPRISE, "other": _OTHER}
        return [request_.objects.entry(paths[name], content) for name, content in contents.items()]

    end = {"demand": b"3", "one": b"1", "other": b"1"}
    d, e, o = "demands/d-aaaaaaa1.yml", "enterprises/e-aaaaaaa1.yml", "enterprises/e-bbbbbbb2.yml"
    for passing_, wanted in (
        ({"demand": b"2", "one": b"1", "other": b"1"}, [{d: b"2", e: b"1", o: b"1"}]),
        ({"demand": b"2", "other": b"1"}, [{d: b"2", o: b"1"}, {d: b"2", e: b"1", o: b"1"}]),
        ({"demand": b"2", "one": b"2", "other": b"2"}, [{d: b"2", e: b"2", o: b"2"}, {d: b"2", e: b"1", o: b"1"}]),
        # An enterprise that comes and goes says nothing of others over the end.
        ({"demand": b"3", "one": b"2", "other": b"1"}, [{d: b"3", e: b"2", o: b"1"}]),
    ):
        one = Request()
        one.objects = request_.objects
        one.base = one.objects.commit(files(**end))
        one.add(*files(**passing_))
        one.add(*files(**end))
        judged.seen.clear()
        assert one.found() == []
        assert judged.seen == wanted


def test_what_is_found_in_a_record_that_came_and_went_counts_and_nothing_else(
    request_: Request, judged: _Judge
) -> None:
    own, beside = (path.removeprefix("catalogue/") for path in (_DEMAND, _OTHER))
    judged.found = tuple(finding_at(code, path) for code in ("R402", "R511") for path in (own, beside))
    standing = request_.objects.entry(_OTHER, b"1")
    request_.base = request_.objects.commit([standing])
    request_.add(standing, request_.objects.entry(_DEMAND, b"2"))
    request_.add(standing)
    (found,) = request_.found()
    assert found.path == _DEMAND and "（R402）" in found.message and found.field == "标题"


@pytest.mark.parametrize(
    ("content", "is_found"),
    [("机密★10年".encode(), True), ("机密★10年".encode("gb18030"), True), ("一款材料".encode(), False)],
)
def test_a_mark_is_found_in_what_is_no_record(
    request_: Request, judged: _Judge, content: bytes, is_found: bool
) -> None:
    request_.add(request_.objects.entry(_DEMAND, content), request_.objects.entry(_OTHER, b"x", SUBMODULE))
    request_.add()
    found = [problem for problem in request_.found() if "（R404）" in problem.message]
    assert [problem.path for problem in found] == [_DEMAND] * is_found
    assert all(problem.hint.startswith("按保密规定") and "从主分支" in problem.hint for problem in found)


@pytest.mark.parametrize("code", ["F009", "Y101", "S202", "R311"])
def test_a_sealed_record_has_to_be_written_well_in_every_commit(request_: Request, judged: _Judge, code: str) -> None:
    judged.found = tuple(finding_at(code, path.removeprefix("catalogue/")) for path in (_SEALED, _DEMAND))
    request_.add(request_.objects.entry(_SEALED, b"x"), request_.objects.entry(_DEMAND, b"x"))
    request_.add()
    assert [problem.path for problem in request_.found()] == [_SEALED] * (code != "R311")
