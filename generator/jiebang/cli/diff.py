"""`jiebang diff A B`: what changed for the public between two days."""

from __future__ import annotations

from pathlib import Path

import click

from jiebang.cli.options import catalogue_option
from jiebang.cli.output import say
from jiebang.cli.workers import maps_for
from jiebang.proposal.difference import difference_between
from jiebang.proposal.difference_report import as_json, as_markdown, as_text, refuse_leaks, write_page

_FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}


@click.command("diff", options_metavar="[选项]")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@catalogue_option
@click.option("--format", "form", type=click.Choice([*_FORMATS]), default="text", show_default=True, help="输出格式。")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="另外写成网页，放进这个文件夹；整个文件夹会被替换。",
)
def diff_command(before: str, after: str, catalogue: Path, form: str, out: Path | None) -> None:
    """说明从 A 到 B 公众看到的变化：新公开、修改、撤下的需求，区划和轮次的变化。

    A、B 写日期（2024-09-01，取当天或以前最后一次提交）、提交或标签。只说公开的内容；当时或现在不公开的企业名称一律不说，现在不在网上的需求只写代码。揭榜数量不比较。
    """
    with maps_for(catalogue, None, None) as maps:
        told = difference_between(catalogue, before, after, maps)
    refuse_leaks(told)
    click.echo(_FORMATS[form](told))
    if out is not None:
        write_page(told, out, catalogue)
        say(f"网页已写入 {out / 'index.html'}。", "bold green")
