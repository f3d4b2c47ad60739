"""What commands of staff do alike at their end: today's date as the clerk's calendar has it, and a file written or a reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jiebang.catalogue.write import write_files
from jiebang.errors import UserError, reason_of


def today() -> str:
    """YYYY-MM-DD on the calendar of whoever sits here."""
    return date.today().isoformat()  # noqa: DTZ011 - the day on the clerk's own calendar


def write_or_tell(target: Path, text: str) -> None:
    """Writes a file whole or not at all. Raises UserError where the disk refuses."""
    write_all_or_tell({target: text.encode()})


def write_all_or_tell(contents: Mapping[Path, bytes]) -> None:
    """Writes files whole, all or none. Raises UserError where the disk refuses."""
    try:
        write_files(contents)
    except OSError as error:
        names = "、".join(str(target) for target in contents)
        raise UserError(
            f"写不了 {names}（{reason_of(error)}），什么都没有改。", "检查文件夹权限和磁盘空间。"
        ) from error
