"""Contact data and hints by kind: every case of a kind is seen, none of its innocent twins is."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.detection import find_contacts, find_hints
from tests.detection.names import listed

GROUPS = listed("contact-kinds.yml")
FOUND = [(group["group"], group["kind"], str(text)) for group in GROUPS for text in group["found"]]
INNOCENT = [(group["group"], str(text)) for group in GROUPS for text in group["innocent"]]


def _context(text: str) -> list[str]:
    return [text, f"研发一款材料，{text}，用于外壳。"]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["group"])
def test_each_kind_has_a_dozen_cases_and_a_dozen_twins(group: dict[str, Any]) -> None:
    assert len(set(map(str, group["found"]))) >= 12
    assert len(set(map(str, group["innocent"]))) >= 12


@pytest.mark.parametrize(("group", "kind", "text"), FOUND)
def test_every_case_is_seen(group: str, kind: str, text: str) -> None:
    for sentence in _context(text):
        if kind == "refused":
            assert find_contacts(sentence)
        else:
            assert find_hints(sentence) or find_contacts(sentence)


@pytest.mark.parametrize(("group", "text"), INNOCENT)
def test_no_twin_is_seen(group: str, text: str) -> None:
    for sentence in _context(text):
        assert [*find_contacts(sentence), *find_hints(sentence)] == []
