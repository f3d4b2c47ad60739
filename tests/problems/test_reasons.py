"""Why the system refuses something is told in Chinese, never in the system's own English."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

import pytest

from jiebang.errors import _REASONS, reason_of
from tests.conftest import ROOT, Run

COMMON = (
    "EACCES", "EBUSY", "EDQUOT", "EEXIST", "EIO", "EISDIR", "EMFILE", "ENAMETOOLONG", "ENOENT", "ENOMEM", "ENOSPC", "ENOTDIR", "ENOTEMPTY", "EPERM", "EROFS",
)  # fmt: skip


@pytest.mark.parametrize("name", COMMON)
def test_the_common_reasons_have_words(name: str) -> None:
    number = getattr(errno, name)
    told = reason_of(OSError(number, os.strerror(number), "示例.yml"))
    assert re.fullmatch("[\u4e00-\u9fff，]+", told)


def test_every_reason_is_known_to_some_system_and_is_no_sentence() -> None:
    assert all(re.fullmatch("E[A-Z]+", name) and not told.endswith("。") for name, told in _REASONS.items())
    assert len(set(_REASONS) & set(errno.errorcode.values())) > 30


def test_other_reasons_are_told_by_their_number() -> None:
    assert reason_of(OSError(errno.ENOTTY, "Inappropriate ioctl for device")) == f"系统错误 {errno.ENOTTY}"
    assert reason_of(OSError("nobody knows")) == "系统没有说明原因"


def test_a_name_that_is_too_long_and_a_folder_that_is_a_file_are_told(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place, said in (
        (tmp_path / "file" / "new", "路径中有一段不是文件夹"),
        (tmp_path / ("x" * 300) / "new", "名称或路径太长"),
    ):
        done = run("new", "key", place)
        assert done.returncode == 1
        assert said in done.stderr
        assert not re.search("[A-Za-z]{4,} [a-z]+ [a-z]+", done.stderr.replace(str(place), ""))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the system keeps nothing from its administrator")
def test_a_record_that_may_not_be_read_is_told(run: Run, base: Path) -> None:
    record = base / "2024/qiaokou/enterprises/e-ccccccc3.yml"
    record.chmod(0)
    try:
        assert "读不出这个文件：没有权限。" in run("check", "--catalogue", base).stdout
    finally:
        record.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_nobody_shows_the_systems_own_words() -> None:
    """`whole_files` makes an error of them for Python, which nobody is shown."""
    package = ROOT / "generator" / "jiebang"
    showing = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if "strerror" in file.read_text(encoding="utf-8")
    }
    assert showing == {"whole_files.py"}
