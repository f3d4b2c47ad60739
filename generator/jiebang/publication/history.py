"""What git tells of a demand: the day it was first published, the day of its last public change, and what changed.

Only public fields count: editing a private one leaves no trace on the site, not even a date. Authors and commit messages are never
read. One plumbing call for the whole catalogue: asking file by file grows with the square of the history.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import decode
from jiebang.catalogue.events import parse
from jiebang.catalogue.nodes import Mapping as YamlMapping
from jiebang.mapping import Maps, digest
from jiebang.publication.public_part import disclose
from jiebang.rules.anonymity_sets import withheld_by
from jiebang.rules.facts import blob_id
from jiebang.schemas import field_at, published_statuses, resolved_schema

if TYPE_CHECKING:
    from git import Repo

_CHINA = timezone(timedelta(hours=8))
_PUBLISHED = published_statuses()


@dataclass(frozen=True, slots=True)
class DemandHistory:
    """`changes` are (day, what) pairs, oldest first; days are `YYYY-MM-DD` in China's time."""

    first_published: str
    last_changed: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GitHistory:
    """Histories by demand id. `note` says in Chinese why there are none, where there are none."""

    demands: Mapping[str, DemandHistory] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where history is told: a catalogue's place in a work tree, and a commit after which nothing is known."""

    folder: Path
    commit: str


_Version = tuple[str, str]
"""(day, blob id)"""


@dataclass(frozen=True, slots=True)
class MissingHistory:
    """Why git cannot tell a catalogue's history, and what to do where it is needed; Chinese, as parts of sentences."""

    reason: str
    remedy: str
    consequence: str = "网站不显示修改记录"

    @property
    def note(self) -> str:
        """What is told where the site goes without."""
        return f"{self.reason}，{self.consequence}。"


_NO_GIT = MissingHistory("没有找到 git 程序", "先装 git（Debian、Ubuntu：apt-get install git）")
_NO_REPOSITORY = MissingHistory(
    "目录不在 git 仓库里",
    "用 git 取出仓库（git clone），不要用下载的压缩包或只复制文件",
    "网站不显示修改记录；发榜日期取自记录",
)
_BARE = MissingHistory("仓库没有工作区", "取出一个有工作区的克隆")
_SHALLOW = MissingHistory(
    "仓库是浅克隆，历史不完整",
    '让流水线取全历史：GitHub、Gitea 在 actions/checkout 一步写 fetch-depth: 0，GitLab 写变量 GIT_DEPTH: "0"，'
    "其他平台在构建之前运行 git fetch --unshallow",
    "网站不显示修改记录；要显示，先运行 git fetch --unshallow",
)
_NO_COMMIT = MissingHistory("仓库里还没有提交", "先提交记录")
_UNREADABLE = MissingHistory(
    "git 读不出历史（例如仓库属于另一个用户）",
    "仓库属于另一个用户的，运行 git config --global --add safe.directory 仓库的文件夹",
)


def _may_lie_in_a_repository(root: Path) -> bool:
    """Whether there can be one: a work tree has a `.git`, a repository without one `objects`, here or above."""
    place = Path(os.path.abspath(root))  # noqa: PTH100 - links are not followed, as by the library
    above = (place, *place.parents)
    return "GIT_DIR" in os.environ or any((one / name).exists() for one in above for name in (".git", "objects"))


def _opened(root: Path) -> Repo | MissingHistory:
    """The repository that a catalogue lies in, with its whole history."""
    if not _may_lie_in_a_repository(root):
        # Told without the library, which takes long to import and runs git twice for it.
        return _NO_REPOSITORY
    try:
        # GitPython looks for the git program when it is imported.
        from git import GitCommandError, InvalidGitRepositoryError, NoSuchPathError, Repo
    except ImportError:
        return _NO_GIT
    try:
        repo = Repo(root, search_parent_directories=True)
    except (InvalidGitRepositoryError, NoSuchPathError):
        return _NO_REPOSITORY
    missing: MissingHistory | None = None
    try:
        if repo.bare or repo.working_tree_dir is None:
            missing = _BARE
        elif repo.git.rev_parse("--is-shallow-repository") == "true":
            missing = _SHALLOW
        elif not repo.head.is_valid():
            missing = _NO_COMMIT
    except GitCommandError:
        missing = _UNREADABLE
    if missing is None:
        return repo
    repo.close()
    return missing


def missing_history(root: Path) -> MissingHistory | None:
    """Why git cannot tell the history of the catalogue in a folder; None where it can."""
    opened = _opened(root)
    if isinstance(opened, MissingHistory):
        return opened
    opened.close()
    return None


