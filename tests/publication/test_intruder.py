"""A motivated reader with nothing but the finished files ties no two hidden demands together; with a leak in any one channel it does."""

from __future__ import annotations

import copy
import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from functools import cache
from random import Random
from zlib import crc32

import pytest

from jiebang.catalogue import Catalogue, load
from jiebang.publication import publish
from jiebang.publication.disclosure_control.released_tables import tables_of, to_json
from jiebang.publication.history import DemandHistory
from jiebang.rules.anonymity_sets import AnonymitySets
from jiebang.rules.hidden_names import is_hidden
from jiebang.site import Frames, render
from jiebang.view import FIGURES, Change, PublicSite
from tests.conftest import SAMPLE
from tests.plain_frames import plain_frames
from tests.publication.cities import Town, random_town
from tests.publication.intruder import Intruder, Score, score
from tests.turns import by_day

Files = dict[str, bytes]
Histories = Mapping[str, DemandHistory]
K = 3


@cache
def _frames() -> Frames:
    """With an address, so that there is a sitemap."""
    made = plain_frames()
    return replace(made, config=replace(made.config, url="https://example.org/"))


def _owners(catalogue: Catalogue) -> dict[str, str]:
    return {demand.id: demand.get("enterprise") for demand in catalogue.demands}


def _edited_together(catalogue: Catalogue) -> Histories:
    """What git would tell: an office edits all demands of an enterprise in one commit, a day for each enterprise."""
    days = {
        record.id: f"{2026 + number // 300}-{number // 25 % 12 + 1:02}-{number % 25 + 1:02}"
        for number, record in enumerate(catalogue.enterprises)
    }
    return {
        id_: DemandHistory("2024-08-20", days[owner], (("2024-08-20", "列入需求目录"), (days[owner], "修改了时间要求")))
        for id_, owner in _owners(catalogue).items()
    }


def _rendered(site: PublicSite) -> Files:
    return {output.path: output.content for output in render(site, _frames())} | {FIGURES: to_json(tables_of(site))}


def _site(catalogue: Catalogue) -> PublicSite:
    return publish(catalogue, _edited_together(catalogue)).site


def _score(catalogue: Catalogue, files: Files) -> Score:
    return score(Intruder(files), _owners(catalogue), K)


@pytest.mark.parametrize("seed", by_day(range(20), 6))
def test_nothing_but_published_attributes_ties_hidden_demands(seed: int) -> None:
    catalogue = random_town(seed).catalogue
    assert _score(catalogue, _rendered(_site(catalogue))) == Score({}, 0)


def test_nor_in_the_sample() -> None:
    catalogue, problems = load(SAMPLE)
    assert problems == []
    assert _score(catalogue, _rendered(_site(catalogue))) == Score({}, 0)


# --- who stands behind a demand changes no byte ---------------------------------------------------------------------------


def _dealt_anew(catalogue: Catalogue, seed: int) -> tuple[Catalogue, int]:
    """The same catalogue, the demands dealt anew among hidden enterprises of which the same is told; and how many changed hands."""
    dealt, random, moved = copy.deepcopy(catalogue), Random(seed), 0  # noqa: S311 - made-up records, not secrets
    anonymity_sets = AnonymitySets(dealt)
    alike = defaultdict(list)
    for record in dealt.enterprises:
        if record.get("role") == "大企业" and is_hidden(record):
            withheld = tuple(record.get("withhold") or ())
            alike[record.round, astuple(anonymity_sets.told(record)), withheld].append(record)
    groups = {record.id: group for group in alike.values() for record in group}
    for demand in dealt.demands:
        old = demand.get("enterprise")
        if old in groups:
            new = random.choice(groups[old])
            moved += new.id != old
            demand.value["enterprise"], demand.district = new.id, new.district
            demand.path = f"{new.round}/{new.district}/demands/{demand.id.lower()}.yml"
    dealt.demands.sort(key=lambda record: record.path)
    return dealt, moved


