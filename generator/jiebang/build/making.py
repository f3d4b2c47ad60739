"""Makes a site anew: publication, frames, files, the last look, the switch. `pipeline` comes here where something changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from jiebang.build.pipeline import BuildOptions, Built, Steps, refuse_shrunk, summary_of
from jiebang.build.publishing import Published
from jiebang.build.refusals import refuse_broken, refuse_leaks
from jiebang.build.replacement import Replacement
from jiebang.build.site_files import finish_files, leaks_of
from jiebang.build.staging import staging_for
from jiebang.build.standing import Standing
from jiebang.build.whole_site import WholeSite, recalled_site, site_key
from jiebang.catalogue import Catalogue
from jiebang.errors import UserError, reason_of
from jiebang.mapping import Maps
from jiebang.publication.disclosure_control.audit import AuditedView, suppress_until_safe
from jiebang.publication.disclosure_control.released_tables import (
    ReleasedTables,
    from_json,
    tables_before,
    tables_of,
    to_json,
)
from jiebang.resources import program_data
from jiebang.rules.earlier_looks import SITE, note_look
from jiebang.rules.judgement import judge_whole
from jiebang.site import Frames, load_frames
from jiebang.site.files import given
from jiebang.site.output import planned
from jiebang.view import FIGURES
from jiebang.workspace import cache_folder


def frames(workspace: Path | None = None, settings: Path | None = None, maps: Maps | None = None) -> Frames:
    """The site's frames with the settings and pages of a workspace, by default the current folder. `settings`: the folder that has them
    where they are those of an earlier day.

    Raises UserError where the hand-written pages or the settings cannot be used.
    """
    folder = workspace or Path.cwd()
    return load_frames(program_data(), cache_folder(folder), settings or folder, maps)


@dataclass(frozen=True, slots=True)
class Made:
    """A site that stands in place. `key` names all that it was made from now; empty where that has no name, or the site stood there."""

    built: Built
    key: bytes
    whole: WholeSite


def make_site(
    options: BuildOptions,
    steps: Steps,
    maps: Maps,
    standing: Standing,
    published: Published,
    sources: bytes,
    framed_ahead: Callable[[], None],
) -> Made:
    """Makes the site of what is published and puts it in place. `sources` names what `sources_key` does; `framed_ahead` waits for whoever makes
    the frames meanwhile. Raises UserError."""
    secrets, earlier = published.secrets, published.earlier
    refuse_shrunk(len(published.publication.site.demands), options)
    with staging_for(options.out, options.place, options.home) as staging:
        # Read under the lock: the site in place must be the one that is replaced.
        before = figures_before(options)
        settled = suppress_until_safe(published.publication.site, before, maps)
        site = settled.site
        figures = to_json(tables_of(site), before)
        key = site_key(site, figures, sources) if sources else b""
        known = recalled_site(key, maps, standing, secrets, earlier)
        if known is not None:
            whole, key, written = known, b"", 0
        else:
            framed_ahead()
            settings = options.past.settings if options.past is not None else None
            framed = frames(options.home, settings, maps)
            files = [*planned(site, framed, maps), given(FIGURES, figures)]
            tick = steps.step("生成网页", len(files))
            replacement = Replacement(staging, standing, tick)
            findings = finish_files(files, framed, secrets, standing, maps, replacement, earlier)
            note_look(SITE, maps, options.catalogue, secrets)
            refuse_leaks(leaks_of(findings, replacement.read, lambda: _read_again(options, maps, published.key)))
            refuse_broken(findings.broken_links())
            replacement.keep(len(site.demands))
            whole, written = replacement.whole(secrets, findings), replacement.written
    publication = replace(published.publication, site=site)
    built = Built(
        tuple(published.problems),
        published.records,
        summary_of(publication),
        publication,
        whole.files,
        whole.size,
        written,
        note=published.note + _figures_note(settled),
    )
    return Made(built, key, whole)


def _read_again(options: BuildOptions, maps: Maps, key: bytes) -> Catalogue:
    """The records once more. Raises UserError where they are not those that `key` names: a site is only held to what it was made from."""
    judged = judge_whole(options.catalogue, maps)
    if judged.key != key:
        raise UserError("记录在构建时被改动，网站没有更新。", "再运行一次。")
    return judged.catalogue


def figures_before(options: BuildOptions) -> tuple[ReleasedTables, ...]:
    """The figures of the site that is replaced, or stood on that day; raises UserError where they cannot be read."""
    if options.past is not None:
        return options.past.online
    if options.previous is not None:
        return _figures_in(options.previous)
    try:
        return tables_before(options.out)
    except (OSError, ValueError) as error:
        raise UserError(
            f"读不出现有网站的 {FIGURES}，无法确认两次公布的数字放在一起不泄露内容。",
            "从备份恢复这个文件；确实没有备份时删去它再构建，这一次不与以前的数字比对。",
        ) from error


def _figures_in(file: Path) -> tuple[ReleasedTables, ...]:
    """The figures in a file that was fetched from the site online."""
    try:
        return from_json(file.read_bytes())
    except OSError as error:
        raise UserError(
            f"读不出 --previous 写的 {file}（{reason_of(error)}）。", "核对文件的位置和权限，或从线上网站重新下载。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"--previous 写的 {file} 不是网站公布数量的文件（{FIGURES}），无法确认两次公布的数字放在一起不泄露内容。",
            f"从线上网站重新下载 {FIGURES}：下载到的若是网页（例如找不到文件的提示），核对网址。线上还没有网站的，不写 --previous。",
        ) from error


def _figures_note(settled: AuditedView) -> str:
    notes = []
    if settled.taken_out:
        notes.append(f"为防止推算，另有 {settled.taken_out} 个合计数不公布。")
    if settled.left:
        notes.append(f"有 {len(settled.left)} 个不公布的数量，从以前公布的数字和现在的状态就能推算，不再公布也收不回。")
    return "".join(notes)
