"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from jiebang.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])


def catalogue_option(function: F) -> F:
    """`--catalogue DIR`: an existing folder, by default `catalogue` here."""
    return click.option(
        "--catalogue",
        "catalogue",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path("catalogue"),
        show_default=True,
        metavar="DIR",
        help="目录（catalogue）所在的文件夹。",
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


def from_here(problems: Sequence[Problem], catalogue: Path) -> list[Problem]:
    """Problems whose paths start where the command was run, so that they can be opened from there."""
    prefix = os.path.relpath(catalogue).replace(os.sep, "/")
    if prefix.startswith(".."):
        prefix = catalogue.as_posix()
    return [replace(p, path=p.path if prefix == "." else f"{prefix}/{p.path}") for p in problems]
