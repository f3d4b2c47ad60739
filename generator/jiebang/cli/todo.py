"""`jiebang todo`: what waits for whom today, in the order of the deadlines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue import load
from jiebang.cli.options import catalogue_option, day_option, district_option, round_option
from jiebang.cli.output import in_ci, results, say
from jiebang.desk.choice import district_named, district_names, round_named
from jiebang.desk.remaining import time_left
from jiebang.desk.waiting import Task, tasks
from jiebang.proposal.change import day_at, now
from jiebang.schemas.lifecycle import Role

_SOON = 7
"""Days before a deadline from which it is pointed out."""


def _due(task: Task, today: str) -> Text:
    if not task.due:
        return Text("  没有期限 ", style="dim")
    left = (date.fromisoformat(task.due) - date.fromisoformat(today)).days
    style = "bold red" if left < 0 else "bold yellow" if left <= _SOON else ""
    return Text(f"  {task.due} {time_left(left)} ", style=style)


def _show(found: Sequence[Task], names: dict[str, str], today: str) -> None:
    """By who has to act; city first."""
    offices = [(Role.CITY, "")] + [(Role.DISTRICT, slug) for slug in dict.fromkeys(t.district for t in found)]
    for who, slug in offices:
        own = [t for t in found if t.who is who and (who is Role.CITY or t.district == slug)]
        if not own:
            continue
        heading = Role.CITY.bureau if who is Role.CITY else names.get(slug, slug)
        results().print(Text(f"\n{heading}（{len(own)} 项）", style="bold"))
        for task in own:
            place = f"{names.get(task.district, task.district)} " if who is Role.CITY and task.district else ""
            line = _due(task, today)
            line.append(f"{task.what}：{place}{task.record} {task.title}")
            if task.since:
                line.append(f"（{task.since} 起）", style="dim")
            results().print(line, soft_wrap=True)


@click.command("todo", options_metavar="[选项]")
@catalogue_option
@district_option
@round_option
@day_option("--today", "按哪一天算；默认今天。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
def todo_command(catalogue: Path, district: str | None, round_: str | None, today: str | None, form: str) -> None:
    """列出今天等着办的事：谁办、什么时候到期，按期限排列。

    包括待推荐、退回待补正、待保密审查、待发榜、待转送、待选定、待反馈、待验收和到期未结束的轮次。含有不公开的内容，只供内部使用；在 CI 里只列编号。
    """
    loaded, problems = load(catalogue)
    slug = district_named(loaded, district) if district is not None else None
    wanted = round_named(loaded, round_) if round_ is not None else None
    day = today or day_at(now(), None)
    found = [
        task
        for task in tasks(loaded, day)
        if (slug is None or task.district == slug) and (wanted is None or task.path.startswith(f"{wanted}/"))
    ]
    if in_ci():
        # The log is read by others; titles name enterprises, and demands that are not published.
        found = [replace(task, title="") for task in found]
    if form == "json":
        click.echo(json.dumps([asdict(task) for task in found], ensure_ascii=False, indent=2))
        return
    _show(found, district_names(loaded), day)
    late = sum(task.is_late(day) for task in found)
    results().print(f"\n共 {len(found)} 项等着办，其中 {late} 项已过期限。" if found else "没有等着办的事。")
    if problems:
        say("有的记录有问题，可能没有列全；运行 jiebang check 查看。", "yellow")
