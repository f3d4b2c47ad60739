"""`jiebang build`: checks, then writes the public site in one step, and says what went out and what did not."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiebang.build import BuildOptions, Built, Summary, build
from jiebang.cli.options import catalogue_option, from_here, out_option, shrink_option
from jiebang.cli.output import progress_bar, results, say, tell
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
    say(f"下一步：把 {out}/ 里的内容放到网站服务器；预览用 jiebang serve。")


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
@workers_options
def build_command(
    catalogue: Path,
    out: Path,
    allow_shrink: bool,
    previous: Path | None,
    jobs: int | None,
    scheduler: str | None,
) -> None:
    """检查记录，生成公开网站，再一次性替换原来的网站。

    有错误时什么也不改；生成中途失败，原来的网站仍然完好。
    """
    with maps_for(catalogue, jobs, scheduler) as maps, progress_bar() as bar:
        built = build(BuildOptions(catalogue, out, allow_shrink, previous), bar, maps)
    if built.problems:
        report_problems(built.problems, catalogue, built.records)
    if has_errors(built.problems):
        say("有错误，网站没有更新。改正后再运行 jiebang build。", "bold red")
        sys.exit(1)
    _report(built, out)
