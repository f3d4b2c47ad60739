"""Two states of a repository read through git's plumbing: nothing is checked out, no filter, hook or attribute of theirs takes effect.

A pull request's files are data here. What git tells of them (names, modes, sizes) is looked at before any content is read.
"""

from __future__ import annotations

import os
from codecs import lookup
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from jiebang.errors import UserError

if TYPE_CHECKING:
    from git import Repo

_UNREADABLE = (
    "git 读不出这些提交里的一部分内容：仓库是浅克隆，或者有的内容缺失、损坏。",
    "先运行 git fetch --unshallow 取全历史；仍然这样的，用 git fsck 查看，不要合并。",
)

LINK, SUBMODULE, EXECUTABLE = "120000", "160000", "100755"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a tree. `path` starts at the repository's root; bytes that are not UTF-8 stand in it as lone surrogates."""

    path: str
    mode: str
    id: str
    size: int
    """0 for a submodule, which has no content here."""


Tree = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as git keeps it."""

    id: str
    tree: str
    parents: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """A path whose file differs between two trees; None where there is no file."""

    path: str
    before: Entry | None
    after: Entry | None


def changes_between(before: Tree, after: Tree) -> tuple[Change, ...]:
    """What differs, in the order of the paths. A renamed file is one that went and one that came."""
    paths = sorted(before.keys() | after.keys())
    return tuple(
        Change(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)
    )


class Repository:
    """A git repository opened for reading, bare or not. Raises UserError where git cannot do what is asked."""

    def __init__(self, folder: Path) -> None:
        try:
            # GitPython looks for the git program when it is imported.
            from git import GitCommandError, InvalidGitRepositoryError, NoSuchPathError, Repo
        except ImportError as error:
            raise UserError("没有找到 git 程序。", "安装 git 后再试。") from error
        self._command_error = GitCommandError
        try:
            self._repo: Repo = Repo(folder, search_parent_directories=True)
        except (InvalidGitRepositoryError, NoSuchPathError) as error:
            raise UserError(f"{folder} 不在 git 仓库里。", "在仓库里运行，或用 --repository 指明。") from error
        # Replacement objects could show us another content than the forge merges.
        # Neither may grafts, which give a commit other parents.
        self._repo.git.update_environment(
            GIT_NO_REPLACE_OBJECTS="1", GIT_GRAFT_FILE=os.devnull, GIT_OPTIONAL_LOCKS="0", LC_ALL="C"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._repo.close()

    def _ask(self, command: str, *arguments: str) -> str:
        try:
            return self._try(command, *arguments)
        except self._command_error as error:
            raise UserError(*_UNREADABLE) from error

    def _try(self, command: str, *arguments: str) -> str:
        """As `_ask`, where it is known what a failure means; raises git's own error."""
        # Bytes, as names are not always UTF-8.
        raw: Any = self._repo.git._call_process(command, *arguments, stdout_as_string=False)
        text: str = raw.decode("utf-8", errors="surrogateescape")
        return text

    @property
    def work_tree(self) -> Path | None:
        """The folder whose files git keeps; None for a bare repository, as servers have them."""
        folder = self._repo.working_tree_dir
        return None if folder is None else Path(folder)

    def commit(self, revision: str) -> str:
        """The commit that a name means."""
        try:
            return self._try("rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        except self._command_error as error:
            raise UserError(
                f"仓库里没有提交 {ascii(revision)[1:-1]}。", "核对名称；浅克隆先运行 git fetch --unshallow。"
            ) from error

    def made_at(self, base: str, head: str) -> datetime:
        """When what `head` adds to `base` was made, with its offset from UTC: by its own word, but not after now, nor before the commit
        from which it went out. Whoever makes a commit can write any day into it."""
        made, parted = self.time_of(head), self.time_of(self.common(base, head))
        return min(max(made, parted), datetime.now(UTC))

    def time_of(self, commit: str) -> datetime:
        """When a commit says that it was made, with its offset from UTC."""
        return datetime.fromisoformat(self._ask("show", "--no-patch", "--format=%cI", commit))

    def common(self, one: str, other: str) -> str:
        """The commit that two commits have in common. Raises UserError where they share no history."""
        try:
            return self._try("merge-base", one, other)
        except self._command_error as error:
            raise UserError(
                "合并请求与主分支没有共同的历史，无法比较。", "取全历史（不要浅克隆）；从主分支新建分支再改。"
            ) from error

    def unlike(self, commit: str, place: str) -> frozenset[str]:
        """The files below a folder of the work tree that are not as in a commit, committed or not, relative to the folder; "" for the root."""
        where = [f"--relative={place}/", "--", place] if place else ["--"]
        changed = self._ask("diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", commit, *where).split("\0")
        new = self._ask("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", f":/{place}").split(
            "\0"
        )
        prefix = f"{place}/" if place else ""
        return frozenset([*filter(None, changed), *(path.removeprefix(prefix) for path in new if path)])

    @property
    def is_shallow(self) -> bool:
        """Whether the history is cut off."""
        return self._ask("rev-parse", "--is-shallow-repository") == "true"

    def mainline(self, revision: str, place: str | None = None) -> list[tuple[str, datetime]]:
        """(commit, when it was made) along first parents, newest first: the states that a branch had. `place`: only those that changed
        something below a folder of the repository; "" for the root."""
        where = [] if place is None else ["--", f":(top,literal){place}" if place else ":(top)"]
        told = self._ask("log", "--first-parent", "--format=%H %cI", "--end-of-options", revision, *where)
        lines = (line.split(" ") for line in told.splitlines())
        return [(commit, datetime.fromisoformat(stamp)) for commit, stamp in lines]

    def place_of(self, folder: Path) -> str:
        """Where a folder of the work tree lies in the repository; "" for its root. Raises UserError where there is no work tree."""
        top = self.work_tree
        if top is None:
            raise UserError("这是没有工作区的仓库。", "在克隆出来的仓库里运行。")
        return folder.resolve().relative_to(top.resolve()).as_posix().removeprefix(".")

    def uncommitted(self) -> int:
        """How many files of the work tree are not as in its last commit, new ones included; 0 for a bare repository."""
        if self.work_tree is None:
            return 0
        told = self._ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all").split("\0")
        return sum(bool(line) for line in told)

    def merged(self, base: str, head: str) -> str | None:
        """The tree that merging `head` into `base` gives; None where they conflict."""
        if self.common(base, head) == base:
            return self._ask("rev-parse", "--verify", f"{head}^{{tree}}")
        try:
            return self._try("merge-tree", "--write-tree", "-z", "--no-messages", base, head).split("\0")[0]
        except self._command_error as error:
            if error.status == 1:
                return None
            raise UserError(
                "git 合并不了这两个提交（需要 git 2.38 或更新的版本）。", "升级 git，或先把主分支合并到这个分支。"
            ) from error

    def reaches(self, ancestor: str, commit: str) -> bool:
        """Whether a commit holds another in its history, so that moving a branch from the one to the other loses nothing."""
        return self.has(ancestor) and self._ask("rev-list", "--max-count=1", ancestor, f"^{commit}", "--") == ""

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        try:
            self._try("cat-file", "-e", "--end-of-options", f"{commit}^{{commit}}")
        except self._command_error:
            return False
        return True

    def commits(self, head: str, without: Sequence[str], most: int = -1) -> list[str]:
        """The commits that `head` reaches and `without` (revisions, or options such as `--remotes=origin`) do not, oldest first.

        `most`: of more than so many the last ones.
        """
        order = ("--reverse", "--topo-order", f"--max-count={most}")
        return self._ask("rev-list", *order, head, "--not", *without, "--").split()

    def recorded(self, commit: str) -> Commit:
        """A commit as it was written, without what grafts, replacements or a cut history make of it."""
        _, content = self.object(commit)
        head, _, message = content.partition(b"\n\n")
        fields = [line.split(b" ", 1) for line in head.split(b"\n") if b" " in line]
        tree = next((value.decode() for name, value in fields if name == b"tree"), "")
        parents = tuple(value.decode() for name, value in fields if name == b"parent")
        told = next((value.decode("ascii", "replace") for name, value in fields if name == b"encoding"), "utf-8")
        return Commit(commit, tree, parents, decoded(message, told))

    def message(self, commit: str) -> str:
        """What was written of a commit."""
        return self.recorded(commit).message

    def parent(self, commit: str) -> str | None:
        """The first parent; None for a commit that begins a history."""
        return next(iter(self.recorded(commit).parents), None)

    def staged(self) -> Tree:
        """What the next commit would hold. Raises UserError while the index holds conflicts."""
        try:
            return self.tree(self._try("write-tree"))
        except self._command_error as error:
            raise UserError("还有没解决的冲突，无法检查。", "解决冲突，git add 之后再提交。") from error

    def notes(self, name: str) -> bool:
        """Whether git keeps a file of this name of what is under way here, such as `MERGE_HEAD`."""
        return Path(self._repo.working_dir, self._ask("rev-parse", "--git-path", name)).exists()

    def main_branch(self) -> str:
        """The branch that a bare repository's HEAD names: where records are merged to, `refs/heads/main`."""
        return self._ask("symbolic-ref", "HEAD")

    def tree(self, name: str) -> Tree:
        """Every file of a commit or tree, by path."""
        entries = {}
        for line in self._ask("ls-tree", "-r", "-z", "-l", "--full-tree", name).split("\0"):
            if line:
                facts, _, path = line.partition("\t")
                mode, _, id_, size = facts.split()
                entries[path] = Entry(path, mode, id_, 0 if size == "-" else int(size))
        return entries

    def read(self, entry: Entry) -> bytes:
        """A file's content. Ask for its size first."""
        return self.object(entry.id)[1]

    def object(self, id_: str) -> tuple[str, bytes]:
        """(kind, content) of an object. Raises UserError where it is not here."""
        try:
            _, kind, _, content = self._repo.git.get_object_data(id_)
        except ValueError as error:
            raise UserError(*_UNREADABLE) from error
        # The library promises text here and gives bytes.
        told: Any = kind
        return told.decode() if isinstance(told, bytes) else told, content

    def size(self, id_: str) -> int:
        """Bytes of an object. Raises UserError where it is not here."""
        try:
            return int(self._repo.git.get_object_header(id_)[2])
        except ValueError as error:
            raise UserError(*_UNREADABLE) from error


_ENCODINGS = {"gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "utf-7"}
"""In which Chinese is written beside UTF-8, by the names that Python gives them."""


def decoded(message: bytes, told: str) -> str:
    """A message as it may show: in UTF-8, and where it is not that or its commit names another encoding, in that one too."""
    plain = message.decode("utf-8", errors="replace")
    try:
        encoding = lookup(told).name
    except LookupError:
        encoding = ""
    if encoding not in _ENCODINGS and "\ufffd" in plain:
        encoding = "gb18030"
    return f"{message.decode(encoding, errors='replace')}\n{plain}" if encoding in _ENCODINGS else plain
