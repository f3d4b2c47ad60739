"""An index for which an earlier build left something is, to the byte, the one that is made anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiebang.mapping import Maps
from jiebang.site import portions
from jiebang.site.grouping import Told, group_demands
from jiebang.site.pages.demand import text_of
from jiebang.site.paths import lasting_name
from jiebang.site.search import Index, partials, recalled_index, shards
from jiebang.site.search import index as search_index
from jiebang.site.search.grams import Limits, tree_of
from jiebang.site.search.portions import portions_of
from jiebang.site.similar import alike, weighing
from jiebang.store import MemoryStore
from tests.site import samples
from tests.turns import at_night

TOLD = group_demands(samples.make_site(12)).told
GROUPS = (("电池", "电芯"), ("b1", "b2"))
_texts = st.text("电池外壳阻燃 ab1\n", max_size=40)
_edits = st.one_of(
    st.tuples(st.just("text"), st.integers(0, 11), _texts),
    st.tuples(st.just("title"), st.integers(0, 11), _texts),
    st.tuples(st.just("gone"), st.integers(0, 11), st.just("")),
    st.tuples(st.just("moved"), st.integers(0, 11), st.just("")),
)


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    """As many portions and files for a dozen demands as there are for thousands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "ABOUT", 3)
        patch.setattr(shards, "_FILE_SIZE", 300)
        yield


def _edited(listed: Sequence[Told], kind: str, number: int, text: str) -> tuple[Told, ...]:
    at = number % len(listed)
    before, told, behind = listed[:at], listed[at], listed[at + 1 :]
    if kind == "gone":
        return (*before, *behind)
    if kind == "moved":
        return (told, *before, *behind)
    demand = replace(told.demand, title=text) if kind == "title" else replace(told.demand, summary=text)
    return (*before, replace(told, demand=demand), *behind)


def _contents(index: Index) -> dict[str, bytes]:
    return {file.path: file.make(*file.inputs) for file in index.files()}


def _kept(index: Index) -> dict[str, tuple[bytes, int]]:
    """Of the files that an earlier build made: what is foretold of them."""
    return {file.path: file.foretold for file in index.files() if file.foretold is not None}


def _holds(index: Index, anew: Index) -> None:
    wanted = _contents(anew)
    assert {path: (sha256(wanted[path]).digest(), len(wanted[path])) for path in _kept(index)} == _kept(index)
    assert _contents(index) == wanted


@given(st.lists(_edits, min_size=1, max_size=5), st.integers(1, 30), st.integers(2, 5), st.sampled_from((40, 300)))
@example([("text", 3, "另")], 5, 3, 40)
@example([("title", 0, "")], 26, 2, 300)  # of a kind of pieces none stands in a file that changes
@settings(max_examples=200 if at_night() else 15)
def test_whatever_was_edited_before(edits: list[tuple[str, int, str]], most: int, longest: int, size: int) -> None:
    listed: tuple[Told, ...] = TOLD
    limits = Limits(most, longest)
    maps = Maps(jobs=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "_FILE_SIZE", size)
        recalled_index(listed, GROUPS, maps, limits)
        for kind, number, text in edits:
            listed = _edited(listed, kind, number, text) or TOLD
            _holds(recalled_index(listed, GROUPS, maps, limits), recalled_index(listed, GROUPS, Maps(jobs=1), limits))


def test_each_file_can_be_made_without_the_others() -> None:
    limits = Limits(3, 3)
    making = search_index._Making(tuple(portions_of(TOLD)), GROUPS, limits, Maps(jobs=1))
    shared, all_partials = making._partials(None)
    tree = tree_of(shared.value.names)
    layout = shards.layout_of(all_partials.small, tree, limits.longest)
    for long, count in ((True, layout.long), (False, layout.pieces)):
        whole = shards.Shards(all_partials, tree, layout, np.ones(count, dtype=np.bool_), long=long)
        for number in range(count):
            alone = shards.Shards(all_partials, tree, layout, np.arange(count) == number, long=long)
            assert alone[number] == whole[number]


def test_an_edit_leaves_the_files_in_which_it_changes_nothing() -> None:
    listed = group_demands(samples.make_site(70)).told
    maps = Maps(jobs=1)
    first = recalled_index(listed, GROUPS, maps)
    assert _kept(first) == {}
    assert len(_kept(recalled_index(listed, GROUPS, maps))) == len(list(first.files()))
    edited = _edited(listed, "text", 40, f"{listed[40].demand.summary}另")
    index = recalled_index(edited, GROUPS, maps)
    before, after = ({lasting_name(p): c for p, c in _contents(i).items() if "/pieces-" in p} for i in (first, index))
    same = {path for path, content in after.items() if before.get(path) == content}
    assert {lasting_name(path) for path in _kept(index)} == same != set()
    _holds(index, recalled_index(edited, GROUPS, Maps(jobs=1)))


def test_what_another_catalogue_left_is_no_harm() -> None:
    maps = Maps(jobs=1)
    recalled_index(group_demands(samples.make_site(5)).told, (), maps, Limits(2, 3))
    _holds(recalled_index(TOLD, GROUPS, maps), recalled_index(TOLD, GROUPS, Maps(jobs=1)))


class _Forgetful(MemoryStore):
    """Does not know a part of what it was told: a disk that is full, or damaged."""

    def __init__(self, gone: int) -> None:
        super().__init__()
        self._gone = gone

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        return {key: value for key, value in super().find(keys).items() if key[0] % 5 != self._gone}


@pytest.mark.parametrize("gone", range(5))
def test_what_the_store_has_lost_is_made_again(gone: int) -> None:
    maps = Maps(_Forgetful(gone), jobs=1)
    limits = Limits(20, 4)
    for listed in (TOLD, _edited(TOLD, "text", 5, "电池外壳"), _edited(TOLD, "gone", 3, "")):
        _holds(recalled_index(listed, GROUPS, maps, limits), recalled_index(listed, GROUPS, Maps(jobs=1), limits))


def test_a_portion_is_closed_by_an_id_alone() -> None:
    """So that a demand that comes or goes leaves the others their portions."""
    keys = [portion.key for portion in portions_of(TOLD)]
    for at in range(len(TOLD)):
        fewer = [portion.key for portion in portions_of((*TOLD[:at], *TOLD[at + 1 :]))]
        assert len(set(keys) - set(fewer)) <= 2
    assert [told for portion in portions_of(TOLD) for told in portion.told] == list(TOLD)


def test_several_processes_make_the_same_index_and_find_the_same_demands_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partials, "_FEWEST", 2)
    monkeypatch.setattr(weighing, "_FEWEST", 2)
    texts = tuple(text_of(told.demand) for told in TOLD)
    with Maps(jobs=2) as maps:
        assert _contents(recalled_index(TOLD, GROUPS, maps)) == _contents(recalled_index(TOLD, GROUPS, Maps(jobs=1)))
        assert alike(texts, maps) == alike(texts)
