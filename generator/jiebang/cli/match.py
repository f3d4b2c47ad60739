"""`jiebang match`: open demands for an enterprise or a description; applications and enterprises for a demand; with the reasons."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from jiebang.catalogue import Catalogue, Record, load
from jiebang.catalogue.messages import nearest
from jiebang.cli.options import catalogue_option, day_option
from jiebang.cli.output import results, say
from jiebang.desk.matching import (
    Suited,
    applications_for,
    demands_for,
    demands_for_enterprise,
    enterprises_for,
    index_with,
)
from jiebang.desk.plain_text import plain_text
from jiebang.errors import UserError
from jiebang.problems import has_errors
from jiebang.proposal.change import day_at, now
from jiebang.publication import publish
from jiebang.resources import program_data
from jiebang.schemas.ids import kind_of
from jiebang.site.matching import public_index
from jiebang.site.synonyms import Groups, synonym_files, synonyms_in
from jiebang.workspace import workspace_of

NOTHING = "没有合适的"
_SUFFIXES = frozenset({".txt", ".md"})
_DOCUMENTS = frozenset((
    ".docx", ".doc", ".docm", ".xlsx", ".xls", ".xlsm", ".pptx", ".ppt", ".pdf", ".wps", ".et", ".rtf", ".odt", ".ods", ".zip",
))  # fmt: skip
_MOST_BYTES = 1 << 20


def _why(one: Suited) -> str:
    """`钠电池 → 钠离子电池（名称）、硬碳（需求内容）`."""
    told = (f"{r.word if r.word == r.said else f'{r.word} → {r.said}'}（{r.field}）" for r in one.reasons)
    return "、".join(told)


def _show(heading: str, found: Sequence[Suited]) -> None:
    results().print(Text(f"{heading}（{len(found)} 项）" if found else f"{heading}：{NOTHING}", style="bold"))
    for number, one in enumerate(found, 1):
        line = Text(f"{number:>3}. {one.id} {one.title}")
        notes = [f"契合度 {one.score}" if one.score >= 1 else "与需求没有共同的词"]
        notes += [f"截止 {one.apply_by}"] if one.apply_by else []
        notes += [f"{one.application} {one.applied}".strip()] if one.applied else []
        line.append(f"（{'，'.join(notes)}）", style="dim")
        results().print(line, soft_wrap=True)
        if one.reasons:
            results().print(Text(f"     {_why(one)}", style="green"), soft_wrap=True)


def _stands(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        # A long text is no name of a file.
        return False


def _text_in(content: bytes, name: str) -> str:
    if len(content) > _MOST_BYTES:
        raise UserError(f"{name} 超过 1 MiB。", "只留企业主要做什么的几段话。")
    text = plain_text(content)
    if text is None:
        raise UserError(f"{name} 不是纯文字，或用了别的编码。", "用编辑器打开它，另存为 UTF-8。")
    return text


def _described(target: str) -> str:
    """The text that is meant: standard input, a file, or the words themselves."""
    if target == "-":
        return _text_in(sys.stdin.buffer.read(_MOST_BYTES + 1), "标准输入")
    path = Path(target)
    suffix = path.suffix.lower()
    if suffix in _DOCUMENTS:
        # Else its name would be compared, as if it were the description.
        raise UserError(
            f"{target} 不是纯文字的文件。",
            "打开它，把企业的介绍另存为 .txt；.docx 和 .xlsx 也可以在网站的“按介绍找需求”里选，不上传。",
        )
    if suffix not in _SUFFIXES and not _stands(path):
        return target
    if path.is_dir():
        raise UserError(f"{target} 是文件夹。", "写其中一个 .txt 文件；直接写一段话时加引号。")
    try:
        return _text_in(path.read_bytes(), target)
    except FileNotFoundError:
        raise UserError(f"找不到文件 {target}。", "核对文件名；直接写一段话时加引号。") from None


def _record(catalogue: Catalogue, kind: str, id_: str) -> Record:
    found = catalogue.find(kind, id_)
    if found is None:
        catalogue.refuse_unreadable(id_)
        known = catalogue.enterprises if kind == "enterprise" else catalogue.demands
        near = nearest(id_, [one.id for one in known])
        what = "企业" if kind == "enterprise" else "需求"
        raise UserError(f"没有编号为 {id_} 的{what}。", f"是不是 {near}？" if near else "核对编号。")
    return found


def _answer(catalogue: Catalogue, groups: Groups, target: str, today: str, most: int) -> dict[str, list[Suited]]:
    """By heading what suits the target."""
    site = publish(catalogue, {}).site
    kind = kind_of(target.upper())
    if kind == "demand":
        demand = _record(catalogue, kind, target.upper())
        index = index_with(site, groups, demand)
        return {
            "applications": applications_for(catalogue, index, demand),
            "enterprises": enterprises_for(catalogue, index, demand, most),
        }
    index = public_index(site.demands, groups)
    if kind == "enterprise":
        enterprise = _record(catalogue, kind, target.upper())
        if not enterprise.get("profile"):
            raise UserError(f"{enterprise.id} 没有填写“企业概况”，无从匹配。", "补上企业概况，或直接写一段话。")
        return {"demands": demands_for_enterprise(catalogue, site, index, enterprise, today, most)}
    if kind is not None:
        raise UserError(f"{target} 是申请的编号。", "写企业编号（E-…）、需求编号（D-…）或一段文字。")
    text = _described(target)
    if not text.strip():
        raise UserError("没有写企业做什么。", "写一段话，例如：jiebang match “研制气体传感器和探测终端”。")
    return {"demands": demands_for(site, index, text, today, most)}


_HEADINGS = {"demands": "合适的需求", "applications": "收到的申请", "enterprises": "还没有申请、可以邀请的企业"}


@click.command("match", options_metavar="[选项]")
@click.argument("target", metavar="企业编号|需求编号|文字")
@catalogue_option
@click.option("--top", "most", type=click.IntRange(1, 1000), default=10, show_default=True, help="最多列出几项。")
@day_option("--today", "按哪一天算可以揭榜；默认今天。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
def match_command(target: str, catalogue: Path, most: int, today: str | None, form: str) -> None:
    """为企业找合适的需求，或为需求找合适的企业，说明是哪些词相合。

    写企业编号（E-…）、一段文字、一个 .txt 文件或 -（从标准输入读）：列出可以揭榜的需求。写需求编号（D-…）：列出收到的申请，以及目录里还没有申请的中小企业。
    结果含有不公开的内容，只供内部使用；只是线索，不代替人的判断。
    """
    groups = synonyms_in(synonym_files(program_data(), workspace_of(catalogue)))
    loaded, problems = load(catalogue)
    if has_errors(problems):
        raise UserError("有的记录有错误，不能匹配。", "先运行 jiebang check，改正以后再试。")
    found = _answer(loaded, groups, target, today or day_at(now(), None), most)
    if form == "json":
        told: dict[str, Any] = {name: [asdict(one) for one in listed] for name, listed in found.items()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name, listed in found.items():
        _show(_HEADINGS[name], listed)
    say("结果只供内部使用。下一步：打电话之前先看企业的记录；措辞不同而没有列出的，可以换一段话再试。", "dim")
