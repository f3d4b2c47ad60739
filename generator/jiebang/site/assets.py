"""The site's own files: style sheets joined in one, scripts and pictures, each named after its content.

A name that changes with the content lets a web server keep files for ever and a new build never mixes with an old cache.
Scripts are ES modules that import each other by relative paths. As no browser is given a map of names (the pages' content security
policy allows nothing inline), the paths inside a script are exchanged for the hashed ones: those imported first, then those that
import them, so that a script's name changes with everything it imports.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_IMPORT = re.compile(
    r"""
    (?P<comment> [ \t]*/\*\*.*?\*/ | ^[ \t]*//[^\n]*$ )
    | (?P<static> ^(?: import\s* | (?:import|export)\b[^;"'`()=]*?\bfrom\s* ) )"(?P<imported>[^"\n]+)"
    | (?P<dynamic> \bimport\(\s* )"(?P<loaded>[^"\n]+)"
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class AssetError(Exception):
    """A script imports what is not there, or itself; `str` is a Chinese sentence that names the files."""


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` is what templates ask for (`site.css`, `list/main.js`); `path` is where the file stands in the site; `imports` are the
    paths of the scripts that a script needs before it can run, each after those that it needs itself."""

    name: str
    path: str
    content: bytes
    imports: tuple[str, ...] = ()
    own: bool = False
    """A picture of the bureau's own pages: it is looked through like everything else that goes out."""


def hashed_path(name: str, content: bytes) -> str:
    """`list/main.js` → `assets/list/main.1f0c9a52b7.js`."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{sha256(content).hexdigest()[:10]}.{suffix}"


class _Scripts:
    """Scripts by name, each finished once: imports first."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._finished: dict[str, Asset] = {}
        self._begun: list[str] = []

    def asset(self, name: str) -> Asset:
        if name not in self._finished:
            self._begun.append(name)
            self._finished[name] = self._finish(name)
            self._begun.pop()
        return self._finished[name]

    def _finish(self, name: str) -> Asset:
        needed: dict[str, None] = {}

        def hashed(match: re.Match[str]) -> str:
            if match["comment"] is not None:
                # Types and remarks are for those who read the source; lines keep their numbers.
                return "\n" * match[0].count("\n")
            written = match["imported"] or match["loaded"]
            if not written.startswith("."):
                return match[0]
            other = self._imported(name, written)
            if match["static"] is not None:
                needed.update(dict.fromkeys((*other.imports, other.path)))
            relative = posixpath.relpath(other.path, posixpath.dirname(f"assets/{name}"))
            path = relative if relative.startswith(".") else f"./{relative}"
            return f'{match["static"] or match["dynamic"]}"{path}"'

        content = _IMPORT.sub(hashed, self._sources[name]).encode()
        return Asset(name, hashed_path(name, content), content, tuple(needed))

    def _imported(self, name: str, written: str) -> Asset:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), written))
        if other in self._begun:
            way = " → ".join((*self._begun[self._begun.index(other) :], other))
            raise AssetError(f"脚本互相引用成了一圈：{way}。请把共同的部分移到另一个文件中")
        if other not in self._sources:
            raise AssetError(f"脚本 {name} 引用的 {other}（写作 {written}）不存在。请改正路径或补上文件")
        return self.asset(other)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    # Style sheets are numbered in the order of the cascade.
    yield "site.css", b"\n".join(file.read_bytes() for file in sorted((folder / "css").glob("*.css")))
    for file in sorted((folder / "images").iterdir()):
        yield file.name, file.read_bytes()


def _scripts(folder: Path) -> Iterator[Asset]:
    found = {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in folder.rglob("*.js")}
    scripts = _Scripts(found)
    return (scripts.asset(name) for name in sorted(found))


def collect(folder: Path) -> tuple[Asset, ...]:
    """Every asset under `site/assets`, in a stable order. Raises AssetError."""
    files = (Asset(name, hashed_path(name, content), content) for name, content in _files(folder))
    return (*files, *_scripts(folder / "js"))
