"""A published catalogue of the nation or of another city → a source of `external.yml`; what was left out of it, and why.

Readable are tables (.xlsx, .docx and what else the forms come in) and the data of another such site (`demands.json`, `demands.ndjson`).
Who wants a demand met and whom to call is for the source to say: such columns are left out, and sentences that hold it are cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jiebang.forms.reading.document import Parse, file_types, read_file
from jiebang.forms.reading.document.grid import clean
from jiebang.forms.reading.document.sandbox import parse_apart
from jiebang.forms.reading.findings import FormError
from jiebang.forms.reading.listing import Row, read_listing
from jiebang.forms.reading.text import Unclear, one_line
from jiebang.forms.reading.values.dates import day
from jiebang.site.external import MARK, TITLES, ExternalDemand, misshapen, private_between, private_in

_SENTENCE = re.compile(r"[^。；;！!\n]*[。；;！!\n]?")
_OPEN = "published"
_LEFT_OUT = {"enterprise": "企业名称", "contact": "联系方式"}


@dataclass(frozen=True, slots=True)
class Note:
    """What was not taken, where it stands, and why; never what it says. `lost`: something that a person should look at."""

    place: str
    message: str
    lost: bool = True


@dataclass(slots=True)
class Taken:
    """What a file gave."""

    demands: list[ExternalDemand] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def take(file: Path, on: str, parse: Parse = parse_apart) -> Taken:
    """The demands of a file that can be answered on a day. Raises UserError for one that cannot be read or lists none."""
    taken = Taken()
    if file.suffix.lower() in {".json", ".ndjson"}:
        rows = list(_data_rows(file, taken))
    else:
        document = read_file(file, parse)
        listing = read_listing(document)
        rows = listing.rows
        taken.notes += [Note("", note) for note in document.notes]
        taken.notes += [Note(place, "这张表没有认出一行栏目名称，没有读") for place in listing.left]
        named = (label for label in listing.unknown if not private_in(label))
        labels = "、".join(dict.fromkeys(one_line(clean(label))[:20] for label in named))
        if labels:
            taken.notes.append(Note("", f"没有读这些栏目：{labels}", lost=False))
    for key, what in _LEFT_OUT.items():
        count = sum(key in row.texts for row in rows)
        if count:
            taken.notes.append(Note("", f"{what}不取，共 {count} 项，读者到来源看", lost=False))
    over = 0
    for row in rows:
        demand = _demand(row, partial(_note, taken, row.place))
        if demand is not None and (not demand.deadline or demand.deadline >= on):
            taken.demands.append(demand)
        elif demand is not None:
            over += 1
    if over:
        taken.notes.append(Note("", f"{over} 项在 {on} 以前截止，不取", lost=False))
    if not rows:
        raise FormError(
            "没有认出需求目录的表。", "表的第一行应是栏目名称，至少有“需求名称”和另一栏，例如“需求内容”“揭榜截止”。"
        )
    return taken


def merged(found: Iterable[tuple[Path, Taken]]) -> tuple[ExternalDemand, ...]:
    """The demands of several files of one source, each once; a repetition is noted where it was found."""
    kept: dict[tuple[str, str], ExternalDemand] = {}
    for _, taken in found:
        for demand in taken.demands:
            key = (demand.code, demand.title)
            if key in kept:
                taken.notes.append(Note("", f"“{demand.title}”重复，只取前面的一项"))
            else:
                kept[key] = demand
    return tuple(kept.values())


# --- one demand -------------------------------------------------------------------------------------------------------------

Tell = Callable[[str], None]


def _note(taken: Taken, place: str, message: str) -> None:
    taken.notes.append(Note(place, message))


def _demand(row: Row, tell: Tell) -> ExternalDemand | None:
    texts = {key: clean(text).replace("\t", " ") for key, text in row.texts.items()}
    if any(MARK in private_in(text) for text in texts.values()):
        tell(f"有{MARK}，这一项不取；这样的内容不应公开，请查明来源")
        return None
    names = [name for line in texts.get("enterprise", "").splitlines() if len(name := line.strip()) > 3]
    title = one_line(texts.get("title", ""))
    if not title:
        tell("没有需求名称，这一项不取")
        return None
    if wrong := _wrong("title", title, names):
        tell(f"需求名称{wrong}，这一项不取")
        return None
    values = {"title": title}
    for key in ("code", "field", "url"):
        text = one_line(texts.get(key, ""))
        if text and (wrong := _wrong(key, text, names)):
            tell(f"{TITLES[key]}{wrong}，没有取")
        elif text:
            values[key] = text
    for key in ("summary", "parameters"):
        if text := _cut(key, texts.get(key, "").strip(), names, tell):
            values[key] = text
    if "deadline" in texts:
        read = day(texts["deadline"])
        if isinstance(read, Unclear):
            tell(f"{TITLES['deadline']}{read.reason.rstrip('。')}，没有取")
        else:
            values["deadline"] = read
    demand = ExternalDemand(**values)
    if kinds := private_between(demand):
        tell(f"相邻的项目连起来有{'、'.join(kinds)}，这一项不取")
        return None
    return demand


def _wrong(key: str, text: str, names: Iterable[str]) -> str | None:
    """Why a text cannot be taken as it is."""
    if wrong := misshapen(key, text):
        return wrong
    kinds = [*private_in(text), *(["企业名称"] if any(name in text for name in names) else [])]
    return f"里有{'、'.join(kinds)}" if kinds else None


def _cut(key: str, text: str, names: list[str], tell: Tell) -> str:
    """A long text without the sentences that hold what cannot be taken; nothing where it would still hold some."""
    if not text or (wrong := _wrong(key, text, names)) is None:
        return text
    kept = "".join(
        sentence
        for sentence in _SENTENCE.findall(text)
        if not private_in(sentence) and not any(n in sentence for n in names)
    ).strip()
    if kept and kept != text and _wrong(key, kept, names) is None:
        tell(f"{TITLES[key]}{wrong}，删去了这些句子")
        return kept
    tell(f"{TITLES[key]}{wrong}，没有取")
    return ""


# --- data of another site ---------------------------------------------------------------------------------------------------


def _data_rows(file: Path, taken: Taken) -> Iterator[Row]:
    content = file_types.read_bytes(file)
    try:
        text = content.decode("utf-8-sig")
        if file.suffix.lower() == ".ndjson":
            whole: Any = {"demands": [json.loads(line) for line in text.split("\n") if line.strip()]}
        else:
            whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormError(
            "不是可以读的 JSON 文件。", "从对方网站的“数据下载”重新下载 demands.json 或 demands.ndjson。"
        ) from error
    listed = whole.get("demands") if isinstance(whole, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise FormError(
            "这个 JSON 文件里没有 demands 列表。", "用对方网站“数据下载”里的 demands.json 或 demands.ndjson。"
        )
    site = _said(whole, "site")
    closed = 0
    for number, one in enumerate(listed, 1):
        if one.get("status") != _OPEN:
            closed += 1
            continue
        yield Row(f"第 {number} 项", _data_texts(one, site))
    if closed:
        taken.notes.append(Note("", f"{closed} 项已经不能揭榜，不取", lost=False))


def _data_texts(one: Mapping[str, Any], site: str) -> dict[str, str]:
    texts = {key: _said(one, key) for key in ("code", "title", "summary", "parameters", "field")}
    texts["deadline"] = _said(one, "apply_by")
    path, who = _said(one, "path"), one.get("enterprise")
    texts["url"] = site.rstrip("/") + "/" + path if site and path else ""
    texts["enterprise"] = _said(who, "name") if isinstance(who, dict) else ""
    return {key: text for key, text in texts.items() if text}


def _said(whole: Mapping[str, Any], key: str) -> str:
    value = whole.get(key)
    return value if isinstance(value, str) else ""
