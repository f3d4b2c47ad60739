"""What a bureau's workspace says of its site: settings in `mkdocs.yml`, its own pages and pictures in `pages/`.

Both go over the program's: a setting replaces ours, a list of the menu gains entries, a page of the same path takes the place of ours.
A bureau knows nothing of the theme or of where the program lies. Every mistake is a Chinese sentence with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from jiebang.errors import UserError
from jiebang.site.addresses import AccountError, folder_address
from jiebang.site.assets import Asset
from jiebang.site.bureau_file import a_link, readable, refusal, sifted
from jiebang.site.own_contacts import personal_contacts
from jiebang.workspace import DISTRICT_MAP, PAGES, SETTINGS, SYNONYMS

SLOT = re.compile(r"<!--slot:([a-z-]+)-->")
SHARED_SLOTS = frozenset({"city", "bureau", "department", "banner", "contact"})
"""What any page may hold: filled alike on all of them."""
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")
_NOT_A_PAGE = "README.md"
"""For those who edit the pages; the engine would take it for an index."""
_TAKEN = frozenset({"assets", "calendars", "feeds", "search"})
"""Folders of the site that the program fills alone, beside those in which it has pages."""


@dataclass(frozen=True, slots=True)
class Own:
    """`options` go over MkDocs' own settings, `extra` over those of the theme. `pages` and `pictures` are files by their path."""

    options: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    pages: Mapping[str, Path] = field(default_factory=dict)
    pictures: Mapping[str, Path] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where a setting stands, by its dotted name."""
    sources: tuple[Path, ...] = ()
    """Every file that was read."""

    def assets(self) -> tuple[Asset, ...]:
        """The pictures, at the paths at which pages name them."""
        return tuple(
            Asset(f"{PAGES}/{path}", path, file.read_bytes(), own=True) for path, file in self.pictures.items()
        )

    def line_of(self, setting: str) -> str:
        """`第 3 行`, as it stands in a message; empty where the setting is the program's."""
        line = self.lines.get(setting)
        return f" 第 {line} 行" if line else ""


NOTHING = Own()


def read_own(home: Path, workspace: Path | None) -> Own:
    """The workspace's settings and pages; nothing where it has none, or where it is the program's own folder. Raises UserError."""
    if workspace is None or workspace.resolve() == home.resolve():
        return NOTHING
    settings, folder = workspace / SETTINGS, workspace / PAGES
    beside = (workspace / DISTRICT_MAP, workspace / SYNONYMS)
    # A copy of the program's own repository has the whole of MkDocs' settings: what is a bureau's in them counts, the rest does not.
    copy = (workspace / "site" / "theme").is_dir()
    options, extra, lines = _settings(settings, copy) if settings.is_file() else ({}, {}, {})
    pages, pictures = _pages(folder, home / "site" / "pages") if folder.is_dir() else ({}, {})
    read = [*([settings] if settings.is_file() else []), *pages.values(), *pictures.values()]
    for file in (*read, *(file for file in beside if file.is_file() and not file.is_symlink())):
        _refuse_people(file, file.relative_to(workspace).as_posix())
    return Own(options, extra, pages, pictures, lines, tuple(read))


# --- settings ---------------------------------------------------------------------------------------------------------------


MARKUP = re.compile(r"[<>\"]")
"""What a text for the head of a page cannot hold: it stands in attributes and in the title."""


