"""The build, as its specification reads: check, publish, frame, fill, verify, switch. Any finding stops it before the switch."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jiebang.build.commit import history_key
from jiebang.build.sources import sources_key
from jiebang.build.staging import demands_before
from jiebang.build.standing import Standing
from jiebang.catalogue.keys import KeyNeededError
from jiebang.errors import UserError
from jiebang.mapping import Maps, digest, program_digest
from jiebang.memory import made_anew, no_garbage
from jiebang.problems import Problem, has_errors
from jiebang.resources import program_data
from jiebang.rules.verdict import Verdict, verdict
from jiebang.view import FIGURES
from jiebang.workspace import cache_folder, workspace_of

if TYPE_CHECKING:
    from jiebang.build.making import Made
    from jiebang.build.publishing import Published
    from jiebang.publication import Publication, Standpoint
    from jiebang.publication.disclosure_control import ReleasedTables
    from jiebang.rules.judgement import Judged


class Steps(Protocol):
    """Is told how far a build is; a progress bar, or nothing."""

    def step(self, what: str, total: int) -> Callable[[int], None]:
        """Begins a step of `total` parts; the returned function is called with the parts done."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a build of an earlier day stands on, beside the records of that day: nothing later may be known to it.

    `settings` is the folder with that day's `mkdocs.yml` and `pages/`; `online` are the figures of the site that stood then, newest first.
    """

    since: Standpoint
    settings: Path
    online: tuple[ReleasedTables, ...]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`allow_shrink` lets a catalogue without demands, or with less than half of those now online, be published."""

    catalogue: Path
    out: Path
    allow_shrink: bool = False
    previous: Path | None = None
    """The `data/figures.json` of the site that is online, where that site does not stand in `out`."""
    past: Past | None = None
    """Where `catalogue` holds the records of an earlier day; whatever stands in `out` is neither asked nor compared with then."""
    history_required: bool = False
    """Without the whole history of git nothing is built: days and changes would be others, that is, another site."""

    @property
    def place(self) -> Path:
        """Where the catalogue lies in the work tree, today."""
        return self.catalogue if self.past is None else self.past.since.folder

    @property
    def home(self) -> Path:
        """The workspace that the catalogue belongs to."""
        return workspace_of(self.place)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much is on the site: demands, those of them that name no enterprise, withdrawn ones; and what is not, as (id, reason)."""

    demands: int
    hidden: int
    withdrawn: int
    held_back: tuple[tuple[str, str], ...]


def summary_of(publication: Publication) -> Summary:
    """What is told of a publication."""
    site = publication.site
    return Summary(
        len(site.demands),
        sum(demand.enterprise.name is None for demand in site.demands),
        len(site.withdrawn),
        tuple((held.id, held.reason) for held in publication.held_back),
    )


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. With `problems` of severity error nothing was built; `summary` is None then.

    `publication` is None, too, where nothing had changed since the site in place was built.
    """

    problems: tuple[Problem, ...]
    records: int
    summary: Summary | None = None
    publication: Publication | None = None
    files: int = 0
    size: int = 0
    """Bytes of all files."""
    written: int = 0
    """Files that were written anew; the others stood there already."""
    seconds: float = 0.0
    note: str = ""
    """What git could not tell, and what the figures had to leave out, in Chinese."""

    @property
    def held_back(self) -> Counter[str]:
        """How many demands were held back, by reason."""
        return Counter(reason for _, reason in self.summary.held_back) if self.summary else Counter()


def refuse_shrunk(demands: int, options: BuildOptions) -> None:
    """Raises UserError where a site would have no demand, or less than half of those now online, unless that is allowed."""
    if options.allow_shrink:
        return
    hint = "确实要这样发布，加上 --allow-shrink。"
    if demands == 0:
        raise UserError("目录里没有一项可以公开的需求；发布空网站多半不是本意。", hint)
    # An earlier day's site replaces none.
    before = demands_before(options.out) if options.past is None else None
    if before is not None and demands * 2 < before:
        raise UserError(f"现在网站上有 {before} 项需求，这次只剩 {demands} 项，少了一半以上。", hint)


def _refuse_without_history(place: Path) -> None:
    from jiebang.publication import missing_history

    missing = missing_history(place)
    if missing is not None:
        raise UserError(
            f"{missing.reason}：公布日期和修改记录会与完整的网站不同，网站没有生成。",
            f"{missing.remedy}；确实不要历史，加上 --without-history。",
        )


def build(options: BuildOptions, steps: Steps, maps: Maps | None = None) -> Built:
    """Builds the public site of a catalogue into `options.out`.

    Errors in the catalogue come back as problems; everything else that stops it (a leak, a broken link, a full disk, a shrunken
    catalogue) raises UserError. In both cases the site in place stays as it was. `maps` as in `judge`.
    """
    started = time.perf_counter()
    with no_garbage():
        built = _Build(options, steps, maps if maps is not None else Maps(jobs=1)).run()
    return replace(built, seconds=time.perf_counter() - started)


