"""What every command of staff says where the disk refuses: the file and the reason, in Chinese, and nothing half written."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from jiebang.cli import clerk
from jiebang.errors import UserError


def test_a_disk_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(clerk, "write_files", full)
    with pytest.raises(UserError, match="写不了"):
        clerk.write_or_tell(tmp_path / "external.yml", "text")
    assert list(tmp_path.iterdir()) == []
