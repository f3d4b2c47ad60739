"""The 需求目录 as PDF, typeset by typst: an extra that the site does not need, so its absence is told, not crashed on."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from jiebang.site.exports.choice import FormError
from jiebang.site.exports.directory.content import COLUMNS, NEED, Directory

_BODY = (
    "FangSong",
    "FangSong_GB2312",
    "STFangsong",
    "SimSun",
    "STSong",
    "Songti SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
)
_HEADING = ("FZXiaoBiaoSong-B05S", "SimHei", "STHeiti", "Heiti SC", "Noto Sans CJK SC", "Source Han Sans SC")
_ANY = ("Microsoft YaHei", "PingFang SC", "HarmonyOS Sans SC", "WenQuanYi Micro Hei", "Droid Sans Fallback")
"""Chinese typefaces, those of official papers first. Typst goes through them letter by letter."""
_WORDS = "改用 --form docx 或 xlsx，再用 Word、WPS 另存为 PDF"


def _faces(present: frozenset[str], *wanted: tuple[str, ...]) -> list[str]:
    return [face for faces in wanted for face in faces if face in present]


def directory_pdf(directory: Directory) -> bytes:
    """Raises FormError where typst or every Chinese typeface is missing: a page of empty squares is worse than none."""
    if importlib.util.find_spec("typst") is None:
        raise FormError("没有安装生成 PDF 所需的 typst。", f"运行 .venv/bin/pip install typst 后再试；或者{_WORDS}。")
    present = families()
    body, heading = _faces(present, _BODY, _HEADING, _ANY), _faces(present, _HEADING, _BODY, _ANY)
    if not body:
        raise FormError(
            "这台电脑上没有找到中文字体，PDF 里的汉字会显示成空框。",
            f"安装一种中文字体（Debian、Ubuntu：sudo apt install fonts-noto-cjk）后再试；或者{_WORDS}。",
        )
    return typeset(directory, body, heading)


def families() -> frozenset[str]:
    """The typefaces of this machine."""
    import typst

    return frozenset(typst.Fonts().families())


def typeset(directory: Directory, body: list[str], heading: list[str]) -> bytes:
    """The PDF in these typefaces."""
    import typst

    content = {
        "title": directory.title,
        "issuer": directory.issuer,
        "lines": directory.lines,
        "note": directory.note,
        "heads": [column.title for column in COLUMNS],
        "shares": [column.share for column in COLUMNS],
        "need": NEED,
        "faces": body,
        "heading_faces": heading,
        "rows": [{"cells": row.cells, "need": row.need} for row in directory.rows],
    }
    made: bytes = typst.compile(
        str(Path(__file__).with_name("directory.typ")),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        timestamp=0,
    )
    return made
