"""A batch of files → records: each file read for itself, planned in the order of the annexes, judged together, written form by form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jiebang.catalogue import Record
from jiebang.catalogue.record import field_name
from jiebang.catalogue.sealing import contents_of_records
from jiebang.catalogue.write import write_files
from jiebang.errors import UserError, reason_of
from jiebang.forms.importing.annex1 import plan_annex1
from jiebang.forms.importing.applications import plan_annex2, plan_annex3
from jiebang.forms.importing.existing_records import Store
from jiebang.forms.importing.plan import Change, Planner, Said
from jiebang.forms.reading.document import Parse, read_file
from jiebang.forms.reading.document.sandbox import parse_apart
from jiebang.forms.reading.findings import CHECK, Finding, FormError
from jiebang.forms.reading.forms import Form, read_forms
from jiebang.forms.reading.labels import ANNEX_1, ANNEX_2, ANNEX_3
from jiebang.problems import Problem

_PLANS: dict[str, Callable[[Planner, Form], None]] = {ANNEX_1: plan_annex1, ANNEX_2: plan_annex2, ANNEX_3: plan_annex3}


@dataclass(slots=True)
class Outcome:
    """What became of one form, or of a file that gave none. `error` says why nothing was taken."""

    file: Path
    annex: str = ""
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    error: UserError | None = None

    @property
    def clean(self) -> bool:
        """Everything was taken, and nothing is left for a person."""
        return self.error is None and not self.findings and not any(change.findings for change in self.changes)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and in a named folder everything that is not hidden or a program's lock file."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            inside = sorted(p for p in path.rglob("*") if not p.is_dir() or p.is_symlink())
            found.update(
                (p, None) for p in inside if not any(part.startswith((".", "~$")) for part in p.relative_to(path).parts)
            )
        else:
            found[path] = None
    return list(found)


def _read(file: Path, parse: Parse) -> list[tuple[Outcome, Form | None]]:
    outcome = Outcome(file)
    try:
        document = read_file(file, parse)
        forms = read_forms(document)
    except FormError as error:
        outcome.error = error
        return [(outcome, None)]
    except Exception as error:  # noqa: BLE001 - one file that meets a mistake of ours must not stop the others; it is told as failed
        outcome.error = FormError(
            f"程序读这个文件时出了错（{type(error).__name__}）。",
            "请用 Word 或 Excel 打开后另存一份再试；仍不行的，告诉维护人。",
        )
        return [(outcome, None)]
    notes = [Finding("文件", "", "", f"{CHECK}：{note}", "打开文件核对这些内容。") for note in document.notes]
    return [
        (Outcome(file, form.annex, findings=list(notes) if number == 0 else []), form)
        for number, form in enumerate(forms)
    ]


def _plan(store: Store, said: Said, outcome: Outcome, form: Form) -> None:
    planner = Planner(store, said)
    try:
        _PLANS[form.annex](planner, form)
    except FormError as error:
        outcome.error = error
        return
    outcome.changes = planner.changes
    outcome.findings.extend(planner.findings)


def _place(change: Change, problem: Problem) -> tuple[str, str]:
    """Where on the form the field of a problem was read, and what stands there."""
    for path, source in change.sources.items():
        title = field_name(change.kind, tuple(path.split(".")))
        if problem.field == title or problem.field.startswith(f"{title}·"):
            return source.place, source.text
    return "", ""


_OPTIONS = {
    ("enterprise", "stamped"): "--stamped",
    ("application", "stamped"): "--stamped",
    ("demand", "no_secrets"): "--no-secrets",
    ("application", "no_affiliation"): "--no-affiliation",
}
"""What the forms cannot say and the clerk may vouch for."""
_STATEMENT = ("profile", "capability", "plan", "cooperation")


def _remedy(change: Change, problem: Problem) -> str:
    for (kind, path), option in _OPTIONS.items():
        if problem.code == "S202" and change.kind == kind and problem.field == field_name(kind, (path,)):
            return f"表格上看不出；核对原件后，导入时加 {option}，或在记录里补上 {path}: 是。"
    return problem.hint


def _without_statement(change: Change, problems: list[Problem]) -> list[Problem]:
    """An application whose 申请书 has not come yet lacks all its parts: that is one thing to say."""
    titles = {field_name("application", (path,)) for path in _STATEMENT}
    missing = [p for p in problems if p.code == "S202" and p.field in titles]
    if change.kind != "application" or len(missing) < len(titles):
        return problems
    change.findings.append(
        Finding("申请书", "", "", f"{CHECK}：这个事项的申请书（附件3）还没有导入。", "收到申请书后，用同样的命令导入。")
    )
    return [p for p in problems if p not in missing and p.field != field_name("application", ("stamped",))]


def _judge(store: Store, outcomes: list[Outcome]) -> None:
    """Adds what `jiebang check` will say of the records, unless the reading has already said it of the same field."""
    changes = {change.path: change for outcome in outcomes for change in outcome.changes}
    found: dict[str, list[Problem]] = {}
    for problem in store.judge(set(changes)):
        found.setdefault(problem.path, []).append(problem)
    for path, problems in found.items():
        change = changes[path]
        for problem in _without_statement(change, problems):
            told = any(f.field == problem.field or problem.field.startswith(f"{f.field}·") for f in change.findings)
            if not told:
                place, text = _place(change, problem)
                message = f"{CHECK}：检查记录时会报 {problem.code}，{problem.message}"
                change.findings.append(Finding(problem.field, place, text, message, _remedy(change, problem)))


def _write(root: Path, outcome: Outcome, districts: Record | None) -> None:
    """All records of a form or none."""
    texts = {change.path: change.text for change in outcome.changes if change.wanted}
    try:
        write_files(contents_of_records(root, texts, districts))
    except UserError as error:
        outcome.error = UserError(f"{error.message.rstrip('。')}，这张表什么都没有写入。", error.hint)
    except OSError as error:
        outcome.error = UserError(
            f"写不了记录（{reason_of(error)}），这张表什么都没有写入。", "检查文件夹权限和磁盘空间。"
        )
    if outcome.error is not None:
        outcome.changes = []


def import_files(
    files: list[Path], store: Store, said: Said, dry_run: bool = False,
    parse: Parse | None = None, progress: Callable[[int], None] | None = None,
) -> list[Outcome]:  # fmt: skip
    """Imports files into the store's catalogue; with `dry_run` everything but the writing."""
    read: list[tuple[Outcome, Form | None]] = []
    for number, file in enumerate(files, 1):
        read.extend(_read(file, parse or parse_apart))
        if progress is not None:
            progress(number)
    # Annex 3 names an enterprise that Annex 2 brings; where two forms touch one record, the later plan is written later.
    read.sort(key=lambda pair: pair[0].annex)
    for outcome, form in read:
        if form is not None:
            _plan(store, said, outcome, form)
    outcomes = [outcome for outcome, _ in read]
    _judge(store, outcomes)
    if not dry_run:
        for outcome in outcomes:
            _write(store.root, outcome, store.catalogue.districts)
    return outcomes
