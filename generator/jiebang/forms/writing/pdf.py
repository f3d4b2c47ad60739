"""A filled form as PDF: typeset here where typst and a Chinese typeface are there, else by LibreOffice, else an honest word."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from jiebang.errors import UserError
from jiebang.forms.writing.official import TEMPLATES
from jiebang.forms.writing.typesetting import sheet

CHINESE = frozenset({"SimSun", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"})
"""Typefaces with Chinese letters that `sheet.typ` asks for."""

_LONGEST = 120
"""Seconds that LibreOffice may take; its first start is slow."""


def _typst_is_here() -> bool:
    if importlib.util.find_spec("typst") is None:
        return False
    import typst

    return not CHINESE.isdisjoint(typst.Fonts().families())


def _by_typst(word: bytes) -> bytes:
    import typst

    form = json.dumps(sheet(word), ensure_ascii=False)
    made: bytes = typst.compile(
        str(TEMPLATES / "sheet.typ"), root=str(TEMPLATES), sys_inputs={"form": form}, timestamp=0
    )
    return made


def _by_libreoffice(word: bytes, program: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.docx"
        source.write_bytes(word)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_LONGEST, check=True)  # noqa: S603 - no text of a record in it
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise UserError(
                "LibreOffice 没有转换成功。", "改用 --form docx 导出，再用 Word 或 WPS 另存为 PDF。"
            ) from error


def to_pdf(word: bytes) -> bytes:
    """A filled Word form as PDF."""
    if _typst_is_here():
        return _by_typst(word)
    if program := shutil.which("soffice") or shutil.which("libreoffice"):
        return _by_libreoffice(word, program)
    raise UserError(
        "这台电脑上没有能生成 PDF 的程序。",
        "改用 --form docx 导出，再用 Word 或 WPS 另存为 PDF；或者安装 LibreOffice；"
        "或者运行 .venv/bin/pip install typst，并装上一种中文字体（例如 fonts-noto-cjk）。",
    )
