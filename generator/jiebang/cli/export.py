"""`jiebang export`: documents to print and to send. The word `catalogue` means the whole 需求目录."""

from __future__ import annotations

from pathlib import Path

import click

from jiebang.cli.export_catalogue import export_catalogue
from jiebang.cli.options import catalogue_option

CATALOGUE = "catalogue"


@click.command("export", options_metavar="[选项]", short_help="导出可以打印、报送的文件。")
@catalogue_option
@click.option("--form", type=click.Choice(["docx", "pdf", "xlsx"]), help="文件格式；不写时看 --out 的扩展名。")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="写到哪里。")
@click.option("--round", "round_", metavar="ID", help="只要这一轮次的需求（需求目录）。")
@click.option("--district", metavar="SLUG", help="只要这个区的需求（需求目录），写区的网址名。")
@click.argument("targets", nargs=-1, required=True, metavar="catalogue")
def export_command(
    catalogue: Path,
    form: str | None,
    out: Path | None,
    round_: str | None,
    district: str | None,
    targets: tuple[str, ...],
) -> None:
    """导出需求目录（catalogue），供打印和报送中小企业主管部门。

    需求目录只含已公布的内容，企业选择不公开名称的，写“企业名称不公开”。
    """
    if CATALOGUE not in targets:
        raise click.UsageError(f"要导出什么？需求目录写 {CATALOGUE}。")
    if len(targets) > 1:
        raise click.UsageError(f"{CATALOGUE} 是整个需求目录，后面不再写别的；只要一部分，用 --round、--district。")
    export_catalogue(catalogue, form, out, round_, district)
