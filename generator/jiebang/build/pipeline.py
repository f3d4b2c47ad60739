"""The build, as its specification reads: check, publish, frame, fill, verify, switch. Any finding stops it before the switch."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from jiebang.build.site_files import Finished, content_digest, finish_files, leaks_of
from jiebang.build.staging import MARKER, demands_before, staging_for
from jiebang.build.standing import Standing, name_of
from jiebang.build.verify import Verifier
from jiebang.catalogue.keys import KeyNeededError
from jiebang.errors import UserError
from jiebang.mapping import Maps, digest, no_garbage, program_digest
from jiebang.problems import Problem, has_errors
from jiebang.publication import (
    Leak,
    Publication,
    Standpoint,
    history_key,
    missing_history,
    publish,
    recalled_history,
)
from jiebang.publication.disclosure_control.audit import AuditedView, suppress_until_safe
from jiebang.publication.disclosure_control.released_tables import (
    FILE,
    ReleasedTables,
    from_json,
    tables_before,
    tables_of,
    to_json,
)
from jiebang.publication.manifest import MANIFEST, manifest_of
from jiebang.publication.view_check import leaks_in_view
from jiebang.resources import program_data
from jiebang.rules.judgement import Judged, judge_whole
from jiebang.rules.suspicion import Surroundings
from jiebang.rules.verdict import Verdict, verdict
from jiebang.site import Frames, load_frames
from jiebang.site.files import given
from jiebang.site.output import planned
from jiebang.workspace import cache_folder, workspace_of


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


def frames(workspace: Path | None = None, settings: Path | None = None) -> Frames:
    """The site's frames with the settings and pages of a workspace, by default the current folder. `settings`: the folder that has them
    where they are those of an earlier day.

    Raises UserError where the hand-written pages or the settings cannot be used.
    """
    folder = workspace or Path.cwd()
    return load_frames(program_data(), cache_folder(folder), settings or folder)


def _refuse_shrunk(demands: int, before: int | None, allowed: bool) -> None:
    if allowed:
        return
    hint = "确实要这样发布，加上 --allow-shrink。"
    if demands == 0:
        raise UserError("目录里没有一项可以公开的需求；发布空网站多半不是本意。", hint)
    if before is not None and demands * 2 < before:
        raise UserError(f"现在网站上有 {before} 项需求，这次只剩 {demands} 项，少了一半以上。", hint)


def _refuse_without_history(place: Path) -> None:
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


class _Build:
    """One build, from the records to the switch."""

    def __init__(self, options: BuildOptions, steps: Steps, maps: Maps) -> None:
        self._options = options
        self._steps = steps
        self._maps = maps
        self._past = options.past
        self._standing = Standing(options.out, maps)

    def run(self) -> Built:
        """The whole way; where nothing changed, no further than to see that."""
        if self._options.history_required:
            _refuse_without_history(self._options.place)
        tick = self._steps.step("检查记录", 0)
        told = verdict(self._options.catalogue, self._maps, lambda done, _: tick(done), whole=True)
        if has_errors(told.problems):
            return Built(tuple(told.problems), len(told.records))
        if told.closed:
            raise KeyNeededError(told.closed, "生成网站")
        framed = frames(self._options.home, self._past.settings if self._past is not None else None)
        known = self._maps.look_up(self._key(told.key, framed)) if self._standing.is_whole() else None
        # The same records may have been built before, and others since: what stands in place must be what they gave.
        if known is not None and known[-1] == self._standing.name:
            return self._as_before(told, known)
        judged = told.judged or judge_whole(self._options.catalogue, self._maps)
        if has_errors(judged.problems):
            return Built(tuple(judged.problems), sum(1 for _ in judged.catalogue.records()))
        return self._built(judged, framed)

    def _key(self, records: bytes, framed: Frames) -> bytes:
        """Names all that a site is made from: records, history, frames, and the figures of the site in place."""
        try:
            if self._past is not None:
                figures = b"".join(map(to_json, self._past.online))
            else:
                figures = (self._options.previous or self._options.out / FILE).read_bytes()
        except OSError:
            # Where they are needed, `figures_before` says what is wrong with them.
            figures = b""
        return digest("built", program_digest(), records, self._history, framed.digest, figures)

    @cached_property
    def _history(self) -> bytes:
        """Names what git can tell; asked of git once."""
        if self._past is not None:
            return history_key(self._options.place, self._past.since.commit)
        return history_key(self._options.place)

    @cached_property
    def _demands_before(self) -> int | None:
        """How many demands the site has that is to be replaced; an earlier day's replaces none."""
        return demands_before(self._options.out) if self._past is None else None

    def _as_before(self, told: Verdict, known: Any) -> Built:
        summary, files, size, note, _ = known
        demands, hidden, withdrawn, held_back = summary
        _refuse_shrunk(demands, self._demands_before, self._options.allow_shrink)
        return Built(
            tuple(told.problems),
            len(told.records),
            Summary(demands, hidden, withdrawn, tuple(held_back)),
            files=files,
            size=size,
            note=note,
        )

    def _built(self, judged: Judged, framed: Frames) -> Built:
        catalogue, options, maps = judged.catalogue, self._options, self._maps
        since = self._past.since if self._past is not None else None
        history = recalled_history(catalogue, self._history, judged.key, maps, since)
        publication = publish(catalogue, history.demands)
        _refuse_shrunk(len(publication.site.demands), self._demands_before, options.allow_shrink)
        surroundings: Surroundings = judged.around.value
        digests: dict[str, bytes] = {}
        size = written = 0
        with staging_for(options.out, options.place, options.home) as staging:
            # Read under the lock: the site in place must be the one that is replaced.
            before = figures_before(options)
            settled = suppress_until_safe(publication.site, before, maps)
            site = settled.site
            refuse_leaks(leaks_in_view(site, catalogue, judged.keys, judged.around, maps))
            files = [*planned(site, framed, maps), given(FILE, to_json(tables_of(site), before))]
            tick = self._steps.step("生成网页", len(files))

            def put(file: Finished) -> None:
                nonlocal size, written
                if staging.put(file.path, file.content, file.stands):
                    written += 1
                digests[file.path] = file.digest
                size += file.size
                tick(len(digests))

            findings = finish_files(files, framed, surroundings.secrets, self._standing, maps, put)
            refuse_leaks(leaks_of(findings, staging.read, catalogue))
            refuse_broken(findings.broken_links())
            listed = manifest_of(digests)
            staging.write(MANIFEST, listed)
            digests |= {MANIFEST: content_digest(listed), MARKER: content_digest(staging.mark(len(site.demands)))}
            staging.keep()
        publication = replace(publication, site=site)
        note = history.note + _figures_note(settled)
        built = Built(
            tuple(judged.problems),
            sum(1 for _ in catalogue.records()),
            summary_of(publication),
            publication,
            len(files),
            size,
            written,
            note=note,
        )
        self._remember(judged.key, framed, digests, built)
        return built

    def _remember(self, records: bytes, framed: Frames, digests: Mapping[str, bytes], built: Built) -> None:
        if built.summary is not None:
            self._standing.note(digests)
            told = (astuple(built.summary), built.files, built.size, built.note, name_of(digests))
            self._maps.note(self._key(records, framed), told)
            self._maps.sweep(2)


