"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from jiebang.catalogue.keys import IDENTITY_VARIABLE, identities_from
from jiebang.problems import Problem
from jiebang.problems.places import with_places

F = TypeVar("F", bound=Callable[..., Any])


def catalogue_option(function: F) -> F:
    """`--catalogue DIR`: an existing folder, by default `catalogue` here; and `--identity FILE`, for sealed records in it."""
    return identity_option(
        click.option(
            "--catalogue",
            "catalogue",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=Path("catalogue"),
            show_default=True,
            metavar="DIR",
            help="目录（catalogue）所在的文件夹。",
        )(function)
    )


def _name_identities(context: click.Context, _: click.Parameter, files: tuple[Path, ...]) -> None:
    if files:
        context.with_resource(identities_from(files))


def identity_option(function: F) -> F:
    """`--identity FILE`: sealed records are opened with it as long as the command runs."""
    return click.option(
        "--identity",
        multiple=True,
        expose_value=False,
        callback=_name_identities,
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=f"打开密封记录的密钥文件；不写时看环境变量 {IDENTITY_VARIABLE}。",
    )(function)


def out_option(function: F) -> F:
    """`--out DIR`, by default `public` here."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("public"),
        show_default=True,
        metavar="DIR",
        help="网站写到哪个文件夹；整个文件夹会被替换。",
    )(function)


def shrink_option(function: F) -> F:
    """`--allow-shrink`."""
    return click.option("--allow-shrink", is_flag=True, help="允许发布空目录，或需求比现有网站少一半以上的目录。")(
        function
    )


def _as_day(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期；写成 2026-03-05 这样。", param=param) from None


def day_option(name: str, text: str) -> Callable[[F], F]:
    """An option that takes a day; the value is YYYY-MM-DD, or None."""
    return click.option(name, callback=_as_day, metavar="DAY", help=text)


def district_option(function: F) -> F:
    """`--district SLUG`; `district_named` makes a slug of it."""
    return click.option("--district", metavar="SLUG", help="只看一个区的文件夹里的；写区的网址名或名称。")(function)


def round_option(function: F) -> F:
    """`--round ID`; `round_named` looks whether there is one."""
    return click.option("--round", "round_", metavar="ID", help="只看一个轮次。")(function)


def from_here(problems: Sequence[Problem], catalogue: Path) -> list[Problem]:
    """Problems whose paths start where the command was run, so that they can be opened from there, as far as a log may say them."""
    prefix = os.path.relpath(catalogue).replace(os.sep, "/")
    if prefix.startswith(".."):
        prefix = catalogue.as_posix()
    shown = with_places(problems)
    return shown if prefix == "." else [replace(p, path=f"{prefix}/{p.path}") for p in shown]


def chosen_paths(paths: Sequence[Path], catalogue: Path) -> list[str]:
    """The named files and folders relative to the catalogue, wherever the command was run; usage errors for any other."""
    root = Path(os.path.abspath(catalogue))  # noqa: PTH100 - a link named on the command line must not be followed
    wanted = []
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a link named on the command line must not be followed
        if not absolute.exists() and not path.is_absolute() and (root / path).exists():
            absolute = root / path
        if not absolute.is_relative_to(root):
            raise click.UsageError(f"{path} 不在目录 {catalogue} 里。")
        if not absolute.exists():
            raise click.UsageError(f"找不到 {path}。")
        wanted.append(absolute.relative_to(root).as_posix())
    return wanted


def is_chosen(path: str, wanted: Sequence[str]) -> bool:
    """Whether a path of the catalogue is one of those chosen, or lies in one; every path where none was named."""
    return not wanted or any(one in {".", path} or path.startswith(f"{one}/") for one in wanted)
