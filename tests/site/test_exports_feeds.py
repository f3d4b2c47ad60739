"""Feeds and calendars: what a subscriber's program reads is what the view says; the standards' musts are kept; no clock is asked."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from jiebang.site import Frames, render
from jiebang.site.exports import calendars
from jiebang.site.exports.calendars import Deadline, calendar
from jiebang.site.exports.city_key import city_key
from jiebang.site.exports.feeds import MOST
from jiebang.site.exports.json.header import changed_on
from jiebang.site.grouping import group_demands
from jiebang.site.subscriptions import topics
from jiebang.view import Demand, PublicSite
from tests.conftest import ROOT
from tests.site import samples

ATOM = "{http://www.w3.org/2005/Atom}"
SITES = {"rich": samples.make_site(70), "empty": samples.empty_site(), "hostile": samples.hostile_site()}
ADDRESS = "https://www.example.org/catalogue/"


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> tuple[PublicSite, dict[str, bytes]]:
    return SITES[request.param], request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def addressed(frames: Frames) -> dict[str, bytes]:
    """The rich site of a city that has said where it stands."""
    placed = replace(frames, config=replace(frames.config, url=ADDRESS))
    return {output.path: output.content for output in render(SITES["rich"], placed)}


def _newest(demands: tuple[Demand, ...]) -> list[str]:
    ordered = sorted(demands, key=lambda d: d.id)
    ordered.sort(key=lambda d: (changed_on(d), d.published_on), reverse=True)
    return [demand.id.lower() for demand in ordered[:MOST]]


def _id_in(text: str) -> str:
    found = re.search(r"demands/(d-[0-9a-z]{8})/", text)
    assert found, text
    return found[1]


def test_every_group_has_both_feeds_and_a_calendar(site: tuple[PublicSite, dict[str, bytes]]) -> None:
    view, files = site
    expected = {
        path
        for topic in topics(group_demands(view))
        for path in (topic.subscription.atom, topic.subscription.json, topic.subscription.calendar)
    }
    assert {path for path in files if path.startswith(("feeds/", "calendars/"))} == expected


def test_programs_read_the_same_entries_from_both_forms(site: tuple[PublicSite, dict[str, bytes]]) -> None:
    view, files = site
    for topic in topics(group_demands(view)):
        parsed = feedparser.parse(files[topic.subscription.atom])
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert [_id_in(entry.id) for entry in parsed.entries] == _newest(topic.demands)
        items = json.loads(files[topic.subscription.json])["items"]
        assert [item["id"] for item in items] == [entry.id for entry in parsed.entries]
        assert [item["title"] for item in items] == [
            _text(e, "title") for e in _entries(files[topic.subscription.atom])
        ]


def _parsed(content: bytes) -> Xml.Element:
    return Xml.fromstring(content)  # noqa: S314 - our own output


def _entries(content: bytes) -> list[Xml.Element]:
    return _parsed(content).findall(f"{ATOM}entry")


def _text(element: Xml.Element, name: str) -> str:
    found = element.find(ATOM + name)
    assert found is not None
    assert found.text
    return found.text


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


def test_atom_keeps_the_musts_of_rfc_4287(site: tuple[PublicSite, dict[str, bytes]]) -> None:
    for path, content in site[1].items():
        if not path.endswith(".atom"):
            continue
        feed = _parsed(content)
        assert feed.tag == f"{ATOM}feed"
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(ATOM + name)) == 1, (path, name)
            # An id is an IRI, never relative.
            assert re.match(r"(?:https?|tag):", _text(element, "id")), path
            assert MOMENT.fullmatch(_text(element, "updated"))
            alternates = [one for one in element.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
            assert len(alternates) == 1
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
        ids = [_text(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) <= MOST
        moments = [_text(entry, "updated") for entry in feed.findall(f"{ATOM}entry")]
        assert moments == sorted(moments, reverse=True)
        assert not moments or _text(feed, "updated") == moments[0]


def test_json_feed_keeps_the_musts_of_its_version(site: tuple[PublicSite, dict[str, bytes]]) -> None:
    for path, content in site[1].items():
        if path.startswith("feeds/") and path.endswith(".json"):
            feed = json.loads(content)
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            assert isinstance(feed["title"], str) and feed["title"]
            for item in feed["items"]:
                assert isinstance(item["id"], str)
                assert item["content_text"]
                assert MOMENT.fullmatch(item["date_published"]) and MOMENT.fullmatch(item["date_modified"])


def test_hostile_text_stays_text(hostile: dict[str, bytes]) -> None:
    titles = {_text(entry, "title") for entry in _entries(hostile["feeds/all.atom"])}
    for evil in samples.HOSTILE:
        assert any(title.endswith(evil) for title in titles), evil
    for element in _parsed(hostile["feeds/all.atom"]).iter():
        assert element.get("type") in {None, "text", "text/html", "application/atom+xml"}


def test_links_are_whole_where_the_address_is_known(addressed: dict[str, bytes], rich: dict[str, bytes]) -> None:
    parsed = feedparser.parse(addressed["feeds/districts/jiangbei.atom"])
    assert parsed.feed.id == f"{ADDRESS}feeds/districts/jiangbei.atom"
    assert parsed.feed.link == f"{ADDRESS}districts/jiangbei/"
    assert all(entry.link == entry.id and entry.link.startswith(f"{ADDRESS}demands/d-") for entry in parsed.entries)
    item = json.loads(addressed["feeds/all.json"])["items"][0]
    assert item["url"] == item["id"]
    # Elsewhere they follow from where the feed was fetched.
    elsewhere = feedparser.parse(
        rich["feeds/districts/jiangbei.atom"], response_headers={"content-location": f"{ADDRESS}feeds/districts/x.atom"}
    )
    assert [entry.link for entry in elsewhere.entries] == [entry.link for entry in parsed.entries]
    assert "url" not in json.loads(rich["feeds/all.json"])["items"][0]


def _events(content: bytes) -> list[Any]:
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    return calendar.walk("VEVENT")


def test_calendars_hold_the_deadlines_of_what_is_still_published(site: tuple[PublicSite, dict[str, bytes]]) -> None:
    view, files = site
    for topic in topics(group_demands(view)):
        events = {str(event["UID"]): event for event in _events(files[topic.subscription.calendar])}
        days = {f"{d.id.lower()}.apply-by@jiebang": d.apply_by for d in topic.demands if d.status == "published"}
        for of in view.rounds:
            if of.status == "open":
                days[f"{of.id}.submit-by.{city_key(view.city)}@jiebang"] = of.submit_by
                days[f"{of.id}.apply-by.{city_key(view.city)}@jiebang"] = of.apply_by
                if of.select_by:
                    days[f"{of.id}.select-by.{city_key(view.city)}@jiebang"] = of.select_by
        assert {uid: event.decoded("DTSTART").isoformat() for uid, event in events.items()} == days
        for event in events.values():
            assert type(event.decoded("DTSTART")) is date
            assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)


def test_in_a_calendar_of_very_many_those_of_a_round_on_one_day_are_one_event(monkeypatch: pytest.MonkeyPatch) -> None:
    view = SITES["rich"]
    grouped = group_demands(view)
    monkeypatch.setattr(calendars, "MOST", 12)
    deadlines = calendars.Deadlines(grouped.told, view.rounds, view.city)
    uids: list[str] = []
    for topic in topics(grouped):
        due = Counter((d.round, d.apply_by) for d in topic.demands if d.status == "published")
        events = deadlines.of(topic)
        if due.total() <= 12:
            assert not any("项需求" in event.summary for event in events)
            continue
        told = [event for event in events if "项需求" in event.summary]
        assert {(event.day, event.summary) for event in told} == {
            (day, f"{grouped.rounds[of].title}：{count} 项需求揭榜截止") for (of, day), count in due.items()
        }
        assert all(event.path == topic.page and event.day >= event.stamp for event in told)
        assert len(events) == len(told) + 3
        uids += [event.uid for event in told]
    # Who follows two calendars has both.
    assert len(set(uids)) == len(uids) > 2
    text = (ROOT / "site" / "pages" / "subscribe" / "index.md").read_text(encoding="utf-8")
    monkeypatch.undo()
    assert f"超过 {calendars.MOST} 项" in text


def test_calendars_are_written_as_rfc_5545_wants(site: tuple[PublicSite, dict[str, bytes]]) -> None:
    for path, content in site[1].items():
        if path.endswith(".ics"):
            assert content.startswith(b"BEGIN:VCALENDAR\r\n") and content.endswith(b"END:VCALENDAR\r\n"), path
            assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")
            assert max(len(line) for line in content.split(b"\r\n")) <= 75
            content.decode()
            assert Calendar.from_ical(content).to_ical(sorted=False) == content, path


@given(st.text() | st.text("甲\\,;^\r\n€😀a", max_size=120), st.text(max_size=90))
def test_any_text_is_read_back_from_a_calendar(summary: str, path: str) -> None:
    path = "".join(path.split()).replace("\\", "")
    deadline = Deadline("a@jiebang", "2031-01-31", summary, summary, path, "2030-01-01")
    content = calendar("名称", (deadline,), ADDRESS)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\r" not in content.replace(b"\r\n", b"")
    unfolded = content.replace(b"\r\n ", b"").decode().split("\r\n")
    said = next(line for line in unfolded if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    plain = summary.replace("\r\n", "\n").replace("\r", "\n")
    assert re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], said) == plain


def test_what_is_read_back_from_a_calendar_is_what_was_said(hostile: dict[str, bytes]) -> None:
    summaries = {str(event["SUMMARY"]) for event in _events(hostile["calendars/all.ics"])}
    for demand in SITES["hostile"].demands:
        if demand.status == "published":
            assert f"揭榜截止：{demand.title}" in summaries


def test_nothing_follows_the_clock(frames: Frames, rich: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    again = {output.path: output.content for output in render(SITES["rich"], frames)}
    for path, content in rich.items():
        if path.startswith(("feeds/", "calendars/", "data/")):
            assert again[path] == content, path


def test_a_withdrawn_demand_leaves_its_feeds_and_calendars(frames: Frames) -> None:
    view = SITES["rich"]
    gone = next(demand for demand in view.demands if demand.status == "published")
    left = replace(view, demands=tuple(demand for demand in view.demands if demand != gone))
    for output in render(left, frames):
        if output.path.startswith(("feeds/", "calendars/", "data/")):
            assert gone.id.encode() not in output.content and gone.id.lower().encode() not in output.content
            assert gone.title.encode() not in output.content
