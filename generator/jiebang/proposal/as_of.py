"""The catalogue as it was on a day: its records, settings and pages of then, and the figures that were online before that day's build.

Read through git's plumbing; the work tree stays as it is. Which figures were online nobody wrote down: they are worked out again, as the
workflow makes them, by one build for each state that the branch had.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from jiebang.build.pipeline import Past
from jiebang.catalogue import Record
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.files import RecordFile
from jiebang.errors import UserError
from jiebang.mapping import Maps, digest, program_digest
from jiebang.problems import Problem, has_errors
from jiebang.proposal.change import day_at
from jiebang.proposal.checkout import lay_out, records_of
from jiebang.proposal.repository import Repository, Tree
from jiebang.publication import Standpoint, publish
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.publication.disclosure_control.released_tables import ReleasedTables, from_json, tables_of, to_json
from jiebang.resources import program_data
from jiebang.rules.judgement import judge_whole
from jiebang.workspace import DISTRICT_MAP, EXTERNAL, PAGES, SETTINGS, SYNONYMS, workspace_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROUND = "round.yml"


@dataclass(frozen=True, slots=True)
class Moment:
    """A state that the catalogue had. `day`: YYYY-MM-DD where the rounds are held."""

    commit: str
    day: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """A catalogue laid out as it was, for as long as its folder exists. `problems` are those of files that are no records."""

    moment: Moment
    catalogue: Path
    past: Past
    problems: tuple[Problem, ...]
    released: tuple[ReleasedTables, ...]
    """The figures of every site up to that day's."""


def opened(catalogue: Path) -> Repository:
    """The repository of a catalogue, with its whole history. Raises UserError."""
    try:
        repository = Repository(catalogue)
    except UserError as error:
        raise UserError(str(error), "过去的样子只有 git 记得；在 git 仓库里运行。") from error
    if repository.is_shallow:
        raise UserError("仓库是浅克隆，历史不完整，无法还原过去的样子。", "先运行 git fetch --unshallow。")
    return repository


def moment_named(repository: Repository, place: str, wanted: str) -> Moment:
    """The state that a day (`2024-09-01`: the last commit of the current branch on or before it) or any name of a commit means.

    Raises UserError for what is no day, a day before the first commit, and a name that git does not know.
    """
    if not _DAY.fullmatch(wanted):
        commit = repository.commit(wanted)
        return Moment(commit, day_at(repository.time_of(commit), _latest_round(repository, commit, place)))
    try:
        date.fromisoformat(wanted)
    except ValueError:
        raise UserError(f"“{wanted}”不是日期。", "写成 2026-03-05 这样，或写提交、标签、分支的名称。") from None
    states = repository.mainline(repository.commit("HEAD"))
    of_round = _latest_round(repository, states[0][0], place)
    for commit, made_at in states:
        if (day := day_at(made_at, of_round)) <= wanted:
            return Moment(commit, day)
    raise UserError(
        f"{wanted} 那天仓库里还没有提交。", f"最早的提交在 {day_at(states[-1][1], of_round)}；写这一天或以后的日期。"
    )


def _latest_round(repository: Repository, commit: str, place: str) -> Record | None:
    """The round of a commit whose folder comes last: it says by which clock days are told."""
    files = records_of(repository.tree(commit), place)
    rounds = [path for path, entry in files.items() if path.count("/") == 1 and path.endswith(f"/{_ROUND}")]
    for path in sorted(rounds, reverse=True):
        if files[path].size <= MAX_BYTES:
            file = RecordFile("round", path, path.partition("/")[0], None)
            return read_record(file, repository.read(files[path])).record
    return None


def laid_out(repository: Repository, moment: Moment, place: str, folder: Path) -> list[Problem]:
    """Writes the records of a state into a folder; what is wrong with its files. Raises UserError where there was no catalogue yet."""
    tree = repository.tree(moment.commit)
    if not records_of(tree, place):
        raise UserError(
            f"{moment.day}（提交 {moment.commit[:10]}）那时还没有目录 {place or '.'}。", "写晚一些的日期或提交。"
        )
    return lay_out(repository, tree, folder, place)


@contextmanager
def as_of(catalogue: Path, wanted: str, maps: Maps) -> Iterator[AsOf]:
    """The catalogue as it was at a day or a commit; the folder goes with the context. Raises UserError as `moment_named` does, and where
    the folder lies in no repository or the history is cut off."""
    with opened(catalogue) as repository, tempfile.TemporaryDirectory(prefix="jiebang-past-") as scratch:
        place = repository.place_of(catalogue)
        moment = moment_named(repository, place, wanted)
        folder = Path(scratch) / "catalogue"
        problems = laid_out(repository, moment, place, folder)
        settings = _settings(repository, repository.tree(moment.commit), catalogue, place, Path(scratch) / "settings")
        online, released = _figures(repository, moment.commit, place, Path(scratch) / "before", maps)
        past = Past(Standpoint(catalogue, moment.commit), settings, online)
        yield AsOf(moment, folder, past, tuple(problems), released)


