"""What a file is, told from its content; what its name says is only compared with that."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from jiebang.errors import reason_of
from jiebang.forms.reading.document import compound
from jiebang.forms.reading.document.archive import MAX_FILE, open_archive
from jiebang.forms.reading.findings import FormError

DOCX, XLSX, ODS, DOC, XLS = "docx", "xlsx", "ods", "doc", "xls"

NAMES = {
    DOCX: "Word 文档（.docx）",
    XLSX: "Excel 工作簿（.xlsx）",
    ODS: "OpenDocument 表格（.ods）",
    DOC: "旧版 Word 或 WPS 文字（.doc、.wps）",
    XLS: "旧版 Excel 或 WPS 表格（.xls、.et）",
}
ENDINGS = {".docx": DOCX, ".xlsx": XLSX, ".ods": ODS, ".doc": DOC, ".wps": DOC, ".xls": XLS, ".et": XLS}
_WITH_MACROS = {".docm", ".dotm", ".xlsm", ".xltm", ".xlsb"}
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"<html", "网页（HTML）"),
    (b"<HTML", "网页（HTML）"),
    (b"<!DOCTYPE html", "网页（HTML）"),
)


def _zipped(data: bytes) -> str | None:
    members = open_archive(data).members
    if any(name.startswith("word/document") for name in members):
        return DOCX
    if any(name.startswith("xl/workbook") for name in members):
        return XLSX
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return ODS
    if members.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.text"):
        raise FormError("文件是 .odt 文字文档，不是 Word 表格。", "打开文件，另存为 .docx 再试。")
    if "OFD.xml" in members:
        raise FormError("文件是 OFD 版式文件，不是 Word 或 Excel 表格。", "请填表单位交 Word 或 Excel 电子版。")
    return None


def _compound(data: bytes) -> str | None:
    """An OLE file tells its kind by the names of its streams, which stand in it as UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        raise FormError("文件加了打开密码。", "打开文件，去掉密码后另存一份再试。")
    if has("_VBA_PROJECT") or has("_VBA_PROJECT_CUR"):
        raise FormError("文件带有宏，不能导入。", "打开文件，另存为不带宏的 .docx 或 .xlsx 再试。")
    if has("WordDocument"):
        return DOC
    return XLS if has("Workbook") or has("Book") else None


def _content_of(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        kind = _zipped(data)
    elif data.startswith(compound.MARK):
        kind = _compound(data)
    else:
        other = next((name for mark, name in _OTHERS if data.startswith(mark)), "")
        raise FormError(
            f"文件内容是 {other}，不是 Word 或 Excel 表格。" if other else "文件内容不是 Word 或 Excel 表格。",
            "请向填表单位要 Word 或 Excel 电子版，或打开后另存为 .docx。",
        )
    if kind is None:
        raise FormError("压缩包里不是 Word 或 Excel 表格。", "解压后把里面的表格文件逐个导入。")
    return kind


def read_bytes(path: Path) -> bytes:
    """A regular file's bytes, never through a symbolic link, never more than the limit."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if path.is_symlink():
            raise FormError("这是符号链接（快捷方式），不跟随。", "把真正的文件放到这里再试。")
        with os.fdopen(os.open(path, flags), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise FormError("这不是普通文件。", "选择一个 Word 或 Excel 文件。")
            data = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise FormError(f"读不出这个文件（{reason_of(error)}）。", "检查文件是否存在、是否被占用。") from error
    refuse_size(data)
    return data


def refuse_size(data: bytes) -> None:
    """FormError for a file that holds nothing, or more than a form ever does."""
    if len(data) > MAX_FILE:
        raise FormError(f"文件超过 {MAX_FILE // 1024 // 1024} MB。", "删去文件里的图片和附件后另存一份再试。")
    if not data:
        raise FormError("文件是空的（0 字节）。", "请重新保存或重新接收这个文件。")


def kind_of(name: str, data: bytes) -> str:
    """The kind of a file. FormError where content and name disagree, or where it is nothing that can be read."""
    ending = Path(name).suffix.lower()
    if ending in _WITH_MACROS:
        raise FormError(f"{ending} 文件可以带宏，不能导入。", "打开文件，另存为 .docx 或 .xlsx 再试。")
    kind = _content_of(data)
    named = ENDINGS.get(ending)
    if named != kind:
        raise FormError(
            f"文件名以 {ending or '（无扩展名）'} 结尾，内容却是 {NAMES[kind]}。",
            f"核对文件来源；确认无误后，把扩展名改为 .{kind} 再试。",
        )
    return kind
