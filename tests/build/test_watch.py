"""What `jiebang serve` watches: a file that an editor saves aside and renames, and a folder that is made only later."""

from __future__ import annotations

import threading
from pathlib import Path

from jiebang.build.watch import watch

SECONDS = 20


def _told(paths: list[Path], *edits: tuple[str, Path]) -> None:
    """Each edit, made while the paths are watched, is told before the next is made."""
    changed = threading.Event()
    found: set[Path] = set()

    def tell(files: set[Path]) -> None:
        found.update(files)
        changed.set()

    with watch(paths, tell):
        for text, file in edits:
            changed.clear()
            file.parent.mkdir(exist_ok=True)
            aside = file.with_name(f".{file.name}.part")
            aside.write_text(text, encoding="utf-8")
            aside.replace(file)
            assert changed.wait(SECONDS), file
            # Of a folder that was not there before, its own name may be all that is told.
            assert {file, file.parent} & found


def test_a_file_saved_by_renaming_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").touch()
    _told([tmp_path / "mkdocs.yml"], ("甲", tmp_path / "mkdocs.yml"), ("乙", tmp_path / "mkdocs.yml"))


def test_a_folder_made_later_is_followed(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    _told([tmp_path / "mkdocs.yml", pages], ("甲", pages / "a.md"), ("乙", pages / "b.md"), ("丙", pages / "a.md"))


def test_other_files_of_the_folder_are_not(tmp_path: Path) -> None:
    changed = threading.Event()
    with watch([tmp_path / "mkdocs.yml"], lambda files: changed.set()):
        (tmp_path / "other.yml").touch()
        assert not changed.wait(0.6)
        (tmp_path / "mkdocs.yml").touch()
        assert changed.wait(SECONDS)
