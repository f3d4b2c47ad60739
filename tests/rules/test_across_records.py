"""Rules that need more than one edit to break."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.judging import judge


def _codes(base: Path) -> set[str]:
    return {p.code for p in judge(base)[1]}


def test_a_reference_to_another_round_is_found(base: Path) -> None:
    shutil.copytree(base / "2024", base / "2025")
    for path in (base / "2025").rglob("*/*.yml"):
        path.unlink()
    text = (base / "2024/round.yml").read_text(encoding="utf-8")
    (base / "2025/round.yml").write_text(text.replace("id: 2024", "id: 2025"), encoding="utf-8")
    source = base / "2024/zone/demands/d-ccccccc3.yml"
    target = base / "2025/zone/demands/d-ccccccc3.yml"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
    found = [p for p in judge(base)[1] if p.code == "R307"]
    assert [(p.path, p.line) for p in found] == [("2025/zone/demands/d-ccccccc3.yml", 3)]


def test_an_enterprise_registered_twice_is_found(base: Path) -> None:
    original = base / "2024/zone/enterprises/e-ddddddd4.yml"
    copy = base / "2024/zone/enterprises/e-ddddddd5.yml"
    copy.write_text(original.read_text(encoding="utf-8").replace("E-DDDDDDD4", "E-DDDDDDD5"), encoding="utf-8")
    found = [p for p in judge(base)[1] if p.code == "R312"]
    assert [p.path for p in found] == ["2024/zone/enterprises/e-ddddddd5.yml"]
    assert "910000" not in found[0].message


def test_a_copy_beside_its_record_is_the_one_to_go(base: Path) -> None:
    """File managers call it `d-… - 副本.yml`: it sorts before the record, which was to get a new id for it."""
    original = base / "2024/qiaokou/demands/d-aaaaaaa1.yml"
    shutil.copy(original, original.with_name("d-aaaaaaa1 - 副本.yml"))
    (found,) = [p for p in judge(base)[1] if p.code == "R303"]
    assert "副本" in found.path and "d-aaaaaaa1.yml" in found.message
    assert "删去它" in found.hint


def test_a_record_in_another_kinds_folder_is_told_in_one_sentence(base: Path) -> None:
    moved = base / "2024/qiaokou/demands/e-ccccccc3.yml"
    shutil.move(base / "2024/qiaokou/enterprises/e-ccccccc3.yml", moved)
    (found,) = [p for p in judge(base)[1] if p.path == "2024/qiaokou/demands/e-ccccccc3.yml"]
    assert (found.code, found.line) == ("S205", 1)
    assert found.message == "内容是一份“企业”的记录，却放在“需求”的位置，其余内容没有检查。"
    assert found.hint.startswith("把文件移到 enterprises/ 里；")


def test_a_long_application_is_a_warning(base: Path) -> None:
    path = base / "2024/qiaokou/applications/a-aaaaaaa1.yml"
    text = path.read_text(encoding="utf-8")
    for key in ("profile", "capability", "  route", "  team"):
        line = next(line for line in text.splitlines() if line.startswith(f"{key}:"))
        text = text.replace(line, f"{key}: {'一二三四五六七八九十' * 170}")
    path.write_text(text, encoding="utf-8")
    found = [p for p in judge(base)[1] if p.code == "R372"]
    assert [p.severity.value for p in found] == ["warning"]


def test_a_withdrawn_application_may_be_sent_again(base: Path) -> None:
    first = base / "2024/qiaokou/applications/a-aaaaaaa1.yml"
    text = first.read_text(encoding="utf-8")
    withdrawn = text.replace("status: submitted", "status: withdrawn") + "  withdrawn: 2024-10-09\n"
    first.write_text(withdrawn, encoding="utf-8")
    second = base / "2024/qiaokou/applications/a-aaaaaaa2.yml"
    second.write_text(text.replace("id: A-AAAAAAA1", "id: A-AAAAAAA2"), encoding="utf-8")
    assert _codes(base) == set()


def test_an_enterprise_that_turns_out_large_keeps_its_record_when_its_applications_have_ended(base: Path) -> None:
    """What was withdrawn or declined cannot be deleted, so its enterprise has to pass."""
    enterprise = base / "2024/qiaokou/enterprises/e-ccccccc3.yml"
    text = enterprise.read_text(encoding="utf-8").replace("employees: 120", "employees: 1200")
    enterprise.write_text(text.replace("revenue: 5600", "revenue: 56000"), encoding="utf-8")
    chosen = base / "2024/qiaokou/applications/a-bbbbbbb2.yml"
    chosen.unlink()
    application = base / "2024/qiaokou/applications/a-aaaaaaa1.yml"
    submitted = application.read_text(encoding="utf-8")
    withdrawn = submitted.replace("status: submitted", "status: withdrawn") + "  withdrawn: 2024-10-09\n"
    application.write_text(withdrawn, encoding="utf-8")
    assert "R331" not in _codes(base)
    declined = submitted.replace("status: submitted", "status: declined\nfeedback: 这家企业不属于中小企业。")
    application.write_text(declined + "  forwarded: 2024-10-09\n  decided: 2024-11-09\n", encoding="utf-8")
    assert "R331" not in _codes(base)
    second = base / "2024/qiaokou/applications/a-aaaaaaa2.yml"
    second.write_text(submitted.replace("id: A-AAAAAAA1", "id: A-AAAAAAA2"), encoding="utf-8")
    found = [p for p in judge(base)[1] if p.code == "R331"]
    assert [p.path for p in found] == ["2024/qiaokou/enterprises/e-ccccccc3.yml"]
    assert "撤回" in found[0].hint
    application.unlink()
    second.unlink()
    assert "R331" in _codes(base), "nothing hangs on the record: it is to be mended or deleted"


def test_a_broken_file_does_not_make_references_to_it_look_wrong(base: Path) -> None:
    (base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml").write_text("id: 'E-AAAAAAA1\n", encoding="utf-8")
    assert _codes(base) == {"Y104"}


def test_a_withdrawal_may_come_when_the_round_is_over(base: Path) -> None:
    for path in ("demands/d-aaaaaaa1.yml", "applications/a-aaaaaaa1.yml"):
        record = base / "2024/qiaokou" / path
        text = record.read_text(encoding="utf-8").replace("status: published", "status: withdrawn")
        text = text.replace("status: submitted", "status: withdrawn")
        record.write_text(text.replace("\ndates:\n", "\ndates:\n  withdrawn: 2026-07-01\n"), encoding="utf-8")
    assert _codes(base) == set()
    demand = base / "2024/qiaokou/demands/d-aaaaaaa1.yml"
    early = demand.read_text(encoding="utf-8").replace("withdrawn: 2026-07-01", "withdrawn: 2024-07-04")
    demand.write_text(early, encoding="utf-8")
    assert {"R361", "R362"} <= _codes(base)


def test_a_demand_ends_when_its_last_winner_has_ended(base: Path) -> None:
    demand, winner = base / "2024/zone/demands/d-bbbbbbb2.yml", base / "2024/qiaokou/applications/a-bbbbbbb2.yml"
    result = "acceptance:\n  result: 全部达到要求。\n  consequences:\n    - 深化合作\n"
    text, answer = (
        path.read_text(encoding="utf-8").replace("status: selected", "status: accepted") for path in (demand, winner)
    )
    demand.write_text(text.replace("\ndates:\n", "\ndates:\n  concluded: 2025-06-02\n"), encoding="utf-8")
    for day, codes in (("2025-06-02", set()), ("2025-06-01", set()), ("2025-06-03", {"R359"})):
        winner.write_text(answer.replace("\ndates:\n", f"\n{result}dates:\n  concluded: {day}\n"), encoding="utf-8")
        assert _codes(base) == codes


def test_a_winner_who_withdrew_was_chosen_on_its_day(base: Path) -> None:
    """The one that was chosen in its place came later than the demand's own day."""
    for path, status in (
        ("zone/applications/a-ccccccc3.yml", "selected"),
        ("qiaokou/applications/a-bbbbbbb2.yml", "withdrawn"),
    ):
        record = base / "2024" / path
        text = record.read_text(encoding="utf-8").replace("status: declined", "status: selected")
        if status == "withdrawn":
            text = text.replace("status: selected", "status: withdrawn").rstrip("\n") + "\n  withdrawn: 2024-12-12\n"
        else:
            text = text.replace("decided: 2024-12-10", "decided: 2024-12-20")
        record.write_text(text, encoding="utf-8")
    assert _codes(base) == set()
