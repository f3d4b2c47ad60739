"""The index by numbers finds whatever stands in a text, wherever it stands; what it finds more of is told apart by its letters."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.detection import Rule, pattern_index
from jiebang.detection.pattern_index import PatternIndex, entries_of, pack, rule_of

LETTERS = st.text(alphabet="示例甲乙ab1\U00020001", max_size=30)
VALUES = st.lists(st.text(alphabet="示例甲乙ab1\U00020001", min_size=1, max_size=9), max_size=12)


def _index(values: list[str]) -> PatternIndex:
    return PatternIndex(entries_of(pack((value, Rule.ANYWHERE, 0) for value in values)))


def _plainly(values: list[str], texts: list[str]) -> set[tuple[int, int, int, int]]:
    return {
        (number, start, start + len(value), entry)
        for number, text in enumerate(texts)
        for entry, value in enumerate(values)
        for start in range(len(text) - len(value) + 1)
        if text.startswith(value, start)
    }


@given(VALUES, st.lists(LETTERS, max_size=6))
def test_what_stands_in_a_text_is_found(values: list[str], texts: list[str]) -> None:
    found = set(_index(values).find(texts))
    assert found == _plainly(values, texts)


@given(VALUES, st.lists(LETTERS, max_size=6), st.integers(1, 7))
def test_nothing_is_lost_between_two_blocks(values: list[str], texts: list[str], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pattern_index, "_BLOCK", block)
        assert set(_index(values).find(texts)) == _plainly(values, texts)


@given(VALUES)
def test_an_index_travels_as_its_entries(values: list[str]) -> None:
    index = _index(values)
    again = pickle.loads(pickle.dumps(index))  # noqa: S301 - our own
    assert again.entries.tobytes() == index.entries.tobytes()
    assert set(again.find(values)) == set(index.find(values))


def test_an_entry_keeps_its_rule_and_its_sort() -> None:
    (entry,) = entries_of(pack([("示例", Rule.PERSON, 3)]))
    assert rule_of(entry) is Rule.PERSON
    assert int(entry["sort"]) == 3


def test_nothing_to_look_for_is_nowhere() -> None:
    assert list(_index([]).find(["示例"])) == []
    assert list(_index(["示例"]).find([])) == []
    assert list(_index(["示例"]).find(["", "例示"])) == []
