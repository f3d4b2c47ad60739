"""Bytes → text that a person and the program read alike; everything invisible or misencoded is refused at its place.

Source: safety rules 14 (encoding, size, control, bidi and zero-width characters).
"""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file, or a place in it, is not read. `message` and `hint` are Chinese and quote nothing from the file."""

    code: str
    line: int
    column: int
    message: str
    hint: str = ""


# Written out, not taken from unicodedata: the verdict must not change with the Python version. Cc but tab and line feed, Cf
# (zero-width, bidi, soft hyphen, BOM, tags), Co private use, Cs surrogates, Zl and Zp, noncharacters at the end of plane 0, and the
# letters that print nothing (Hangul fillers, blank Braille pattern). A test holds it against unicodedata.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\U000f0000-\U0010ffff]"
)


def describe_character(character: str) -> str:
    """`U+200B 零宽字符` for a message: the character itself would not be seen."""
    code = ord(character)
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in {0x200E, 0x200F, 0x061C}:
        name = "双向文字控制符"
    elif code == 0xFEFF:
        name = "字节顺序标记（BOM）"
    elif code in {0x200B, 0x200C, 0x200D, 0x2060}:
        name = "零宽字符"
    elif unicodedata.category(character) == "Co":
        name = "私用区字符，多半来自 Word 的特殊符号"
    elif unicodedata.category(character) == "Cc":
        name = "控制字符"
    else:
        name = "看不见的字符"
    return f"U+{code:04X}（{name}）"


_PLAIN_PART = 4096
"""So much of a file tells in how many bytes its letters are written."""


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32, told by its mark, or by the NULs beside the letters of ASCII that every record has; empty for neither."""
    # The mark of UTF-32 begins with that of UTF-16.
    if data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16"
    part = data[: min(len(data), _PLAIN_PART) // 4 * 4]
    nuls = [part[at::4].count(0) for at in range(4)]
    if part and len(part) // 4 in (min(nuls[:2]), min(nuls[2:])) and sum(nuls) < len(part):
        return "UTF-32"
    even, odd = part[::2].count(0), part[1::2].count(0)
    return "UTF-16" if min(even, odd) == 0 and max(even, odd) * 8 > len(part) else ""


def _undecodable(data: bytes, error: UnicodeDecodeError) -> Refusal:
    if kind := _wide(data):
        # Its lines are no lines as bytes.
        return _in_another_encoding(1, 1, kind)
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", errors="replace")) + 1
    return _in_another_encoding(line, column, "GBK（GB 18030）" if _is_gbk(data) else "其他编码或二进制文件")


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    # No text has a NUL.
    return b"\0" not in data


def _in_another_encoding(line: int, column: int, kind: str) -> Refusal:
    return Refusal("Y102", line, column, f"文件不是 UTF-8 编码，看来是{kind}。", "在编辑器中“另存为”，编码选 UTF-8。")


def _scan(text: str) -> Iterator[Refusal]:
    for match in INVISIBLE.finditer(text):
        start = match.start()
        yield Refusal(
            "Y103",
            text.count("\n", 0, start) + 1,
            start - text.rfind("\n", 0, start),
            f"发现看不见的字符 {describe_character(match.group())}。",
            "删除这个字符；从网页或 Word 粘贴的文字，可先粘到记事本再复制过来。",
        )


_MOST_REPORTED = 20
"""A binary file has thousands of control characters; the first ones tell enough."""


def _too_large(size: int) -> Refusal:
    # Just over the limit, both would be "1.0 MiB".
    told = (
        f"{size / MAX_BYTES:.1f} MiB，上限是 1 MiB"
        if size >= 1.1 * MAX_BYTES
        else f"{size:,} 字节，上限是 {MAX_BYTES:,} 字节"
    )
    return Refusal("Y101", 0, 0, f"文件有 {told}。")


def decode(data: bytes, size: int | None = None) -> tuple[str | None, list[Refusal]]:
    """The text of a record file, or None with the reason. `size`: how long the file is in bytes, where `data` is cut.

    A byte order mark in front (Windows Notepad writes one) and CRLF line ends are tolerated; both are gone from the text.
    """
    if len(data) > MAX_BYTES:
        return None, [_too_large(size or len(data))]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_undecodable(data, error)]
    if "\0" in text and (kind := _wide(data)):
        # English without a mark: every other sign would be told as one that nobody sees.
        return None, [_in_another_encoding(1, 1, kind)]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\r" in text and "\n" not in text:
        # Told one by one, they would be deleted, and with them all lines.
        message, hint = "换行用的是回车符（CR），整个文件成了一行。", "在编辑器里把行尾改为 LF 或 CRLF，再保存。"
        return None, [Refusal("Y103", 1, text.index("\r") + 1, message, hint)]
    refusals = []
    for refusal in _scan(text):
        refusals.append(refusal)
        if len(refusals) == _MOST_REPORTED:
            break
    return (None, refusals) if refusals else (text, [])
