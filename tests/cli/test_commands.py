"""The other commands, and what all of them promise: help in Chinese, no traceback, no English from the library underneath."""

from __future__ import annotations

import gettext
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from jiebang.cli.main import app
from jiebang.cli.translations import DOMAIN, LOCALE
from jiebang.rules.judgement import judge
from jiebang.schemas.ids import ALPHABET, new_id
from tests.conftest import Run, every_command


def _commands() -> list[list[str]]:
    found: list[list[str]] = [[]]

    def walk(command: click.Command, path: list[str]) -> None:
        if isinstance(command, click.Group):
            for name, sub in every_command(command):
                found.append([*path, name])
                walk(sub, [*path, name])

    walk(app, [])
    return found


@pytest.mark.parametrize("path", _commands(), ids=" ".join)
def test_every_command_has_help_in_chinese(run: Run, path: list[str]) -> None:
    done = run(*path, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("用法")
    for english in ("Usage", "Options", "Show this", "Commands:"):
        assert english not in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check", "--fromat", "x"],
        ["new", "id"],
        ["new", "id", "person"],
        ["serve", "--port", "x"],
        ["build", "extra"],
        ["check", "--format"],
        ["export"],
        ["export", "catalogue", "--form", "odt"],
    ],
)
def test_wrong_usage_is_exit_2_in_chinese(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "用法有误" in done.stderr
    assert not re.search(r"\b(Error|Invalid|Missing|No such|Got|Try|requires|not a valid)\b", done.stderr)


def test_the_compiled_words_are_those_of_the_source() -> None:
    folder = LOCALE / "zh_CN" / "LC_MESSAGES"
    compiled = io.BytesIO()
    with (folder / f"{DOMAIN}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale="zh_CN"))
    compiled.seek(0)
    fresh = gettext.GNUTranslations(compiled)
    with (folder / f"{DOMAIN}.mo").open("rb") as stream:
        stored = gettext.GNUTranslations(stream)
    # The entry of the empty key is the head, with the day of compilation.
    texts = [{key: text for key, text in vars(words)["_catalog"].items() if key} for words in (stored, fresh)]
    assert texts[0] == texts[1], "run: pybabel compile -D click -d generator/jiebang/cli/locale"


def test_a_new_catalogue_is_clean_and_can_be_built(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "another-city"
    assert run("new", "catalogue", target).returncode == 0
    catalogue, problems = judge(target / "catalogue")
    assert problems == []
    assert len(catalogue.rounds) == 1
    assert (
        run("build", "--catalogue", target / "catalogue", "--out", tmp_path / "public", "--allow-shrink").returncode
        == 0
    )
    assert (tmp_path / "public/index.html").is_file()


def test_a_new_catalogue_replaces_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("x", encoding="utf-8")
    done = run("new", "catalogue", tmp_path / "mine")
    assert done.returncode == 1
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["file"]


def test_ids_are_random_and_short(run: Run) -> None:
    ids = run("new", "id", "demand", "-n", "50").stdout.split()
    assert len(set(ids)) == 50
    assert all(re.fullmatch(rf"D-[{ALPHABET}]{{8}}", id_) for id_ in ids)
    assert len(ALPHABET) == 32
    assert new_id("enterprise").startswith("E-")


def test_codeowners_is_checked_against_the_districts(run: Run, base: Path) -> None:
    done = run("codeowners", "--check", "--catalogue", base)
    assert done.returncode == 1
    assert "jiebang codeowners" in done.stderr


def test_a_mistake_of_ours_is_told_without_a_traceback_or_a_value(
    run: Run, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("示例重工（武汉）集团有限公司")

    monkeypatch.setattr("jiebang.cli.check.verdict", broken)
    done = run("check", "--catalogue", base)
    assert done.returncode == 3
    assert "程序自身出了错" in done.stderr
    assert "Traceback" not in done.stderr
    assert "示例重工" not in done.stderr + done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8"])
def test_a_terminal_of_any_encoding_is_answered(base: Path, tmp_path: Path, encoding: str) -> None:
    (base / "2024/qiaokou/demands/d-aaaaaaa1.yml").write_text("title: '\u3402\U0001f600\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "jiebang", "check", "--catalogue", str(base)],
        capture_output=True, check=False, cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert done.returncode == 1
    told = done.stdout.decode("gbk" if encoding == "gbk" else "utf-8")
    assert "引号没有配对" in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_behind_the_output_is_no_traceback(base: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "jiebang", "check", "--catalogue", str(base)],
            stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False, cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 1
    assert "系统拒绝了操作（磁盘满了）。" in done.stderr
    assert "Traceback" not in done.stderr
