"""The bytes of a file as an editor should have left them: UTF-8, no mark in front, line feeds alone, one at the end."""

from __future__ import annotations

import re
import unicodedata

from jiebang.catalogue.decode import INVISIBLE, MAX_BYTES
from jiebang.fix.values import Change
from jiebang.schemas import fields_of

_KEY = re.compile(r"^ *(?:- )?([a-z_]+):(?: |$)", re.MULTILINE)
_COMMON = re.compile(
    "[\u0020-\u007e\u00b0\u00b1\u00b7\u00d7\u0391-\u03c9\u2010-\u2033\u2103\u2160-\u216b\u2460-\u249b\u3000-\u3029\u4e00-\u9fa5\uff01-\uff5e\uffe5\t\n\r]*"
)


def _surely_gbk(data: bytes, kind: str) -> str | None:
    """The text, where every byte makes sense as GBK and what comes out is a record in everyday characters."""
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return None
    keys = set(_KEY.findall(text.replace("\r\n", "\n")))
    known = {field.path.rpartition(".")[2] for field in fields_of(kind)}
    plain = _COMMON.fullmatch(text) is not None and not any(unicodedata.category(c) == "Co" for c in text)
    return (
        text
        if plain and len(keys) >= 3 and keys <= known and not INVISIBLE.search(text.replace("\r\n", "\n"))
        else None
    )


def tidied_text(data: bytes, kind: str) -> tuple[str | None, list[Change]]:
    """The text and what was done to the file as a whole; None where the bytes cannot be read for certain."""
    changes = []
    if len(data) > MAX_BYTES:
        return None, []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        gbk = _surely_gbk(data, kind)
        if gbk is None:
            return None, []
        text = gbk
        changes.append(Change(0, (), "文件由 GBK 编码转为 UTF-8"))
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        changes.append(Change(0, (), "去掉文件开头的字节顺序标记（BOM）"))
    if "\r\n" in text:
        # Converted twice, a line ends with two returns.
        text = re.sub("\r+\n", "\n", text)
        changes.append(Change(0, (), "行尾由 CRLF 改为 LF"))
    return text, changes
