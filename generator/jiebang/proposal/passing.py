"""What the commits of a request bring that its end no longer has: what is pushed stays reachable, whatever later commits take out.

Looked at are the files that a commit has and neither its parents, nor the base, nor the end: of a request of one commit there are none.
A record among them is judged twice, as its commit had it, and, where that commit knew other enterprises or districts than the end, laid
over the end: a name that stays hidden is found, whatever a commit says meanwhile. Source: safety rules 5, 6 and 11.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jiebang.catalogue import Catalogue
from jiebang.detection import has_mark
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.proposal.checkout import CATALOGUE, in_catalogue, lay_out
from jiebang.proposal.contents import content_problems, is_sealed, names_in_page, plain_copy, sealed_in, unsealed
from jiebang.proposal.findings import finding, shown
from jiebang.proposal.permissions import district_of
from jiebang.proposal.preexisting import without_place
from jiebang.proposal.repository import SUBMODULE, Commit, Entry, Repository, Tree
from jiebang.proposal.trees import Trees
from jiebang.rules.judgement import judge

MOST_COMMITS = 200
"""More commits than this in one request are not looked at one by one."""
_MOST_FILES = 20_000
"""So many files that come and go again are looked at."""

_KEPT = frozenset({"F005", "F013", "R401", "R402", "R403", "R404", "R408", "R506", "R507", "R540", "R546", "R554"})
"""What must not lie in the history. Other errors are mended by a later commit, as anybody does who works in steps."""
_MARK = "R404"
_OF_ONE_FILE = "FYS"
"""How the codes begin of what is wrong with a file by itself."""


class TooManyError(Exception):
    """More files come and go than are looked at."""


def passing(
    repository: Repository,
    trees: Trees,
    commits: Sequence[Commit],
    judged: tuple[Tree, Tree],
    known: Iterable[Problem],
    maps: Maps,
    names_a_hidden_one: Callable[[str, bool], bool],
    are_sealed: bool,
) -> Iterator[Problem]:
    """A problem for each thing that a commit has and the end has not. `commits`: oldest first; `judged`: base and end; `known`: what is
    wrong with the base, whose problems are nobody's news; `are_sealed`: whether records may not be in plain. Raises TooManyError."""
    if len(commits) < 2:
        return
    excused = {without_place(problem) for problem in known}
    seen: set[tuple[str, str, str]] = set()
    with tempfile.TemporaryDirectory(prefix="jiebang-commits-") as scratch:
        judges = _Judges(repository, Path(scratch), judged[1], maps)
        brought = [(commit, list(_files(repository, trees, commit, judged, seen))) for commit in commits]
        # A copy in plain may come before its record is sealed, or after the sealed one is gone.
        sealed = sealed_in(path for paths in (*judged, (e.path for _, new in brought for e in new)) for path in paths)
        for commit, new in brought:
            found = [
                problem
                for entry in new
                for problem in (
                    *content_problems(repository, entry),
                    *plain_copy(repository, entry, sealed),
                    *names_in_page(repository, entry, names_a_hidden_one),
                )
            ]
            records = [entry for entry in new if in_catalogue(entry.path)]
            if records:
                found += judges.problems(commit, records)
            own = {name for entry in new if is_sealed(entry.path) for name in (entry.path, shown(entry.path))}
            for problem in dict.fromkeys(found):
                if _is_kept(problem, own) and without_place(problem) not in excused:
                    yield _told(commit, problem)
            for entry in new if are_sealed else ():
                for problem in unsealed(repository, entry):
                    yield replace(problem, message=f"提交 {commit.id[:10]} 里{problem.message}")


def _is_kept(problem: Problem, sealed: Collection[str]) -> bool:
    # A sealed record that is not written as it has to be may show in its public part, behind its seal, or to the holders of other keys
    # what it should hide.
    return problem.code in _KEPT or (problem.path in sealed and problem.code[0] in _OF_ONE_FILE)


def _told(commit: Commit, problem: Problem) -> Problem:
    message = f"提交 {commit.id[:10]} 里有，最后没有了，历史里还在：{problem.message}（{problem.code}）"
    told = finding("R550", problem.path, message)
    hint = f"{problem.hint}{told.hint}" if problem.code == _MARK else told.hint
    return replace(told, field=problem.field, hint=hint)


def _files(
    repository: Repository,
    trees: Trees,
    commit: Commit,
    judged: Sequence[Tree],
    seen: set[tuple[str, str, str]],
) -> Iterator[Entry]:
    """The files that a commit brings, each once, without those of the trees that are judged anyway."""
    parents = [repository.recorded(parent).tree for parent in commit.parents]
    for file in trees.introduced(commit.tree, parents):
        key = file.path, file.mode, file.id
        if key in seen or any(_same(tree.get(file.path), file.mode, file.id) for tree in judged):
            continue
        if len(seen) >= _MOST_FILES:
            raise TooManyError
        seen.add(key)
        yield Entry(file.path, file.mode, file.id, 0 if file.mode == SUBMODULE else repository.size(file.id))


def _same(entry: Entry | None, mode: str, id_: str) -> bool:
    return entry is not None and (entry.mode, entry.id) == (mode, id_)


class _Judges:
    """Two folders with records, each brought from state to state by what differs."""

    def __init__(self, repository: Repository, folder: Path, after: Tree, maps: Maps) -> None:
        self._repository = repository
        self._after = after
        self._maps = maps
        self._own, self._over = folder / "own", folder / "over"
        self._standing: dict[Path, dict[str, str]] = {self._own: {}, self._over: {}}

    def problems(self, commit: Commit, records: Sequence[Entry]) -> list[Problem]:
        """What is wrong with records that a commit brought."""
        paths = {entry.path for entry in records}
        tree = self._repository.tree(commit.id)
        found, catalogue = self._judged(self._own, tree)
        found += self._marks(records, catalogue)
        if any(not _same(tree.get(path), e.mode, e.id) for path, e in self._after.items() if _tells_of_others(path)):
            texts = {entry.path: entry for entry in records if not _tells_of_others(entry.path)}
            if texts:
                found += self._judged(self._over, {**self._after, **texts})[0]
        return [problem for problem in found if problem.path in {shown(path) for path in paths}]

    def _judged(self, folder: Path, tree: Mapping[str, Entry]) -> tuple[list[Problem], Catalogue]:
        wrong = lay_out(self._repository, tree, folder, standing=self._standing[folder])
        catalogue, found = judge(folder, self._maps, whole=False)
        return [replace(p, path=f"{CATALOGUE}/{p.path}") for p in (*wrong, *found)], catalogue

    def _marks(self, records: Sequence[Entry], catalogue: Catalogue) -> Iterator[Problem]:
        """Marks of secrecy in what cannot be read as a record: which of its texts readers would see, nobody can tell."""
        read = {f"{CATALOGUE}/{record.path}" for record in catalogue.records()}
        for entry in records:
            if entry.path not in read and entry.mode != SUBMODULE:
                content = self._repository.read(entry)
                if any(has_mark(content.decode(encoding, errors="ignore")) for encoding in ("utf-8", "gb18030")):
                    message = "有密级标志，或“内部资料”“不得外传”一类的字样。"
                    yield replace(finding("R550", entry.path, message, "按保密规定处理这份材料。"), code=_MARK)


def _tells_of_others(path: str) -> bool:
    """Whether a record says what must not stand in the texts of others: whose name is hidden, what an application keeps, which words are
    common."""
    if path == f"{CATALOGUE}/districts.yml":
        return True
    return district_of(path) is not None and path.split("/")[3] != "demands"
