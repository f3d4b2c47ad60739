"""The zip files behind .docx, .xlsx and .ods, opened as if an enemy had made them: within limits, without macros, nothing from outside.

Source: safety rule 18. What the parsers get is a copy made of the parts that were looked at; nothing else of the file reaches them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from jiebang.forms.reading.findings import FormError

MAX_FILE = 20 * 1024 * 1024
MAX_MEMBERS = 1000
MAX_MEMBER = 32 * 1024 * 1024
MAX_TOTAL = 96 * 1024 * 1024
MAX_RATIO = 100
_SMALL = 64 * 1024
"""Below this a member may be packed as tightly as it likes: 64 KiB harm nobody."""

_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|jsaProject\.bin)$|(?:^|/)(?:macrosheets|Basic)/", re.IGNORECASE
)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings|activeX)/|^Object [0-9]+/")
_UNREAD_PARTS = (
    (_EMBEDDED, "文件里有嵌入的对象（如另一个文档），没有读。"),
    (re.compile(r"^xl/ctrlProps/"), "工作表里有复选框一类的控件，它们的状态没有读。"),
    (re.compile(r"^xl/externalLinks/"), "工作表引用了别的工作簿，读到的是上次保存的结果。"),
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The members that may be read, and what was left out."""

    members: dict[str, bytes]
    notes: tuple[str, ...]

    def packed(self) -> bytes:
        """The members as a zip again, for a parser that wants one."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
            for name, data in self.members.items():
                target.writestr(zipfile.ZipInfo(name), data)
        return stream.getvalue()


def _refuse_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Judged before anything is unpacked."""
    hint = "正常的表格不会这样，请用 Word 或 Excel 打开后另存一份再试。"
    if len(entries) > MAX_MEMBERS:
        raise FormError(f"压缩包里有 {len(entries)} 个部分，上限是 {MAX_MEMBERS} 个。", hint)
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise FormError("压缩包里有同名的部分。", hint)
    for entry in entries:
        if entry.flag_bits & 1:
            raise FormError("文件加了密码。", "打开文件，去掉密码后另存一份再试。")
        if entry.file_size > MAX_MEMBER:
            raise FormError(f"压缩包里有一部分展开后超过 {MAX_MEMBER // 1024 // 1024} MB。", hint)
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise FormError(f"压缩比超过 {MAX_RATIO}:1，可能是压缩炸弹。", hint)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise FormError(f"压缩包展开后超过 {MAX_TOTAL // 1024 // 1024} MB。", hint)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One member; a size that the directory does not tell truly is an error, not memory."""
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise FormError("压缩包里写的大小和实际不符。", "用 Word 或 Excel 打开后另存一份再试。")
    return data


def _check_markup(data: bytes) -> None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:64] or _DECLARED.search(data):
        raise FormError(
            "文件里声明了 XML 实体或用了别的编码，正常的表格没有这些。", "用 Word 或 Excel 打开后另存一份再试。"
        )
    if b"macroEnabled" in data:
        raise _macros()


def _macros() -> FormError:
    return FormError("文件带有宏，不能导入。", "打开文件，另存为不带宏的 .docx 或 .xlsx 再试。")


def _without_external(data: bytes) -> tuple[bytes, bool]:
    """A relationship part without what leads outside, and whether more than hyperlinks led there."""
    found = [
        match.group()
        for match in _RELATION.finditer(data)
        if re.search(rb"TargetMode\s*=\s*[\"']External", match.group())
    ]
    for relation in found:
        data = data.replace(relation, b"")
    return data, any(not re.search(rb"/hyperlink[\"']", relation) for relation in found)


def open_archive(data: bytes) -> Archive:
    """The parts of a zipped office file that are XML and harmless. FormError with the reason for anything hostile."""
    notes: list[str] = []
    members: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_sizes(entries)
            if any(_MACROS.search(entry.filename) for entry in entries):
                raise _macros()
            for entry in entries:
                notes.extend(note for wanted, note in _UNREAD_PARTS if wanted.search(entry.filename))
                if _EMBEDDED.search(entry.filename) or not entry.filename.endswith((".xml", ".rels", "mimetype")):
                    continue
                content = _read(archive, entry)
                _check_markup(content)
                if entry.filename.endswith(".rels"):
                    content, outside = _without_external(content)
                    if outside:
                        notes.append("文件引用了外部的文件或模板，没有读取。")
                members[entry.filename] = content
    # NotImplementedError: how zipfile refuses a way of packing, or encryption, that it does not know; ValueError, IndexError, OSError,
    # struct.error: what it stumbles over where places, names or sizes in the directory are not true.
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, IndexError, OSError, struct.error
    ) as error:  # fmt: skip
        raise FormError("文件损坏，打不开。", "用 Word 或 Excel 打开后另存一份再试。") from error
    return Archive(members, tuple(dict.fromkeys(notes)))