def read_history(catalogue: Catalogue, past: Standpoint | None = None) -> GitHistory:
    """The public history of every published demand; without a full git history, none, and a note that says why.

    `past`: where the records are those of another commit than the one that the work tree stands at.
    """
    root, revision = (catalogue.root, "HEAD") if past is None else (past.folder, past.commit)
    opened = _opened(root)
    if isinstance(opened, MissingHistory):
        return GitHistory(note=opened.note)
    from git import GitCommandError

    try:
        with opened as repo:
            versions = _versions(repo, root.resolve(), revision)
            return GitHistory(
                {
                    demand.id: told
                    for demand in catalogue.demands
                    if (told := _tell(repo, demand, versions, _withheld(catalogue, demand)))
                }
            )
    except GitCommandError:
        return GitHistory(note=_UNREADABLE.note)


def recalled_history(
    catalogue: Catalogue, key: bytes, records: bytes, maps: Maps, past: Standpoint | None = None
) -> GitHistory:
    """As `read_history`; `key` names what git can tell, `records` the catalogue's contents. What was read at the same commit is not read again."""

    def make() -> Any:
        history = read_history(catalogue, past)
        return {id_: astuple(told) for id_, told in history.demands.items()}, history.note

    demands, note = maps.recall(digest("history", key, records), make)
    return GitHistory({id_: DemandHistory(*told) for id_, told in demands.items()}, note)


def _versions(repo: Repo, root: Path, revision: str) -> dict[str, list[_Version]]:
    """Every committed version of every demand, oldest first, by id: a file that was moved keeps its history.

    Along first parents: the day a change was merged is the day it became public.
    """
    prefix = root.relative_to(Path(str(repo.working_tree_dir)).resolve()).as_posix()
    raw = repo.git.log(
        "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "--no-renames", "-z",
        "--format=%x01%ct", revision, "--", ":(top)" if prefix == "." else f":(top,literal){prefix}",
    )  # fmt: skip
    versions: dict[str, list[_Version]] = defaultdict(list)
    for day, blob, path in _entries(raw):
        parts = path.split("/")
        if len(parts) >= 2 and parts[-2] == "demands" and set(blob) != {"0"}:
            versions[parts[-1].removesuffix(".yml").upper()].append((day, blob))
    for listed in versions.values():
        listed.reverse()
    return versions


def _entries(raw: str) -> Iterator[tuple[str, str, str]]:
    """(day, new blob, path) of `git log --raw -z` with `%x01%ct` before each commit."""
    day = ""
    tokens = iter(raw.split("\0"))
    for token in tokens:
        text = token.lstrip("\n")
        if text.startswith("\x01"):
            stamp, _, text = text[1:].partition("\n")
            day = datetime.fromtimestamp(int(stamp), _CHINA).date().isoformat()
            text = text.lstrip("\n")
        if text.startswith(":"):
            yield day, text.split(" ")[3], next(tokens, "")


def _public_part(repo: Repo, blob: str) -> dict[str, Any] | None:
    """The public fields of a committed version; None where that version cannot be read."""
    text, _ = decode(repo.git.get_object_data(blob)[3])
    root = parse(text)[0] if text is not None else None
    if not isinstance(root, YamlMapping):
        return None
    value = convert(root, resolved_schema("demand"))
    return disclose(Record("demand", "", None, None, value, b"", sound=False))


def _withheld(catalogue: Catalogue, demand: Record) -> frozenset[str]:
    enterprise = catalogue.find("enterprise", demand.get("enterprise"))
    return frozenset() if enterprise is None else withheld_by(enterprise)


def _states(
    repo: Repo, demand: Record, versions: list[_Version], withheld: frozenset[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    current = demand.facts.blob if demand.facts is not None else blob_id(demand.source)
    for day, blob in versions:
        public = disclose(demand) if blob == current else _public_part(repo, blob)
        if public is not None and public.get("status") in _PUBLISHED:
            yield day, {name: value for name, value in public.items() if f"demand.{name}" not in withheld}


def _tell(
    repo: Repo, demand: Record, versions: Mapping[str, list[_Version]], withheld: frozenset[str]
) -> DemandHistory | None:
    """A change of what the enterprise asked to withhold is no public change."""
    if demand.get("status") not in _PUBLISHED:
        return None
    changes: list[tuple[str, str]] = []
    before: dict[str, Any] | None = None
    for day, public in _states(repo, demand, versions.get(demand.id, []), withheld):
        if before is None:
            changes.append((day, "列入需求目录"))
        elif what := _difference(before, public):
            changes.append((day, what))
        before = public
    if not changes:
        return None
    return DemandHistory(changes[0][0], changes[-1][0], tuple(changes))


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What changed between two public states, in Chinese, without the values; empty where nothing did."""
    parts = []
    if before.get("status") != after.get("status"):
        parts.append(f"状态变为“{_PUBLISHED[after['status']]}”")
    changed = [_title(name) for name in _changed(before, after) if name not in {"status", "schema"}]
    if changed:
        parts.append(f"修改了{'、'.join(changed)}")
    return "；".join(parts)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], prefix: str = "") -> Iterable[str]:
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name == "dates" and isinstance(old, dict) and isinstance(new, dict):
            yield from _changed(old, new, "dates.")
        else:
            yield f"{prefix}{name}"


def _title(path: str) -> str:
    found = field_at("demand", path)
    return found.title if found else path
