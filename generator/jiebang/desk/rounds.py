"""A round from the one before it: the same rules, days a period later, a notice that is still to be written.

Also the first round of a city. Ids are `2030` for a year and `2030-q1` for a quarter; titles say the same in Chinese.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

ANNUAL, QUARTERLY = "年度", "季度"
_MONTHS = {ANNUAL: 12, QUARTERLY: 3}
_QUARTERS = "一二三四"
_ID = re.compile(r"(?P<year>[0-9]{4})(?:-q(?P<quarter>[1-4]))?(?P<rest>-[a-z0-9]+)?")
_OF_THE_NOTICE = ("number", "url")
"""What only the new notice can say."""


def moved(day: str, months: int) -> str:
    """A day so many months later. The last day of a month becomes one again: an end of March is an end of June."""
    was = date.fromisoformat(day)
    year, month = divmod(was.year * 12 + was.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    at_the_end = was.day == monthrange(was.year, was.month)[1]
    return date(year, month + 1, last if at_the_end else min(was.day, last)).isoformat()


def round_id(year: int, quarter: int | None = None) -> str:
    """`2030`, or `2030-q1` for the first quarter."""
    return f"{year}" if quarter is None else f"{year}-q{quarter}"


def round_title(year: int, quarter: int | None = None) -> str:
    """`2030年度`, or `2030年第一季度`."""
    return f"{year}年度" if quarter is None else f"{year}年第{_QUARTERS[quarter - 1]}季度"


def notice_title(title: str) -> str:
    """The usual title of the notice of a round."""
    return f"关于组织推荐{title}大企业“发榜”中小企业“揭榜”工作的通知"


def _next_of(id_: str, period: str) -> tuple[tuple[int, int | None], tuple[int, int | None], str] | None:
    """(year, quarter) of a round and of the next one, and what else its id says; None for an id that tells neither."""
    told = _ID.fullmatch(id_)
    if told is None:
        return None
    year, quarter = int(told["year"]), int(told["quarter"]) if told["quarter"] else None
    if (period == QUARTERLY) != (quarter is not None):
        return None
    if quarter is None:
        return (year, None), (year + 1, None), told["rest"] or ""
    return (year, quarter), (year + quarter // 4, quarter % 4 + 1), told["rest"] or ""


def _retold(text: str, was: tuple[int, int | None], now: tuple[int, int | None]) -> str:
    """A text with the year and the quarter of the next round: `2030年第四季度` → `2031年第一季度`."""
    text = re.sub(rf"(?<!\d){was[0]}(?!\d)", str(now[0]), text)
    if was[1] is not None and now[1] is not None:
        text = text.replace(f"第{_QUARTERS[was[1] - 1]}季度", f"第{_QUARTERS[now[1] - 1]}季度")
        text = re.sub(rf"(?<!\d){was[1]}(\s*季度)", rf"{now[1]}\1", text)
    return text


def next_round(last: Mapping[str, Any]) -> dict[str, Any]:
    """The next round with the last one's settings. Its `id` and `title` are empty where the last one's id does not tell them; of the
    notice title and day are proposals, number and address are left out; the introduction belongs to the last round."""
    months = _MONTHS[last["period"]]
    new = deepcopy(dict(last))
    new.pop("introduction", None)
    new["status"] = "open"
    for name in ("opens_on", "closes_on"):
        new[name] = moved(last[name], months)
    new["deadlines"] = {name: moved(day, months) for name, day in last["deadlines"].items()}
    new["notice"]["date"] = moved(last["notice"]["date"], months)
    for name in _OF_THE_NOTICE:
        new["notice"].pop(name, None)
    places = _next_of(last["id"], last["period"])
    if places is None:
        return new | {"id": "", "title": ""}
    was, now, rest = places
    new["id"] = round_id(*now) + rest
    new["title"] = _retold(last["title"], was, now)
    new["notice"]["title"] = _retold(last["notice"]["title"], was, now)
    return new


def first_round(period: str, today: date, issuer: str, mark: str = "") -> dict[str, Any]:
    """A round of the year or the quarter that `today` is in; its days are usual ones, to be mended after the notice.
    `mark` goes behind the title of the notice."""
    year, quarter = today.year, (today.month + 2) // 3 if period == QUARTERLY else None
    if quarter is None:
        opens, closes = f"{year}-03-01", f"{year}-12-31"
        deadlines = {"submit_by": f"{year}-05-31", "apply_by": f"{year}-08-31", "select_by": f"{year}-10-31"}
    else:
        opens = date(year, 3 * quarter - 2, 1).isoformat()
        closes = (date.fromisoformat(moved(opens, 12)) - timedelta(days=1)).isoformat()
        of_quarter = [moved(opens, months)[:8] for months in (0, 1, 2)]
        deadlines = {name: f"{of_quarter[at]}20" for at, name in enumerate(("submit_by", "apply_by", "select_by"))}
    title = round_title(year, quarter)
    return {
        "schema": "round/1",
        "id": round_id(year, quarter),
        "title": title,
        "period": period,
        "status": "open",
        "notice": {"title": f"{notice_title(title)}{mark}", "issuer": issuer, "date": opens},
        "opens_on": opens,
        "closes_on": closes,
        "deadlines": deadlines,
        "winners": {"min": 1, "max": 2},
        "hide": "企业名称",
        "show": {"applications": True, "winners": True},
        "k": 3,
    }
