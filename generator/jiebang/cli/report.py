"""`jiebang report [NAME]`: the bureau's reports of a round, from the records, for the desk."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue import Catalogue, load
from jiebang.cli.build import report_problems
from jiebang.cli.options import catalogue_option, day_option
from jiebang.cli.output import results, say
from jiebang.desk.choice import district_named, round_named
from jiebang.desk.papers.files import REPORTS as FOLDER
from jiebang.desk.papers.files import file_name, write_all
from jiebang.desk.papers.word import report_docx, summary_docx
from jiebang.desk.papers.workbook import report_xlsx, summary_xlsx
from jiebang.desk.reports import REPORTS, Kind, Report, Scope, Summary, made, report_named
from jiebang.desk.reports.tables import not_announced
from jiebang.problems import Problem, has_errors
from jiebang.proposal.change import day_at, now
from jiebang.rules.judgement import judge


def _list() -> None:
    width = max(len(name) for name in REPORTS)
    for kind in REPORTS.values():
        results().print(
            Text.assemble((f"  {kind.name:<{width}}", "bold"), f"  {kind.title}：{kind.help}"), soft_wrap=True
        )
    say("\n例如：jiebang report progress；全部：jiebang report all。")


def _file(report: Report | Summary, scope: Scope, form: str) -> bytes:
    _, author = scope.city
    if isinstance(report, Report):
        return report_docx(report) if form == "docx" else report_xlsx(report, author, scope.today)
    return summary_docx(report) if form == "docx" else summary_xlsx(report, author, scope.today)


def read(catalogue: Path, *, sound: bool) -> Catalogue:
    """The records; ends the command where `sound` asks for a catalogue without errors and it has some."""
    if not sound:
        loaded, problems = load(catalogue)
        if problems:
            say("有的记录有问题，可能没有列全；运行 jiebang check 查看。", "yellow")
        return loaded
    judged, found = judge(catalogue)
    _refuse(found, catalogue, sum(1 for _ in judged.records()))
    return judged


def _refuse(problems: Sequence[Problem], catalogue: Path, records: int) -> None:
    if has_errors(problems):
        report_problems(tuple(problems), catalogue, records)
        say("有错误，没有写。公示只能用没有错误的目录；改正后再运行。", "bold red")
        sys.exit(1)


def say_unnamed(scope: Scope) -> None:
    """Told here and not in the file, which is given out."""
    left = not_announced(scope)
    if left:
        listed = "、".join(application.id for application in left)
        say(f"{len(left)} 份选中的申请没有公示名称的同意（announcement_consent），名单上没有：{listed}。", "yellow")


def _write(kinds: Sequence[Kind], scope: Scope, catalogue: Path, out: Path | None, form: str) -> None:
    reports = [made(kind, scope) for kind in kinds]
    files = {file_name(report.title, form): _file(report, scope, form) for report in reports}
    for file in write_all(files, out, FOLDER, catalogue):
        say(f"已写入 {file}", "bold green")
    if any(kind.public for kind in kinds):
        say_unnamed(scope)
    if not all(kind.public for kind in kinds):
        say("报表里有不公开的内容，只供内部使用：不要发到网上，不要提交到仓库。", "yellow")


@click.command("report", options_metavar="[选项]")
@catalogue_option
@click.option("--round", "round_", metavar="ID", help="哪一轮；默认最新的一轮。")
@click.option("--district", metavar="SLUG", help="只要一个区的；写区的网址名或名称。")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help=f"写到哪个文件夹；默认 {FOLDER}/，git 不会提交。"
)
@click.option(
    "--format", "form", type=click.Choice(["xlsx", "docx"]), default="xlsx", show_default=True, help="文件格式。"
)
@day_option("--today", "按哪一天算；默认今天。")
@click.argument("name", required=False, metavar="[NAME|all]")
def report_command(
    catalogue: Path,
    round_: str | None,
    district: str | None,
    out: Path | None,
    form: str,
    today: str | None,
    name: str | None,
) -> None:
    """由记录写出一轮的报表，供内部使用和打印；不写 NAME 时列出有哪些报表，写 all 时全部写出。

    文件只有本人能读。除了“揭榜名单公示”，都含有不公开的内容：不能写进网站、目录，或 git 会提交的地方。
    """
    if name is None:
        _list()
        return
    kinds = list(REPORTS.values()) if name == "all" else [report_named(name)]
    loaded = read(catalogue, sound=any(kind.public for kind in kinds))
    chosen = round_named(loaded, round_)
    slug = district_named(loaded, district) if district is not None else None
    day = today or day_at(now(), loaded.rounds[chosen])
    scope = Scope.of(loaded, chosen, slug, day)
    if round_ is None:
        say(f"轮次：{scope.round_title}")
    _write(kinds, scope, catalogue, out, form)
