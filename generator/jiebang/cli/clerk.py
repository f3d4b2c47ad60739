"""What commands of staff do alike at their end: today's date as the clerk's calendar has it, and a file written or a reason why not."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from jiebang.catalogue.write import write_file
from jiebang.errors import UserError


def today() -> str:
    """YYYY-MM-DD on the calendar of whoever sits here."""
    return date.today().isoformat()  # noqa: DTZ011 - the day on the clerk's own calendar


def write_or_tell(target: Path, text: str) -> None:
    """Writes a file whole or not at all. Raises UserError where the disk refuses."""
    try:
        write_file(target, text)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise UserError(f"写不了 {target}（{reason}）。", "检查文件夹权限和磁盘空间。") from error
