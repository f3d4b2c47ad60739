"""Deadlines as calendars (RFC 5545): the last day to apply for each demand that is still published, and the days of the open rounds.

Whole days of the Chinese calendar, so no time zone is involved. Stamps come from the data, names of events never change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiebang.site import labels, paths
from jiebang.site.exports.city_key import city_key
from jiebang.site.exports.json.header import changed_on
from jiebang.site.grouping import Told
from jiebang.site.subscriptions import Topic
from jiebang.view import City, Demand, Round

MOST = 5000
"""Deadlines of demands in one calendar; of more, those of a round on one day are one event: no calendar program shows them one by one, and
few take in a file of tens of megabytes."""
_REMIND = 3
"""Days before, on which the calendar reminds."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One event. `uid` stays the same whatever else changes; `stamp` is the day of the last change."""

    uid: str
    day: str
    summary: str
    description: str
    path: str
    stamp: str


def _how_to_apply(city: City) -> str:
    return f"截止当天仍可申请。向本企业所在区的{city.department}报送对接表和申请书。"


def _of_demand(told: Told, city: City) -> Deadline:
    demand = told.demand
    lines = (
        f"代码：{demand.code}（{told.round}）",
        f"发榜企业：{demand.enterprise.name or labels.ANONYMOUS}",
        f"所在区：{told.district}",
        _how_to_apply(city),
    )
    return Deadline(
        uid=f"{demand.id.lower()}.apply-by@jiebang",
        day=demand.apply_by,
        summary=f"揭榜截止：{demand.title}",
        description="\n".join(lines),
        path=paths.demand_path(demand.id),
        stamp=changed_on(demand),
    )


def _of_round(of: Round, city: City) -> Iterable[Deadline]:
    for name, day, what in (
        ("submit-by", of.submit_by, "需求报送截止"),
        ("apply-by", of.apply_by, "揭榜截止"),
        ("select-by", of.select_by, "遴选截止"),
    ):
        if day is not None:
            yield Deadline(
                uid=f"{of.id}.{name}.{city_key(city)}@jiebang",
                day=day,
                summary=f"{of.title}：{what}",
                description=f"{of.notice.title}\n以通知为准。",
                path=f"rounds/{of.id}/",
                stamp=of.notice.date,
            )


class Deadlines:
    """The deadlines of one site."""

    def __init__(self, listed: Iterable[Told], rounds: Sequence[Round], city: City) -> None:
        published = [told for told in listed if told.demand.status == "published"]
        self._of_demands = {told.demand.id: _of_demand(told, city) for told in published}
        self._rounds = {of.id: of for of in rounds}
        self._city = city
        self._of_rounds = [deadline for of in rounds if of.status == "open" for deadline in _of_round(of, city)]

    def of(self, topic: Topic) -> tuple[Deadline, ...]:
        """By day; the rounds' own days stand in every calendar while the round is open."""
        demands = [demand for demand in topic.demands if demand.status == "published"]
        found = [self._of_demands[demand.id] for demand in demands]
        if len(found) > MOST:
            found = list(self._together(topic, demands))
        return tuple(sorted((*found, *self._of_rounds), key=lambda deadline: (deadline.day, deadline.uid)))

    def _together(self, topic: Topic, demands: Iterable[Demand]) -> Iterator[Deadline]:
        """One event for all demands of a round whose last day is the same."""
        days: dict[tuple[str, str], list[Demand]] = defaultdict(list)
        for demand in demands:
            days[demand.round, demand.apply_by].append(demand)
        place = topic.subscription.place.replace("/", ".")
        for (of, day), same in days.items():
            yield Deadline(
                uid=f"{of}.{day}.{place}.{city_key(self._city)}@jiebang",
                day=day,
                summary=f"{self._rounds[of].title}：{len(same)} 项需求揭榜截止",
                description=f"{topic.subscription.title}\n{_how_to_apply(self._city)}",
                path=topic.page,
                stamp=max(map(changed_on, same)),
            )


_MOST = 74
"""Bytes of a line before it goes on in the next one."""


def _line(name: str, text: str) -> bytes:
    """A property whose value is a text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return _folded(f"{name}:{text}".replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n"))


def _folded(text: str) -> bytes:
    """As RFC 5545 wants a line: no break inside a character, nor (as some programs take it ill) behind a backslash."""
    line = text.encode()
    begin, parts = 0, []
    while len(line) - begin > _MOST:
        end = begin + _MOST
        while line[end] & 0xC0 == 0x80:
            end -= 1
        if line[end - 1] in b"\\^":
            end -= 1
        parts.append(line[begin:end])
        begin = end
    return b"\r\n ".join((*parts, line[begin:]))


def _event(deadline: Deadline, address: str) -> bytes:
    day = date.fromisoformat(deadline.day)
    return b"\r\n".join(
        (
            b"BEGIN:VEVENT",
            _line("SUMMARY", deadline.summary),
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}".encode(),
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}".encode(),
            f"DTSTAMP:{deadline.stamp.replace('-', '')}T000000Z".encode(),
            _line("UID", deadline.uid),
            _line("DESCRIPTION", deadline.description),
            b"TRANSP:TRANSPARENT",
            *((_folded(f"URL:{address}{deadline.path}"),) if address else ()),
            b"BEGIN:VALARM",
            b"ACTION:DISPLAY",
            _line("DESCRIPTION", deadline.summary),
            b"TRIGGER:-P%dD" % _REMIND,
            b"END:VALARM",
            b"END:VEVENT",
        )
    )


def calendar(name: str, deadlines: tuple[Deadline, ...], address: str) -> bytes:
    """The file. `address`: of the site, where it is known."""
    lines = [
        b"BEGIN:VCALENDAR",
        b"VERSION:2.0",
        b"PRODID:-//jiebang//deadlines//ZH",
        b"METHOD:PUBLISH",
        _line("NAME", name),
        _line("X-WR-CALNAME", name),
        b"REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *(_event(deadline, address) for deadline in deadlines),
        b"END:VCALENDAR",
        b"",
    ]
    return b"\r\n".join(lines)
