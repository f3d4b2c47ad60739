"""What `proposal` and `preview` ask alike: which repository, which two states, whose pull request."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jiebang.cli.options import identity_option
from jiebang.errors import UserError
from jiebang.proposal import Asked
from jiebang.proposal.requester import FORGES, author_of

_NOT_TOLD = (
    "平台给出的账号里有一个是空的，不知道是谁提的合并请求，或是谁启动的检查。",
    "请维护人检查自动检查的设置：JUDGE_AUTHOR 是提出合并请求的账号，JUDGE_STARTER 是启动检查的账号，都由平台的事件给出。",
)


def _asked(repository: Path, base: str, head: str, actors: tuple[str, ...], author_from: str | None) -> Asked:
    named = tuple(actor for actor in actors if actor.strip())
    doubt = _NOT_TOLD if len(named) < len(actors) else None
    if author_from is not None:
        try:
            named = (author_of(author_from, os.environ), *named)
        except UserError as error:
            doubt = (error.message, error.hint)
    return Asked(repository, base, head, named, doubt=doubt)


def asked_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--repository`, `--base`, `--head`, `--actor` and `--author-from`, handed on as one `asked`; and `--identity`."""

    @identity_option
    @click.option(
        "--repository",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        help="合并请求所在的 git 仓库；默认是当前文件夹。",
    )
    @click.option("--base", default="main", show_default=True, metavar="REV", help="要合并到哪里：分支或提交。")
    @click.option("--head", default="HEAD", show_default=True, metavar="REV", help="合并请求：分支或提交。")
    @click.option(
        "--actor",
        "actors",
        multiple=True,
        metavar="NAME",
        help="提交人在平台上的账号；可以写几次，每个人都要有权限。写了却是空的，算不知道是谁，有错误。",
    )
    @click.option(
        "--author-from",
        "author_from",
        type=click.Choice(FORGES),
        help="流水线里用：变量不说合并请求是谁提的平台，向它询问；要有只读的令牌（变量 JUDGE_TOKEN）。问不到算错误。",
    )
    @functools.wraps(function)
    def asking(
        *arguments: Any,
        repository: Path,
        base: str,
        head: str,
        actors: tuple[str, ...],
        author_from: str | None,
        **options: Any,
    ) -> Any:
        return function(*arguments, asked=_asked(repository, base, head, actors, author_from), **options)

    return asking