# --- settings and pages -----------------------------------------------------------------------------------------------------

_BESIDE = (SETTINGS, SYNONYMS, EXTERNAL, DISTRICT_MAP)


def _settings(repository: Repository, tree: Tree, catalogue: Path, place: str, folder: Path) -> Path:
    """The folder with the settings and pages of a state. The program's own, and those of a folder that git does not know, are as now."""
    beside = catalogue.resolve().parent if place else None
    then = str(PurePosixPath(place).parent).removeprefix(".") if place else ""
    if beside is None or _within(then, SETTINGS) not in tree:
        # As `workspace_of` would have it: without settings beside the catalogue it is the folder in which the command runs.
        home = Path.cwd().resolve()
        top = repository.work_tree
        outside = top is None or not home.is_relative_to(top.resolve())
        if (
            home == program_data().resolve()
            or outside
            or (beside is None and workspace_of(catalogue).resolve() != home)
        ):
            return workspace_of(catalogue)
        then = repository.place_of(home)
    elif beside == program_data().resolve():
        return beside
    _write(repository, tree, then, folder)
    return folder


def _within(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _write(repository: Repository, tree: Tree, then: str, folder: Path) -> None:
    folder.mkdir()
    prefix = f"{then}/" if then else ""
    for path, entry in tree.items():
        inner = path.removeprefix(prefix) if path.startswith(prefix) else ""
        parts = PurePosixPath(inner).parts
        if inner.startswith("site/theme/"):
            # It is by this folder that a copy of the program is known, whose settings are more than a bureau's.
            (folder / "site" / "theme").mkdir(parents=True, exist_ok=True)
        if (
            (inner not in _BESIDE and parts[:1] != (PAGES,))
            or ".." in parts
            or "\\" in inner
            or not entry.mode.startswith("100")
        ):
            continue
        target = folder / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(repository.read(entry))


# --- figures ----------------------------------------------------------------------------------------------------------------


def _figures(
    repository: Repository, commit: str, place: str, folder: Path, maps: Maps
) -> tuple[tuple[ReleasedTables, ...], tuple[ReleasedTables, ...]]:
    """(what was online before the build of a commit, newest first; the figures of each site up to that build's)."""
    states = repository.mainline(commit, place)[::-1]
    standing: dict[str, str] = {}
    # What a build reads of the site in place: the file that the last one wrote.
    file, before = b"", b""
    released: list[ReleasedTables] = []
    for state, _ in states:
        tree = repository.tree(state)
        records = (f"{path} {entry.mode} {entry.id}" for path, entry in sorted(records_of(tree, place).items()))

        def make(tree: Tree = tree, file: bytes = file) -> bytes:
            return _built(repository, tree, place, folder, standing, file, maps)

        before, file = file, maps.recall(digest("released", program_digest(), file, *records), make)
        if file:
            released.append(from_json(file)[0])
    # A commit that left the records alone was built on top of the figures of these very records.
    if states and states[-1][0] != commit:
        before = file
    return from_json(before) if before else (), tuple(released)


def _built(
    repository: Repository,
    tree: Tree,
    place: str,
    folder: Path,
    standing: dict[str, str],
    file: bytes,
    maps: Maps,
) -> bytes:
    """The file of figures after the build of a state; as it was where that build was refused."""
    wrong = lay_out(repository, tree, folder, place, standing)
    judged = judge_whole(folder, maps)
    if has_errors([*wrong, *judged.problems]) or judged.catalogue.districts is None:
        return file
    site = publish(judged.catalogue, {}).site
    if not site.demands:
        return file
    before = from_json(file) if file else ()
    return to_json(tables_of(suppress_until_safe(site, before).site), before)


def refuse_older(standing: Sequence[ReleasedTables], released: Sequence[ReleasedTables]) -> None:
    """Raises UserError where a site is to be replaced by an older one, or by one of another history: the next build would no longer
    compare its figures with those that everybody has seen."""
    if standing and standing[0] not in released:
        raise UserError(
            "输出文件夹里的网站比要还原的新，或者不是由这份记录生成的；替换以后就不知道公布过哪些数字了。",
            "换一个文件夹：--out past；要替换的只是以前还原的网站，先把它删掉。",
        )
