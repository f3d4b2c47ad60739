"""The life of a record: every legal move passes, every other is refused with what is legal; ids, places and deletions likewise."""

from __future__ import annotations

from itertools import product

import pytest

from jiebang.catalogue import Catalogue, Record
from jiebang.proposal.change import Change, now
from jiebang.proposal.moves import lives
from jiebang.rules import documented
from jiebang.rules.proposals import PROPOSAL_FINDINGS
from jiebang.schemas.lifecycle import START, lifecycle
from tests.conftest import ROOT
from tests.proposal.conftest import Judge
from tests.proposal.forge import Content, Forge, base_files

DEMAND = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
SUBMITTED = "catalogue/2024/zone/demands/d-ccccccc3.yml"
APPLICATION = "catalogue/2024/qiaokou/applications/a-bbbbbbb2.yml"
SUBMITTED_APPLICATION = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"


def _catalogue(kind: str, status: str | None, path: str = "2024/qu/x/x.yml", **value: str) -> Catalogue:
    catalogue = Catalogue(ROOT)
    if status is not None:
        letter = {"demand": "D", "application": "A"}[kind]
        record = Record(
            kind, path, "2024", "qu", {"id": f"{letter}-AAAAAAA1", "status": status, **value}, b"id: x\n", sound=True
        )
        catalogue.add(record)
    return catalogue


@pytest.mark.parametrize("kind", ["demand", "application"])
def test_moves_lead_to_states_and_every_state_can_be_reached(kind: str) -> None:
    states = lifecycle(kind)
    reached, fresh = {START}, {START}
    while fresh:
        fresh = {move.target for state in fresh for move in states[state].moves} - reached
        reached |= fresh
    assert reached == states.keys()
    assert all(move.by for state in states.values() for move in state.moves)


@pytest.mark.parametrize("kind", ["demand", "application"])
def test_legal_moves_pass_and_all_others_are_refused(kind: str) -> None:
    states = lifecycle(kind)
    for before, after in product(states, repeat=2):
        carried = dict.fromkeys(states[after].carries, "示例")
        found = list(lives(Change(_catalogue(kind, before), _catalogue(kind, after, **carried), now())))
        legal = before == after or states[before].move_to(after) is not None
        assert [problem.code for problem in found] == ([] if legal else ["R511"]), (before, after)


@pytest.mark.parametrize(
    ("kind", "before", "after"), [("demand", "recommended", "published"), ("application", "selected", "accepted")]
)
def test_a_move_brings_what_it_carries(kind: str, before: str, after: str) -> None:
    found = list(lives(Change(_catalogue(kind, before), _catalogue(kind, after), now())))
    assert [problem.code for problem in found] == ["R519"]


def _codes(judge: Judge, files: dict[str, Content]) -> dict[str, str]:
    return {problem.code: problem.message + problem.hint for problem in judge(files, "shili-city").problems}


def test_a_refused_move_names_the_place_and_what_is_legal(forge: Forge, judge: Judge) -> None:
    judged = judge({DEMAND: forge.read(DEMAND).replace("status: published", "status: recommended")}, "shili-city")
    found = next(problem for problem in judged.problems if problem.code == "R511")
    assert found.path == DEMAND
    assert found.line == forge.read(DEMAND).splitlines().index("status: published") + 1
    assert "已发榜" in found.message and "市推荐" in found.message and "撤回" in found.message


@pytest.mark.parametrize("path", [DEMAND, APPLICATION])
def test_deleting_what_is_under_way_is_refused(judge: Judge, path: str) -> None:
    assert "R514" in _codes(judge, {path: None})


@pytest.mark.parametrize("path", [SUBMITTED, SUBMITTED_APPLICATION])
def test_what_was_only_submitted_may_be_deleted(judge: Judge, path: str) -> None:
    assert "R514" not in _codes(judge, {path: None})


def test_withdrawing_instead_of_deleting_passes(forge: Forge, judge: Judge) -> None:
    text = forge.read(DEMAND).replace("status: published", "status: withdrawn")
    text = text.replace("  apply_by: 2024-10-31", "  apply_by: 2024-10-31\n  withdrawn: 2024-10-20")
    application = forge.read(SUBMITTED_APPLICATION).replace("status: submitted", "status: withdrawn")
    application = application.replace("  submitted: 2024-10-08", "  submitted: 2024-10-08\n  withdrawn: 2024-10-20")
    judged = judge({DEMAND: text, SUBMITTED_APPLICATION: application}, "shili-city")
    assert judged.effect is not None, judged.problems
    assert [shown.what for shown in judged.effect.leaving] == ["撤回，只留代码和日期"]


def test_a_changed_id_is_refused(forge: Forge, judge: Judge) -> None:
    moved = forge.read(SUBMITTED).replace("D-CCCCCCC3", "D-ZZZZZZZ9")
    assert "D-CCCCCCC3" in _codes(judge, {SUBMITTED: None, SUBMITTED.replace("ccccccc3", "zzzzzzz9"): moved})["R512"]


def test_a_record_moved_to_another_district_is_refused(forge: Forge, judge: Judge) -> None:
    target = SUBMITTED.replace("/zone/", "/qiaokou/")
    assert "2024/zone" in _codes(judge, {SUBMITTED: None, target: forge.read(SUBMITTED)})["R513"]


