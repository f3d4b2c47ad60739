"""Dates and changes from git: public fields only, sensible without a full history."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.publication import GitHistory, publish, read_history

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"


def _git(folder: Path, *arguments: str, day: str = "2024-08-20") -> None:
    stamp = f"{day}T10:00:00+0800"
    environment = {
        **os.environ, "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.com", "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@example.com", "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp, "GIT_CONFIG_GLOBAL": os.devnull,
    }  # fmt: skip
    subprocess.run(["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True)


def _commit(folder: Path, day: str, message: str = "change") -> None:
    _git(folder, "add", "-A")
    _git(folder, "commit", "-m", message, day=day)


def _edit(base: Path, old: str, new: str, path: str = DEMAND) -> None:
    target = base / path
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def repository(base: Path) -> Path:
    _git(base, "init", "-b", "main")
    _edit(base, "status: published", "status: recommended")
    _commit(base, "2024-07-12")
    _edit(base, "status: recommended", "status: published")
    _commit(base, "2024-08-20")
    return base


def _history(base: Path) -> GitHistory:
    return read_history(load(base)[0])


def test_first_publication_is_the_first_day_it_stood_as_published(repository: Path) -> None:
    told = _history(repository).demands["D-AAAAAAA1"]
    assert told.first_published == "2024-08-20"
    assert told.changes == (("2024-08-20", "列入需求目录"),)


def test_public_changes_are_told_and_private_ones_leave_no_trace(repository: Path) -> None:
    before = _history(repository).demands["D-AAAAAAA1"]
    _edit(repository, "note: 等待补充。", "note: 内部说明改了。")
    _edit(repository, "original_text: 企业原文，只供内部核对。", "original_text: 另一种说法。")
    _edit(repository, "submitted: 2024-07-08", "submitted: 2024-07-09")
    _commit(repository, "2024-09-01")
    assert _history(repository).demands["D-AAAAAAA1"] == before
    _edit(repository, "  apply_by: 2024-10-31", "  apply_by: 2024-11-30")
    _edit(repository, "成本控制在 30 元/kg", "成本控制在 28 元/kg")
    _commit(repository, "2024-09-02", "张三改的")
    told = _history(repository).demands["D-AAAAAAA1"]
    assert told.last_changed == "2024-09-02"
    assert told.changes[-1] == ("2024-09-02", "修改了需达到的效果、揭榜截止日期")


def test_a_change_of_state_is_told(repository: Path) -> None:
    _edit(repository, "status: published", "status: unmet")
    _commit(repository, "2024-12-31")
    assert _history(repository).demands["D-AAAAAAA1"].changes[-1] == ("2024-12-31", "状态变为“无人揭榜”")


def test_a_moved_file_keeps_its_history(repository: Path) -> None:
    (repository / "2024/zone/demands/d-aaaaaaa1.yml").write_bytes((repository / DEMAND).read_bytes())
    (repository / DEMAND).unlink()
    _commit(repository, "2024-10-01")
    assert _history(repository).demands["D-AAAAAAA1"].first_published == "2024-08-20"


def test_the_day_is_that_of_the_merge(repository: Path) -> None:
    _git(repository, "checkout", "-b", "edit")
    _edit(repository, "schedule: 1 年", "schedule: 2 年")
    _commit(repository, "2024-09-10")
    _git(repository, "checkout", "main")
    _git(repository, "merge", "--no-ff", "-m", "merge", "edit", day="2024-09-15")
    assert _history(repository).demands["D-AAAAAAA1"].last_changed == "2024-09-15"


def test_an_old_version_that_cannot_be_read_is_passed_over(repository: Path) -> None:
    good = (repository / DEMAND).read_text(encoding="utf-8")
    (repository / DEMAND).write_text("a: 'b\n", encoding="utf-8")
    _commit(repository, "2024-09-20")
    (repository / DEMAND).write_text(good.replace("1 年", "18 个月"), encoding="utf-8")
    _commit(repository, "2024-09-21")
    assert [day for day, _ in _history(repository).demands["D-AAAAAAA1"].changes] == ["2024-08-20", "2024-09-21"]


def test_without_a_repository_or_commit_there_is_a_note_and_no_dates(base: Path) -> None:
    assert _history(base) == GitHistory(note="目录不在 git 仓库里，网站不显示修改记录；发榜日期取自记录。")
    _git(base, "init")
    assert "还没有提交" in _history(base).note


def test_a_shallow_clone_is_not_believed(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    _git(tmp_path, "clone", "--depth", "1", repository.as_uri(), str(clone))
    told = _history(clone)
    assert told.demands == {}
    assert "--unshallow" in told.note


def test_without_git_there_is_a_note(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "git", None)
    assert "没有找到 git" in _history(repository).note


def test_of_a_hidden_enterprise_nothing_from_git_is_told(repository: Path) -> None:
    """Two demands that were edited in one commit would share their days: those of a hidden enterprise are the record's own."""
    _edit(repository, "schedule: 1 年", "schedule: 2 年")
    _edit(repository, "schedule: ", "schedule: 约 ", "2024/zone/demands/d-bbbbbbb2.yml")
    _commit(repository, "2024-09-10")
    catalogue = load(repository)[0]
    told = {d.id: d for d in publish(catalogue, read_history(catalogue).demands, drafts=True).site.demands}
    assert told["D-BBBBBBB2"].last_changed == "2024-09-10"
    hidden = told["D-AAAAAAA1"]
    assert (hidden.first_published, hidden.last_changed, hidden.history) == (None, None, ())


def test_a_change_of_what_is_withheld_is_no_public_change(repository: Path) -> None:
    before = _history(repository).demands["D-AAAAAAA1"]
    enterprise = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
    _edit(repository, "field: 新材料", "field: 电力装备")
    _edit(repository, "category: 基础材料", "category: 工业基础软件")
    _commit(repository, "2024-09-10")
    assert _history(repository).demands["D-AAAAAAA1"] != before
    _edit(repository, "withholding_consulted:", "withhold:\n  - industry\nwithholding_consulted:", enterprise)
    assert _history(repository).demands["D-AAAAAAA1"] == before
