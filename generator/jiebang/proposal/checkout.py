"""A tree's records, laid out in a folder for the check: only plain files with plain names, byte for byte as committed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.files import Found, sort_out
from jiebang.problems import Problem
from jiebang.proposal.repository import EXECUTABLE, LINK, SUBMODULE, Entry, Repository, Tree

CATALOGUE = "catalogue"
_PREFIX = f"{CATALOGUE}/"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


def in_catalogue(path: str) -> bool:
    """Whether a path of the repository belongs to the records; `catalogue` itself could be a link or a submodule."""
    return path == CATALOGUE or path.startswith(_PREFIX)


def records_of(tree: Tree, place: str = CATALOGUE) -> dict[str, Entry]:
    """The files below the catalogue's place in the repository, by their path within it."""
    prefix = f"{place}/" if place else ""
    return {path.removeprefix(prefix): entry for path, entry in tree.items() if path.startswith(prefix)}


def _found(files: dict[str, Entry]) -> Iterable[Found]:
    folders = {path[:at] for path in files for at, letter in enumerate(path) if letter == "/"}
    for path in sorted([*files, *folders]):
        entry = files.get(path)
        if entry is None:
            yield Found(path, "folder")
        elif entry.mode == LINK:
            yield Found(path, "link")
        elif entry.mode == SUBMODULE:
            yield Found(path, "submodule")
        else:
            yield Found(path, "file", entry.mode == EXECUTABLE)


def lay_out(
    repository: Repository, tree: Tree, folder: Path, place: str = CATALOGUE, standing: dict[str, str] | None = None
) -> list[Problem]:
    """Writes the records of a tree below `folder` and returns what is wrong with its files; their paths are within the catalogue, which
    lies at `place` in the repository.

    `standing` names the content that each file of the folder has from another tree, and then has from this one: only what differs is
    written.

    What has a bad name or is no record is reported and not written: a name can do harm on the disk of whoever checks.
    """
    files = records_of(tree, place)
    records, problems = sort_out(_found(files))
    folder.mkdir(parents=True, exist_ok=True)
    stood = standing if standing is not None else {}
    bad = {problem.path for problem in problems if problem.code in {"F002", "F003", "F004"}}
    for gone in stood.keys() - {record.path for record in records}:
        (folder / gone).unlink()
        del stood[gone]
    for record in records:
        if record.path in bad or not _PLAIN.issuperset(record.path.replace("/", "")):
            continue
        entry, target = files[record.path], folder / record.path
        if stood.get(record.path) == entry.id:
            continue
        stood[record.path] = entry.id
        target.parent.mkdir(parents=True, exist_ok=True)
        # A huge file is refused by its size; its content is not needed for that.
        target.write_bytes(repository.read(entry) if entry.size <= MAX_BYTES else b"\n" * (MAX_BYTES + 1))
    return problems
