"""What a build says that the last look stopped: what is wrong where, what to do, and of findings and unread files each in its own words."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from jiebang.build.refusals import MOST_NAMED, refusal
from jiebang.publication import Leak, unpacking
from jiebang.publication.gate import UNREADABLE
from tests.conftest import Run

FOUND = Leak("a.html", "2024/x/enterprises/e.yml", "联系人")
UNREAD = Leak("b.zip", UNREADABLE, "压缩包加了密")


def test_what_was_found_and_what_was_not_read_are_told_apart() -> None:
    said = refusal([FOUND], "网站")
    assert (
        said.message == "不应公开的内容出现在网页里，网站没有更新：\n  2024/x/enterprises/e.yml 的“联系人”出现在 a.html"
    )
    assert "删去企业名称" in said.hint and "压缩包" not in said.hint
    said = refusal([UNREAD], "网站")
    assert "不应公开的内容出现在" not in said.message and "  b.zip：压缩包加了密" in said.message
    assert "不加密码" in said.hint and "分成几个" in said.hint and "删去" not in said.hint
    said = refusal([UNREAD, FOUND], "文件")
    assert (
        "出现在文件里" in said.message and "有文件无法检查" in said.message and said.message.count("文件没有更新") == 2
    )
    assert "删去企业名称" in said.hint and "--district" in said.hint


def test_no_more_are_named_than_can_be_read() -> None:
    said = refusal([Leak(f"{n:03}.zip", UNREADABLE, "x") for n in range(MOST_NAMED + 1)], "网站").message
    assert f"共 {MOST_NAMED + 1} 处" in said and "020.zip" not in said and "019.zip" in said


def test_an_audit_says_what_to_do_about_a_file_that_cannot_be_read(
    run: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.gz").write_bytes(gzip.compress(b"x" * 100))
    assert run("audit", tmp_path / "site", "--catalogue", base).returncode == 0
    monkeypatch.setattr(unpacking, "MOST_BYTES", 10)
    done = run("audit", tmp_path / "site", "--catalogue", base)
    assert done.returncode == 1 and "解压后超过" in done.stdout and "分成几个" in done.stderr