def make_frames(maps: Maps, home: Path, cache: Path, settings: Path) -> None:
    """Makes the frames of a workspace and leaves them in its cache. Raises UserError."""
    from jiebang.site import load_frames

    load_frames(home, cache, settings, maps)


def _framed(sources: bytes) -> bytes:
    """Names that frames of these sources were made."""
    return digest("framed", program_digest(), sources)


class _Build:
    """One build, from the records to the switch."""

    def __init__(self, options: BuildOptions, steps: Steps, maps: Maps) -> None:
        self._options = options
        self._steps = steps
        self._maps = maps
        self._past = options.past
        self._standing = Standing(options.out, maps)

    def run(self) -> Built:
        """The whole way; where nothing changed, no further than to see that, and with little imported."""
        if self._options.history_required:
            _refuse_without_history(self._options.place)
        sources = self._sources()
        framed = self._framed_ahead(sources)
        tick = self._steps.step("检查记录", 0)
        told = verdict(self._options.catalogue, self._maps, lambda done, _: tick(done), sweeps=False)
        if has_errors(told.problems):
            return Built(tuple(told.problems), len(told.records))
        if told.closed:
            raise KeyNeededError(told.closed, "不能生成网站")
        known = self._maps.look_up(self._key(told.key, sources)) if sources else None
        # The same records may have been built before, and others since: what stands in place must be what they gave.
        if known is not None and known[-1] == self._standing.name and self._standing.is_whole():
            return self._as_before(told, known)
        published = self._published(told)
        if isinstance(published, Built):
            return published
        # With the list of all records; what follows is made from what is published.
        del told
        if published.among_many:
            held = [published]
            del published
            published = made_anew(held, self._maps.scratch_file)
        from jiebang.build.making import make_site

        made = make_site(self._options, self._steps, self._maps, self._standing, published, sources, framed)
        self._remember(published.key, sources, made)
        return made.built

    def _published(self, told: Verdict) -> Published | Built:
        from jiebang.build.publishing import publish_after_an_edit, publish_whole

        judged = told.judged
        if judged is None:
            published = publish_after_an_edit(self._options, self._maps, told, self._history)
            if published is not None:
                return published
            judged = self._judged()
            if has_errors(judged.problems):
                return Built(tuple(judged.problems), sum(1 for _ in judged.catalogue.records()))
        return publish_whole(self._options, self._maps, judged, self._history)

    def _framed_ahead(self, sources: bytes) -> Callable[[], None]:
        """Has frames made while the records are checked, where there are none of these sources."""
        if not sources or self._maps.look_up(_framed(sources)) is not None:
            return lambda: None
        home = self._options.home
        settings = self._past.settings if self._past is not None else home
        return self._maps.ahead(
            make_frames, program_data(), cache_folder(home), settings, then="jiebang.build.site_files"
        )

    def _judged(self) -> Judged:
        from jiebang.rules.judgement import judge_whole

        return judge_whole(self._options.catalogue, self._maps)

    def _sources(self) -> bytes:
        return sources_key(self._past.settings if self._past is not None else self._options.home)

    def _key(self, records: bytes, sources: bytes) -> bytes:
        """Names all that a site is made from: records, history, sources, and the figures of the site in place."""
        try:
            if self._past is not None:
                from jiebang.publication.disclosure_control.released_tables import to_json

                figures = b"".join(map(to_json, self._past.online))
            else:
                figures = (self._options.previous or self._options.out / FIGURES).read_bytes()
        except OSError:
            # Where they are needed, `figures_before` says what is wrong with them.
            figures = b""
        return digest("built", program_digest(), records, self._history, sources, figures)

    @cached_property
    def _history(self) -> bytes:
        """Names what git can tell; asked of git once."""
        if self._past is not None:
            return history_key(self._options.place, self._past.since.commit)
        return history_key(self._options.place)

    def _as_before(self, told: Verdict, known: Any) -> Built:
        summary, files, size, note, _ = known
        demands, hidden, withdrawn, held_back = summary
        refuse_shrunk(demands, self._options)
        return Built(
            tuple(told.problems),
            len(told.records),
            Summary(demands, hidden, withdrawn, tuple(held_back)),
            files=files,
            size=size,
            note=note,
        )

    def _remember(self, records: bytes, sources: bytes, made: Made) -> None:
        from jiebang.build.whole_site import note_site

        built, whole = made.built, made.whole
        # What was edited meanwhile may be in the site, or not.
        if built.summary is not None and sources and self._sources() == sources:
            told = (astuple(built.summary), built.files, built.size, built.note, whole.name)
            self._maps.note(self._key(records, sources), told)
            self._maps.note(_framed(sources), True)
            if made.key:
                note_site(made.key, self._maps, whole)
        self._maps.sweep(2)
