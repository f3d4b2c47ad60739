"""`jiebang match`: demands for an enterprise or a description, applicants and others for a demand."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, SAMPLE, Run

TODAY = ("--today", "2026-11-20")


def _json(run: Run, target: object, *options: object, catalogue: Path = SAMPLE) -> dict[str, list[dict[str, Any]]]:
    done = run("match", target, "--catalogue", catalogue, *TODAY, "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    told: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return told


def test_an_enterprise_is_told_open_demands_with_reasons_and_what_it_applied_for(run: Run) -> None:
    told = {one["id"]: one for one in _json(run, "e-46de6zbj")["demands"]}
    assert list(told)[:2] == ["D-47SN5VZC", "D-2DQMJYG7"]
    assert told["D-2DQMJYG7"]["applied"] == "已报送"
    assert {"word": "混凝土", "said": "混凝土", "field": "需求内容"} in told["D-2DQMJYG7"]["reasons"]
    shown = run("match", "E-46DE6ZBJ", "--catalogue", SAMPLE, *TODAY).stdout
    assert "  2. D-2DQMJYG7 套筒灌浆饱满度阵列超声检测仪（契合度 " in shown
    assert "超声（名称）" in shown


def test_a_description_is_taken_from_words_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    text = "钠电池负极，用椰壳烧的炭"
    (tmp_path / "介绍.txt").write_text(text, encoding="utf-8")
    told = _json(run, text)
    assert [one["id"] for one in told["demands"]] == ["D-KA41VPT1"]
    assert {"word": "钠电池", "said": "钠离子电池", "field": "名称"} in told["demands"][0]["reasons"]
    assert _json(run, tmp_path / "介绍.txt") == told
    (tmp_path / "介绍").write_text(text, encoding="utf-8")
    assert _json(run, "介绍") == told
    assert _json(run, f"{text}。{'婚纱摄影。' * 100}") == told


def test_a_demand_is_told_all_its_applications_and_others_who_did_not_apply(run: Run) -> None:
    told = _json(run, "D-2DQMJYG7")
    assert [one["application"] for one in told["applications"]] == ["A-2MEWMEYB", "A-J2MY7AJ8"]
    applied = {one["id"] for one in told["applications"]}
    assert applied.isdisjoint(one["id"] for one in told["enterprises"])
    best, *_ = _json(run, "D-47SN5VZC", "--top", "3")["enterprises"]
    assert best["score"] >= 900


def test_a_demand_that_is_not_public_yet_finds_enterprises_too(run: Run) -> None:
    told = _json(run, "D-AP55GP97")
    assert told["applications"] == []
    assert "E-ZB8J146M" in {one["id"] for one in told["enterprises"]}


def test_a_shop_is_told_that_nothing_fits(run: Run) -> None:
    shop = "本店零售电动自行车电池、充电器，旧电池回收，上门安装。"
    assert _json(run, shop) == {"demands": []}
    assert "合适的需求：没有合适的" in run("match", shop, "--catalogue", SAMPLE, *TODAY).stdout


def test_what_can_no_longer_be_applied_for_is_not_named(run: Run) -> None:
    done = run("match", "E-46DE6ZBJ", "--catalogue", SAMPLE, "--today", "2040-01-01")
    assert "没有合适的" in done.stdout


def test_a_bureaus_own_words_count(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "catalogue")
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", encoding="utf-8")
    text = "乌金粉企业，做过两种秘法炭"
    assert _json(run, text, catalogue=tmp_path / "catalogue") == {"demands": []}
    (tmp_path / "synonyms.yml").write_text("本地:\n  - 乌金粉、硬碳\n  - 秘法炭、负极\n", encoding="utf-8")
    assert [one["id"] for one in _json(run, text, catalogue=tmp_path / "catalogue")["demands"]] == ["D-KA41VPT1"]
    (tmp_path / "synonyms.yml").write_text("本地:\n  - 乌金粉\n", encoding="utf-8")
    done = run("match", text, "--catalogue", tmp_path / "catalogue")
    assert done.returncode == 1
    assert "synonyms.yml 第 2 行：一组至少要有两个词。" in done.stderr


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("D-00000000", "没有编号为 D-00000000 的需求。"),
        ("E-00000000", "没有编号为 E-00000000 的企业。"),
        ("A-J2MY7AJ8", "A-J2MY7AJ8 是申请的编号。"),
        ("E-D24Z9Q4Y", "没有填写“企业概况”"),
        ("没有这个.txt", "找不到文件 没有这个.txt。"),
        (" ", "没有写企业做什么。"),
        ("硬碳负极介绍.docx", "硬碳负极介绍.docx 不是纯文字的文件。"),
        ("硬碳负极介绍.PDF", "不是纯文字的文件。"),
        (".", ". 是文件夹。"),
    ],
)
def test_what_cannot_be_matched_is_told(run: Run, target: str, said: str) -> None:
    done = run("match", target, "--catalogue", SAMPLE)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize("coding", ["gbk", "utf-8-sig", "utf-16"])
def test_what_comes_in_is_read_as_the_page_reads_it(program: Path, run: Run, tmp_path: Path, coding: str) -> None:
    text = "钠电池负极，用椰壳烧的炭".encode(coding)
    command: list[str | Path] = [program, "match", "-", "--catalogue", SAMPLE, *TODAY]
    done = subprocess.run(command, input=text, capture_output=True, check=True, timeout=60)
    assert "D-KA41VPT1" in done.stdout.decode()
    (tmp_path / "介绍.txt").write_bytes(text)
    assert [one["id"] for one in _json(run, tmp_path / "介绍.txt")["demands"]] == ["D-KA41VPT1"]


@pytest.mark.parametrize(
    "content",
    [
        "钠电池负极".encode("utf-32"),
        "钠电池 A".encode("utf-16-le"),
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n\0",
        "钠\0电池".encode(),
    ],
    ids=["UTF-32", "UTF-16 without its mark", "half a letter", "a picture", "NUL"],
)
def test_what_comes_in_and_is_no_text_is_refused(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "介绍.txt").write_bytes(content)
    done = run("match", tmp_path / "介绍.txt", "--catalogue", SAMPLE)
    assert done.returncode == 1
    assert "不是纯文字，或用了别的编码。" in done.stderr


def test_the_guides_examples_run_and_say_what_the_guide_says(run: Run) -> None:
    guide = (ROOT / "site" / "pages" / "guide" / "match.md").read_text(encoding="utf-8")
    examples = re.findall(r"^jiebang (match .*)$", guide, re.MULTILINE)
    assert len(examples) == 3
    # No real id of an enterprise may stand in a page.
    said = [
        run(*shlex.split(line.replace("E-7K3M9Q2X", "E-46DE6ZBJ")), "--catalogue", SAMPLE, *TODAY) for line in examples
    ]
    assert [done.returncode for done in said] == [0, 0, 0]
    shown = re.search(r"```\n(合适的需求.*?)```", guide, re.DOTALL)
    assert shown is not None
    assert said[0].stdout == shown[1]


def test_records_with_errors_are_not_matched(run: Run, base: Path) -> None:
    (next(base.rglob("demands/*.yml"))).write_text("title: [", encoding="utf-8")
    done = run("match", "研制气体传感器", "--catalogue", base)
    assert done.returncode == 1
    assert "先运行 jiebang check" in done.stderr
