"""Where the desk's files are put: in a folder of their own that git ignores, for their owner alone, never where the public or git finds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from jiebang.errors import UserError
from jiebang.forms.writing.private_files import (
    LETTERS,
    REPORTS,
    prepare_own,
    refuse_exposed,
    refuse_tracked,
    write_private,
)

__all__ = ["LETTERS", "REPORTS", "file_name", "write_all"]

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
_HOLDS = "里面有不公开的内容"


def file_name(title: str, ending: str) -> str:
    """A file's name of a title, whatever stands in it."""
    return f"{_NOT_IN_NAMES.sub('-', title).strip(' .')[:80]}.{ending}"


def write_all(files: Mapping[str, bytes], out: Path | None, own: Path, catalogue: Path) -> list[Path]:
    """Writes files into the folder `out`, or into `own` where none is named; all of them or, for a place that is refused, none.

    Raises UserError inside the site's output or sources, inside the catalogue, and where git would commit them.
    """
    folder = out or own
    targets = {folder / name: data for name, data in files.items()}
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} 不是文件夹。", "--out 写文件夹名。")
    for target in targets:
        refuse_exposed(target, catalogue, _HOLDS)
    if out is None:
        prepare_own(own)
    for target in targets:
        refuse_tracked(target, _HOLDS)
    for target, data in targets.items():
        write_private(target, data)
    return list(targets)
