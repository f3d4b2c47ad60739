"""Records that have to be sealed and stand in plain in a commit of a request, whatever later commits make of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from jiebang.proposal import Asked, Judged, judge_proposal
from tests.conftest import FIXTURES
from tests.proposal.bureau import tree
from tests.proposal.forge import Content, Forge
from tests.sealing import ENTERPRISE, make_sealed

_PLAIN = (FIXTURES / "base" / ENTERPRISE).read_bytes()
_FOLDER = "catalogue/2024/qiaokou/enterprises"
_DEMAND = "catalogue/2024/zone/demands/d-bbbbbbb2.yml"
_SEALED = f"catalogue/{ENTERPRISE}.age"
Files = Mapping[str, Content]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Content]:
    """A sealed catalogue."""
    catalogue = make_sealed(tmp_path_factory.mktemp("sealed")).catalogue
    return {f"catalogue/{name}": content for name, content in tree(catalogue).items()}


@pytest.fixture
def forge(files: dict[str, Content], tmp_path: Path) -> Forge:
    return Forge(tmp_path / "forge.git", files)


def _judged(forge: Forge) -> Judged:
    return judge_proposal(Asked(forge.folder, "main", "proposal", ()))


_CASES: dict[str, tuple[str, str, Files]] = {
    "in its place": ("R545", f"catalogue/{ENTERPRISE}", {_SEALED: None, f"catalogue/{ENTERPRISE}": _PLAIN}),
    "not to be read": ("R545", f"{_FOLDER}/e-zzzzzzz9.yml", {f"{_FOLDER}/e-zzzzzzz9.yml": "name: [示例\n"}),
    "misnamed": ("R545", f"{_FOLDER}/（名称不合规定，14 个字符）.yml", {f"{_FOLDER}/E-AAAAAAA1.YML": _PLAIN}),
    "in a demand": ("R545", _DEMAND, {_DEMAND: _PLAIN}),
    "named as if sealed": ("R550", f"{_FOLDER}/e-zzzzzzz9.yml.age", {f"{_FOLDER}/e-zzzzzzz9.yml.age": _PLAIN}),
    "beside the catalogue": ("R550", "notes.txt", {"notes.txt": _PLAIN}),
}


@pytest.mark.parametrize("case", _CASES)
def test_what_a_later_commit_takes_out_again_is_found(forge: Forge, files: dict[str, Content], case: str) -> None:
    code, path, passing = _CASES[case]
    forge.propose(passing)
    forge.add("proposal", {**{name: files.get(name) for name in passing}, "README.md": "示例\n"})
    found = {(problem.code, problem.path) for problem in _judged(forge).problems}
    assert (code, path) in found
    assert {told for told, _ in found} == {code}


@pytest.mark.parametrize("case", _CASES)
def test_what_stays_is_found_too(forge: Forge, case: str) -> None:
    code, path, passing = _CASES[case]
    forge.propose(passing)
    found = {problem.code for problem in _judged(forge).problems if problem.path == path}
    assert ("R545" if code == "R545" else "F009" if path.endswith(".age") else "F013") in found


def test_a_copy_that_came_before_its_record_was_sealed_is_found(forge: Forge, files: dict[str, Content]) -> None:
    sealed = files[_SEALED]
    forge.propose({_SEALED: None}, branch="main", onto="main")
    forge.propose({"notes.txt": _PLAIN})
    forge.add("proposal", {"notes.txt": None})
    forge.add("proposal", {_SEALED: sealed})
    forge.add("proposal", {_SEALED: None, "README.md": "示例\n"})
    assert {problem.code for problem in _judged(forge).problems if problem.path == "notes.txt"} == {"R550"}


def test_without_a_key_nobody_says_what_the_public_will_see(forge: Forge) -> None:
    forge.propose({"README.md": "示例\n"})
    judged = _judged(forge)
    assert not judged.problems and judged.closed > 0 and judged.effect is None
