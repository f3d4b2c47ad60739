"""The build, as its specification reads: check, publish, frame, fill, verify, switch. Any finding stops it before the switch."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from jiebang.build.staging import demands_before, staging_for
from jiebang.build.verify import Verifier
from jiebang.errors import UserError
from jiebang.problems import Problem, has_errors
from jiebang.publication import Publication, publish, read_history, secrets_of
from jiebang.publication.disclosure_control.audit import AuditedView, suppress_until_safe
from jiebang.publication.disclosure_control.released_tables import (
    FILE,
    ReleasedTables,
    from_json,
    tables_before,
    tables_of,
    to_json,
)
from jiebang.resources import program_data
from jiebang.rules.judgement import judge
from jiebang.site import FrameError, Frames, Output, load_frames, render
from jiebang.workspace import cache_folder, workspace_of


class Steps(Protocol):
    """Is told how far a build is; a progress bar, or nothing."""

    def step(self, what: str, total: int) -> Callable[[int], None]:
        """Begins a step of `total` parts; the returned function is called with the parts done."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`allow_shrink` lets a catalogue without demands, or with less than half of those now online, be published."""

    catalogue: Path
    out: Path
    allow_shrink: bool = False
    previous: Path | None = None
    """The `data/figures.json` of the site that is online, where that site does not stand in `out`."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. With `problems` of severity error nothing was built; `publication` is None then."""

    problems: tuple[Problem, ...]
    records: int
    publication: Publication | None = None
    files: int = 0
    size: int = 0
    """Bytes of all files."""
    seconds: float = 0.0
    note: str = ""
    """What git could not tell, and what the figures had to leave out, in Chinese."""

    @property
    def held_back(self) -> Counter[str]:
        """How many demands were held back, by reason."""
        return Counter(h.reason for h in self.publication.held_back) if self.publication else Counter()


def frames(workspace: Path | None = None) -> Frames:
    """The site's frames with the settings and pages of a workspace, by default the current folder.

    Raises UserError where the hand-written pages or the settings cannot be used.
    """
    folder = workspace or Path.cwd()
    try:
        return load_frames(program_data(), cache_folder(folder), folder)
    except FrameError as error:
        raise UserError(str(error), error.hint) from error


def _refuse_shrunk(demands: int, before: int | None, allowed: bool) -> None:
    if allowed:
        return
    hint = "确实要这样发布，加上 --allow-shrink。"
    if demands == 0:
        raise UserError("目录里没有一项可以公开的需求；发布空网站多半不是本意。", hint)
    if before is not None and demands * 2 < before:
        raise UserError(f"现在网站上有 {before} 项需求，这次只剩 {demands} 项，少了一半以上。", hint)


def build(options: BuildOptions, steps: Steps) -> Built:
    """Builds the public site of a catalogue into `options.out`.

    Errors in the catalogue come back as problems; everything else that stops it (a leak, a broken link, a full disk, a shrunken
    catalogue) raises UserError. In both cases the site in place stays as it was.
    """
    started = time.perf_counter()
    tick = steps.step("检查记录", 0)
    catalogue, problems = judge(options.catalogue, progress=lambda done, _: tick(done))
    records = sum(1 for _ in catalogue.records())
    if has_errors(problems):
        return Built(tuple(problems), records)
    history = read_history(catalogue)
    publication = publish(catalogue, history.demands)
    site = publication.site
    _refuse_shrunk(len(site.demands), demands_before(options.out), options.allow_shrink)
    workspace = workspace_of(options.catalogue)
    framed = frames(workspace)
    verifier = Verifier(secrets_of(catalogue), framed.assets)
    files = size = 0
    with staging_for(options.out, options.catalogue, workspace) as staging:
        # Read under the lock: the site in place must be the one that is replaced.
        before = figures_before(options)
        settled = suppress_until_safe(site, before)
        site = settled.site
        verifier.read_view(site, catalogue)
        refuse_unsafe(verifier)
        figures = to_json(tables_of(site), before)
        rendering = render(site, framed)
        tick = steps.step("生成网页", len(rendering) + 1)
        for output in chain(rendering, [Output(FILE, figures)]):
            verifier.take(output.path, output.content)
            staging.write(output.path, output.content)
            files += 1
            size += len(output.content)
            tick(files)
        refuse_unsafe(verifier)
        staging.keep(len(site.demands))
    note = history.note + _figures_note(settled)
    return Built(
        tuple(problems), records, replace(publication, site=site), files, size, time.perf_counter() - started, note
    )


def figures_before(options: BuildOptions) -> tuple[ReleasedTables, ...]:
    """The figures of the site that is replaced; raises UserError where they cannot be read."""
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
    """Raises UserError where a finished site (or `what` else) holds something private or leads nowhere; names places, never values."""
    verifier.read_index()
    if verifier.leaks:
        places = sorted({(leak.record, leak.field, leak.file) for leak in verifier.leaks})
        listed = "\n".join(f"  {record} 的“{field}”出现在 {file}" for record, field, file in places[:_MOST_NAMED])
        more = f"\n  …… 共 {len(places)} 处" if len(places) > _MOST_NAMED else ""
        raise UserError(
            f"不应公开的内容出现在{'网页' if what == '网站' else what}里，{what}没有更新：\n{listed}{more}",
            "检查需求的公开文字，删去企业名称、人名和联系方式。",
        )
    if broken := verifier.broken_links():
        listed = "\n".join(f"  {page} → {target}" for page, target in broken[:_MOST_NAMED])
        raise UserError(f"网页里有打不开的站内链接，网站没有更新：\n{listed}", "检查 site/ 最近的改动。")
