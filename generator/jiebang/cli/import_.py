"""`jiebang import`: the official forms, as Word or Excel files, into records.

Findings quote the form, because they are for the desk of the person who has it; in CI (where logs are read by others) they do not.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue.formats import is_date
from jiebang.cli.clerk import today
from jiebang.cli.options import identity_option
from jiebang.cli.output import in_ci, progress_bar, results, say
from jiebang.forms.importing.existing_records import open_store
from jiebang.forms.importing.plan import Change, Said
from jiebang.forms.importing.report import labelled, result_of, write_report
from jiebang.forms.importing.run import Outcome, files_of, import_files
from jiebang.forms.reading.findings import Finding

_LONGEST_QUOTE = 80


def _quoted(finding: Finding) -> str:
    if not finding.text or in_ci():
        return ""
    flat = " ".join(finding.text.split())
    return f" 表上写的是“{flat[:_LONGEST_QUOTE]}…”。" if len(flat) > _LONGEST_QUOTE else f" 表上写的是“{flat}”。"


def _show_finding(finding: Finding) -> None:
    place = f"{finding.place}  " if finding.place else ""
    results().print(Text.assemble("    ", (f"{place}{finding.field}", "bold yellow")), soft_wrap=True)
    results().print(Text(f"      {finding.message}{_quoted(finding)}"), soft_wrap=True)
    results().print(Text(f"      → {finding.hint}", style="green"), soft_wrap=True)


def _show_change(change: Change, into: Path, dry_run: bool) -> None:
    shown = f"  {change.name}" if in_ci() else f"  {change.name}  {change.title}"
    results().print(Text(f"  {result_of(change, dry_run)} {(into / change.path).as_posix()}{shown}"), soft_wrap=True)
    for difference in change.differences or ():
        for line in [difference.field] if in_ci() else difference.lines():
            results().print(Text(f"      {line}", style="cyan"), soft_wrap=True)


def _show(number: int, outcome: Outcome, into: Path, dry_run: bool) -> None:
    # A form is often called after the enterprise that sent it.
    head = Text(f"第 {number} 个文件" if in_ci() else str(outcome.file), style="bold")
    head.append(f"  {outcome.annex}" if outcome.annex else "", style="bold cyan")
    results().print(head, soft_wrap=True)
    if outcome.error is not None:
        results().print(Text(f"  失败：{outcome.error.message}", style="bold red"), soft_wrap=True)
        results().print(Text(f"  → {outcome.error.hint}", style="green"), soft_wrap=True)
        return
    for finding in outcome.findings:
        _show_finding(finding)
    for change in outcome.changes:
        _show_change(change, into, dry_run)
        for finding in labelled(change):
            _show_finding(finding)


def _summary(outcomes: list[Outcome], dry_run: bool) -> str:
    changes = [change for outcome in outcomes for change in outcome.changes]
    new = sum(change.differences is None for change in changes)
    updated = sum(bool(change.differences) for change in changes)
    look = sum(len(o.findings) + sum(len(c.findings) for c in o.changes) for o in outcomes)
    failed = len({outcome.file for outcome in outcomes if outcome.error is not None})
    files = len({outcome.file for outcome in outcomes})
    will = "将" if dry_run else ""
    return f"\n{files} 个文件：{will}新建 {new} 份记录，{will}更新 {updated} 份；{look} 处请人工核对；{failed} 个文件失败。"


def _checked_day(_: click.Context, __: click.Parameter, value: str | None) -> str:
    if value is None:
        return today()
    if not is_date(value):
        raise click.BadParameter("按“2026-07-08”的写法填写一个存在的日期。")
    return value


@click.command("import", options_metavar="[选项]")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE...")
@click.option("--round", "round_", required=True, metavar="R", help="轮次编号，如 2026。")
@click.option(
    "--district", required=True, metavar="D", help="报送的区，写区的网址名（districts.yml 里的 slug）或名称。"
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("catalogue"),
    show_default=True,
    metavar="DIR",
    help="写入哪个目录（catalogue）。",
)
@identity_option
@click.option("--date", "day", callback=_checked_day, metavar="YYYY-MM-DD", help="报送日期；不写就是今天。")
@click.option("--stamped", is_flag=True, help="这批表的纸质件都已盖章（已核对原件）。")
@click.option("--no-secrets", is_flag=True, help="这批需求都已声明不涉密（已核对）。")
@click.option("--no-affiliation", is_flag=True, help="这批申请都已声明与“发榜”企业无关联（已核对）。")
@click.option("--dry-run", is_flag=True, help="只看结果，不写文件。")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.xlsx", help="把结果写成一份 Excel 报告。"
)
def import_command(
    paths: tuple[Path, ...], round_: str, district: str, into: Path, day: str,
    stamped: bool, no_secrets: bool, no_affiliation: bool, dry_run: bool, report: Path | None,
) -> None:  # fmt: skip
    """把需求表、对接表、申请书（.docx、.xlsx、.xls、.ods；装有 LibreOffice 时还有 .doc、.wps）录入为记录。

    FILE 可以是一个或几个文件，也可以是文件夹。是哪张表由表名和栏目认定，与文件名无关。

    看不准的内容不猜：不录入，列为“请人工核对”，写明在表上的位置和原文。改正后的表可以再次导入，更新原来的记录并显示改了什么；状态、代码、审查、备注不动。

    全部录入且没有要核对的，退出码为 0；有要核对的或失败的为 1；用法不对为 2。
    """
    store = open_store(into, round_, district)
    said = Said(day, stamped, no_secrets, no_affiliation)
    files = files_of(paths)
    if not files:
        raise click.UsageError("文件夹里没有文件。")
    with progress_bar() as bar:
        outcomes = import_files(files, store, said, dry_run, progress=bar.step("读取表格", len(files)))
    for number, outcome in enumerate(outcomes, 1):
        _show(number, outcome, into, dry_run)
    results().print(Text(_summary(outcomes, dry_run)), soft_wrap=True)
    if report is not None:
        write_report(report, outcomes, dry_run)
        say(f"报告已写到 {report}。")
    say(
        "这次只是预演，没有写文件。"
        if dry_run
        else f"下一步：按上面的提示补全记录，再运行 jiebang check --catalogue {into}"
    )
    sys.exit(0 if all(outcome.clean for outcome in outcomes) else 1)
