"""`jiebang serve`: a preview on this machine that follows every edit and reloads the browser."""

from __future__ import annotations

from pathlib import Path

import click

from jiebang.build import summary_of
from jiebang.build.afterwards import Afterwards
from jiebang.build.preview import Preview, Refreshed, StoppedError
from jiebang.build.server import PreviewServer
from jiebang.build.sources import sources
from jiebang.build.watch import watch
from jiebang.catalogue.catalogue import refuse_closed
from jiebang.catalogue.files import find_records
from jiebang.cli.build import describe, report_problems
from jiebang.cli.options import catalogue_option
from jiebang.cli.output import say, say_error
from jiebang.errors import UserError
from jiebang.mapping import maps_in_memory
from jiebang.problems import has_errors
from jiebang.resources import program_data
from jiebang.workspace import workspace_of

_PAUSE = 0.5
"""Seconds without another edit before the whole site is judged again, when the edited page is shown already."""


def _tell(refreshed: Refreshed, catalogue: Path, first: bool) -> None:
    if refreshed.problems:
        report_problems(refreshed.problems, catalogue, refreshed.records)
    if has_errors(refreshed.problems):
        say("有错误，预览停在上一个完好的状态；改正并保存后自动更新。", "bold red")
    elif first and refreshed.publication is not None:
        for line in describe(summary_of(refreshed.publication)):
            say(line)
        if refreshed.note:
            say(f"提示：{refreshed.note}", "cyan")
    else:
        say(f"已更新 {refreshed.changed} 个文件，用时 {refreshed.seconds:.2f} 秒。", "green")


@click.command("serve", options_metavar="[选项]")
@catalogue_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口；0 表示任选一个空闲的。"
)
def serve_command(catalogue: Path, port: int) -> None:
    """在本机预览网站（只有本机能访问）；保存记录后自动更新并刷新浏览器。按 Ctrl+C 结束。

    预览也显示还没有通过保密审查的需求，方便先看后审；jiebang build 不会公开它们。
    """
    # No key comes while it runs.
    refuse_closed(find_records(catalogue)[0])
    maps = maps_in_memory(catalogue)
    preview = Preview(catalogue, maps)
    try:
        server = PreviewServer(preview, port)
    except OSError as error:
        raise UserError(
            f"端口 {port} 用不了，多半已被占用。", "结束占用它的程序，或换一个端口：jiebang serve --port 8001"
        ) from error

    def refresh(first: bool = False) -> None:
        try:
            # Any site is better than none: the first is shown even where somebody saved meanwhile, and is judged again then.
            refreshed = preview.refresh(whatever_happens=first)
        except StoppedError:
            return
        except UserError as error:
            say_error(error.message, error.hint)
            server.announce_trouble(error.message)
            return
        _tell(refreshed, catalogue, first)
        trouble = "记录中有错误，预览停在上一个完好的状态。" if has_errors(refreshed.problems) else ""
        server.announce_trouble(trouble)

    judging = Afterwards(refresh, preview.give_up)

    def changed(files: set[Path]) -> None:
        shown = preview.glance(files)
        if shown:
            server.announce()
        # Whoever sees the text already goes on typing, perhaps.
        judging.ask(_PAUSE if shown else 0)

    # Watching begins before the first look, so that no edit falls between the two.
    with maps, server, judging, watch([catalogue, *sources(program_data(), workspace_of(catalogue))], changed):
        refresh(first=True)
        say(f"预览：http://127.0.0.1:{server.port}/ （按 Ctrl+C 结束）", "bold")
        server.wait()
    say("预览已结束。")
