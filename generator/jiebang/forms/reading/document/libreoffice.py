"""Old Word and WPS files (.doc, .wps) become .docx through LibreOffice where it is installed; else people are told how to do it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from jiebang.forms.reading.findings import FormError

TIMEOUT = 120
BY_HAND = "用 Word 或 WPS 打开它，选“文件 › 另存为”，类型选“Word 文档（*.docx）”，再导入另存的文件。"


def find_office() -> str | None:
    """LibreOffice's command, if the machine has one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes) -> bytes:
    """The same document as .docx, converted with a profile of its own and within a time limit."""
    office = find_office()
    if office is None:
        raise FormError("本机没有装 LibreOffice，读不了 .doc 和 .wps 文件。", BY_HAND)
    with tempfile.TemporaryDirectory(prefix="jiebang-") as folder:
        source = Path(folder) / "form.doc"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - a fixed command on a file of our own naming
        except subprocess.TimeoutExpired as error:
            raise FormError(f"LibreOffice 转换超过 {TIMEOUT} 秒，已停止。", BY_HAND) from error
        target = Path(folder) / "form.docx"
        if not target.is_file():
            raise FormError("LibreOffice 转换不了这个文件，可能加了密码或已损坏。", BY_HAND)
        return target.read_bytes()
