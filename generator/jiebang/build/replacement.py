"""A new site on its way to the place of the last one: while each of its files is the one that stands there, nothing is staged."""

from __future__ import annotations

from collections.abc import Callable

from jiebang.build.places import Finished, content_digest
from jiebang.build.site_files import Findings
from jiebang.build.staging import MARKER, Staging, marked
from jiebang.build.standing import Standing, name_of
from jiebang.build.whole_site import WholeSite
from jiebang.errors import UserError
from jiebang.publication.manifest import manifest_of
from jiebang.rules.secret_index import SecretIndex
from jiebang.view import MANIFEST


class Replacement:
    """The files of a site, in any order; `keep` puts the whole of it in place. `told` is called with how many there are, after each."""

    def __init__(self, staging: Staging, standing: Standing, told: Callable[[int], None]) -> None:
        self._staging = staging
        self._standing = standing
        self._told = told
        self._unstaged: list[str] | None = []
        """Paths of the files so far, all of which stand in place; None from the first other one on."""
        self.digests: dict[str, bytes] = {}
        """Of all files, by path."""
        self.files = self.size = self.written = 0
        """How many there are, their bytes, and how many of them were written: all without the list of all and the mark."""

    def put(self, file: Finished) -> None:
        """Takes one file."""
        self.files += 1
        self.size += file.size
        self.written += self._put(file)
        self._told(self.files)

    def _put(self, file: Finished) -> bool:
        self.digests[file.path] = file.digest
        if self._unstaged is not None:
            if file.content is None and file.stands in {"", file.path}:
                self._unstaged.append(file.path)
                return False
            self._stage()
        return self._staging.put(file.path, file.content, file.stands)

    def _stage(self) -> None:
        """Stages the files so far. Raises UserError where one is not what stood there when it was put."""
        for path in self._unstaged or ():
            if self._standing.digest(path) != self.digests[path]:
                raise UserError("现有网站的文件在构建时被改动，网站没有更新。", "再运行一次。")
        # A link gives the file another stamp, under each of its names.
        for path in self._unstaged or ():
            self._staging.put(path, None)
        self._unstaged = None

    def whole(self, secrets: SecretIndex, findings: Findings) -> WholeSite:
        """What is known of the site, when it was put in place."""
        summaries = tuple(sorted(findings.summaries or ()))
        return WholeSite(name_of(self.digests), secrets.key, summaries, self.files, self.size)

    def read(self, path: str) -> bytes:
        """The content of a file that was put."""
        return self._staging.read(path) if self._unstaged is None else (self._staging.out / path).read_bytes()

    def keep(self, demands: int) -> None:
        """Adds the list of all files and the mark, with the number of demands, and puts the site in place, which takes no switch where all
        stands there, and nothing else."""
        for path, content in ((MANIFEST, manifest_of(self.digests)), (MARKER, marked(demands))):
            name = content_digest(content)
            stands = self._standing.digest(path) == name
            self._put(Finished(path, name, len(content), None if stands else content))
        if self._unstaged is not None:
            if self._standing.is_site(self.digests):
                return
            self._stage()
        self._staging.keep()
        self._standing.note(self.digests)
