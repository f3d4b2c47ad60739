"""The site in memory for `jiebang serve`: reads again what changed, makes again what that touches, keeps the last good state.

Whoever edits wants to see the text before asking two people to review it, so the preview shows what still waits for its
review; `build` never does. A demand that was edited is shown at once by itself (`glance`), before the whole is judged (`refresh`), and
also while it is: the two may be called by two threads. What was judged before the last glance is out of date, and never shown after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import IO

from jiebang.build.commit import head_of
from jiebang.build.making import frames
from jiebang.build.places import Finished, content_digest
from jiebang.build.refusals import refuse_broken, refuse_leaks
from jiebang.build.site_files import finish_files, leaks_of
from jiebang.catalogue import Record
from jiebang.catalogue.catalogue import read_bytes
from jiebang.catalogue.files import RecordFile
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import Problem, has_errors
from jiebang.publication import GitHistory, Publication, publish, read_history
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.gate import suspect_files
from jiebang.publication.publish import shown_again
from jiebang.publication.view_check import leaks_in_view
from jiebang.rules.earlier_looks import SITE, earlier_look, note_look
from jiebang.rules.facts import Item, facts_of, recorded
from jiebang.rules.judgement import Judged, judge_whole
from jiebang.rules.suspicion import Surroundings
from jiebang.schemas import published_statuses
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
    records: dict[str, Record]
    """Those of demands, by path."""
    demands: dict[str, Demand]
    pages: dict[str, Planned]
    framed: Frames


class StoppedError(Exception):
    """Somebody saved again: what was being made is out of date."""


class _InMemory:
    """The files that are shown, as the place where files stand."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    def digest(self, path: str) -> bytes | None:
        content = self._files.get(path)
        return None if content is None else content_digest(content)

    def holder(self, name: bytes) -> str | None:
        return None

    def read(self, path: str) -> bytes | None:
        return self._files.get(path)

    def open(self, path: str) -> IO[bytes] | None:
        content = self._files.get(path)
        return None if content is None else BytesIO(content)


class _Fresh:
    """The files that are going to be shown. `go_on` is called after each, and may raise."""

    def __init__(self, shown: dict[str, bytes], go_on: Callable[[], None]) -> None:
        self.files: dict[str, bytes] = {}
        self._shown = shown
        self._go_on = go_on

    def put(self, file: Finished) -> None:
        content = file.content if file.content is not None else self._shown[file.path]
        self.files[file.path] = content if isinstance(content, bytes) else content.read()
        self._go_on()

    def read(self, path: str) -> bytes:
        return self.files[path]


@dataclass(slots=True)
class Preview:
    """`files` maps paths to contents and is replaced as a whole, so a reader never meets half a site."""

    catalogue: Path
    maps: Maps = field(default_factory=lambda: Maps(jobs=1))
    files: dict[str, bytes] = field(default_factory=dict)
    _last: _State | None = None
    _history: GitHistory = field(default_factory=GitHistory)
    _told_of: tuple[str | None, frozenset[str]] = (None, frozenset())
    """The commit, and the demands, that the history is of."""
    _changes: int = 0
    """How often something was told to have changed: what was read before the last time is out of date."""
    _judging: threading.Lock = field(default_factory=threading.Lock)
    _showing: threading.Lock = field(default_factory=threading.Lock)
    """Held for moments, while what is shown is replaced, or told to be out of date."""

    def give_up(self) -> None:
        """What is being judged is out of date: `refresh` raises StoppedError soon, and shows nothing of it."""
        with self._showing:
            self._changes += 1

    def glance(self, changed: Iterable[Path]) -> bool:
        """Shows demands that were edited at once, each on its own page; False where that cannot be done or is not all there is to see.

        The rest of the site, and what is wrong with the records, `refresh` tells.
        """
        self.give_up()
        # From here on nothing is shown of what is being judged, so what the page is made with is what stays.
        with self._showing:
            last = self._last
        pages = self._pages(last, changed) if last is not None else None
        if not pages:
            return False
        with self._showing:
            if self._last is not last:
                return False
            changes = any(self.files.get(path) != content for path, content in pages.items())
            if changes:
                self.files = {**self.files, **pages}
        return changes

    def _pages(self, last: _State, changed: Iterable[Path]) -> dict[str, bytes] | None:
        """The pages of edited demands, by path; None where that is not all there is to see."""
        root, pages = self.catalogue.resolve(), dict[str, bytes]()
        for file in changed:
            path = file.resolve()
            record = last.records.get(path.relative_to(root).as_posix()) if path.is_relative_to(root) else None
            if record is None:
                if file.exists():
                    return None
                # Where an editor saved aside, and renamed.
                continue
            page = self._page(last, record)
            if page is None:
                return None
            pages[page[0]] = page[1]
        return pages

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

    def refresh(self, *, whatever_happens: bool = False) -> Refreshed:
        """Reads the catalogue and brings `files` up to date.

        Raises UserError for a leak, a broken link or a frame that cannot be built, and StoppedError soon after a change was told
        (`glance`, `give_up`), or never, `whatever_happens`; `files` stays as it was then.
        """
        with self._judging:
            started, changes = time.perf_counter(), self._changes

            def go_on(*_: object) -> None:
                if self._changes != changes and not whatever_happens:
                    raise StoppedError

            try:
                judged = judge_whole(self.catalogue, self.maps, go_on)
                publication, changed = (None, 0) if has_errors(judged.problems) else self._shown(judged, go_on)
            except UserError:
                # Nobody is told what was wrong before the last edit.
                go_on()
                raise
            go_on()
            records = sum(1 for _ in judged.catalogue.records())
            seconds = time.perf_counter() - started
            return Refreshed(tuple(judged.problems), records, publication, changed, seconds, self._history.note)

    def _shown(self, judged: Judged, go_on: Callable[..., None]) -> tuple[Publication, int]:
        """(what is public, how many files changed) after the files were brought up to date."""
        catalogue = judged.catalogue
        head = head_of(self.catalogue)
        listed = frozenset(demand.id for demand in catalogue.demands if demand.get("status") in published_statuses())
        # One that is shown again without a commit has its history, too.
        if head is None or (head, listed) != self._told_of:
            self._history, self._told_of = read_history(catalogue), (head, listed)
        publication = publish(catalogue, self._history.demands, drafts=True)
        framed = frames(workspace_of(self.catalogue))
        publication = replace(publication, site=suppress_until_safe(publication.site, maps=self.maps).site)
        go_on()
        around: Surroundings = judged.around.value
        earlier = earlier_look(SITE, self.maps, catalogue, around.secrets)
        refuse_leaks(leaks_in_view(publication.site, catalogue, judged.keys, judged.around, self.maps))
        go_on()
        files = planned(publication.site, framed, self.maps)
        go_on()
        # A glance puts others in their place meanwhile; then what is made here is given up.
        shown = self.files
        fresh = _Fresh(shown, go_on)
        findings = finish_files(list(files), framed, around.secrets, _InMemory(shown), self.maps, fresh, earlier)
        note_look(SITE, self.maps, catalogue.root, around.secrets)
        refuse_leaks(leaks_of(findings, fresh.read, lambda: catalogue))
        refuse_broken(findings.broken_links())
        state = _State(
            judged,
            {record.path: record for record in catalogue.demands},
            {demand.id: demand for demand in publication.site.demands},
            {file.path: file for file in files},
            framed,
        )
        with self._showing:
            go_on()
            changed = sum(self.files.get(path) != content for path, content in fresh.files.items())
            changed += len(self.files.keys() - fresh.files.keys())
            if changed:
                self.files = fresh.files
            self._last = state
        return publication, changed
