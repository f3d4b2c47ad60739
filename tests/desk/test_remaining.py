"""Time left is said as people say it."""

from __future__ import annotations

import pytest

from jiebang.desk.remaining import time_left


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-182, "已过 182 天"),
        (0, "今天"),
        (1, "明天"),
        (2, "后天"),
        (3, "还有 3 天"),
        (45, "还有 45 天"),
        (46, "还有约 2 个月"),
        (90, "还有约 3 个月"),
        (349, "还有约 11 个月"),
        (350, "还有约 1 年"),
        (548, "还有约 1 年半"),
        (1860, "还有约 5 年"),
    ],
)
def test_time_left(days: int, said: str) -> None:
    assert time_left(days) == said


def test_more_days_never_sound_like_fewer() -> None:
    heard = list(dict.fromkeys(time_left(days) for days in range(4000)))
    assert [time_left(days) for days in range(4000)] == sorted(
        (time_left(days) for days in range(4000)), key=heard.index
    )
