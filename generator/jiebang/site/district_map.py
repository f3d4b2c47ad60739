"""A bureau's own map of its districts: `districts.svg` beside its `mkdocs.yml`, drawn again as plain shapes that lead to the districts' pages.

Nothing of the file goes out as it stands. It is read by expat without any document type, of each shape only what says its form is kept
and written anew, colours are those of the site; what could run, fetch or hide something is refused, what drawing programs add for
themselves is left out. Every mistake is a Chinese sentence with the line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from jiebang.errors import UserError
from jiebang.site.bureau_file import own_content, refusal
from jiebang.site.external import private_in
from jiebang.view import District
from jiebang.workspace import DISTRICT_MAP as FILE

_MOST_KIB = 512
_MOST_SHAPES = 2000
_DEEPEST = 20
_LONGEST_TEXT = 40
_SMALLER = "用画图软件简化边界（减少节点）、删去装饰后再导出。"

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?"
_LENGTH = re.compile(rf"{_NUMBER}(?:px|%)?")
_POINTS = re.compile(r"[-+0-9.eE,\s]+")
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\-\s]+")
_TRANSFORM = re.compile(r"(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\([-+0-9.eE,\s]+\)\s*,?)+")
_VIEW_BOX = re.compile(rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER}){{3}}\s*")
_ANCHOR = re.compile(r"start|middle|end")
_FORMS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "dx", "dy", "font-size"), _LENGTH),
    "points": _POINTS,
    "d": _PATH,
    "transform": _TRANSFORM,
    "text-anchor": _ANCHOR,
}  # fmt: skip
"""Attributes that are kept, and what each may be."""
_SHAPES = frozenset({"g", "path", "polygon", "polyline", "rect", "circle", "ellipse", "line", "text", "tspan"})
_TEXTS = frozenset({"text", "tspan"})
_LEFT_OUT = frozenset({"title", "desc", "metadata", "defs"})
"""Left out with all that is in them. What of `defs` is used cannot be missed: `use` is refused."""
_REFUSED = frozenset({
    "script", "foreignobject", "image", "use", "a", "style", "animate", "animatetransform", "animatemotion", "set", "iframe", "object",
    "embed", "audio", "video", "handler", "link", "feimage", "filter", "mask", "pattern", "symbol", "switch", "textpath",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of the drawing. `district` is what it is marked with, as written; `marked` says that it is by `data-district`."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    parts: tuple[Shape, ...]
    district: str
    marked: bool
    line: int


@dataclass(frozen=True, slots=True)
class DistrictMap:
    view_box: str
    shapes: tuple[Shape, ...]


def map_file(workspace: Path | None) -> bytes:
    """The bureau's file, unread; empty where it has none. Raises UserError."""
    return own_content(workspace, FILE) or b""


