"""The published demands as a file, all, of a round or of a district: the 需求目录 to print, or data for another program's store."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from jiebang.build.document import published, write_document
from jiebang.catalogue.messages import nearest
from jiebang.cli.build import report_problems
from jiebang.cli.output import progress_bar, say
from jiebang.errors import UserError
from jiebang.problems import has_errors
from jiebang.site import labels
from jiebang.site.exports.choice import Choice, FormError
from jiebang.site.exports.directory import FORMS, directory_of, make
from jiebang.site.exports.stores import STORES, stored
from jiebang.view import PublicSite

ENDINGS: Mapping[str, str] = {form: form for form in FORMS} | {form: store.ending for form, store in STORES.items()}
"""The ending of each form's files."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A finished file: how many demands it holds and how many of them name no enterprise; `text` is what it says."""

    title: str
    demands: int
    hidden: int
    content: bytes
    text: str
    next: str


def _form_of(form: str | None, out: Path | None) -> tuple[str, Path]:
    """The form and the file, each told by the other where only one is given."""
    if out is None:
        if form is None:
            raise click.UsageError("写到哪里？用 --out，例如 --out 需求目录.docx；扩展名决定格式。")
        return form, Path(f"需求目录.{ENDINGS[form]}")
    ending = out.suffix.removeprefix(".").lower()
    if form is None:
        # Not every file of such an ending is of the form: lines of JSON are written in many ways.
        telling = sorted(form for form, its in ENDINGS.items() if form == its)
        if ending not in telling:
            raise click.UsageError(f"看不出 {out.name} 是哪种格式：扩展名用 {'、'.join(telling)} 之一，或写 --form。")
        return ending, out
    if ending != ENDINGS[form]:
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


def _printed(site: PublicSite, choice: Choice, form: str) -> _Made:
    directory = directory_of(site, choice)
    hidden = sum(labels.ANONYMOUS in row.cells for row in directory.rows)
    content = make(directory, form) if directory.rows else b""
    advice = "下一步：打开核对，盖章后报送；只要一部分，用 --round、--district。"
    return _Made(directory.title, len(directory.rows), hidden, content, directory.text(), advice)


def _stored(site: PublicSite, choice: Choice, form: str) -> _Made:
    made = stored(site, choice, form)
    hidden = sum(demand.enterprise.name is None for demand in made.demands)
    advice = "下一步：读入分析或搜索程序，写法见网站“数据下载”；只要一部分，用 --round、--district。"
    return _Made(f"需求数据（{form}）", len(made.demands), hidden, made.content, made.text, advice)


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
    try:
        made = (_stored if form in STORES else _printed)(view.publication.site, choice, form)
    except FormError as error:
        raise UserError(str(error), error.hint) from error
    if not made.demands:
        raise UserError(
            "没有符合条件的已公布需求，没有导出。",
            "检查 --round、--district，或用 jiebang build 看哪些需求没有公布、为什么。",
        )
    write_document(out, made.content, made.text, view.secrets)
    say(f"{made.title}：{made.demands} 项需求，其中 {made.hidden} 项不公开企业名称。")
    say(f"已写入 {out}（{len(made.content) / 1024:.0f} KiB）。", "bold green")
    say(made.next)
