"""`jiebang codeowners`: who must approve a change of a district's records, made from districts.yml."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiebang.catalogue import load
from jiebang.catalogue.codeowners import codeowners
from jiebang.cli.options import catalogue_option
from jiebang.cli.output import say
from jiebang.errors import UserError
from jiebang.workspace import workspace_of


@click.command("codeowners", options_metavar="[选项]")
@catalogue_option
@click.option("--check", "only_check", is_flag=True, help="只核对，不写文件；不一致时退出码为 1。")
def codeowners_command(catalogue: Path, only_check: bool) -> None:
    """由 districts.yml 的 github_team 生成 .github/CODEOWNERS：各区的记录由各区审核。"""
    loaded, _ = load(catalogue)
    record = loaded.districts
    if record is None or not record.sound:
        raise UserError("districts.yml 缺失或有错误。", "先运行 jiebang check 并改正。")
    wanted = codeowners(record.get("districts"), record.get("city"))
    target = workspace_of(catalogue) / ".github" / "CODEOWNERS"
    current = target.read_text(encoding="utf-8") if target.is_file() else None
    if current == wanted:
        say(".github/CODEOWNERS 与 districts.yml 一致。")
        return
    if only_check:
        say(".github/CODEOWNERS 与 districts.yml 不一致，运行 jiebang codeowners 重新生成。", "bold red")
        sys.exit(1)
    target.parent.mkdir(exist_ok=True)
    target.write_text(wanted, encoding="utf-8", newline="\n")
    say("已写入 .github/CODEOWNERS；请一并提交。")
