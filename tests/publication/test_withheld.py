"""What an enterprise asked to withhold is nowhere in the site: change it as you like, with all that follows from it, and no byte changes."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from jiebang.catalogue import Catalogue
from jiebang.publication import publish
from jiebang.site import render
from tests.plain_frames import plain_frames
from tests.publication.cities import DISTRICTS, Town, random_town


def _files(catalogue: Catalogue) -> dict[str, bytes]:
    return {output.path: output.content for output in render(publish(catalogue, {}).site, plain_frames())}


def _other_industry(catalogue: Catalogue, asked: set[str]) -> None:
    for record in catalogue.enterprises:
        if record.id in asked:
            record.value["industry"] = {"code": "01", "name": "农业"}
    for demand in catalogue.demands:
        if demand.get("enterprise") in asked:
            demand.near |= {"field": "食品", "category": "工业基础软件"}


def _other_nature(catalogue: Catalogue, asked: set[str]) -> None:
    for record in catalogue.enterprises:
        if record.id in asked:
            record.value["nature"] = "外资"


def _other_district(catalogue: Catalogue, asked: set[str]) -> None:
    """Into the other district, with everything that belongs to it: files stand elsewhere, and are read in another order."""
    for record in [*catalogue.enterprises, *catalogue.demands]:
        if asked & {record.id, record.get("enterprise")}:
            old, new = record.district, next(slug for slug in DISTRICTS if slug != record.district)
            record.district, record.path = new, record.path.replace(f"/{old}/", f"/{new}/")
    catalogue.enterprises.sort(key=lambda record: record.path)
    catalogue.demands.sort(key=lambda record: record.path)


CHANGES: dict[str, Callable[[Catalogue, set[str]], None]] = {
    "industry": _other_industry,
    "nature": _other_nature,
    "district": _other_district,
}


def _changed(town: Town, asked_for: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    changed = copy.deepcopy(town.catalogue)
    asked = {record.id for record in changed.enterprises if asked_for in (record.get("withhold") or ())}
    assert asked
    CHANGES[asked_for](changed, asked)
    return _files(town.catalogue), _files(changed)


def _town(asked_for: str) -> Town:
    """A town in which somebody asked for it, has a demand, and the change is one."""
    return next(
        town
        for town in map(random_town, range(100))
        if any(asked_for in (record.get("withhold") or ()) for record in town.catalogue.enterprises)
    )


@pytest.mark.parametrize("asked_for", list(CHANGES))
def test_no_byte_depends_on_what_is_withheld(asked_for: str) -> None:
    before, after = _changed(_town(asked_for), asked_for)
    assert list(before) == list(after)
    assert [path for path in before if before[path] != after[path]] == []


@pytest.mark.parametrize("asked_for", list(CHANGES))
def test_the_change_would_be_seen_where_nothing_is_withheld(asked_for: str) -> None:
    town = _town(asked_for)
    changed = copy.deepcopy(town.catalogue)
    asked = {record.id for record in changed.enterprises if asked_for in (record.get("withhold") or ())}
    CHANGES[asked_for](changed, asked)
    for catalogue in (town.catalogue, changed):
        for record in catalogue.enterprises:
            record.value.pop("withhold", None)
    assert _files(town.catalogue) != _files(changed)
