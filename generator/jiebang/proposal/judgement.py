"""The whole judgement of a pull request: its files, its people, its records and what of it the public will see."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from jiebang.catalogue import Catalogue
from jiebang.catalogue.codeowners import OVERRIDING, PLACES, codeowners
from jiebang.catalogue.files import ENDING
from jiebang.catalogue.keys import keyring
from jiebang.catalogue.sealed import recipients_of
from jiebang.errors import UserError
from jiebang.mapping import Maps, maps_in
from jiebang.problems import Problem, has_errors, in_order
from jiebang.problems.places import with_places
from jiebang.proposal.change import Change as CatalogueChange
from jiebang.proposal.checkout import CATALOGUE, in_catalogue, lay_out
from jiebang.proposal.commits import in_a_message, message_problems
from jiebang.proposal.contents import is_sealed, look_through, names_in_page, unsealed
from jiebang.proposal.effect import Effect, effect_of
from jiebang.proposal.findings import finding
from jiebang.proposal.moves import held_to_their_part, lives
from jiebang.proposal.own_pages import PINNED
from jiebang.proposal.passing import MOST_COMMITS, TooManyError, passing
from jiebang.proposal.permissions import Staff, parts, permissions, separation, staff_of
from jiebang.proposal.preexisting import Comparable, binding, comparable, to_be_mended_by, told_apart
from jiebang.proposal.repository import Change, Commit, Repository, Tree, changes_between
from jiebang.proposal.trees import BadTreeError, Trees
from jiebang.rules.judgement import judge_whole
from jiebang.rules.privacy import names_a_hidden_one
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.suspicion import Surroundings


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare. `actors` are the accounts behind the pull request; none on one's own desk.

    `actors_needed`: a forge asks, which knows the accounts: not to be told one is an error then. `doubt`: why it is not known who asks,
    and what to do; then nobody's right is enough.
    """

    repository: Path
    base: str
    head: str
    actors: tuple[str, ...] = ()
    actors_needed: bool = False
    doubt: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """`problems` carry paths from the repository's root. `effect` is None where errors leave open what would be public.

    `standing`: problems of the base that stay as they are; they do not count against the pull request.
    """

    problems: tuple[Problem, ...]
    records: int
    changes: tuple[Change, ...] = ()
    effect: Effect | None = None
    standing: tuple[Problem, ...] = ()
    closed: int = 0
    """How many records are sealed and were not opened."""


@dataclass(slots=True)
class States:
    """Both states laid out and read, for as long as their folder exists. Each may hold errors; problems have paths from the
    repository's root."""

    before: Catalogue
    after: Catalogue
    before_problems: list[Problem]
    problems: list[Problem]
    """Of the state after."""
    maps: Maps
    """With which both were judged."""
    secrets: tuple[SecretIndex, SecretIndex]
    """What is private in each."""
    comparable: Comparable | None = None
    """What the effect was told from."""

    @property
    def are_sealed(self) -> bool:
        """Whether enterprises and applications have to be sealed, by the state after."""
        return bool(recipients_of(self.after.districts))

    def names_a_hidden_one(self, text: str, code_like: bool = False) -> bool:
        """Whether a text gives the name of an enterprise that is hidden before or after."""
        both = zip((self.before, self.after), self.secrets, strict=True)
        return any(names_a_hidden_one(text, catalogue, index, code_like) for catalogue, index in both)


def _from_root(problems: Sequence[Problem]) -> list[Problem]:
    return [replace(problem, path=f"{CATALOGUE}/{problem.path}") for problem in problems]


@contextmanager
def states_of(repository: Repository, before: Tree, after: Tree, maps: Maps) -> Iterator[States]:
    """Lays out and judges the records of two trees; the folder goes with the context."""
    with tempfile.TemporaryDirectory(prefix="jiebang-proposal-") as scratch:
        folders = Path(scratch) / "before", Path(scratch) / "after"
        read, secrets = [], []
        for folder, tree in zip(folders, (before, after), strict=True):
            wrong = lay_out(repository, tree, folder)
            judged = judge_whole(folder, maps, whole=False)
            around: Surroundings = judged.around.value
            read.append((judged.catalogue, [*wrong, *judged.problems]))
            secrets.append(around.secrets)
        maps.sweep(8)
        (old, old_problems), (new, new_problems) = read
        yield States(old, new, _from_root(old_problems), _from_root(new_problems), maps, (secrets[0], secrets[1]))


