"""`jiebang migrate`: leads records of an earlier format to today's; shows first, writes on demand."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue.catalogue import read_bytes
from jiebang.catalogue.decode import decode
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.cli.clerk import write_or_tell
from jiebang.cli.options import catalogue_option, chosen_paths, is_chosen
from jiebang.cli.output import progress_bar, results, say, say_error
from jiebang.fix.migration import Migrated, MigrationError, migrated


def _led(
    catalogue: Path, paths: Sequence[Path]
) -> tuple[list[tuple[RecordFile, Migrated]], list[tuple[RecordFile, str]]]:
    """(the records that are to be changed, those that cannot be, with the reason)"""
    wanted = chosen_paths(paths, catalogue)
    files = [file for file in find_records(catalogue)[0] if is_chosen(file.path, wanted)]
    changed: list[tuple[RecordFile, Migrated]] = []
    stuck: list[tuple[RecordFile, str]] = []
    with progress_bar() as bar:
        tick = bar.step("查看记录", len(files))
        for number, file in enumerate(files, 1):
            text = decode(*read_bytes(catalogue / file.path))[0]
            try:
                # What cannot be read is for the check to tell.
                led = migrated(file.kind, text) if text is not None else None
            except MigrationError as error:
                stuck.append((file, str(error)))
            else:
                if led is not None and led.steps:
                    changed.append((file, led))
            tick(number)
    return changed, stuck


@click.command("migrate", options_metavar="[选项]")
@catalogue_option
@click.option("--write", "write", is_flag=True, help="写入文件；不写这个选项时只显示，不改动。")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def migrate_command(catalogue: Path, write: bool, paths: tuple[Path, ...]) -> None:
    """把旧格式的记录改成程序现在的格式（记录第一项 schema 写着它的格式）。先显示改哪里，加 --write 才写入。

    只改格式变了的地方；其余内容、顺序和注释不动。中途停下的，再运行一次就接着改。

    没有可改的，或已经写入，退出码为 0；有可改而没有写入，或有改不了的，为 1。
    """
    changed, stuck = _led(catalogue, paths)
    for file, led in changed:
        way = f"{file.kind}/{led.start} → {file.kind}/{led.start + len(led.steps)}"
        results().print(Text(f"{catalogue / file.path}：{way}"), soft_wrap=True)
    told = Counter(step.what for _, led in changed for step in led.steps)
    for what, count in told.items():
        say(f"  {what}（{count} 份记录）")
    for file, reason in stuck:
        say_error(f"{catalogue / file.path}：{reason}。", "")
    if write:
        for file, led in changed:
            write_or_tell(catalogue / file.path, led.text)
    if not changed and not stuck:
        say("全部记录都是现在的格式，没有要改的。")
    elif changed and not write:
        say(f"{len(changed)} 份记录可以改。看过没有问题，再运行 jiebang migrate --write 写入。", "bold")
    elif changed:
        say(f"已改 {len(changed)} 份记录。下一步：jiebang check", "bold green")
    if stuck or (changed and not write):
        sys.exit(1)
