"""`jiebang fix`: shows first, writes when told, and prints no private value where a stranger may read."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.conftest import Run

ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"


def _slip(base: Path, path: str, old: str, new: str) -> str:
    file = base / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return text


def test_it_shows_and_writes_nothing_until_told(run: Run, base: Path) -> None:
    text = _slip(base, ENTERPRISE, "employees: 3500", "employees: ３,５００")
    slipped = (base / ENTERPRISE).read_bytes()
    done = run("fix", "--catalogue", base)
    assert done.returncode == 1
    assert f"{ENTERPRISE}\n" in done.stdout
    assert "从业人数：全角字符改成半角，去掉千分位" in done.stdout
    assert "jiebang fix --write" in done.stderr
    assert (base / ENTERPRISE).read_bytes() == slipped
    done = run("fix", "--write", "--catalogue", base)
    assert done.returncode == 0 and "下一步：jiebang check" in done.stderr
    assert (base / ENTERPRISE).read_text(encoding="utf-8") == text
    assert run("fix", "--catalogue", base).returncode == 0


def test_only_the_named_files_are_touched(run: Run, base: Path) -> None:
    _slip(base, ENTERPRISE, "employees: 3500", "employees: ３５００")
    assert run("fix", "--catalogue", base, base / "2024/zone").returncode == 0
    assert run("fix", "--catalogue", base, "2024/qiaokou/enterprises").returncode == 1
    outside = run("fix", "--catalogue", base, base.parent)
    assert outside.returncode == 2 and "不在目录" in outside.stderr


def test_a_private_value_is_not_printed_into_a_log(run: Run, base: Path) -> None:
    _slip(base, ENTERPRISE, "postcode: 0", "postcode: ０")
    _slip(base, DEMAND, "  published: 2024-08-20", "  published: 2024年8月20日")
    done = run("fix", "--catalogue", base)
    assert "邮编：全角字符改成半角" in done.stdout
    assert "- postcode" not in done.stdout and "没有显示" in done.stderr
    assert "- published: 2024年8月20日" in done.stdout and "+ published: 2024-08-20" in done.stdout
    told = run("fix", "--catalogue", base, "--show-values")
    assert "- postcode: ０" in told.stdout and "+ postcode: 0" in told.stdout


def test_a_terminal_shows_what_it_is_about(base: Path) -> None:
    _slip(base, ENTERPRISE, "postcode: 0", "postcode: ０")
    main, side = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "jiebang", "fix", "--catalogue", str(base)], stdout=side, stderr=side, stdin=side
    ) as process:
        os.close(side)
        told = b""
        while True:
            try:
                told += os.read(main, 4096)
            except OSError:  # the end of a terminal whose other side was closed
                break
        os.close(main)
    assert process.returncode == 1
    assert "+ postcode: 0" in told.decode()


def test_a_file_in_an_unknown_encoding_is_named_by_number(run: Run, base: Path) -> None:
    (base / ENTERPRISE).write_bytes("名称：示例".encode("utf-16"))
    done = run("fix", "--write", "--catalogue", base)
    assert done.returncode == 0 and "1 个文件的编码认不准" in done.stderr