@contextmanager
def judged_states(asked: Asked) -> Iterator[tuple[Judged, States | None]]:
    """Judges `head` as it would be once merged into `base`, by this program and by the base's own list of staff.

    Nothing of the pull request is run, checked out or unpacked. Raises UserError where git cannot compare the two. The states (None
    where merging conflicts) last as long as the context.
    """
    with Repository(asked.repository) as repository:
        base, head = repository.commit(asked.base), repository.commit(asked.head)
        refused, trees, commits = _looked_at(repository, base, head)
        if refused is not None:
            yield Judged(_told([refused]), 0), None
            return
        merged = repository.merged(base, head)
        if merged is None:
            yield Judged((finding("R505", CATALOGUE, "合并请求与主分支冲突，无法合并。"),), 0), None
            return
        before, after = repository.tree(base), repository.tree(merged)
        changes = changes_between(before, after)
        # What a check of the base has found out is known here, and `preview` judges the same two states as `proposal`. Keys name the
        # program and the bytes: of a pull request's records the store takes what this program says of them, and nothing else.
        with maps_in(repository.work_tree) as maps, states_of(repository, before, after, maps) as states:
            _refuse_useless_keys(after, states)
            touched = {change.path for change in changes}
            own, standing = told_apart(states.before_problems, states.problems, touched)
            change = changed(states.before, states.after, repository.made_at(base, head), touched)
            staff = staff_of(states.before.districts)
            problems = [
                *separation(changes),
                *look_through(repository, changes, after),
                *_messages(commits, states),
                *(
                    problem
                    for change in changes
                    if change.after is not None
                    for problem in names_in_page(repository, change.after, states.names_a_hidden_one)
                ),
                *(_unsealed(repository, changes) if states.are_sealed else ()),
                *_passing(repository, trees, commits, before, after, states),
                *_persons(asked, changes, staff),
                *binding(own, states.before_problems),
                *_from_root([*lives(change), *held_to_their_part(change, parts(staff, asked.actors))]),
                *_owners(repository, changes, after, states.after),
            ]
            effect = None
            closed = max(states.before.closed, states.after.closed)
            if not has_errors(problems) and not closed:
                states.comparable = comparable(states.before, states.after, states.before_problems, states.problems)
            if states.comparable is not None:
                both = states.comparable
                effect = replace(effect_of(both.before, both.after, changes), left_out=both.left_out)
            records = sum(1 for _ in states.after.records())
            names = _names_of_districts(states.after)
            noted = [to_be_mended_by(problem, names) for problem in standing]
            yield Judged(_told(problems), records, changes, effect, _told(noted), closed), states


def _refuse_useless_keys(after: Tree, states: States) -> None:
    """Raises UserError where keys were named and open none of the sealed records: what they are named for would go unlooked at, and what
    is known without a key as well."""
    sealed = {path for path in after if is_sealed(path)}
    closed = {problem.path for problem in states.problems if problem.code == "F011"}
    if (
        sealed
        and keyring() is not None
        and sealed <= closed
        and not any(e.path.endswith(ENDING) for e in states.after.records())
    ):
        raise UserError(
            "给出的密钥一份密封的记录也打不开，没有判断。",
            "换用现在的工作密钥；不用密钥也能检查（不写 --identity，不设 JIEBANG_IDENTITY），只是看不出合并会公开什么。",
        )


def _told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(in_order(with_places(problems, CATALOGUE)))


def _names_of_districts(catalogue: Catalogue) -> dict[str, str]:
    staff = staff_of(catalogue.districts)
    return dict(staff.names) if staff is not None else {}


def judge_proposal(asked: Asked) -> Judged:
    """The judgement alone; see `judged_states`."""
    with judged_states(asked) as (judged, _):
        return judged


