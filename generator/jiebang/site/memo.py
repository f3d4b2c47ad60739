"""Remembers finished pages by their inputs, so that a rebuild renders only what a changed record touches."""

from __future__ import annotations

from collections.abc import Callable, Hashable


class Memo:
    """Same path and same inputs → the same bytes, without rendering. Pages of the last round that were not asked for are dropped."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Hashable, bytes]] = {}
        self._asked: set[str] = set()

    def page(self, path: str, inputs: Hashable, make: Callable[[], bytes]) -> bytes:
        """The page at `path`, made by `make` unless the same inputs made it before."""
        self._asked.add(path)
        kept = self._kept.get(path)
        if kept is not None and kept[0] == inputs:
            return kept[1]
        content = make()
        self._kept[path] = (inputs, content)
        return content

    def start(self) -> None:
        """Begin a round; what an interrupted one asked for no longer counts."""
        self._asked.clear()

    def finish(self) -> None:
        """Forget pages that the round just ended did not contain: what was withdrawn must not be kept here either."""
        for path in self._kept.keys() - self._asked:
            del self._kept[path]
