"""`jiebang codeowners`: who must approve a change of a district's records, made from districts.yml."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiebang.catalogue import load
from jiebang.catalogue.codeowners import OVERRIDING, PLACES, codeowners
from jiebang.cli.clerk import write_or_tell
from jiebang.cli.options import catalogue_option
from jiebang.cli.output import say
from jiebang.errors import UserError
from jiebang.workspace import workspace_of


def _used(workspace: Path) -> dict[str, str]:
    """The forges whose folder stands in the repository, with the place of their file; GitHub where there is none."""
    used = {forge: place for forge, place in PLACES.items() if (workspace / place).parent.is_dir()}
    return used or {"github": PLACES["github"]}


@click.command("codeowners", options_metavar="[选项]")
@catalogue_option
@click.option("--check", "only_check", is_flag=True, help="只核对，不写文件；不一致时退出码为 1。")
def codeowners_command(catalogue: Path, only_check: bool) -> None:
    """由 districts.yml 的 github_team 和 staff 生成 CODEOWNERS：各区的记录由各区审核。

    各平台的位置和写法不同：仓库里有 .github、.gitea、.gitlab、.gitee、.gitcode 中的哪些文件夹，就写哪些。平台是否据此拦住合并，要看平台和版本，见指南“代码托管平台的设置”。
    """
    loaded, _ = load(catalogue, whole=False)
    record = loaded.districts
    if record is None or not record.sound:
        raise UserError("districts.yml 缺失或有错误。", "先运行 jiebang check 并改正。")
    workspace = workspace_of(catalogue)
    for name in sorted(OVERRIDING):
        if (workspace / name).is_file():
            raise UserError(f"{name} 会盖过生成的 CODEOWNERS：有的平台先看它。", "删除它，再运行 jiebang codeowners。")
    wanted = {
        place: codeowners(record.get("districts"), record.get("city"), forge)
        for forge, place in _used(workspace).items()
    }
    differing = [place for place, text in wanted.items() if _current(workspace / place) != text]
    if not differing:
        say(f"{'、'.join(wanted)} 与 districts.yml 一致。")
        return
    if only_check:
        say(f"{'、'.join(differing)} 与 districts.yml 不一致，运行 jiebang codeowners 重新生成。", "bold red")
        sys.exit(1)
    for place in differing:
        write_or_tell(workspace / place, wanted[place])
    say(f"已写入 {'、'.join(differing)}；请一并提交。")


def _current(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None
