"""`jiebang hook`: what git's hooks call, on the desk before a commit or a push, on a server without a forge before a push is taken."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from jiebang.cli.output import console, say
from jiebang.mapping import maps_in
from jiebang.problems import Problem, has_errors
from jiebang.problems.text import show
from jiebang.proposal.commits import commit_problems, message_problems, ref_problems, tree_problems
from jiebang.proposal.contents import sealed_in
from jiebang.proposal.repository import Repository

_NOT_COMMITTED = "没有提交：请按上面的提示改正，git add 之后再提交。提交过的内容会一直留在历史里，不要跳过这一步。"
_NOT_WRITTEN = "没有提交：请改写提交说明。说明会一直留在历史里，不要跳过这一步。"


def _refuse(problems: Sequence[Problem], sentence: str) -> None:
    """Says what was found; ends the command where an error is among it."""
    show(problems, console())
    if has_errors(problems):
        say(sentence, "bold red")
        sys.exit(1)


def _staged() -> None:
    """What is staged, not what lies in the folder."""
    with Repository(Path()) as repository, maps_in(repository.work_tree) as maps:
        before = repository.tree("HEAD") if repository.has("HEAD") else {}
        _refuse(tree_problems(repository, before, repository.staged(), maps), _NOT_COMMITTED)


def _picked(_: Sequence[str]) -> None:
    """`cherry-pick`, `revert` and `rebase` ask no other hook before they commit; a plain commit and a merge have been asked already."""
    with Repository(Path()) as repository:
        under_way = [name for name in ("CHERRY_PICK_HEAD", "REVERT_HEAD", "MERGE_MSG") if repository.notes(name)]
        if not under_way or repository.notes("MERGE_HEAD"):
            return
    _staged()


def _message(arguments: Sequence[str]) -> None:
    if len(arguments) != 1:
        raise click.UsageError("要给出写着提交说明的文件。")
    text = Path(arguments[0]).read_text(encoding="utf-8", errors="replace")
    _refuse(list(message_problems(text)), _NOT_WRITTEN)


def _pushed(arguments: Sequence[str]) -> None:
    """Every commit that is about to leave this machine, not only the last: what is pushed stays reachable by its hash."""
    remote = arguments[0] if arguments else "origin"
    with Repository(Path()) as repository, maps_in(repository.work_tree) as maps:
        sealed = sealed_in(repository.tree("HEAD")) if repository.has("HEAD") else frozenset[str]()
        for line in sys.stdin:
            _, local, name, there = line.split()
            if not local.strip("0"):
                continue  # A branch is deleted: nothing leaves.
            _refuse(
                list(ref_problems(repository, name, local)), "没有推送：请换一个分支或标签的名称、标签的说明再推送。"
            )
            known = there.strip("0") and repository.has(there)
            for commit in repository.commits(local, [there] if known else [f"--remotes={remote}"]):
                _refuse(
                    commit_problems(repository, commit, maps, sealed),
                    f"没有推送：提交 {commit[:10]} 有上面的问题。后来的提交改正了也不行，推送出去的历史收不回来；请用 git rebase 改正那一次提交。",
                )


def _received(_: Sequence[str]) -> None:
    # The parts of a judgement are slow to import, and a desk needs few of them.
    from jiebang.proposal.received import ACCOUNT_VARIABLE, judge_push, updates_in
    from jiebang.proposal.report import sentence

    answers = judge_push(Path(), updates_in(sys.stdin), os.environ.get(ACCOUNT_VARIABLE, ""))
    for answer in answers:
        name = answer.ref if answer.ref.isprintable() else ascii(answer.ref)
        say(
            f"{name}：{answer.reason or ('不能合并' if answer.refused else '可以合并')}",
            "bold red" if answer.refused else "",
        )
        if answer.hint:
            say(f"→ {answer.hint}", "green")
        show(answer.problems, console())
        if answer.effect is not None and not answer.refused:
            say(sentence(answer.effect))
    if any(answer.refused for answer in answers):
        say("没有收下：这次推送的每一个分支都没有变。请按上面的提示改正后再推送。", "bold red")
        sys.exit(1)


_HOOKS: dict[str, Callable[[Sequence[str]], None]] = {
    "pre-commit": lambda _: _staged(),
    "pre-merge-commit": lambda _: _staged(),
    "pre-applypatch": lambda _: _staged(),
    "prepare-commit-msg": _picked,
    "commit-msg": _message,
    "applypatch-msg": _message,
    "pre-push": _pushed,
    "pre-receive": _received,
}


@click.command("hook", options_metavar="[选项]")
@click.argument("name", type=click.Choice(list(_HOOKS)), metavar="NAME")
@click.argument("arguments", nargs=-1, metavar="[ARG]...")
def hook_command(name: str, arguments: tuple[str, ...]) -> None:
    """git 的钩子调用的检查；NAME 是钩子的名称，例如 pre-commit，ARG 是 git 给钩子的参数。一般不用手工运行。

    pre-commit、pre-merge-commit、pre-applypatch 和 prepare-commit-msg 检查将要提交的内容，commit-msg 和 applypatch-msg 检查提交说明，pre-push 检查将要推送的每一个提交；pre-receive 用在没有代码托管平台的服务器上，像 proposal 一样判断推送来的内容，账号取自环境变量 JIEBANG_ACCOUNT。

    没有错误时退出码为 0，有错误时为 1，git 就不提交、不推送、不收下。
    """
    _HOOKS[name](arguments)
