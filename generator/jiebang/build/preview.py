"""The site in memory for `jiebang serve`: reads again what changed, makes again what that touches, keeps the last good state.

Whoever edits wants to see the text before asking two people to review it, so the preview shows what still waits for its
review; `build` never does. A demand that was edited is shown at once by itself (`glance`), before the whole is judged (`refresh`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from jiebang.build.pipeline import frames, refuse_broken, refuse_leaks
from jiebang.build.site_files import Finished, finish_files, leaks_of
from jiebang.catalogue import Record
from jiebang.catalogue.catalogue import read_bytes
from jiebang.catalogue.files import RecordFile
from jiebang.mapping import Maps, digest
from jiebang.problems import Problem, has_errors
from jiebang.publication import GitHistory, Publication, publish, read_history
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.gate import suspect_files
from jiebang.publication.history import head_of
from jiebang.publication.publish import shown_again
from jiebang.publication.view_check import leaks_in_view
from jiebang.rules.facts import Item, facts_of, recorded
from jiebang.rules.judgement import Judged, judge_whole
from jiebang.rules.suspicion import Surroundings
from jiebang.site import Frames
from jiebang.site.files import Planned
from jiebang.site.output import planned
from jiebang.site.page import Page
from jiebang.site.paths import demand_path
from jiebang.view import Demand
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


@dataclass(frozen=True, slots=True)
class _State:
    """A whole site as it was shown last, and what it was made from."""

    judged: Judged
    demands: dict[str, Demand]
    pages: dict[str, Planned]
    framed: Frames


class StoppedError(Exception):
    """Somebody saved again: what is being made is out of date."""


class _InMemory:
    """The files that are shown, as the place where files stand."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def digest(self, path: str) -> bytes | None:
        content = self._files.get(path)
        return None if content is None else digest(content)

    def read(self, path: str) -> bytes | None:
        return self._files.get(path)


@dataclass(slots=True)
class Preview:
    """`files` maps paths to contents and is replaced as a whole, so a reader never meets half a site."""

    catalogue: Path
    maps: Maps = field(default_factory=lambda: Maps(jobs=1))
    files: dict[str, bytes] = field(default_factory=dict)
    _last: _State | None = None
    _history: GitHistory = field(default_factory=GitHistory)
    _head: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def glance(self, changed: Iterable[Path]) -> bool:
        """Shows demands that were edited at once, each on its own page; False where that cannot be done or is not all there is to see.

        The rest of the site, and what is wrong with the records, `refresh` tells.
        """
        with self._lock:
            last = self._last
            if last is None:
                return False
            root, pages = self.catalogue.resolve(), dict[str, bytes]()
            by_path = {record.path: record for record in last.judged.catalogue.demands}
            for file in changed:
                path = file.resolve()
                record = by_path.get(path.relative_to(root).as_posix()) if path.is_relative_to(root) else None
                if record is None:
                    if file.exists():
                        return False
                    # Where an editor saved aside, and renamed.
                    continue
                page = self._page(last, record)
                if page is None:
                    return False
                pages[page[0]] = page[1]
            changes = any(self.files.get(path) != content for path, content in pages.items())
            if changes:
                self.files = {**self.files, **pages}
            return changes

    def _page(self, last: _State, old: Record) -> tuple[str, bytes] | None:
        """(path, content) of the page of an edited demand; None where it takes more than a look at that file."""
        catalogue, around = last.judged.catalogue, last.judged.around.value
        shown, plan = last.demands.get(old.id), last.pages.get(f"{demand_path(old.id)}index.html")
        if shown is None or plan is None or old.round is None:
            return None
        file = RecordFile(old.kind, old.path, old.round, old.district)
        try:
            data, size = read_bytes(self.catalogue / old.path)
        except OSError:
            return None
        (value,) = facts_of(around.districts, [Item(file, data, size)])
        read = recorded(file, value, data)
        if read.record is None or has_errors(read.problems) or read.record.get("enterprise") != old.get("enterprise"):
            return None
        demand = shown_again(read.record, catalogue, shown)
        page, city = plan.inputs
        if demand is None or not isinstance(page, Page):
            return None
        inputs = tuple(demand if one == shown else one for one in page.inputs)
        content = replace(plan, inputs=(replace(page, inputs=inputs), city)).content(last.framed)
        (owners,) = suspect_files([(plan.path, content)], around.secrets)
        return None if owners else (plan.path, content)

    def refresh(self, stop: Event | None = None) -> Refreshed:
        """Reads the catalogue and brings `files` up to date.

        Raises UserError for a leak, a broken link or a frame that cannot be built, and StoppedError soon after `stop` was set; `files`
        stays as it was then.
        """

        def go_on(*_: object) -> None:
            if stop is not None and stop.is_set():
                raise StoppedError

        with self._lock:
            started = time.perf_counter()
            judged = judge_whole(self.catalogue, self.maps, go_on)
            problems, records = tuple(judged.problems), sum(1 for _ in judged.catalogue.records())
            if has_errors(problems):
                return Refreshed(problems, records, None, 0, time.perf_counter() - started, self._history.note)
            publication, changed = self._shown(judged, go_on)
            return Refreshed(problems, records, publication, changed, time.perf_counter() - started, self._history.note)

    def _shown(self, judged: Judged, go_on: Callable[..., None]) -> tuple[Publication, int]:
        """(what is public, how many files changed) after the files were brought up to date."""
        catalogue = judged.catalogue
        head = head_of(self.catalogue)
        if head != self._head or head is None:
            self._history, self._head = read_history(catalogue), head
        publication = publish(catalogue, self._history.demands, drafts=True)
        framed = frames(workspace_of(self.catalogue))
        publication = replace(publication, site=suppress_until_safe(publication.site, maps=self.maps).site)
        go_on()
        refuse_leaks(leaks_in_view(publication.site, catalogue, judged.keys, judged.around, self.maps))
        files = planned(publication.site, framed)
        fresh: dict[str, bytes] = {}

        def put(file: Finished) -> None:
            fresh[file.path] = file.content if file.content is not None else self.files[file.path]
            go_on()

        around: Surroundings = judged.around.value
        findings = finish_files(files, framed, around.secrets, _InMemory(self.files), self.maps, put)
        refuse_leaks(leaks_of(findings, fresh.__getitem__, catalogue))
        refuse_broken(findings.broken_links())
        changed = sum(self.files.get(path) != content for path, content in fresh.items())
        changed += len(self.files.keys() - fresh.keys())
        if changed:
            self.files = fresh
        demands = {demand.id: demand for demand in publication.site.demands}
        self._last = _State(judged, demands, {file.path: file for file in files}, framed)
        return publication, changed
