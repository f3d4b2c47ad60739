"""Which lines of attributes reach the records, and say more of them than how lines end."""

from __future__ import annotations

import pytest

from jiebang.proposal.attributes import line_on_records
from tests.proposal.strangers import NOT_ON_RECORDS, ON_RECORDS


@pytest.mark.parametrize("line", ON_RECORDS)
def test_a_line_that_reaches_the_records_is_told_by_its_number(line: str) -> None:
    assert line_on_records(".gitattributes", f"* text=auto\n{line}\n".encode()) == 2
    assert line_on_records("catalogue/.gitattributes", line.encode()) == 1
    assert line_on_records("Catalogue/2024/.gitattributes", line.encode()) == 1


@pytest.mark.parametrize("line", NOT_ON_RECORDS)
def test_other_lines_are_let_pass(line: str) -> None:
    assert line_on_records(".gitattributes", f"{line}\n".encode()) == 0


HARMLESS = (
    "text", "-text", "!text", "text=auto", "eol", "-eol", "eol=lf", "whitespace", "-whitespace", "whitespace=trailing-space,tabwidth=8",
    "whitespace=", "linguist-generated", "-linguist-detectable", "linguist-language=", "linguist-language=yaml",
)  # fmt: skip
NOT_HARMLESS = (
    "eol=crlf",
    "text=auto-crlf",
    "texts",
    "-diff",
    "whitespace=UTF",
    "linguist",
    "linguist-language=../x",
    "a-text",
    "-eol=lf",
)


@pytest.mark.parametrize("word", HARMLESS)
def test_how_lines_end_and_what_counts_languages_may_be_said_of_records(word: str) -> None:
    assert line_on_records(".gitattributes", f"*.yml text {word}\n".encode()) == 0


@pytest.mark.parametrize("word", NOT_HARMLESS)
def test_everything_else_may_not(word: str) -> None:
    assert line_on_records(".gitattributes", f"*.yml text {word}\n".encode()) == 1


@pytest.mark.parametrize(
    ("pattern", "reached"),
    [
        ("*.yml", True),
        ("*.YAML", True),
        ("*.md", True),
        ("*.age", True),
        ("*.yml.AGE", True),
        ("a.age.png", False),
        ("*.png", False),
        ("*.*", True),
        ("*.p*", True),
        ("a.yml.png", False),
        ("name", True),
        ("generator/*", False),
        ("/generator/name", False),
        ("gen*/name", True),
        ("g[e]n/name", True),
        ("g?n/name", True),
        ("g\\en/name", True),
        ("catalogue/*.png", False),
        ("/Catalogue/name", True),
        ("**/name", True),
        ("**/a.txt", False),
        ("!name", True),
        ("[attr]binary.png", True),
    ],
)
def test_whatever_is_not_plainly_of_other_files_may_be_of_records(pattern: str, reached: bool) -> None:
    assert bool(line_on_records(".gitattributes", f"{pattern} -diff".encode())) is reached


def test_a_file_says_nothing_of_what_lies_beside_its_folder() -> None:
    assert line_on_records("generator/.gitattributes", b"*.yml -diff") == 0
    assert line_on_records("generator/catalogue/.gitattributes", b"*.yml -diff") == 0
    assert line_on_records(".gitattributes", b"\n  \n# *.yml -diff\n\n*.yml -diff") == 5
    assert line_on_records(".gitattributes", b"\xff\n*.yml -diff") == 2