def _text(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return '应是文字；数字请加引号，例如 "0123"'
    return "不能有 <、> 或英文双引号" if MARKUP.search(value) else None


def _name(value: object) -> str | None:
    return "应是文字，不能留空" if not isinstance(value, str) or not value.strip() else _text(value)


def _address(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and not re.search(r"[\s?#<>\"]", value):
        try:
            folder_address(value)
        except AccountError:
            return "不能写账号和密码：网站上人人看得到"
        except ValueError:
            pass
        else:
            return None
    return "应是完整的网址，例如 https://example.org/catalogue/"


def _path(value: object) -> str | None:
    if isinstance(value, str) and re.fullmatch(r"(?:[A-Za-z0-9._-]+/)*", value):
        return None
    return "应是网站里的路径，以斜线结尾，例如 guide/visit/"


Judge = Callable[[object], str | None]
_OPTIONS: Mapping[str, Judge] = {"site_name": _name, "site_description": _text, "site_url": _address}
_GROUPS: Mapping[str, Mapping[str, Judge]] = {
    "filing": {"site_id": _text, "icp": _text, "police": _text},
    "licence": {"title": _text, "url": _address},
    "forge": {"kind": _text, "url": _text, "branch": _text, "folder": _text},
}
_LISTS: Mapping[str, Mapping[str, Judge]] = {
    "menu": {"title": _text, "path": _path, "section": _name},
    "guides": {"title": _text, "path": _path},
}


def _marked(node: yaml.Node | None, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Each key of the file by its dotted name, with its line; entries of lists by their number."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{prefix}{getattr(key, 'value', '')}"
            yield name, key.start_mark.line + 1
            yield from _marked(value, f"{name}.")
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield f"{prefix}{number}", item.start_mark.line + 1
            yield from _marked(item, f"{prefix}{number}.")


def _read(file: Path) -> tuple[Any, dict[str, int]]:
    with readable(SETTINGS):
        text = sifted(file.read_bytes(), SETTINGS, "设置只有几十行，检查是否误把别的内容粘贴进来。")
        return yaml.load(text, yaml.CSafeLoader), dict(_marked(yaml.compose(text, yaml.CSafeLoader)))


def _settings(file: Path, copy: bool) -> tuple[dict[str, str], dict[str, Any], dict[str, int]]:
    loaded, lines = _read(file)
    if loaded is None:
        return {}, {}, {}

    def refuse(name: str, what: str, hint: str) -> UserError:
        return refusal(SETTINGS, lines.get(name), what, hint)

    def mapping(name: str, value: object, known: Sequence[str]) -> Mapping[str, Any]:
        shown = name or "这个文件"
        if not isinstance(value, Mapping):
            raise refuse(name, f"{shown} 应是“名称: 值”。", f"可以写的有 {'、'.join(known)}。")
        if copy:
            return {key: value[key] for key in known if key in value}
        for key in value:
            if key not in known:
                dotted = f"{name}.{key}" if name else str(key)
                raise refuse(
                    dotted, f"不认识的设置 {dotted}。", f"这里可以写 {'、'.join(known)}；其余由程序决定，请删去。"
                )
        return value

    def judged(name: str, value: Mapping[str, Any], judges: Mapping[str, Judge]) -> None:
        for key, one in value.items():
            if wrong := judges[key](one):
                dotted = f"{name}.{key}" if name else key
                raise refuse(dotted, f"{dotted} {wrong}。", "改正后再试；不需要时删去这一行，用程序的。")

    whole = mapping("", loaded, [*_OPTIONS, "extra"])
    options = {key: value for key, value in whole.items() if key != "extra"}
    judged("", options, _OPTIONS)
    if options.get("site_url"):
        # It goes into files for programs, of which some take nothing but ASCII.
        options["site_url"] = folder_address(options["site_url"])
    extra = mapping("extra", whole.get("extra") or {}, [*_GROUPS, *_LISTS])
    kept: dict[str, Any] = {}
    for name, value in extra.items():
        dotted = f"extra.{name}"
        if value is None:
            continue
        if name in _GROUPS:
            judged(dotted, mapping(dotted, value, [*_GROUPS[name]]), _GROUPS[name])
            kept[name] = value
            continue
        if not isinstance(value, list):
            raise refuse(
                dotted, f"{dotted} 应是一个列表。", "每项前面写连字符，例如 - { title: 现场对接, path: guide/visit/ }。"
            )
        for number, entry in enumerate(value):
            place = f"{dotted}.{number}"
            judged(place, mapping(place, entry, [*_LISTS[name]]), _LISTS[name])
            if "path" not in entry or "title" not in entry:
                raise refuse(
                    place,
                    f"{dotted} 的每项都要有 title 和 path。",
                    "补上缺的一项；title 留空表示去掉程序里同一路径的一项。",
                )
        kept[name] = value
    return {key: value or "" for key, value in options.items()}, kept, lines


def merged(ours: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """`extra` with the bureau's over ours: groups by their keys; lists by path, where an empty title takes an entry out."""
    result = dict(ours)
    for name, value in own.items():
        if isinstance(value, Mapping):
            result[name] = {**(ours.get(name) or {}), **value}
        else:
            entries = {entry["path"]: entry for entry in ours.get(name) or []}
            for entry in value:
                entries[entry["path"]] = {**entries.get(entry["path"], {}), **entry}
            result[name] = [entry for entry in entries.values() if entry["title"]]
    return result


# --- pages ------------------------------------------------------------------------------------------------------------------


def _pages(folder: Path, ours: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    taken = {page.relative_to(ours).parts[0] for page in ours.rglob("*.md") if page.parent != ours} | _TAKEN
    pages: dict[str, Path] = {}
    pictures: dict[str, Path] = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.name.startswith(".") or (file.is_dir() and not file.is_symlink()) or file.name == _NOT_A_PAGE:
            continue
        shown = f"{PAGES}/{path}"
        if file.is_symlink():
            raise a_link(shown)
        if not _PLAIN.fullmatch(path):
            raise UserError(
                f"{shown} 的文件名要成为网址，现在有汉字、空格或其他符号。",
                "文件名只用字母、数字、点、连字符和下划线。",
            )
        if file.suffix.lower() in PICTURES:
            pictures[path] = file
        elif file.suffix == ".md":
            _refuse_place(path, ours, taken)
            _refuse_slots(file, shown, ours / path)
            pages[path] = file
        else:
            raise UserError(
                f"{shown} 不是网页（.md）也不是图片（{'、'.join(sorted(PICTURES))}）。",
                f"从 {PAGES}/ 移走；给人下载的文件请放到别处，在网页里写链接。",
            )
    return pages, pictures


def _refuse_place(path: str, ours: Path, taken: frozenset[str] | set[str]) -> None:
    first = path.partition("/")[0].removesuffix(".md")
    if first in taken - {"guide"} and not (ours / path).is_file():
        raise UserError(
            f"{PAGES}/{path}：网站的 {first}/ 由程序从记录生成，不能添加网页。",
            f"换一个位置，例如 {PAGES}/guide/{path.rpartition('/')[2]}。",
        )


def _refuse_people(file: Path, shown: str) -> None:
    """A person's contact data stay on the desk, whether or not a record holds them."""
    drawn = file.suffix.lower() == ".svg" or file.suffix.lower() not in PICTURES
    with readable(shown):
        kinds = personal_contacts(file.name, file.read_text(encoding="utf-8-sig", errors="replace") if drawn else "")
    if kinds:
        raise UserError(
            f"{shown} 里有{'、'.join(kinds)}（不在这里写出），这里写的原样公开。",
            "删去它；要给读者联系方式的，写部门的固定电话，或在网页里用标记 <!--slot:contact-->。",
        )


def _refuse_slots(file: Path, shown: str, ours: Path) -> None:
    with readable(shown):
        text = file.read_text(encoding="utf-8-sig")
    known = {*SHARED_SLOTS, *(SLOT.findall(ours.read_text(encoding="utf-8")) if ours.is_file() else ())}
    for number, line in enumerate(text.splitlines(), 1):
        for slot in SLOT.findall(line):
            if slot not in known:
                raise UserError(
                    f"{shown} 第 {number} 行：不认识的标记 <!--slot:{slot}-->。",
                    f"可以用的有 {'、'.join(sorted(known))}。",
                )
