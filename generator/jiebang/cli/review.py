"""`jiebang review ID`: the text that two people have to read before it goes out, and the record of their decision to fill in."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue import Catalogue, Record, load
from jiebang.catalogue.messages import nearest
from jiebang.cli.clerk import today
from jiebang.cli.options import catalogue_option
from jiebang.cli.output import results, say
from jiebang.errors import UserError
from jiebang.rules.secrecy import digest_of, lacking_in_review, reviewed_text


def _find(catalogue: Catalogue, id_: str) -> Record:
    found = catalogue.find("demand", id_.upper())
    if found is None:
        catalogue.refuse_unreadable(id_.upper())
        near = nearest(id_.upper(), [demand.id for demand in catalogue.demands])
        raise UserError(f"没有编号为 {id_} 的需求。", f"是不是 {near}？" if near else "核对编号。")
    return found


@click.command("review", options_metavar="[选项]")
@catalogue_option
@click.argument("id_", metavar="ID")
def review_command(catalogue: Path, id_: str) -> None:
    """显示一项需求要公开的全部文字和摘要，供两名审查人作保密审查。

    程序不能判断是否涉密；这里记录的是人的决定。审查有效时退出码为 0，否则为 1。
    """
    loaded = load(catalogue, whole=False)[0]
    demand = _find(loaded, id_)
    results().print(Text(f"需求 {demand.id} 将要公开的文字：", style="bold"))
    for title, text in reviewed_text(demand):
        results().print(Text(f"\n【{title}】", style="bold"))
        results().print(Text(text.rstrip()), soft_wrap=True)
    lacking = lacking_in_review(demand, loaded.districts)
    if lacking is None:
        say("\n这些文字已经过有效的保密审查。", "green")
        return
    say(f"\n{lacking}。两名审查人读过以上文字，确认不涉密后，把下面几行写入 {demand.path}（已有的替换掉）：", "bold")
    results().print(
        Text(
            "\nsecrecy_review:\n  reviewers:\n    -   # 第一名审查人的姓名\n    -   # 第二名审查人的姓名\n"
            f"  date: {today()}\n"
            f"  conclusion: 不涉密\n  digest: {digest_of(demand)}"
        ),
        soft_wrap=True,
    )
    sys.exit(1)
