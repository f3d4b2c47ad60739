"""The look at a finished site before the switch: nothing private in it, and no link of its own that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from jiebang.build.links import targets_of
from jiebang.catalogue import Catalogue
from jiebang.publication import File, Leak, Secrets, find_in_view, find_leaks, find_leaks_in
from jiebang.publication.gate import UNREADABLE
from jiebang.publication.search_index import DAMAGED, DamagedError, Rebuilt, is_index
from jiebang.site.assets import Asset
from jiebang.site.paths import SEARCH
from jiebang.view import PublicSite

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
        for target in targets_of(path, content):
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

    def broken_links(self) -> list[tuple[str, str]]:
        """(page, target) of each link inside the site that no file answers, once a target."""
        return sorted((page, target) for target, page in self._targets.items() if target not in self._files)
