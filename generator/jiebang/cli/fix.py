"""`jiebang fix`: mends what has one meaning only, and shows it before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue.catalogue import read_bytes
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.catalogue.record import field_name, schema_path
from jiebang.catalogue.write import write_file
from jiebang.cli.options import catalogue_option, chosen_paths, is_chosen
from jiebang.cli.output import progress_bar, results, say
from jiebang.errors import UserError
from jiebang.fix import Change, FixedRecord, fix_record
from jiebang.schemas import Privacy, field_at


@dataclass(frozen=True, slots=True)
class _Slip:
    """A file with something to mend."""

    file: RecordFile
    fixed: FixedRecord


def _slips(catalogue: Path, paths: tuple[Path, ...]) -> tuple[list[_Slip], int, int]:
    """The files with something to mend, how many could not be read as text, and how many are sealed and were not looked at."""
    wanted = chosen_paths(paths, catalogue)
    chosen = [file for file in find_records(catalogue)[0] if is_chosen(file.path, wanted)]
    files = [file for file in chosen if not file.is_sealed]
    slips, unreadable = [], 0
    with progress_bar() as bar:
        tick = bar.step("查看记录", len(files))
        for number, file in enumerate(files, 1):
            try:
                fixed = fix_record(file, read_bytes(catalogue / file.path)[0])
            except OSError:
                fixed = FixedRecord(None, ())
            unreadable += fixed.text is None
            if fixed.changes:
                slips.append(_Slip(file, fixed))
            tick(number)
    return slips, unreadable, len(chosen) - len(files)


def _value_lines(kind: str, change: Change, show_private: bool) -> Iterator[Text]:
    """The value before and after, where it may be shown here: the output may be a log that strangers read."""
    field = field_at(kind, schema_path(change.path).removesuffix("[]"))
    public = field is not None and field.privacy is Privacy.PUBLIC
    if not (change.old or change.new) or not (public or show_private):
        return
    key = next(str(step) for step in reversed(change.path) if isinstance(step, str))
    if change.old:
        yield Text(f"    - {key}: {change.old}", style="red")
    yield Text(f"    + {key}: {change.new}", style="green")


def _told(kind: str, change: Change) -> str:
    where = f"第 {change.line} 行" if change.line else "整个文件"
    field = f" {field_name(kind, change.path)}" if change.path else ""
    return f"  {where}{field}：{change.why}"


def _show(slip: _Slip, catalogue: Path, show_private: bool) -> None:
    results().print(Text(f"{catalogue / slip.file.path}", style="bold"), soft_wrap=True)
    for change in slip.fixed.changes:
        results().print(Text(_told(slip.file.kind, change)), soft_wrap=True)
        for line in _value_lines(slip.file.kind, change, show_private):
            results().print(line, soft_wrap=True)


def _write(slips: list[_Slip], catalogue: Path) -> None:
    for slip in slips:
        if slip.fixed.text is not None:
            try:
                write_file(catalogue / slip.file.path, slip.fixed.text)
            except OSError as error:
                raise UserError(f"写不了 {catalogue / slip.file.path}。", "检查文件夹权限和磁盘空间。") from error


@click.command("fix", options_metavar="[选项]")
@catalogue_option
@click.option("--write", "write", is_flag=True, help="写入文件；不写这个选项时只显示，不改动。")
@click.option("--show-values", is_flag=True, help="输出不是终端时，也显示不公开项目的内容。")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def fix_command(catalogue: Path, write: bool, show_values: bool, paths: tuple[Path, ...]) -> None:
    """改正记录里只有一种改法的笔误：全角数字和字母、多余的空格、千分位和单位、日期的写法、小写的信用代码和编号、行业的旧名称、项目顺序、行尾空格、
    GBK 编码。先显示改哪里，加 --write 才写入。

    能有两种意思的不改；是否公开、各项声明和审查由人决定，不改；正文不改。其余内容和注释一个字节也不动。

    没有可改的，或已经写入，退出码为 0；有可改而没有写入，为 1。
    """
    slips, unreadable, sealed = _slips(catalogue, paths)
    show_private = show_values or sys.stdout.isatty()
    for slip in slips:
        _show(slip, catalogue, show_private)
    if unreadable:
        say(f"{unreadable} 个文件的编码认不准，或读不出，没有改动；jiebang check 会说明原因。", "yellow")
    if sealed:
        say(f"{sealed} 份密封的记录没有查看；要改正的，先用 jiebang unseal 打开。")
    count = sum(len(slip.fixed.changes) for slip in slips)
    if not slips:
        say("没有可以自动改正的内容。下一步：jiebang check")
        return
    if not show_private:
        say("不公开项目的内容没有显示；在终端里运行，或加 --show-values，可以看到。")
    if not write:
        say(f"{len(slips)} 个文件、{count} 处可以改正。看过没有问题，再运行 jiebang fix --write 写入。", "bold")
        sys.exit(1)
    _write(slips, catalogue)
    say(f"已改正 {len(slips)} 个文件、{count} 处。下一步：jiebang check", "bold green")