class _Open:
    """An element whose end has not come yet."""

    def __init__(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.texts: list[str] = []
        self.parts: list[Shape] = []

    def shape(self) -> Shape:
        named = self.attributes
        kept = tuple((name, named[name].strip()) for name in _FORMS if name in named)
        marked = named.get("data-district", "").strip()
        text = " ".join("".join(self.texts).split())
        return Shape(
            self.tag, kept, text, tuple(self.parts), marked or named.get("id", "").strip(), bool(marked), self.line
        )


class _Reader:
    """Puts the events of the parser together; raises UserError at the first thing that may not be."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.open: list[_Open] = []
        self.view_box = ""
        self.skipped = 0
        self.count = 0
        self.whole: tuple[Shape, ...] | None = None

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def _refuse(self, what: str, hint: str) -> UserError:
        return refusal(FILE, self.line, what, hint)

    def _doctype(self, *_: object) -> None:
        raise self._refuse("有 <!DOCTYPE …>，它可以引入别的文件。", "删去这一段；另存为“普通 SVG”就没有。")

    def _instruction(self, target: str, _data: str) -> None:
        raise self._refuse(f"有 <?{target[:20]} …?>，它可以引入样式文件。", "删去这一行。")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipped:
            self._refuse_element(tag, attributes)
            self.skipped += 1
            return
        self._refuse_element(tag, attributes)
        if not self.open:
            self._root(tag, attributes)
        elif tag in _LEFT_OUT or ":" in tag:
            self.skipped = 1
            return
        elif tag not in _SHAPES:
            raise self._refuse(
                f"不认识的元素 <{tag[:20]}>。", f"只用 {'、'.join(sorted(_SHAPES))}；在画图软件里把它转成路径。"
            )
        for name, value in attributes.items():
            if name in _FORMS and not _FORMS[name].fullmatch(value.strip()):
                raise self._refuse(f"<{tag}> 的 {name} 不是数字或路径的写法。", "在画图软件里另存为“普通 SVG”再试。")
        self.count += 1
        if self.count > _MOST_SHAPES or len(self.open) >= _DEEPEST:
            raise self._refuse(f"图形超过 {_MOST_SHAPES} 个，或一层套一层超过 {_DEEPEST} 层。", _SMALLER)
        self.open.append(_Open(tag, attributes, self.line))

    def _refuse_element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2].lower() in _REFUSED:
            raise self._refuse(
                f"不能有 <{tag[:20]}>：它可以运行程序、引入文件或改变网页的样子。",
                "删去它；图片和引用的图形请转成路径。",
            )
        for name, value in attributes.items():
            local = name.rpartition(":")[2].lower()
            if local.startswith("on"):
                raise self._refuse(f"<{tag[:20]}> 有 {name[:20]}，它可以运行程序。", "删去这个属性。")
            if local in {"href", "src"}:
                raise self._refuse(
                    f"<{tag[:20]}> 有 {name[:20]}，它指向别的内容。", "删去这个属性；到各区网页的链接由程序生成。"
                )
            # Where it leads decides nothing: no colour or filter is kept, and an address has no place in a map.
            if re.search(r"url\s*\(|javascript:|@import|expression\s*\(", value, re.IGNORECASE):
                raise self._refuse(
                    f"<{tag[:20]}> 的 {name[:20]} 里有 url(…) 一类的引用。", "删去这个属性；颜色由网站决定。"
                )

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "svg":
            raise self._refuse(f"最外面应是 <svg>，现在是 <{tag[:20]}>。", "用画图软件另存为“普通 SVG”。")
        self.view_box = attributes.get("viewBox", "").strip()
        if not _VIEW_BOX.fullmatch(self.view_box):
            raise self._refuse("<svg> 没有 viewBox，或不是四个数字。", '写上图的范围，例如 viewBox="0 0 800 600"。')

    def _end(self, _tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        done = self.open.pop()
        shape = done.shape()
        if self.open:
            self.open[-1].parts.append(shape)
        else:
            self.whole = shape.parts

    def _text(self, text: str) -> None:
        if self.skipped or not text.strip():
            return
        if self.open[-1].tag not in _TEXTS:
            raise self._refuse("图形之间有文字。", "文字写在 <text> 里，或删去。")
        self.open[-1].texts.append(text)
        whole = "".join(self.open[-1].texts)
        if len(whole) > _LONGEST_TEXT:
            raise self._refuse(f"一处文字超过 {_LONGEST_TEXT} 个字。", "图上只写区名。")
        if kinds := private_in(whole):
            raise self._refuse(f"文字里有{'、'.join(kinds)}。", "图上只写区名。")


@lru_cache(maxsize=4)
def map_in(content: bytes) -> DistrictMap | None:
    """The drawing of a file; None for no file. Raises UserError."""
    if not content:
        return None
    if len(content) > _MOST_KIB << 10:
        raise UserError(f"{FILE} 超过 {_MOST_KIB} KiB。", _SMALLER)
    reader = _Reader()
    try:
        reader.parser.Parse(content.removeprefix(b"\xef\xbb\xbf"), True)
    except expat.ExpatError as error:
        what = "不合 SVG 的写法（标记没有成对，或不是 UTF-8 编码）。"
        raise refusal(FILE, error.lineno, what, "用画图软件重新另存为“普通 SVG”，编码选 UTF-8。") from error
    return DistrictMap(reader.view_box, reader.whole or ())


def _all(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        yield from _all(shape.parts)


def with_districts(drawn: DistrictMap | None, districts: tuple[District, ...]) -> DistrictMap | None:
    """The map with each mark read as a district's slug; marks that are none (ids of a drawing program) taken away. Raises UserError for a
    `data-district` that no district has, for a district drawn inside another, and for a map without any."""
    if drawn is None:
        return None
    named = {key: district.slug for district in districts for key in (district.slug, district.gbt2260) if key}

    def read(shape: Shape, inside: bool) -> Shape:
        slug = named.get(shape.district, "")
        if shape.marked and not slug:
            near = difflib.get_close_matches(shape.district, named, n=1)
            hint = f"是不是 {near[0]}？" if near else ""
            what = f"data-district 写的“{shape.district[:30]}”不是哪个区的网址名或代码。"
            raise refusal(FILE, shape.line, what, f"{hint}照 districts.yml 里的 slug 或 gbt2260 写。")
        if slug and inside:
            raise refusal(FILE, shape.line, "一个区画在另一个区的里面。", "每个区的图形各自放在一组（<g>）里。")
        return replace(shape, district=slug, parts=tuple(read(part, inside or bool(slug)) for part in shape.parts))

    shapes = tuple(read(shape, False) for shape in drawn.shapes)
    if not any(shape.district for shape in _all(shapes)):
        hint = '在每个区的图形上写 data-district="区的 slug"，例如 <path data-district="dongqu" d="…"/>。'
        raise UserError(f"{FILE} 里没有标出一个区。", hint)
    return replace(drawn, shapes=shapes)


def drawn_districts(drawn: DistrictMap) -> frozenset[str]:
    """Slugs of the districts that stand on a map."""
    return frozenset(shape.district for shape in _all(drawn.shapes) if shape.district)
