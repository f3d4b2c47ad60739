"""Where the links of a page lead within the site."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import unquote

_LINK = re.compile(rb'\s(?:href|src|action|data-search|data-(?:[a-z]+-)?src)="([^"#?]*)')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def targets_of(path: str, content: bytes) -> tuple[str, ...]:
    """The files of the site that a page links to; none for what is no page."""
    if not path.endswith(".html"):
        return ()
    folder = posixpath.dirname(path)
    found = {resolved(folder, link) for link in set(_LINK.findall(content))}
    return tuple(sorted(target for target in found if target is not None))


def resolved(folder: str, link: bytes) -> str | None:
    """The file that a link on a page of a folder means; None for links to elsewhere and to the page itself."""
    # What climbs to the root means the same file from every folder as deep.
    depth = folder.count("/") + 1 if folder else 0
    return _resolved("a/" * (depth - 1) + "a" if depth and link.startswith(b"../" * depth) else folder, link)


@lru_cache(maxsize=4096)
def _resolved(folder: str, link: bytes) -> str | None:
    return target_of(folder, link.decode("utf-8"))


def target_of(folder: str, link: str) -> str | None:
    """As `resolved`, each worked out anew."""
    if not link or _ELSEWHERE.match(link) or link.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(folder, unquote(link)))
    if link.endswith(("/", "/.", "..")) or path == "." or link in {".", ".."}:
        return "index.html" if path == "." else f"{path}/index.html"
    return path
