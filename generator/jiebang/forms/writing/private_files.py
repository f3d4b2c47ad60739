"""Where a file with private content may be written, and how: never among what goes out or into git, and readable by its owner alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jiebang.errors import UserError, reason_of
from jiebang.resources import program_data
from jiebang.whole_files import PRIVATE, READABLE, replace_file
from jiebang.workspace import PAGES, workspace_of

DEFAULT = Path("private-forms")
REPORTS = Path("private-reports")
LETTERS = Path("private-letters")
"""Ignored by git, in this project by `.gitignore`, elsewhere by the one that is put into it."""

_IGNORE_ALL = "# 这里的文件含个人信息，不要提交。\n*\n"
SITE_MARKER = ".jiebang-site"


_CONTACTS = "表格里有联系人、电话等不公开的内容"


def refuse_exposed(target: Path, catalogue: Path, holds: str = _CONTACTS) -> None:
    """Raises UserError where a file at `target` would go out with the site or be taken for a record. `holds` says why that matters."""
    real = target.resolve()
    site = "网站文件夹，里面的内容会公开"
    source = "网站的源文件，会随网站公开"
    workspace = workspace_of(catalogue).resolve()
    places = (
        (workspace / "public", site),
        (Path("public").resolve(), site),
        (workspace / PAGES, source),
        (program_data() / "site", source),
        (catalogue.resolve(), "放记录的目录，会提交到仓库"),
    )
    reason = next((why for folder, why in places if real.is_relative_to(folder)), None)
    if reason is None and any((folder / SITE_MARKER).exists() for folder in [real, *real.parents]):
        reason = site
    if reason:
        raise UserError(f"{target} 在{reason}；{holds}。", "换一个位置，或不写 --out。")


def tracked_by_git(target: Path) -> bool:
    """Whether git would take the file in with the next `git add`."""
    from git import GitError, InvalidGitRepositoryError, Repo

    folder = next(folder for folder in target.resolve().parents if folder.exists())
    try:
        with Repo(folder, search_parent_directories=True) as repository:
            return not repository.ignored(target.resolve())
    except InvalidGitRepositoryError:
        return False
    except GitError:
        # A repository that git will not speak about may take it all the same.
        return True


def refuse_tracked(target: Path, holds: str) -> None:
    """Raises UserError where git would take a file at `target` in with the next `git add`; `holds` says why that matters."""
    if tracked_by_git(target):
        raise UserError(f"{target} 没有被 git 忽略，会提交到仓库；{holds}。", "不写 --out，或换一个仓库以外的位置。")


def prepare_own(folder: Path) -> None:
    """Makes one of the folders for private files, open to its owner alone, with the `.gitignore` that keeps it out of git."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if not (folder / ".gitignore").exists():
            replace_file(folder / ".gitignore", _IGNORE_ALL.encode(), READABLE)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(target: Path, error: OSError) -> UserError:
    return UserError(f"写不了 {target}（{reason_of(error)}）。", "检查文件夹权限和磁盘空间，或换一个位置。")


def write_private(target: Path, data: bytes) -> None:
    """Puts the file in place whole or not at all, with mode 600; a link at its place is replaced, not followed."""
    try:
        if target.parent in {DEFAULT, REPORTS, LETTERS}:
            prepare_own(target.parent)
        elif not target.parent.exists():
            target.parent.mkdir(parents=True, mode=0o700)
        replace_file(target, data, PRIVATE)
    except OSError as error:
        raise _unwritable(target, error) from error


def targets(out: Path | None, names: Sequence[str], ending: str) -> list[Path]:
    """A file for each name: `out` itself where it names a file, else in the folder `out`."""
    if out is not None and out.suffix.casefold() == f".{ending}" and not out.is_dir():
        if len(names) > 1:
            raise UserError(f"{len(names)} 张表格写不进一个文件 {out.name}。", "--out 写文件夹名。")
        return [out]
    return [(out or DEFAULT) / f"{name}.{ending}" for name in names]
