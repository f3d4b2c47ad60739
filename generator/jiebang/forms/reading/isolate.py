"""Hands a file to a process of its own and takes back what it shows: a file that eats memory or time hurts nobody else."""

from __future__ import annotations

import json
import subprocess
import sys

from jiebang.forms.reading.errors import FormError
from jiebang.forms.reading.grid import Document, from_data

TIMEOUT = 90
"""Seconds on the clock."""


def parse_apart(kind: str, data: bytes) -> Document:
    """The content of a file, parsed in another process. FormError where it cannot be read or costs too much."""
    hint = "正常的表格几秒钟就能读完；请用 Word 或 Excel 打开后另存一份再试。"
    try:
        done = subprocess.run(  # noqa: S603 - this very interpreter with a module of ours
            [sys.executable, "-I", "-m", "jiebang.forms.reading.worker", kind],
            input=data,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FormError(f"读这个文件超过 {TIMEOUT} 秒，已停止。", hint) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise FormError("读这个文件时超出了内存或时间的限制，或文件已损坏。", hint) from error
    if "error" in answer:
        raise FormError(answer["error"]["message"], answer["error"]["hint"])
    return from_data(answer["document"])
