"""How much time is left, as people say it: the near days by name, then days, then months and years.

`timeLeft` of `common/days.js` says the same on the pages, which never know the day at build; a test holds the two together.
"""

from __future__ import annotations

_NAMED = ("今天", "明天", "后天")
_DAYS = 45
"""Up to so many days are counted one by one; more say nothing that the date beside them does not say better."""
_MONTHS = 11
"""Up to so many months are counted, then half years."""


def _nearest(count: int, divisor: int) -> int:
    """The quotient, rounded half up."""
    return (2 * count + divisor) // (2 * divisor)


def time_left(days: int) -> str:
    """What a reader is told of a day `days` days from today: 今天, 明天, 后天, 还有 5 天, 还有约 3 个月, 还有约 1 年半; 已过 2 天 of one that is
    past."""
    if days < 0:
        return f"已过 {-days} 天"
    if days < len(_NAMED):
        return _NAMED[days]
    if days <= _DAYS:
        return f"还有 {days} 天"
    months = _nearest(days * 12, 365)
    if months <= _MONTHS:
        return f"还有约 {months} 个月"
    years, half = divmod(_nearest(days * 2, 365), 2)
    return f"还有约 {years} 年{'半' if half else ''}"
