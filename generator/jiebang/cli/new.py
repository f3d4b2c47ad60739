"""`jiebang new`: new records by question and answer, a repository for another bureau, and random ids."""

from __future__ import annotations

import click

from jiebang.cli.commands import NewCommands


@click.group("new", cls=NewCommands, options_metavar="[选项]", subcommand_metavar="类别 [参数]...")
def new_group() -> None:
    """按提问新建一份记录（enterprise 企业、demand 需求、application 申请），或下一轮（round）、新建一个局的仓库（catalogue）、随机编号（id）。"""
