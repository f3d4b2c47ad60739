"""`jiebang new`: new records by question and answer, a repository for another bureau, and random ids."""

from __future__ import annotations

import click

from jiebang.catalogue.ids import LETTERS, new_id
from jiebang.cli.new_catalogue import catalogue_command
from jiebang.cli.new_record import application_command, demand_command, enterprise_command
from jiebang.cli.output import results


@click.group("new", options_metavar="[选项]", subcommand_metavar="类别 [参数]...")
def new_group() -> None:
    """按提问新建一份记录（enterprise 企业、demand 需求、application 申请），或新建一个局的仓库（catalogue）、随机编号（id）。"""


for _command in (enterprise_command, demand_command, application_command, catalogue_command):
    new_group.add_command(_command)


@new_group.command("id", options_metavar="[选项]", short_help="给新记录取随机编号。")
@click.argument("kind", type=click.Choice(sorted(LETTERS)))
@click.option("-n", "count", type=click.IntRange(1, 1000), default=1, show_default=True, help="要几个。")
def id_command(kind: str, count: int) -> None:
    """给新记录取随机编号：demand 需求，enterprise 企业，application 申请。"""
    for _ in range(count):
        results.print(new_id(kind))
