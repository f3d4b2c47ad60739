"""The site in memory for `jiebang serve`: reads again what changed, renders again what that touches, keeps the last good state.

Whoever edits wants to see the text before asking two people to review it, so the preview shows what still waits for its
review; `build` never does.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from jiebang.build.pipeline import frames, refuse_unsafe
from jiebang.build.verify import Verifier
from jiebang.mapping import Maps
from jiebang.problems import Problem, has_errors
from jiebang.publication import GitHistory, Publication, publish, read_history, secrets_of
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.history import head_of
from jiebang.rules.judgement import judge
from jiebang.site import Memo, render
from jiebang.workspace import workspace_of


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What one round of reading gave: `publication` is None where errors kept the last good site."""

    problems: tuple[Problem, ...]
    records: int
    publication: Publication | None
    changed: int
    """How many files of the site differ from before."""
    seconds: float
    note: str


@dataclass(slots=True)
class Preview:
    """`files` maps paths to contents and is replaced as a whole, so a reader never meets half a site."""

    catalogue: Path
    files: dict[str, bytes] = field(default_factory=dict)
    version: int = 0
    """Counts the states that were shown."""
    _maps: Maps = field(default_factory=Maps)
    _memo: Memo = field(default_factory=Memo)
    _history: GitHistory = field(default_factory=GitHistory)
    _head: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> Refreshed:
        """Reads the catalogue and brings `files` up to date.

        Raises UserError for a leak, a broken link or a frame that cannot be built; `files` stays as it was then.
        """
        with self._lock:
            started = time.perf_counter()
            catalogue, problems = judge(self.catalogue, self._maps)
            records = sum(1 for _ in catalogue.records())
            if has_errors(problems):
                return Refreshed(tuple(problems), records, None, 0, time.perf_counter() - started, self._history.note)
            head = head_of(self.catalogue)
            if head != self._head or head is None:
                self._history, self._head = read_history(catalogue), head
            publication = publish(catalogue, self._history.demands, drafts=True)
            framed = frames(workspace_of(self.catalogue))
            verifier = Verifier(secrets_of(catalogue), framed.assets)
            fresh: dict[str, bytes] = {}
            publication = replace(publication, site=suppress_until_safe(publication.site).site)
            verifier.read_view(publication.site, catalogue)
            for output in render(publication.site, framed, self._memo):
                fresh[output.path] = output.content
                verifier.take(output.path, output.content)
            refuse_unsafe(verifier)
            changed = sum(self.files.get(path) != content for path, content in fresh.items())
            changed += len(self.files.keys() - fresh.keys())
            if changed:
                self.files = fresh
                self.version += 1
            return Refreshed(
                tuple(problems), records, publication, changed, time.perf_counter() - started, self._history.note
            )
