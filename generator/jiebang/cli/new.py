"""`jiebang new`: new records by question and answer, a clean catalogue for another city, and random ids."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

import jiebang
from jiebang.catalogue.ids import LETTERS, new_id
from jiebang.catalogue.write import editor_line
from jiebang.cli.new_record import application_command, demand_command, enterprise_command
from jiebang.cli.output import results, say
from jiebang.errors import UserError


@click.group("new", options_metavar="[选项]", subcommand_metavar="类别 [参数]...")
def new_group() -> None:
    """按提问新建一份记录（enterprise 企业、demand 需求、application 申请），或新建空白目录（catalogue）、随机编号（id）。"""


for _command in (enterprise_command, demand_command, application_command):
    new_group.add_command(_command)


@new_group.command("id", options_metavar="[选项]", short_help="给新记录取随机编号。")
@click.argument("kind", type=click.Choice(sorted(LETTERS)))
@click.option("-n", "count", type=click.IntRange(1, 1000), default=1, show_default=True, help="要几个。")
def id_command(kind: str, count: int) -> None:
    """给新记录取随机编号：demand 需求，enterprise 企业，application 申请。"""
    for _ in range(count):
        results.print(new_id(kind))


@new_group.command("catalogue", options_metavar="[选项]", short_help="新建空白目录，供另一个城市使用。")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def catalogue_command(folder: Path) -> None:
    """在 DIR 新建一个空白目录：一个城市、一个区、一个轮次，没有企业和需求。"""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} 已经存在，而且不是空文件夹。", "换一个文件夹名。")
    starter = Path(jiebang.__file__).parent / "starter"
    year = str(date.today().year)  # noqa: DTZ011 - the year on the clerk's own calendar
    for source, place, kind in (
        ("districts.yml", "districts.yml", "districts"),
        ("round.yml", f"{year}/round.yml", "round"),
        ("README.md", "README.md", ""),
    ):
        target = folder / place
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            text = (starter / source).read_text(encoding="utf-8").replace("{year}", year)
            target.write_text((editor_line(target, kind) if kind else "") + text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UserError(
                f"写不了 {target}（{os.strerror(error.errno or 0)}）。", "检查文件夹权限和磁盘空间。"
            ) from error
    say(f"空白目录已建在 {folder}。")
    say(
        f"下一步：把 districts.yml 和 {year}/round.yml 里的示例改成本市的内容，再运行 jiebang check --catalogue {folder}"
    )
