"""What is said of the difference between two days: as text, Markdown, data, and as a page that stands alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import escape

from jiebang.build.making import frames
from jiebang.build.refusals import refuse_unsafe
from jiebang.build.staging import staging_for
from jiebang.build.verify import Verifier
from jiebang.problems.github import escaped
from jiebang.proposal.as_of import Moment
from jiebang.proposal.difference import Difference
from jiebang.proposal.preview import NOINDEX, Item, Section
from jiebang.workspace import workspace_of

BANNER = "供内部查阅；只列当时和现在都可以公开的内容。"
UNSAID = "（不显示：可能含有当时或现在不公开的内容）"
_EMPTY = "（空）"
_PAGE = "index.html"


def sentence(told: Difference) -> str:
    """`2024-09-01 到 2024-10-01：新公开 2 项需求；修改 1 项需求的公开内容。`"""
    parts = [
        f"{words} {len(items)} 项需求{rest}"
        for words, items, rest in (
            ("新公开", told.appearing, ""),
            ("修改", told.edited, "的公开内容"),
            ("撤下", told.leaving, ""),
        )
        if items
    ]
    parts += told.elsewhere or ()
    if not parts:
        parts.append("对公众没有变化")
    if told.left_out:
        parts.append(f"有 {told.left_out} 份记录按现在的规则有错误，没有比较")
    return f"{told.before.day} 到 {told.after.day}：{'；'.join(parts)}。"


def _moment(moment: Moment) -> str:
    return f"{moment.day}（提交 {moment.commit[:10]}）"


def _sections(told: Difference) -> tuple[Section, ...]:
    listed = (
        ("新公开的需求", told.appearing),
        ("公开内容有修改的需求", told.edited),
        ("撤下的需求", told.leaving),
    )
    return tuple(Section(heading, items, linked=False) for heading, items in listed)


def as_text(told: Difference) -> str:
    """For a terminal."""
    lines = [sentence(told), f"比较的是 {_moment(told.before)}和 {_moment(told.after)}。"]
    for section in _sections(told):
        if section.demands:
            lines += ["", f"{section.heading}："]
            for item in section.demands:
                lines.append(f"  {item.shown.id}  {item.shown.title}（{item.shown.what}）")
                lines += [f"    {line}" for line in _compared(item)]
    return "\n".join(lines)


def _compared(item: Item) -> Iterator[str]:
    for text in item.texts:
        yield f"{text.field}"
        for side, words in (("改前", text.before), ("改后", text.after)):
            yield f"  {side}：" + _shown(words).rstrip("\n").replace("\n", "\n          ")


def _shown(words: str | None) -> str:
    return UNSAID if words is None else words or _EMPTY


def as_markdown(told: Difference) -> str:
    """For a report or a comment."""
    lines = ["## 公众看到的变化", "", f"**{escaped(sentence(told))}**", ""]
    for section in _sections(told):
        if section.demands:
            lines += [f"### {section.heading}", "", "| 编号 | 名称（不在网上的只写代码） | 变化 |", "|---|---|---|"]
            shown = [item.shown for item in section.demands]
            lines += [f"| {escaped(one.id)} | {escaped(one.title)} | {escaped(one.what)} |" for one in shown]
            lines.append("")
            for item in section.demands:
                for text in item.texts:
                    lines += [f"{escaped(item.shown.id)} {escaped(text.field)}", ""]
                    for side, words in (("改前", text.before), ("改后", text.after)):
                        lines += [f"> {side}：{escaped(line)}" for line in _shown(words).splitlines()] + [">"]
                    lines += [""]
    return "\n".join(lines)


def _plain(item: Item) -> dict[str, Any]:
    return {
        "id": item.shown.id,
        "title": item.shown.title,
        "what": item.shown.what,
        "texts": [{"field": text.field, "before": text.before, "after": text.after} for text in item.texts],
    }


def as_json(told: Difference) -> str:
    """`{"from": {"commit", "day"}, "to": …, "sentence", "appearing": […], "edited", "leaving", "elsewhere", "left_out"}`; a text that is
    not shown is null."""
    data = {
        "from": {"commit": told.before.commit, "day": told.before.day},
        "to": {"commit": told.after.commit, "day": told.after.day},
        "sentence": sentence(told),
        "appearing": [_plain(item) for item in told.appearing],
        "edited": [_plain(item) for item in told.edited],
        "leaving": [_plain(item) for item in told.leaving],
        "elsewhere": list(told.elsewhere),
        "left_out": told.left_out,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def refuse_leaks(told: Difference) -> None:
    """The gate's own look at what is about to be said. Raises UserError."""
    verifier = Verifier(told.secrets)
    verifier.take("changes.txt", as_text(told).encode())
    refuse_unsafe(verifier, "说明")


def write_page(told: Difference, out: Path, catalogue: Path) -> None:
    """Writes the page into a folder of its own. Raises UserError for a leak, and for a folder that must not be replaced."""
    home = workspace_of(catalogue)
    framed = frames(home)
    style = next(asset.content for asset in framed.assets if asset.name == "site.css").decode()
    main = framed.templates.render(
        "preview.html",
        root="",
        title="公众看到的变化",
        sentence=sentence(told),
        sections=_sections(told),
        others=[],
        more=0,
        whole=False,
    )
    title = escape(f"公众看到的变化：{told.before.day} 到 {told.after.day}")
    page = (
        f'<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n{NOINDEX.decode()}\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n"
        f'<div class="wrap narrow"><p>{BANNER}</p></div>\n{main}\n</main>\n</body>\n</html>\n'
    ).encode()
    verifier = Verifier(told.secrets)
    verifier.take(_PAGE, page)
    refuse_unsafe(verifier, "网页")
    with staging_for(out, catalogue, home) as staging:
        staging.write(_PAGE, page)
        staging.mark(0)
        staging.keep()
