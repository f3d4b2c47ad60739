"""`jiebang migrate`: leads records of an earlier format to today's; shows first, writes on demand."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.text import Text

from jiebang.catalogue.catalogue import load, read_bytes
from jiebang.catalogue.decode import decode
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.catalogue.keys import KeyNeededError, Keyring, keyring
from jiebang.catalogue.sealing import contents_of_records, opened_record
from jiebang.cli.clerk import write_all_or_tell
from jiebang.cli.options import catalogue_option, chosen_paths, is_chosen
from jiebang.cli.output import progress_bar, results, say, say_error
from jiebang.errors import UserError
from jiebang.fix.migration import Migrated, MigrationError, is_earlier, migrated


@dataclass(slots=True)
class _Led:
    """What became of the records that were looked at."""

    changed: list[tuple[RecordFile, Migrated]] = field(default_factory=list)
    stuck: list[tuple[RecordFile, str]] = field(default_factory=list)
    """Those that cannot be changed, with the reason."""
    closed: int = 0
    """Sealed ones of an earlier format that nobody opened."""
    unread: int = 0
    """Those that cannot be read as text."""


def _look(catalogue: Path, file: RecordFile, keys: Keyring | None, led: _Led) -> None:
    """Leads one record. Raises MigrationError, UserError, OSError."""
    data, size = read_bytes(catalogue / file.path)
    text = decode(data, size)[0]
    if file.is_sealed and text is not None:
        # The public part tells the version, too; it is changed with the whole record alone, or it would belong to another one.
        if keys is None:
            led.closed += is_earlier(file.kind, text)
            return
        data = opened_record(catalogue, file, keys)
        text = decode(data)[0]
    if text is None:
        led.unread += 1
        return
    found = migrated(file.kind, text)
    if found.steps:
        led.changed.append((file, found))


def _led(catalogue: Path, paths: Sequence[Path]) -> _Led:
    wanted = chosen_paths(paths, catalogue)
    files = [file for file in find_records(catalogue)[0] if is_chosen(file.path, wanted)]
    keys = keyring() if any(file.is_sealed for file in files) else None
    led = _Led()
    with progress_bar() as bar:
        tick = bar.step("查看记录", len(files))
        for number, file in enumerate(files, 1):
            try:
                _look(catalogue, file, keys, led)
            except MigrationError as error:
                led.stuck.append((file, f"{error}。"))
            except UserError as error:
                led.stuck.append((file, error.message.removeprefix(f"{file.path}：")))
            except OSError:
                led.unread += 1
            tick(number)
    return led


def _write(catalogue: Path, changed: Sequence[tuple[RecordFile, Migrated]]) -> None:
    sealed = any(file.is_sealed for file, _ in changed)
    districts = load(catalogue, whole=False)[0].districts if sealed else None
    for file, led in changed:
        write_all_or_tell(contents_of_records(catalogue, {file.path: led.text}, districts))


@click.command("migrate", options_metavar="[选项]")
@catalogue_option
@click.option("--write", "write", is_flag=True, help="写入文件；不写这个选项时只显示，不改动。")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def migrate_command(catalogue: Path, write: bool, paths: tuple[Path, ...]) -> None:
    """把旧格式的记录改成程序现在的格式（记录第一项 schema 写着它的格式）。先显示改哪里，加 --write 才写入。

    只改格式变了的地方；其余内容、顺序和注释不动。密封的记录要用密钥，改完仍是密封的。中途停下的，再运行一次就接着改。

    没有可改的，或已经写入，退出码为 0；有可改而没有写入，或有改不了的，为 1。
    """
    led = _led(catalogue, paths)
    for file, one in led.changed:
        way = f"{file.kind}/{one.start} → {file.kind}/{one.start + len(one.steps)}"
        results().print(Text(f"{catalogue / file.path}：{way}"), soft_wrap=True)
    told = Counter(step.what for _, one in led.changed for step in one.steps)
    for what, count in told.items():
        say(f"  {what}（{count} 份记录）")
    for file, reason in led.stuck:
        say_error(f"{catalogue / file.path}：{reason}", "")
    if led.unread:
        say(f"{led.unread} 个文件读不出，没有查看；jiebang check 会说明原因。", "yellow")
    if write:
        _write(catalogue, led.changed)
    left = bool(led.stuck or led.closed)
    if not led.changed and not left:
        say("没有要改的：看过的记录都是现在的格式。" if led.unread else "全部记录都是现在的格式，没有要改的。")
    elif led.changed and not write:
        say(f"{len(led.changed)} 份记录可以改。看过没有问题，再运行 jiebang migrate --write 写入。", "bold")
    elif led.changed:
        say(f"已改 {len(led.changed)} 份记录。下一步：jiebang check", "bold green")
    if led.closed:
        raise KeyNeededError(led.closed, "旧格式没有改")
    if left or (led.changed and not write):
        sys.exit(1)
