"""`jiebang letter KIND`: the bureau's letters as Word files, from templates that a bureau can edit."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from jiebang.cli.options import catalogue_option, day_option
from jiebang.cli.output import results, say
from jiebang.cli.report import read, say_unnamed
from jiebang.desk.choice import district_named, round_named
from jiebang.desk.letters.content import LETTERS, common, letter_named
from jiebang.desk.letters.printing import copy_templates, letter_docx, template_of
from jiebang.desk.papers.files import LETTERS as FOLDER
from jiebang.desk.papers.files import file_name, write_all
from jiebang.desk.reports import Scope
from jiebang.errors import UserError
from jiebang.proposal.change import day_at, now


def _list() -> None:
    width = max(len(name) for name in LETTERS)
    for kind in LETTERS.values():
        results().print(
            Text.assemble((f"  {kind.name:<{width}}", "bold"), f"  {kind.title}：{kind.help}"), soft_wrap=True
        )
    say("\n例如：jiebang letter feedback --round 2026。")


def _copy(catalogue: Path) -> None:
    written, kept = copy_templates(catalogue)
    for file in written:
        say(f"已写入 {file}", "bold green")
    for file in kept:
        say(f"{file} 已经有了，没有动。", "yellow")
    say("下一步：用 Word 或 WPS 修改。{{ }} 里的项目名不要改；文件名不变，程序就用这里的模板。")


@click.command("letter", options_metavar="[选项]")
@catalogue_option
@click.option("--round", "round_", metavar="ID", help="哪一轮；默认最新的一轮。")
@click.option("--district", metavar="SLUG", help="只要一个区的；写区的网址名或名称。")
@click.option("--number", default="", metavar="TEXT", help="文号；只写一份时用。")
@day_option("--day", "成文日期；默认今天。")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help=f"写到哪个文件夹；默认 {FOLDER}/，git 不会提交。"
)
@click.option("--copy-templates", is_flag=True, help="把模板复制到 letters/，供本局修改；已有的不动。")
@click.argument("name", required=False, metavar="[KIND]")
@click.argument("targets", nargs=-1, metavar="[ID|区]...")
def letter_command(
    catalogue: Path,
    round_: str | None,
    district: str | None,
    number: str,
    day: str | None,
    out: Path | None,
    copy_templates: bool,
    name: str | None,
    targets: tuple[str, ...],
) -> None:
    """由记录写出反馈函、揭榜通知、公示和催办函（Word 文件），供核对、盖章；不写 KIND 时列出有哪几种。

    版式按 GB/T 9704—2012。本局在 letters/ 里有同名的模板时用本局的。文件只有本人能读；除了公示，不能写进网站、目录，或 git 会提交的地方。
    """
    if copy_templates:
        _copy(catalogue)
        return
    if name is None:
        _list()
        return
    kind = letter_named(name)
    loaded = read(catalogue, sound=kind.public)
    chosen = round_named(loaded, round_)
    slug = district_named(loaded, district) if district is not None else None
    today = day or day_at(now(), loaded.rounds[chosen])
    scope = Scope.of(loaded, chosen, slug, today)
    letters = kind.letters(scope, targets)
    if number and len(letters) > 1:
        raise UserError(f"一个文号只能用于一份，这里有 {len(letters)} 份。", "一份一份地写，或不写 --number。")
    shared = common(scope, today, number)
    template = template_of(kind.name, catalogue)
    files = {file_name(letter.title, "docx"): letter_docx(letter, shared, template) for letter in letters}
    for file in write_all(files, out, FOLDER, catalogue):
        say(f"已写入 {file}", "bold green")
    if kind.public:
        say_unnamed(scope)
    else:
        say("里面有不公开的内容，只寄给收件单位：不要发到网上，不要提交到仓库。", "yellow")
    say("下一步：打开核对，打印盖章。")
