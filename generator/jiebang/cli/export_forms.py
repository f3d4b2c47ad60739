"""The official forms of named records as files to print and stamp."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from jiebang.catalogue import load
from jiebang.cli.options import from_here
from jiebang.cli.output import progress_bar, say
from jiebang.forms.writing import Form, forms_of, to_pdf, to_word
from jiebang.forms.writing.private_files import refuse_exposed, targets, tracked_by_git, write_private
from jiebang.problems import Problem, has_errors

_FORMS = ("docx", "pdf")


def _form_of(form: str | None, out: Path | None) -> str:
    """The form asked for, or told by the ending of `--out`; Word where nothing is said."""
    ending = out.suffix.removeprefix(".").lower() if out is not None else ""
    if form is None:
        return ending if ending in _FORMS else "docx"
    if form not in _FORMS:
        raise click.UsageError(f"三张官方表格只有 {'、'.join(_FORMS)} 两种格式，没有 {form}。")
    if ending in _FORMS and ending != form:
        raise click.UsageError(f"--form {form} 与文件名 {out.name if out else ''} 的扩展名不一致。")
    return form


def _warn_of_gaps(forms: Sequence[Form], problems: Sequence[Problem], catalogue: Path) -> None:
    """Names the records with errors: what the check refused is missing on the form."""
    used = {path for form in forms for path in form.paths}
    for problem in from_here([p for p in problems if p.path in used and has_errors([p])], catalogue):
        say(f"注意：{problem.path} 的“{problem.field}”有错误（{problem.code}），表格上这一项可能空着。", "yellow")


def _applications_left(forms: Sequence[Form]) -> list[str]:
    """Applications named on an Annex 2 whose own Annex 3 was not asked for."""
    asked = {form.id for form in forms}
    return [r.id for form in forms if form.annex == 2 for r in form.handed_in if r.id not in asked]


def export_forms(catalogue: Path, form: str | None, out: Path | None, ids: Sequence[str]) -> None:
    """Fills the forms, writes them where nobody else can read them, and says what to do with them."""
    ending = _form_of(form, out)
    with progress_bar() as bar:
        tick = bar.step("读取记录", 0)
        loaded, problems = load(catalogue, progress=lambda done, _: tick(done))
    forms = forms_of(loaded, ids)
    files = targets(out, [made.file_name for made in forms], ending)
    for file in files:
        refuse_exposed(file, catalogue)
    _warn_of_gaps(forms, problems, catalogue)
    for made, file in zip(forms, files, strict=True):
        word = to_word(made)
        write_private(file, to_pdf(word) if ending == "pdf" else word)
        say(f"已写入 {file}", "bold green")
    say("表格里有联系人、电话等不公开的内容，只供打印盖章：不要发到网上，不要提交到仓库。", "yellow")
    if any(tracked_by_git(file) for file in files):
        say("注意：这个位置没有被 git 忽略，用 git add 时不要带上这些文件。", "bold yellow")
    if more := _applications_left(forms):
        say(f"对接表的每个事项都要附申请书：jiebang export {' '.join(more)}")
    say("下一步：打印，核对，加盖企业公章；盖好以后把记录中的 stamped 改为“是”。")