def figures_before(options: BuildOptions) -> tuple[ReleasedTables, ...]:
    """The figures of the site that is replaced, or stood on that day; raises UserError where they cannot be read."""
    if options.past is not None:
        return options.past.online
    try:
        if options.previous is not None:
            return from_json(options.previous.read_bytes())
        return tables_before(options.out)
    except (OSError, ValueError) as error:
        raise UserError(
            f"读不出现有网站的 {FILE}，无法确认两次公布的数字放在一起不泄露内容。",
            "从备份恢复这个文件；确实没有备份时删去它再构建，这一次不与以前的数字比对。",
        ) from error


def _figures_note(settled: AuditedView) -> str:
    notes = []
    if settled.taken_out:
        notes.append(f"为防止推算，另有 {settled.taken_out} 个合计数不公布。")
    if settled.left:
        notes.append(f"有 {len(settled.left)} 个不公布的数量，从以前公布的数字和现在的状态就能推算，不再公布也收不回。")
    return "".join(notes)


_MOST_NAMED = 20


def refuse_unsafe(verifier: Verifier, what: str = "网站") -> None:
    """Raises UserError where a finished site (or `what` else) holds something private or leads nowhere."""
    verifier.read_index()
    refuse_leaks(verifier.leaks, what)
    refuse_broken(verifier.broken_links())


def refuse_leaks(leaks: Sequence[Leak], what: str = "网站") -> None:
    """Raises UserError where something private was found; names places, never values."""
    if leaks:
        places = sorted({(leak.record, leak.field, leak.file) for leak in leaks})
        listed = "\n".join(f"  {record} 的“{field}”出现在 {file}" for record, field, file in places[:_MOST_NAMED])
        more = f"\n  …… 共 {len(places)} 处" if len(places) > _MOST_NAMED else ""
        raise UserError(
            f"不应公开的内容出现在{'网页' if what == '网站' else what}里，{what}没有更新：\n{listed}{more}",
            "检查需求的公开文字，删去企业名称、人名和联系方式。",
        )


def refuse_broken(broken: Sequence[tuple[str, str]]) -> None:
    """Raises UserError where a link of the site leads nowhere."""
    if broken:
        listed = "\n".join(f"  {page} → {target}" for page, target in broken[:_MOST_NAMED])
        raise UserError(f"网页里有打不开的站内链接，网站没有更新：\n{listed}", "检查 site/ 最近的改动。")
