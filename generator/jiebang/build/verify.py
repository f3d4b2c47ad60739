"""The look at a finished site before the switch: nothing private in it, and no link of its own that leads nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote

from jiebang.catalogue import Catalogue
from jiebang.publication import File, Leak, Secrets, find_in_view, find_leaks, find_leaks_in
from jiebang.publication.gate import UNREADABLE
from jiebang.publication.search_index import DAMAGED, DamagedError, Rebuilt, is_index
from jiebang.site.assets import Asset
from jiebang.view import PublicSite

_LINK = re.compile(rb'\s(?:href|src|action|data-search|data-(?:[a-z]+-)?src)="([^"#?]*)')
SEARCH = "search/"
"""Where a leak is said to stand that no single file of the search index holds."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


_AT_ONCE = 1 << 20
"""Bytes of files that are looked at together."""


class Verifier:
    """Takes every file of a site once, in any order; `leaks` and `broken_links()` tell what is wrong with it.

    `assets` are the files that come from `site/` byte for byte: no record can reach them, and digits in a script are no telephone.
    """

    def __init__(self, secrets: Secrets, assets: Iterable[Asset] = ()) -> None:
        self._secrets = secrets
        self._assets = {asset.path: asset.content for asset in assets if not asset.own}
        self._files: set[str] = set()
        self._targets: dict[str, str] = {}
        self._resolved: dict[tuple[str | int, bytes], str | None] = {}
        self._rebuilt = Rebuilt()
        self._waiting: list[File] = []
        self._bytes = 0
        self._leaks: list[Leak] = []

    @property
    def leaks(self) -> list[Leak]:
        """What was found in what was taken and read so far."""
        self._look()
        return self._leaks

    def read_view(self, site: PublicSite, catalogue: Catalogue) -> None:
        """Looks at the values that are about to be rendered."""
        self.leaks.extend(find_in_view(site, catalogue, self._secrets))

    def take(self, path: str, content: bytes, like: str = "") -> None:
        """Looks at one file; `like` as in `File`."""
        self._files.add(path)
        if self._assets.get(path) == content:
            return
        self._waiting.append(File(path, content, like))
        self._bytes += len(content)
        if self._bytes > _AT_ONCE:
            self._look()
        if path.endswith(".html"):
            folder = posixpath.dirname(path)
            for link in set(_LINK.findall(content)):
                target = self._resolve(folder, link)
                if target is not None:
                    self._targets.setdefault(target, path)

    def _look(self) -> None:
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        for file, found in zip(waiting, find_leaks_in(waiting, self._secrets), strict=True):
            self._leaks.extend(found)
            if is_index(file.content) and not found:
                try:
                    self._rebuilt.take(file.content)
                except DamagedError:
                    self._leaks.append(Leak(file.path, UNREADABLE, DAMAGED))

    def read_index(self) -> None:
        """Looks at the texts that can be put together from the search index, when all its files were taken."""
        self._look()
        self._leaks.extend(find_leaks(SEARCH, self._rebuilt.text().encode(), self._secrets))

    def _resolve(self, folder: str, link: bytes) -> str | None:
        # What climbs to the root means the same file from every folder as deep.
        depth = folder.count("/") + 1 if folder else 0
        key = (depth if link.startswith(b"../" * depth) else folder, link)
        if key not in self._resolved:
            self._resolved[key] = _target(folder, link.decode("utf-8"))
        return self._resolved[key]

    def broken_links(self) -> list[tuple[str, str]]:
        """(page, target) of each link inside the site that no file answers, once a target."""
        return sorted((page, target) for target, page in self._targets.items() if target not in self._files)


def _target(folder: str, link: str) -> str | None:
    """The file that a relative link means; None for links to elsewhere and to the page itself."""
    if not link or _ELSEWHERE.match(link) or link.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(folder, unquote(link)))
    if link.endswith(("/", "/.", "..")) or path == "." or link in {".", ".."}:
        return "index.html" if path == "." else f"{path}/index.html"
    return path
