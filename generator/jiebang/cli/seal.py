"""`jiebang seal` and `jiebang unseal`: records that only holders of a key can read, with a public part that everybody can check."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from unicodedata import category

import click

from jiebang.catalogue.catalogue import load
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.catalogue.keys import KeyNeededError, Keyring, digest_of, keyring, new_identity
from jiebang.catalogue.sealed import PUBLIC, recipients_of
from jiebang.catalogue.sealing import NO_RECIPIENTS, opened_record, reseal_file, seal_file, unseal_file
from jiebang.cli.options import catalogue_option, chosen_paths, from_here, is_chosen
from jiebang.cli.output import console, say, tell
from jiebang.errors import UserError, reason_of
from jiebang.mapping import Maps
from jiebang.problems import Severity
from jiebang.problems.text import show
from jiebang.rules.verdict import verdict

_FEWEST = 2
"""Keys that a record is sealed to: one may be lost."""

_OF_PLAIN = frozenset({"F013", "R325"})
"""What is wrong with a record that is in plain, and only for that."""

T = TypeVar("T")


def _chosen(catalogue: Path, paths: Sequence[Path], *, sealed: bool) -> list[RecordFile]:
    wanted = chosen_paths(paths, catalogue)
    files = find_records(catalogue)[0]
    return [f for f in files if f.kind in PUBLIC and f.is_sealed is sealed and is_chosen(f.path, wanted)]


def _recipients(catalogue: Path) -> tuple[str, ...]:
    districts = load(catalogue, whole=False)[0].districts
    if districts is None or not districts.sound:
        raise UserError("districts.yml 缺失或有错误，不知道密封给谁。", "先运行 jiebang check 并改正。")
    recipients = recipients_of(districts)
    if not recipients:
        raise NO_RECIPIENTS
    if len(recipients) < _FEWEST:
        raise UserError(
            "districts.yml 里的工作密钥和备用密钥是同一把，丢了就再也打不开；没有密封。",
            "请市级维护人另外生成一把备用密钥（jiebang new key），改正 city 的 sealing。",
        )
    return recipients


def _for_terminals(text: str) -> str:
    """A record that anybody may have sealed, without what makes a terminal do something: control characters are written out."""
    return "".join(c if c in "\n\t" or category(c)[0] != "C" else f"\\u{ord(c):04x}" for c in text)


def _so_far(number: int, what: str) -> str:
    return f"；前面 {number} 份已经{what}" if number else ""


def _each(files: Sequence[RecordFile], what: str, do: Callable[[RecordFile], T]) -> list[T]:
    """Does it to every file; an error says how far it came."""
    done: list[T] = []
    for number, file in enumerate(files):
        try:
            done.append(do(file))
        except OSError as error:
            raise UserError(
                f"{file.path} 没有{what}（{reason_of(error)}）{_so_far(number, what)}。",
                "检查文件夹权限和磁盘空间，再运行一遍。",
            ) from error
        except UserError as error:
            message = error.message.removesuffix("。")
            raise UserError(f"{message}{_so_far(number, what)}。", error.hint) from error
    return done


def _refuse_wrong(catalogue: Path, files: Sequence[RecordFile]) -> None:
    """Raises UserError where a check finds errors in what is about to be sealed: afterwards nobody finds them who has no key, and the text
    of who typed it is gone. Nothing that is in plain here is kept in a store."""
    paths = {file.path for file in files}
    found = verdict(catalogue, Maps(jobs=1)).problems if files else []
    wrong = [p for p in found if p.path in paths and p.severity is Severity.ERROR and p.code not in _OF_PLAIN]
    if wrong:
        show(from_here(wrong, catalogue), console())
        count = len({problem.path for problem in wrong})
        raise UserError(f"{count} 份记录有错误，什么都没有密封。", "改正后再运行；密封以后，没有密钥就查不出来了。")


def _keys(count: int, what: str) -> Keyring:
    keys = keyring()
    if keys is None:
        raise KeyNeededError(count, what)
    return keys


def _in_repository(folder: Path) -> bool:
    """Whether a folder lies in a work tree of git, or in a catalogue that is none yet."""
    marks = (".git", "districts.yml")
    return any((above / mark).exists() for above in (folder, *folder.parents) for mark in marks)


@click.command("key", options_metavar="[选项]")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def key_command(file: Path) -> None:
    """生成一把打开密封记录的密钥，写到 FILE（不能在仓库里），显示它的公钥。"""
    if _in_repository(file.resolve().parent):
        raise UserError(f"{file} 在仓库里，密钥不能放在这里。", "写到仓库以外，例如 U 盘。")
    secret, public = new_identity()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as stream:
            stream.write(f"# public key: {public}\n{secret}\n")
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError as error:
        raise UserError(f"{file} 已经有了，没有覆盖。", "换一个文件名；覆盖密钥就再也打不开密封给它的记录。") from error
    except OSError as error:
        raise UserError(f"写不了 {file}（{reason_of(error)}）。", "检查文件夹权限和磁盘空间。") from error
    tell(public)
    if os.name == "posix" and file.stat().st_mode & 0o077:
        say("这个磁盘不分用户权限（U 盘多是这样），拿到它的人都能读；用的时候先复制到自己的文件夹里。", "yellow")
    say(f"密钥已写入 {file}，不要给别人看；上面是它的公钥，请市级维护人写进 districts.yml（city 的 sealing）。")
    say("再生成一把备用密钥，两把分开保管；两把都丢了，密封的记录谁也打不开。", "yellow")


def _say_recipients(recipients: Sequence[str]) -> None:
    say(f"密封给 {len(recipients)} 把密钥，接收人摘要 {digest_of(recipients)}。")


@click.command("seal", options_metavar="[选项]")
@catalogue_option
@click.option(
    "--rekey", is_flag=True, help="把密封的记录重新密封给 districts.yml 现在的接收人；要用一把现在打得开的密钥。"
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
def seal_command(catalogue: Path, rekey: bool, paths: tuple[Path, ...]) -> None:
    """把企业和申请的记录密封：只有持钥的人打得开，旁人只看得到编号、状态这几项。

    密封只用 districts.yml 里的公钥，不需要密钥。给出 PATH 时只密封这些文件（夹）。原来的文件由 .yml.age 代替；以前提交过的明文还在 git 历史里，怎么办见使用指南“密封”。
    """
    recipients = _recipients(catalogue)
    files = _chosen(catalogue, paths, sealed=rekey)
    if rekey:
        keys = _keys(len(files), "不能重新密封")
        sealed = _each(files, "重新密封", lambda file: reseal_file(catalogue, file, keys, recipients))
        left = sealed.count(False)
        if left and left == len(sealed):
            raise UserError("给出的密钥一份记录也打不开。", "换用现在打得开的密钥：原来的工作密钥或备用密钥。")
        tell(f"重新密封了 {len(sealed) - left} 份记录。")
        if left:
            say(f"另有 {left} 份写着已经密封给现在的接收人，给出的密钥打不开，没有改动；用新的密钥检查一遍。", "yellow")
    else:
        if paths and not files:
            raise UserError(
                "这里没有明文的企业或申请，没有要密封的。", "写记录的文件（.yml）或它的文件夹；已经密封的不用再密封。"
            )
        _refuse_wrong(catalogue, files)
        _each(files, "密封", lambda file: seal_file(catalogue, file, recipients))
        tell(f"密封了 {len(files)} 份记录。")
    _say_recipients(recipients)
    say("下一步：jiebang check，再提交合并请求。")


@click.command("unseal", options_metavar="[选项]")
@catalogue_option
@click.option("--show", is_flag=True, help="只显示，不写文件；一次一份。")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
def unseal_command(catalogue: Path, show: bool, paths: tuple[Path, ...]) -> None:
    """用密钥打开密封的记录，供修改；改完用 jiebang seal 重新密封再提交。

    明文代替密封的文件，留在原处；没有重新密封就提交，钩子和检查会拦住。只想看一看，用 --show。
    """
    files = _chosen(catalogue, paths, sealed=True)
    if not files:
        raise UserError("这里没有密封的记录。", "写密封的文件（.yml.age）或它的文件夹。")
    keys = _keys(len(files), "")
    if show:
        if len(files) > 1:
            raise click.UsageError(f"--show 一次只显示一份，这里有 {len(files)} 份。")
        text = opened_record(catalogue, files[0], keys).decode("utf-8", errors="replace")
        click.echo(_for_terminals(text) if sys.stdout.isatty() else text, nl=False)
        return
    _each(files, "打开", lambda file: unseal_file(catalogue, file, keys))
    tell(f"打开了 {len(files)} 份记录。")
    say("这些文件现在是明文，不要提交；改完运行 jiebang seal。", "yellow")
