"""`jiebang check`: everything wrong with the records, at once, for people and for programs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

import jiebang
from jiebang.catalogue.shard import WHOLE, Shard
from jiebang.cli.options import catalogue_option, chosen_paths, from_here, is_chosen
from jiebang.cli.output import progress_bar, results, say, tell
from jiebang.cli.workers import maps_for, workers_options
from jiebang.mapping import Maps
from jiebang.problems import Problem, has_errors
from jiebang.problems.github import log_lines, summary
from jiebang.problems.machine import to_json, to_sarif
from jiebang.problems.text import counted, show
from jiebang.rules import titles_of_findings
from jiebang.rules.sealing import unknown_without_key
from jiebang.rules.verdict import verdict


class _ShardType(click.ParamType[Shard]):
    """`2/4`: the second of four parts."""

    name = "shard"

    def convert(self, value: str | Shard, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        if isinstance(value, Shard):
            return value
        written = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", value, re.ASCII)
        if written is None or int(written[1]) > int(written[2]):
            self.fail(f"“{value}”不是 i/n：写第几份和共几份，例如 2/4 是四份中的第二份。", param, ctx)
        return Shard(int(written[1]), int(written[2]))


def _chosen(problems: list[Problem], paths: Sequence[Path], catalogue: Path, shard: Shard) -> list[Problem]:
    """The problems of the named files and folders, all where none is named; of these, those of a part."""
    wanted = chosen_paths(paths, catalogue)
    return [problem for problem in problems if is_chosen(problem.path, wanted) and shard.holds(problem.path)]


def _checked(problems: list[Problem], records: int, shard: Shard) -> str:
    """The closing sentence. A part without problems says nothing of the others."""
    part = "" if shard == WHOLE else f"第 {shard.number} 份（共 {shard.count} 份）："
    return f"{part}检查了 {records} 份记录：{counted(problems)}。"


def _report_text(problems: list[Problem], records: int, shard: Shard, closed: int) -> None:
    if problems:
        show(problems, results())
        results().print()
    tell(_checked(problems, records, shard))
    if closed:
        tell(unknown_without_key(closed))
    if has_errors(problems):
        say("改正后再运行 jiebang check；编号的含义见网站“使用指南 › 检查规则”。")
    elif shard != WHOLE:
        say("各份都没有错误，检查才算通过。")
    else:
        say("下一步：jiebang serve 预览，或 jiebang build 生成网站。")


def _report_github(problems: list[Problem], records: int, shard: Shard, closed: int) -> None:
    for line in log_lines(problems):
        click.echo(line)
    click.echo(_checked(problems, records, shard))
    if closed:
        click.echo(unknown_without_key(closed))
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as stream:
            stream.write(summary(problems, records))
            if closed:
                stream.write(f"\n{unknown_without_key(closed)}\n")


def _since(catalogue: Path, base: str, actors: tuple[str, ...], maps: Maps) -> list[Problem]:
    from jiebang.proposal.since import judge_since  # who only checks needs no git

    return judge_since(catalogue, base, actors, maps).problems


@click.command("check", options_metavar="[选项]")
@catalogue_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json", "sarif"]),
    default="text",
    show_default=True,
    help="输出格式。",
)
@click.option(
    "--shard",
    type=_ShardType(),
    default=WHOLE,
    metavar="i/n",
    help="只报告 n 份中的第 i 份，供几台机器分担；每个问题恰好属于一份，各份合起来就是全部。",
)
@click.option(
    "--base",
    metavar="REV",
    help="再与 git 里的一个状态（例如 main）比较：状态、日期、编号和已公布的内容能不能这样改，与合并请求的检查一样。",
)
@click.option(
    "--actor",
    "actors",
    multiple=True,
    metavar="NAME",
    help="与 --base 一起用：按这个账号核对每一步由谁办理；可以写几次。",
)
@workers_options
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def check_command(
    catalogue: Path,
    form: str,
    shard: Shard,
    base: str | None,
    actors: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    paths: tuple[Path, ...],
) -> None:
    """检查目录里的全部记录，一次报出所有问题。

    给出 PATH 时，仍读入全部记录，但只报告这些文件（夹）的问题。

    没有错误时退出码为 0，有错误时为 1，用法不对时为 2；警告和提示不影响退出码。
    """
    if actors and base is None:
        raise click.UsageError("--actor 要与 --base 一起用。")
    with maps_for(catalogue, jobs, scheduler) as maps, progress_bar() as bar:
        tick = bar.step("检查记录", 0)
        found = verdict(catalogue, maps, lambda done, _: tick(done))
        if base is not None:
            found = replace(found, problems=_since(catalogue, base, actors, maps))
    # Here a part begins: rules compare records of all parts, so all are read. Whoever computes less computes it for `shard.holds`.
    chosen = from_here(_chosen(found.problems, paths, catalogue, shard), catalogue)
    records = sum(map(shard.holds, found.records))
    if form == "text":
        _report_text(chosen, records, shard, found.closed)
    elif form == "github":
        _report_github(chosen, records, shard, found.closed)
    elif found.closed:
        say(unknown_without_key(found.closed), "yellow")
    if form == "json":
        click.echo(to_json(chosen, records))
    elif form == "sarif":
        click.echo(to_sarif(chosen, titles_of_findings(), jiebang.__version__))
    sys.stderr.flush()
    sys.exit(1 if has_errors(chosen) else 0)
