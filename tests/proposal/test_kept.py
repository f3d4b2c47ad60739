"""What `proposal` keeps between runs, in the base's own folder: it saves work, changes no judgement, and a proposal cannot write it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from jiebang import mapping, workers
from jiebang.problems import has_errors
from jiebang.proposal import Asked, Judged, judge_proposal
from jiebang.rules.judgement import judge
from jiebang.workers import Function
from jiebang.workspace import CACHE_VARIABLE
from tests.proposal.forge import Forge, corrected

OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
HIDDEN_NAME = "示例重工（武汉）集团有限公司"


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)


@pytest.fixture
def clone(forge: Forge, tmp_path: Path) -> Path:
    """A bureau's work tree that stands on `main`."""
    folder = tmp_path / "clone"
    forge.add("main", {"mkdocs.yml": "site_name: 示例\n"})
    subprocess.run(["git", "clone", "--quiet", str(forge.folder), str(folder)], check=True, capture_output=True)
    return folder


def _judged(clone: Path) -> Judged:
    subprocess.run(["git", "fetch", "--quiet", "origin", "proposal"], cwd=clone, check=True, capture_output=True)
    return judge_proposal(Asked(clone, "main", "FETCH_HEAD", ("shili-qiaokou",)))


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the functions that worked something out, one for each item."""
    seen: list[str] = []
    packed_values = workers.packed_values

    def noted(function: Function, shared: object, items: list[object]) -> list[bytes]:
        seen.extend([function.__name__] * len(items))
        return packed_values(function, shared, items)

    monkeypatch.setattr(mapping, "packed_values", noted)
    return seen


def test_what_the_check_of_the_base_found_out_is_not_worked_out_again(
    forge: Forge, clone: Path, worked_out: list[str]
) -> None:
    with mapping.maps_of(clone / "catalogue") as maps:
        records = sum(1 for _ in judge(clone / "catalogue", maps)[0].records())
    # districts.yml is no item of the map.
    assert worked_out.count("facts_of") >= records - 1 > 10
    forge.propose({OWN: corrected(forge.read(OWN))})
    worked_out.clear()
    first = _judged(clone)
    assert first.effect is not None, first.problems
    assert worked_out.count("facts_of") == 1
    worked_out.clear()
    assert _judged(clone) == first
    assert worked_out == []


def test_a_recalled_judgement_refuses_what_the_first_refused(forge: Forge, clone: Path) -> None:
    text = forge.read(OWN)
    leaking = text.replace("summary: 研发", f"summary: 为{HIDDEN_NAME}研发")
    forge.propose({OWN: leaking})
    first, again = _judged(clone), _judged(clone)
    assert has_errors(first.problems) and again == first
    # Nor does it rub off: what was judged before beside it is as good as it was.
    forge.propose({OWN: corrected(text)})
    assert not has_errors(_judged(clone).problems)
    forge.propose({OWN: leaking})
    assert _judged(clone) == first


def test_a_store_in_the_proposal_is_not_opened(forge: Forge, clone: Path) -> None:
    planted = b"SQLite format 3\0" + b"x" * 4000
    forge.propose({".cache/store.sqlite3": planted})
    assert "R508" in {problem.code for problem in _judged(clone).problems}
    assert planted not in {path.read_bytes() for path in (clone / ".cache").rglob("*") if path.is_file()}


def test_what_is_kept_is_for_its_owner_alone_and_not_left_in_a_bare_repository(forge: Forge, clone: Path) -> None:
    forge.propose({OWN: f"{forge.read(OWN)}# 改\n"})
    _judged(clone)
    assert (clone / ".cache").stat().st_mode & 0o077 == 0
    assert (clone / ".cache" / "store.sqlite3").stat().st_mode & 0o077 == 0
    before = {path.name for path in forge.folder.iterdir()}
    judge_proposal(Asked(forge.folder, "main", "proposal", ("shili-qiaokou",)))
    assert {path.name for path in forge.folder.iterdir()} == before
