"""Records and everything else come in requests of their own."""

from __future__ import annotations

import pytest

from jiebang.proposal.permissions import separation
from jiebang.proposal.repository import Change

DISTRICTS, RECORD, OWNERS = (
    "catalogue/districts.yml",
    "catalogue/2024/zone/demands/d-aaaaaaa1.yml",
    ".github/CODEOWNERS",
)


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ([RECORD], []),
        (["Makefile"], []),
        ([DISTRICTS, OWNERS], []),
        ([RECORD, OWNERS], [OWNERS]),
        ([DISTRICTS, OWNERS, "Makefile"], ["Makefile"]),
        ([DISTRICTS, ".github/workflows/check.yml"], [".github/workflows/check.yml"]),
        ([RECORD, "Makefile"], ["Makefile"]),
    ],
)
def test_records_and_the_program_come_apart_but_for_the_owners_of_districts(paths: list[str], told: list[str]) -> None:
    assert [problem.path for problem in separation([Change(path, None, None) for path in paths])] == told
