"""What `proposal` and `preview` ask alike: which repository, which two states, whose pull request."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jiebang.proposal import Asked


def asked_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--repository`, `--base`, `--head` and `--actor`, handed on as one `asked`."""

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
        "--actor", "actors", multiple=True, metavar="NAME", help="提交人在平台上的账号；可以写几次，每个人都要有权限。"
    )
    @functools.wraps(function)
    def asking(*arguments: Any, repository: Path, base: str, head: str, actors: tuple[str, ...], **options: Any) -> Any:
        named = tuple(actor for actor in actors if actor.strip())
        return function(*arguments, asked=Asked(repository, base, head, named), **options)

    return asking