@pytest.mark.parametrize("seed", by_day(range(6), 2))
def test_no_byte_depends_on_which_of_those_who_look_alike_asks(seed: int) -> None:
    catalogue = _crowded(seed).catalogue
    dealt, moved = _dealt_anew(catalogue, seed)
    assert moved >= 3
    before, after = _rendered(_site(catalogue)), _rendered(_site(dealt))
    assert list(before) == list(after)
    assert [path for path in before if before[path] != after[path]] == []


# --- the test of the test: a leak in one channel ---------------------------------------------------------------------------


def _crowded(seed: int = 0) -> Town:
    """Five hidden enterprises of which the same is told, three demands each, all of one day, of fields as they come."""
    town = Town(seed)
    enterprises = [town.enterprise(owner) for owner in range(5)]
    for number in range(15):
        enterprise = enterprises[number // 3]
        thing = town.random.choice(("改性材料", "光纤器件", "减速器", "导热胶"))
        town.demand(
            enterprise, f"Q-{number:04d}", title=f"示例{thing}需求{number}", summary=f"研发一款{thing}，用于示例部件。"
        )
    return town


View = Callable[[PublicSite, Catalogue], PublicSite]
Leak = Callable[[Files, Mapping[str, str]], Files]


def _ordered_by_owner(site: PublicSite, catalogue: Catalogue) -> PublicSite:
    owners = _owners(catalogue)
    return replace(site, demands=tuple(sorted(site.demands, key=lambda d: (owners[d.id], d.id))))


def _ordered_by_code(site: PublicSite, _: Catalogue) -> PublicSite:
    return replace(site, demands=tuple(sorted(site.demands, key=lambda d: d.code)))


def _with_history(site: PublicSite, catalogue: Catalogue) -> PublicSite:
    told = _edited_together(catalogue)
    return replace(
        site,
        demands=tuple(
            replace(
                d,
                first_published=told[d.id].first_published,
                last_changed=told[d.id].last_changed,
                history=tuple(Change(*change) for change in told[d.id].changes),
            )
            for d in site.demands
        ),
    )


@pytest.mark.parametrize(
    ("leak", "channel"), [(_ordered_by_owner, "order"), (_ordered_by_code, "order"), (_with_history, "marks")]
)
def test_a_leak_in_the_view_is_noticed(leak: View, channel: str) -> None:
    catalogue = _crowded().catalogue
    found = _score(catalogue, _rendered(leak(_site(catalogue), catalogue)))
    assert channel in found.claims
    assert found.told_apart >= 1


def _own(path: str) -> str | None:
    found = re.fullmatch(r"(?:demands|data/v1/demands)/(d-[0-9a-z]{8})(?:/index\.html|\.json)", path)
    return found[1].upper() if found else None


def _in_every_page(files: Files, owner: Mapping[str, str], make: Callable[[bytes, str], bytes]) -> Files:
    return {
        path: make(content, owner[id_]) if (id_ := _own(path)) and path.endswith(".html") else content
        for path, content in files.items()
    }


def _attribute(files: Files, owner: Mapping[str, str]) -> Files:
    return _in_every_page(
        files, owner, lambda page, who: page.replace(b"<h1>", f'<h1 data-by="{crc32(who.encode())}">'.encode())
    )


def _comment(files: Files, owner: Mapping[str, str]) -> Files:
    return _in_every_page(files, owner, lambda page, who: page + f"<!-- {crc32(who.encode())} -->".encode())


def _size_of_page(files: Files, owner: Mapping[str, str]) -> Files:
    return _in_every_page(
        files, owner, lambda page, who: page.replace(b"</main>", b" " * (crc32(who.encode()) % 9973) + b"</main>")
    )


def _key(files: Files, owner: Mapping[str, str]) -> Files:
    return {
        path: json.dumps(
            json.loads(content) | {"group": crc32(owner[id_].encode())}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        if (id_ := _own(path)) and path.endswith(".json")
        else content
        for path, content in files.items()
    }


def _size_of_data(files: Files, owner: Mapping[str, str]) -> Files:
    return {
        path: content + b" " * (crc32(owner[id_].encode()) % 9973)
        if (id_ := _own(path)) and path.endswith(".json")
        else content
        for path, content in files.items()
    }


def _lines_of(path: str) -> Leak:
    """The lines of a file in the order of the enterprises."""

    def leak(files: Files, owner: Mapping[str, str]) -> Files:
        lines = files[path].splitlines(keepends=True)
        ids = [re.search(rb"(?i)d-[0-9a-z]{8}", line) for line in lines]
        rank = {
            at: owner[found[0].decode().upper()]
            for at, found in enumerate(ids)
            if found and found[0].decode().upper() in owner
        }
        held = iter(sorted(rank, key=lambda at: (rank[at], at)))
        return files | {path: b"".join(lines[next(held)] if at in rank else line for at, line in enumerate(lines))}

    return leak


def _list_as_data(files: Files, owner: Mapping[str, str]) -> Files:
    listed = json.loads(files["data/v1/demands.json"])
    listed["demands"].sort(key=lambda one: owner[one["id"]])
    return files | {"data/v1/demands.json": json.dumps(listed).encode()}


def _stamps(files: Files, owner: Mapping[str, str]) -> Files:
    """A calendar whose stamps are the minutes of the edits."""
    events = files["calendars/all.ics"].decode().split("BEGIN:VEVENT")
    for number, event in enumerate(events):
        if (found := re.search(r"(?i)d-[0-9a-z]{8}", event)) and found[0].upper() in owner:
            events[number] = event.replace("T000000Z", f"T{crc32(owner[found[0].upper()].encode()) % 240000:06}Z")
    return files | {"calendars/all.ics": "BEGIN:VEVENT".join(events).encode()}


def _similar(files: Files, owner: Mapping[str, str]) -> Files:
    """Names as similar only what comes from the same enterprise."""

    def only_own(page: bytes, who: str) -> bytes:
        items = re.findall(rb"(?s)<li>\s*<p class=\"card-top\">.*?</li>", page)
        for item in items:
            named = re.search(rb"demands/(d-[0-9a-z]{8})/", item)
            if named and owner[named[1].decode().upper()] != who:
                page = page.replace(item, b"")
        return page

    return _in_every_page(files, owner, only_own)


@pytest.mark.parametrize(
    ("leak", "channel"),
    [
        (_attribute, "marks"),
        (_comment, "marks"),
        (_size_of_page, "marks"),
        (_key, "marks"),
        (_size_of_data, "marks"),
        (_stamps, "marks"),
        (_similar, "similar"),
        (_lines_of("data/v1/demands.ndjson"), "order"),
        (_list_as_data, "order"),
        (_lines_of("sitemap.xml"), "order"),
    ],
)
def test_a_leak_in_the_files_is_noticed(leak: Leak, channel: str) -> None:
    catalogue = _crowded().catalogue
    found = _score(catalogue, leak(_clean(), _owners(catalogue)))
    assert set(found.claims) == {channel}
    assert found.told_apart >= 1


@cache
def _clean() -> Files:
    return _rendered(_site(_crowded().catalogue))


def test_without_a_leak_the_same_town_tells_nothing() -> None:
    assert _score(_crowded().catalogue, _clean()) == Score({}, 0)


def test_ids_made_from_the_enterprise_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Town.fresh_id

    def from_the_owner(self: Town, letter: str) -> str:
        fresh = drawn(self, letter)
        return (
            fresh
            if letter != "D"
            else f"D-{self.catalogue.enterprises[len(self.catalogue.demands) // 3].id[2:7]}{fresh[-3:]}"
        )

    monkeypatch.setattr(Town, "fresh_id", from_the_owner)
    catalogue = _crowded().catalogue
    found = _score(catalogue, _rendered(_site(catalogue)))
    assert "ids" in found.claims
    assert found.told_apart == 5
