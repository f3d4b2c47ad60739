"""`jiebang new id`: random ids for records that are written by hand."""

from __future__ import annotations

import click

from jiebang.cli.output import tell
from jiebang.schemas.ids import LETTERS, new_id


@click.command("id", options_metavar="[选项]")
@click.argument("kind", type=click.Choice(sorted(LETTERS)))
@click.option("-n", "count", type=click.IntRange(1, 1000), default=1, show_default=True, help="要几个。")
def id_command(kind: str, count: int) -> None:
    """给新记录取随机编号：demand 需求，enterprise 企业，application 申请。"""
    for _ in range(count):
        tell(new_id(kind))