def test_of_a_district_that_is_renamed_or_merged_it_is_told_where_its_records_stay(forge: Forge, judge: Judge) -> None:
    files: dict[str, Content] = {}
    for path in base_files():
        if "/zone/" in path:
            files[path], files[path.replace("/zone/", "/port/")] = None, forge.read(path)
    districts = "catalogue/districts.yml"
    files[districts] = forge.read(districts).replace("slug: zone", "slug: port")
    told = [problem for problem in judge(files, "shili-city").problems if problem.code == "R513"]
    assert told
    assert all("只改 districts.yml 里的名称" in problem.hint for problem in told)


def test_who_deletes_an_application_is_not_told_of_the_site(judge: Judge) -> None:
    (told,) = [problem for problem in judge({APPLICATION: None}, "shili-city").problems if problem.code == "R514"]
    assert "withdrawn" in told.hint and "网站" not in told.hint


def test_a_new_record_begins_as_submitted(forge: Forge, judge: Judge) -> None:
    text = forge.read(SUBMITTED).replace("D-CCCCCCC3", "D-ZZZZZZZ9").replace("code: 302", "code: 309")
    path = SUBMITTED.replace("ccccccc3", "zzzzzzz9")
    assert "R515" not in _codes(judge, {path: text})
    late = text.replace("status: submitted", "status: recommended")
    assert "R515" in _codes(judge, {path: late})


ROUND = "catalogue/2024/round.yml"


def _with_a_closed_round(forge: Forge, *names: str) -> dict[str, Content]:
    """Round 2023, closed, with an accepted demand; what an import of an old year brings. With names: only these of its files."""
    enterprise = forge.read("catalogue/2024/zone/enterprises/e-bbbbbbb2.yml").replace("E-BBBBBBB2", "E-EEEEEEE5")
    demand = forge.read("catalogue/2024/zone/demands/d-bbbbbbb2.yml")
    for old, new in (
        ("D-BBBBBBB2", "D-EEEEEEE5"),
        ("E-BBBBBBB2", "E-EEEEEEE5"),
        ("status: selected", "status: accepted"),
        ("  selected: 2024-12-10", "  selected: 2024-12-10\n  concluded: 2025-12-10"),
        ("2026", "2025"),
    ):
        demand = demand.replace(old, new)
    old_round = forge.read(ROUND).replace("id: 2024", "id: 2023").replace("2024年度", "2023年度")
    files: dict[str, Content] = {
        "catalogue/2023/round.yml": old_round.replace("status: open", "status: closed"),
        "catalogue/2023/zone/enterprises/e-eeeeeee5.yml": enterprise,
        "catalogue/2023/zone/demands/d-eeeeeee5.yml": demand,
    }
    return {path: text for path, text in files.items() if not names or path.rpartition("/")[2] in names}


def test_a_closed_round_comes_whole_with_its_records(forge: Forge, judge: Judge) -> None:
    assert not {"R515", "R517"} & _codes(judge, _with_a_closed_round(forge)).keys()


@pytest.mark.parametrize("status", ["accepted", "submitted"])
def test_nothing_is_added_to_a_round_that_was_closed(forge: Forge, judge: Judge, status: str) -> None:
    forge.add("main", _with_a_closed_round(forge, "round.yml", "e-eeeeeee5.yml"))
    files = _with_a_closed_round(forge, "d-eeeeeee5.yml")
    files = {path: str(text).replace("status: accepted", f"status: {status}") for path, text in files.items()}
    assert "轮次 2023 已经结束" in _codes(judge, files)["R517"]


def test_nor_where_the_same_request_opens_it_again(forge: Forge, judge: Judge) -> None:
    forge.add("main", _with_a_closed_round(forge, "round.yml", "e-eeeeeee5.yml"))
    opened = {
        path: str(text).replace("status: closed", "status: open")
        for path, text in _with_a_closed_round(forge, "round.yml", "d-eeeeeee5.yml").items()
    }
    assert "R517" in _codes(judge, dict(opened))


def test_a_round_that_cannot_be_read_is_not_taken_for_a_new_one(forge: Forge, judge: Judge) -> None:
    forge.add("main", {ROUND: "::\n"})
    text = forge.read(SUBMITTED).replace("D-CCCCCCC3", "D-ZZZZZZZ9").replace("code: 302", "code: 309")
    late = text.replace("status: submitted", "status: recommended")
    assert "R515" in _codes(judge, {SUBMITTED.replace("ccccccc3", "zzzzzzz9"): late})


def test_an_application_is_not_added_to_a_closed_round_either(forge: Forge, judge: Judge) -> None:
    forge.add("main", {ROUND: forge.read(ROUND).replace("status: open", "status: closed")})
    text = forge.read(APPLICATION).replace("A-BBBBBBB2", "A-ZZZZZZZ9")
    assert "R517" in _codes(judge, {APPLICATION.replace("bbbbbbb2", "zzzzzzz9"): text})


def test_every_finding_is_documented_and_has_its_test() -> None:
    assert PROPOSAL_FINDINGS.keys() <= {finding.code for finding in documented()}
    files = sorted(file for room in ("proposal", "sealed") for file in (ROOT / "tests" / room).glob("*.py"))
    tests = "".join(file.read_text(encoding="utf-8") for file in files)
    assert [code for code in PROPOSAL_FINDINGS if f'"{code}"' not in tests] == []
