"""The 需求目录 as a file: of all demands, of a round, of a district."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiebang.build.document import published, write_document
from jiebang.catalogue.messages import nearest
from jiebang.cli.build import report_problems
from jiebang.cli.output import progress_bar, say
from jiebang.errors import UserError
from jiebang.problems import has_errors
from jiebang.site.exports.directory import FORMS, Choice, FormError, directory_of, make
from jiebang.view import PublicSite


def _form_of(form: str | None, out: Path | None) -> tuple[str, Path]:
    """The form and the file, each told by the other where only one is given."""
    if out is None:
        if form is None:
            raise click.UsageError("写到哪里？用 --out，例如 --out 需求目录.docx；扩展名决定格式。")
        return form, Path(f"需求目录.{form}")
    ending = out.suffix.removeprefix(".").lower()
    if form is None:
        if ending not in FORMS:
            raise click.UsageError(
                f"看不出 {out.name} 是哪种格式：扩展名用 {'、'.join(sorted(FORMS))} 之一，或写 --form。"
            )
        return ending, out
    if ending != form:
        raise click.UsageError(f"--form {form} 与文件名 {out.name} 的扩展名不一致。")
    return form, out


def _known(what: str, asked: str | None, known: list[tuple[str, str]]) -> None:
    """Refuses a round or a district that there is not; `known` are (key, name)."""
    keys = [key for key, _ in known]
    if asked is None or asked in keys:
        return
    near = nearest(asked, keys) or next((key for key, name in known if name == asked), None)
    listed = "、".join(f"{key}（{name}）" for key, name in known)
    raise UserError(f"没有“{asked}”这个{what}。", (f"是不是 {near}？" if near else "") + f"可以写：{listed}。")


def _check_choice(site: PublicSite, choice: Choice) -> None:
    _known("轮次", choice.round, [(round_.id, round_.title) for round_ in site.rounds])
    _known("区", choice.district, [(district.slug, district.name) for district in site.districts])


def export_catalogue(
    catalogue: Path, form: str | None, out: Path | None, round_: str | None, district: str | None
) -> None:
    """Checks, publishes, makes the document, looks it through, puts it in place, and says what it holds."""
    form, out = _form_of(form, out)
    choice = Choice(round_, district)
    with progress_bar() as bar:
        view = published(catalogue, bar)
    if view.problems:
        report_problems(view.problems, catalogue, view.records)
    if has_errors(view.problems) or view.publication is None or view.secrets is None:
        say("有错误，没有导出。改正后再运行 jiebang export。", "bold red")
        sys.exit(1)
    _check_choice(view.publication.site, choice)
    directory = directory_of(view.publication.site, choice)
    if not directory.rows:
        raise UserError(
            "没有符合条件的已公布需求，没有导出。",
            "检查 --round、--district，或用 jiebang build 看哪些需求没有公布、为什么。",
        )
    try:
        content = make(directory, form)
    except FormError as error:
        raise UserError(str(error), error.hint) from error
    write_document(out, content, directory.text(), view.secrets)
    hidden = sum("企业名称不公开" in row.cells for row in directory.rows)
    say(f"{directory.title}：{len(directory.rows)} 项需求，其中 {hidden} 项不公开企业名称。")
    say(f"已写入 {out}（{len(content) / 1024:.0f} KiB）。", "bold green")
    say("下一步：打开核对，盖章后报送；只要一部分，用 --round、--district。")