def changed(before: Catalogue, after: Catalogue, made_at: datetime, touched: Collection[str]) -> CatalogueChange:
    """The change of the records. `touched`: the files that differ, by their paths from the repository's root."""
    within = frozenset(path.removeprefix(f"{CATALOGUE}/") for path in touched if in_catalogue(path))
    return CatalogueChange(before, after, made_at, within)


def _unsealed(repository: Repository, changes: Sequence[Change]) -> Iterator[Problem]:
    for change in changes:
        if change.after is not None:
            yield from unsealed(repository, change.after)


def _persons(asked: Asked, changes: Sequence[Change], staff: Staff | None) -> Iterator[Problem]:
    """What the people behind a pull request may not change; where a forge names none, nothing may pass unchecked."""
    if asked.doubt is not None:
        yield finding("R516", CATALOGUE, *asked.doubt)
    if asked.actors:
        yield from permissions(changes, staff, asked.actors)
    elif asked.actors_needed and changes and asked.doubt is None:
        yield finding("R516", CATALOGUE, "没有给出提交人的账号（--actor），没有核对权限。")


def _looked_at(repository: Repository, base: str, head: str) -> tuple[Problem | None, Trees, list[Commit]]:
    """(why nothing of a request can be judged; its trees; its commits, oldest first). Nothing is listed or merged before this."""
    trees, commits = Trees(repository), list[Commit]()
    repository.common(base, head)
    names = repository.commits(head, [base], MOST_COMMITS + 1)
    if len(names) > MOST_COMMITS:
        return finding("R552", CATALOGUE, f"这个合并请求有超过 {MOST_COMMITS} 个提交。"), trees, commits
    stands = repository.recorded(base).tree
    for name in names:
        commit = repository.recorded(name)
        commits.append(commit)
        try:
            trees.look_at(stands, commit.tree)
        except BadTreeError as error:
            code, place = "R507" if error.too_large else "R553", error.path.rstrip("/") or CATALOGUE
            return finding(code, place, f"提交 {name[:10]}：{error.what}。"), trees, commits
    return None, trees, commits


def _passing(
    repository: Repository, trees: Trees, commits: Sequence[Commit], before: Tree, after: Tree, states: States
) -> Iterator[Problem]:
    try:
        yield from passing(
            repository,
            trees,
            commits,
            (before, after),
            states.before_problems,
            states.maps,
            states.names_a_hidden_one,
            states.are_sealed,
        )
    except TooManyError:
        yield finding("R552", CATALOGUE, "这些提交里来了又去的文件太多，没有逐个检查。")


def _messages(commits: Sequence[Commit], states: States) -> Iterator[Problem]:
    """What the messages of the pull request's commits say of people and of hidden enterprises."""
    for commit in commits:
        found = list(message_problems(commit.message))
        if states.names_a_hidden_one(commit.message):
            found.append(in_a_message("R551", "提交说明里有一家不公开名称的企业的名称（不在这里写出）。"))
        for problem in found:
            yield replace(problem, message=f"提交 {commit.id[:10]}：{problem.message}")


def _owners(repository: Repository, changes: Sequence[Change], after: Tree, catalogue: Catalogue) -> Iterator[Problem]:
    """CODEOWNERS is the generated one of each forge, unless the generator itself, or its pinned version, is what changes."""
    touched = {change.path for change in changes}
    for place in sorted(OVERRIDING & touched & after.keys()):
        yield finding("R509", place, "有的平台先看这个文件，它会盖过由 districts.yml 生成的那一个。", "删除这个文件。")
    record = catalogue.districts
    if record is None or not record.sound or any(path == PINNED or path.startswith("generator/") for path in touched):
        return
    for forge, place in PLACES.items():
        entry = after.get(place)
        if not {place, f"{CATALOGUE}/districts.yml"} & touched or (entry is None and place not in touched):
            continue
        wanted = codeowners(record.get("districts"), record.get("city"), forge).encode()
        if entry is None or repository.read(entry) != wanted:
            yield finding("R509", place, "这个文件与 districts.yml 生成的不一样。")
