"""`jiebang proposal`: judges a pull request from its base, for people and for the forges that ask."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from jiebang.cli.output import console, results, say
from jiebang.cli.proposal_options import asked_options
from jiebang.problems import has_errors
from jiebang.problems.github import log_lines
from jiebang.problems.text import show
from jiebang.proposal import Asked, Judged, judge_proposal
from jiebang.proposal.report import (
    as_gitlab,
    as_json,
    as_markdown,
    as_sarif,
    as_text,
    noted,
    standing_sentence,
    verdict,
)
from jiebang.proposal.repository import Repository

_WRITTEN = {"gitlab": as_gitlab, "markdown": as_markdown, "json": as_json, "sarif": as_sarif}


def _report_text(judged: Judged) -> None:
    show(judged.problems, results())
    if judged.problems:
        results().print()
    results().print(as_text(judged), soft_wrap=True, markup=False)
    results().print()
    if judged.standing:
        results().print(standing_sentence(judged), soft_wrap=True, markup=False)
        show(judged.standing, results())
        results().print()
    results().print(verdict(judged), soft_wrap=True, markup=False)


def _report_github(judged: Judged) -> None:
    # Titles go to the summary only: in a log, a line of theirs could be taken for a command.
    for line in log_lines((*judged.problems, *noted(judged))):
        click.echo(line)
    if judged.standing:
        click.echo(standing_sentence(judged))
    click.echo(verdict(judged))
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as stream:
            stream.write(as_markdown(judged))


def _say_what_is_left_out(asked: Asked) -> None:
    """Commits are judged: on one's own desk, what was not committed is not among them."""
    with Repository(asked.repository) as repository:
        count = repository.uncommitted() if repository.commit(asked.head) == repository.commit("HEAD") else 0
    if count:
        say(
            f"工作区里还有 {count} 个文件没有提交，不在这次判断里；连同它们一起看：jiebang check --base {asked.base}",
            "yellow",
        )


@click.command("proposal", options_metavar="[选项]")
@asked_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "gitlab", "markdown", "json", "sarif"]),
    default="text",
    show_default=True,
    help="输出格式；gitlab 是代码质量报告。",
)
@click.option(
    "--also",
    type=(click.Choice(["gitlab", "markdown", "json", "sarif"]), click.Path(dir_okay=False, path_type=Path)),
    multiple=True,
    metavar="FORMAT FILE",
    help="同一次检查的结果再写成另一种格式，存到文件里；可以写几次。",
)
@click.option(
    "--queued",
    is_flag=True,
    help="合并队列里的再次检查：提交人已在合并请求上核对过，平台这时不再给出账号。",
)
@click.option("--actor-required", is_flag=True, help="没有给出 --actor 时算错误；text 以外的格式总是这样。")
def proposal_command(
    asked: Asked, form: str, also: tuple[tuple[str, Path], ...], queued: bool, actor_required: bool
) -> None:
    """把一个合并请求与主分支比较：能不能合并，合并后公众会看到什么。

    检查改动的文件、提交人的权限、状态的变化和全部记录；合并请求里的内容只读不运行。权限以主分支的 districts.yml 为准。在自己的电脑上（text 格式）可以不给 --actor，这时不核对提交人；其他格式由平台的自动检查使用，不给算错误。

    主分支上原有、合并请求没有碰的问题单独列出，不算它的错误。没有错误时退出码为 0，有错误时为 1，用法不对时为 2。
    """
    needed = (form != "text" or actor_required) and not queued
    judged = judge_proposal(replace(asked, actors_needed=needed))
    for other, file in also:
        file.write_text(f"{_WRITTEN[other](judged)}\n", encoding="utf-8")
    if form == "text":
        _report_text(judged)
        _say_what_is_left_out(asked)
        if not asked.actors and not needed:
            say("没有给出 --actor，没有核对提交人的权限。")
    elif form == "github":
        _report_github(judged)
    else:
        click.echo(_WRITTEN[form](judged))
    console().file.flush()
    sys.exit(1 if has_errors(judged.problems) else 0)
