"""From the form to the public page, without a terminal on the submitter's side.

Real: the judging script, git, the build. Simulated: the forge's web pages, by the commits and merges that they make in a bare
repository (no forge can be installed from the registries that the tests may use).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.conftest import Run
from tests.proposal.forge import Content, Forge
from tests.proposal.test_judge_script import _sh

FORM = "catalogue/2024/qiaokou/demands/d-7k3m9q2x.yml"
# As the web form writes it: state 区报送, no code and no review yet.
SUBMITTED = """\
# yaml-language-server: $schema=../../../../schemas/demand.schema.json
schema: demand/1
id: D-7K3M9Q2X
enterprise: E-AAAAAAA1
type: 技术攻关
title: 低温快充电解液添加剂
summary: 研发一款低温快充电解液添加剂，用于示例储能柜。
parameters: |
  低温容量保持率：≥ 85 %（-20 ℃，1 C）
  循环寿命：≥ 2000 次
effect: 适配两种示例电芯，一次注液合格率 ≥ 99 %。
schedule: 12 个月
cooperation:
  modes:
    - 联合研发
no_secrets: 是
status: submitted
dates:
  submitted: 2024-07-09
"""


def _judged(
    forge: Forge, clone: Path, actor: str, branch: str, files: dict[str, Content]
) -> subprocess.CompletedProcess[str]:
    """A pull request made on the forge's page, and what the base's program says of it."""
    forge.propose(files, branch)
    fetched = _sh(clone, f"git pull --quiet && git fetch --quiet origin {branch}")
    assert fetched.returncode == 0, fetched.stderr
    return _sh(clone, ".ci/judge", JUDGE_HEAD="FETCH_HEAD", JUDGE_AUTHOR=actor)


def _through(forge: Forge, clone: Path, actor: str, branch: str, files: dict[str, Content]) -> str:
    """One pull request: made on the forge's page, judged by the base's program, merged. Returns what the judge said."""
    said = _judged(forge, clone, actor, branch, files)
    assert said.returncode == 0, said.stdout + said.stderr
    forge.merge(branch)
    assert _sh(clone, "git pull --quiet").returncode == 0
    return said.stdout


def test_a_submission_travels_from_the_form_to_the_public_page(whole: tuple[Forge, Path], run: Run) -> None:
    forge, clone = whole
    said = _through(forge, clone, "shili-qiaokou", "qiaokou-patch-1", {FORM: SUBMITTED})
    assert "对公众没有变化；新增 1 项需求（未发榜，不公开）。" in said

    recommended = SUBMITTED.replace("status: submitted", "status: recommended") + "  recommended: 2024-07-12\n"
    _through(forge, clone, "shili-city", "city-patch-1", {FORM: recommended})

    published = recommended.replace("status: recommended", "status: published") + "  published: 2024-08-20\n"
    published = published.replace("  published:", "  apply_by: 2024-10-31\n  published:")
    published = published.replace("type: 技术攻关", "code: Q2-0007\ntype: 技术攻关")
    refused = _judged(forge, clone, "shili-city", "city-patch-2", {FORM: published})
    assert refused.returncode == 1 and "保密审查" in refused.stdout

    (clone / FORM).write_text(published, encoding="utf-8")
    shown = run("review", "--catalogue", clone / "catalogue", "D-7K3M9Q2X")
    digest = re.search(r"sha256:[0-9a-f]{64}", shown.stdout)
    assert digest is not None, shown.stdout + shown.stderr
    review = (
        "secrecy_review:\n  reviewers:\n    - 示例审甲\n    - 示例审乙\n  date: 2024-08-20\n  conclusion: 不涉密\n"
        f"  digest: {digest.group()}\n"
    )
    reviewed = published.replace("status: published", f"{review}status: published")
    assert _sh(clone, "git checkout --quiet .").returncode == 0
    said = _through(forge, clone, "shili-city", "city-patch-3", {FORM: reviewed})
    assert "将公开 1 项需求，隐藏企业名称 1 家" in said
    assert "低温快充电解液添加剂" in said

    out = clone.parent / "public"
    built = run("build", "--catalogue", clone / "catalogue", "--out", out)
    assert built.returncode == 0, built.stdout + built.stderr
    page = (out / "demands" / "d-7k3m9q2x" / "index.html").read_text(encoding="utf-8")
    assert "低温快充电解液添加剂" in page and "Q2-0007" in page and "企业名称不公开" in page
    everything = b"".join(file.read_bytes() for file in out.rglob("*") if file.is_file())
    assert "示例重工".encode() not in everything
    shutil.rmtree(out)
