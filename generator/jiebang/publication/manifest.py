"""The list of a site's files with their SHA-256 that goes out with it, as `sha256sum` writes and reads it.

It names what is public already and nothing else: no commit and no time, for either would tell that something private has changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from jiebang.errors import UserError
from jiebang.view import MANIFEST

_LINE = re.compile(r"([0-9a-f]{64})  ([^\0\r\n]+)")


def manifest_of(digests: Mapping[str, bytes]) -> bytes:
    """The file for SHA-256 digests by path; sorted by path."""
    # Line by line: of 100,000 demands it is 34 MB, and as a list of lines as much again.
    listed = io.BytesIO()
    for path in sorted(digests):
        listed.write(f"{digests[path].hex()}  {path}\n".encode())
    return listed.getvalue()


def read_manifest(content: bytes) -> dict[str, bytes]:
    """The digests by path. Raises UserError for what is no such file, or names a file outside the site."""
    digests: dict[str, bytes] = {}
    try:
        lines = content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise _refusal(1) from None
    if lines.pop() or not lines:
        raise _refusal(len(lines) + 1)
    for number, line in enumerate(lines, 1):
        told = _LINE.fullmatch(line)
        if told is None or not _stays_inside(told[2]) or told[2] in digests:
            raise _refusal(number)
        digests[told[2]] = bytes.fromhex(told[1])
    return digests


def _stays_inside(path: str) -> bool:
    return (
        "\\" not in path
        and str(PurePosixPath(path)) == path
        and not {"..", "."}.intersection(path.split("/"))
        and path[0] != "/"
    )


def _refusal(line: int) -> UserError:
    return UserError(
        f"清单 {MANIFEST} 第 {line} 行不是“校验值  文件”，或文件写了两遍、不在网站里。",
        f"清单由 jiebang build 写成，不要手工改；取一份原来的 {MANIFEST} 再核对。",
    )
