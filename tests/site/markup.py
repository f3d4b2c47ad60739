"""Reads a built page the way a browser would, as far as the tests ask: links, ids, tags, text."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser


class Markup(HTMLParser):
    """One page, parsed. `open_tags` is empty when every element was closed."""

    _VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "rect", "path", "wbr"})

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.misnested: list[str] = []
        self._texts: list[str] = []
        self._open: list[str] = []
        self.feed(content.decode())
        self.close()

    @property
    def text(self) -> str:
        return "".join(self._texts)

    @property
    def open_tags(self) -> list[str]:
        return self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        for name, value in values.items():
            if value and (
                name in {"href", "src", "action", "data-search"} or (name.startswith("data-") and name.endswith("src"))
            ):
                self.links.append(value)
        if identifier := values.get("id"):
            self.ids.append(identifier)
        if tag not in self._VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.misnested.append(tag)
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [values for name, values in self.tags if name == tag]


@cache
def _parsed(content: bytes) -> Markup:
    return Markup(content)


def pages(files: dict[str, bytes]) -> dict[str, Markup]:
    """Each page, parsed once however many tests ask; nobody may change it."""
    return {path: _parsed(content) for path, content in files.items() if path.endswith(".html")}
