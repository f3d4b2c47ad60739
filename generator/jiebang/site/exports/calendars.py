"""Deadlines as calendars (RFC 5545): the last day to apply for each demand that is still published, and the days of the open rounds.

Whole days of the Chinese calendar, so no time zone is involved. Stamps come from the data, names of events never change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from jiebang.site import labels, paths
from jiebang.site.config import SiteConfig
from jiebang.site.exports.json.header import changed_on
from jiebang.site.grouping import GroupedDemands
from jiebang.site.subscriptions import Topic
from jiebang.view import City, Demand, Round

_END = b"END:VCALENDAR\r\n"
_REMIND = timedelta(days=-3)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One event. `uid` stays the same whatever else changes; `stamp` is the day of the last change."""

    uid: str
    day: str
    summary: str
    description: str
    path: str
    stamp: str


def _of_demand(demand: Demand, grouped: GroupedDemands) -> Deadline:
    district = labels.NO_DISTRICT if demand.district is None else grouped.districts[demand.district].name
    lines = (
        f"代码：{demand.code}（{grouped.rounds[demand.round].title}）",
        f"发榜企业：{demand.enterprise.name or labels.ANONYMOUS}",
        f"所在区：{district}",
        "截止当天仍可申请。向本企业所在区的经信部门报送对接表和申请书。",
    )
    return Deadline(
        uid=f"{demand.id.lower()}.apply-by@jiebang",
        day=demand.apply_by,
        summary=f"揭榜截止：{demand.title}",
        description="\n".join(lines),
        path=paths.demand_path(demand.id),
        stamp=changed_on(demand),
    )


def _of_round(of: Round) -> Iterable[Deadline]:
    for name, day, what in (
        ("submit-by", of.submit_by, "需求报送截止"),
        ("apply-by", of.apply_by, "揭榜截止"),
        ("select-by", of.select_by, "遴选截止"),
    ):
        if day is not None:
            yield Deadline(
                uid=f"{of.id}.{name}@jiebang",
                day=day,
                summary=f"{of.title}：{what}",
                description=f"{of.notice.title}\n以通知为准。",
                path=f"rounds/{of.id}/",
                stamp=of.notice.date,
            )


def deadlines_of(topic: Topic, grouped: GroupedDemands) -> tuple[Deadline, ...]:
    """By day; the rounds' own days stand in every calendar while the round is open."""
    found = [_of_demand(demand, grouped) for demand in topic.demands if demand.status == "published"]
    found += [deadline for of in grouped.rounds.values() if of.status == "open" for deadline in _of_round(of)]
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.uid)))


def _event(deadline: Deadline, config: SiteConfig) -> bytes:
    event = Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", datetime.combine(date.fromisoformat(deadline.stamp), datetime.min.time(), UTC))
    day = date.fromisoformat(deadline.day)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", deadline.summary)
    event.add("description", deadline.description)
    event.add("transp", "TRANSPARENT")
    if config.url:
        event.add("url", config.address(deadline.path))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", deadline.summary)
    alarm.add("trigger", _REMIND)
    event.add_component(alarm)
    return bytes(event.to_ical())


class Calendars:
    """Makes the calendars of one site; an event that stands in several is made once."""

    def __init__(self, city: City, config: SiteConfig) -> None:
        self._name = f"{city.name}{config.name}"
        self._config = config
        self._events: dict[Deadline, bytes] = {}

    def make(self, title: str, deadlines: tuple[Deadline, ...]) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", "-//jiebang//deadlines//ZH")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        name = f"{self._name}：{title}截止日期"
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        empty = calendar.to_ical()
        return b"".join((empty.removesuffix(_END), *map(self._event, deadlines), _END))

    def _event(self, deadline: Deadline) -> bytes:
        made = self._events.get(deadline)
        if made is None:
            made = self._events[deadline] = _event(deadline, self._config)
        return made
