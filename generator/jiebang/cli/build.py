"""`jiebang build`: checks, then writes the public site in one step, and says what went out and what did not."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.core import ParameterSource

from jiebang.build import BuildOptions, Built, Summary, build
from jiebang.cli.options import catalogue_option, from_here, out_option, shrink_option
from jiebang.cli.output import in_ci, progress_bar, results, say, tell
from jiebang.cli.workers import maps_for, workers_options
from jiebang.problems import Problem, has_errors
from jiebang.problems.text import counted, show


def describe(summary: Summary) -> list[str]:
    """The lines that tell what is on the site and what was held back, and why."""
    lines = [
        f"公开需求 {summary.demands} 项，其中 {summary.hidden} 项不公开企业名称；已撤回、只留代码 {summary.withdrawn} 项。"
    ]
    reasons: dict[str, list[str]] = {}
    for id_, reason in summary.held_back:
        reasons.setdefault(reason, []).append(id_)
    for reason, ids in sorted(reasons.items()):
        shown = "、".join(ids[:5]) + (" 等" if len(ids) > 5 else "")
        lines.append(f"未公开 {len(ids)} 项：{reason}（{shown}）")
    lines.append("揭榜申请一律不公开，只在轮次允许时计数。")
    return lines


def report_problems(problems: tuple[Problem, ...], catalogue: Path, records: int) -> None:
    """Shows findings that stopped, or accompany, a build."""
    shown = from_here(problems, catalogue)
    if shown:
        show(shown, results())
    tell("")
    tell(f"检查了 {records} 份记录：{counted(shown)}。")


def _size(count: int) -> str:
    return f"{count / 1_048_576:.1f} MiB" if count >= 1_048_576 else f"{count / 1024:.0f} KiB"


def _report(built: Built, out: Path) -> None:
    if built.summary is None:
        return
    for line in describe(built.summary):
        say(line)
    if built.note:
        say(f"提示：{built.note}", "cyan")
    wrote = f"写入 {built.written} 个" if built.written else "与现有网站完全相同，没有写入"
    say(
        f"网站在 {out}：{built.files} 个文件，{_size(built.size)}，{wrote}，用时 {built.seconds:.1f} 秒。", "bold green"
    )


@click.command("build", options_metavar="[选项]")
@catalogue_option
@out_option
@shrink_option
@click.option(
    "--previous",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="线上网站的 data/figures.json，用来核对两次公布的数量；线上网站就在输出文件夹里时不用写。",
)
@click.option(
    "--at",
    metavar="DATE|REF",
    help="还原过去的网站：某一天（2024-09-01，取当天或以前最后一次提交）或某个提交、标签。没有写 --out 时写到 past。",
)
@click.option(
    "--without-history",
    is_flag=True,
    help="CI（自动流水线）里没有完整的 git 历史时也生成；不写这个选项就停下。不在 CI 里只提示。",
)
@workers_options
@click.pass_context
def build_command(
    context: click.Context,
    catalogue: Path,
    out: Path,
    allow_shrink: bool,
    previous: Path | None,
    at: str | None,
    without_history: bool,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """检查记录，生成公开网站，再一次性替换原来的网站。

    有错误时什么也不改；生成中途失败，原来的网站仍然完好。

    --at 从 git 读出那时的记录、设置和网页，与当天生成的网站逐字节相同；工作区不动，之后的事一概不知。
    """
    if at is not None:
        if previous is not None:
            raise click.UsageError("--at 按历史推算那时公布过的数量，不能同时写 --previous。")
        is_default = context.get_parameter_source("out") is ParameterSource.DEFAULT
        _build_past(catalogue, Path("past") if is_default else out, allow_shrink, at, jobs, scheduler)
        return
    with maps_for(catalogue, jobs, scheduler) as maps, progress_bar() as bar:
        options = BuildOptions(catalogue, out, allow_shrink, previous, history_required=in_ci() and not without_history)
        built = build(options, bar, maps)
    if built.problems:
        report_problems(built.problems, catalogue, built.records)
    if has_errors(built.problems):
        say("有错误，网站没有更新。改正后再运行 jiebang build。", "bold red")
        sys.exit(1)
    _report(built, out)
    say(f"下一步：把 {out}/ 里的内容放到网站服务器；预览用 jiebang serve。")


def _build_past(
    catalogue: Path, out: Path, allow_shrink: bool, at: str, jobs: int | None, scheduler: str | None
) -> None:
    # Seldom wanted, and much to import.
    from jiebang.build.making import figures_before
    from jiebang.proposal.as_of import as_of, refuse_older

    with (
        maps_for(catalogue, jobs, scheduler) as maps,
        progress_bar() as bar,
        as_of(catalogue, at, maps) as then,
    ):
        refuse_older(figures_before(BuildOptions(catalogue, out)), then.released)
        if has_errors(then.problems):
            built = Built(then.problems, 0)
        else:
            built = build(BuildOptions(then.catalogue, out, allow_shrink, past=then.past), bar, maps)
    moment = f"{then.moment.day}（提交 {then.moment.commit[:10]}）"
    if has_errors(built.problems):
        report_problems(built.problems, catalogue, built.records)
        say(f"{moment}的记录有错误，用现在的程序生成不了那时的网站。", "bold red")
        sys.exit(1)
    say(f"按 {moment}的记录还原：")
    _report(built, out)
    say("这是过去的网站，里面可能有现在不公开的企业名称：只供查看，不要放到网站服务器上。", "yellow")
