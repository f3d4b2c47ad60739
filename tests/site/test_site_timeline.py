"""A demand's life on its page: stages by the record's days, edits by git, in one order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jiebang.site.timeline import timeline_of
from jiebang.view import Change
from tests.site import samples

SITE = samples.make_site(70)
ROUNDS = {of.id: of for of in SITE.rounds}


@pytest.mark.parametrize(
    ("state", "stages"),
    [
        ("published", ["发榜", "揭榜截止", "本轮遴选截止"]),
        ("selected", ["发榜", "揭榜截止", "选定揭榜企业"]),
        ("accepted", ["发榜", "揭榜截止", "选定揭榜企业", "通过验收"]),
        ("failed", ["发榜", "揭榜截止", "选定揭榜企业", "未通过验收"]),
        ("unmet", ["发榜", "揭榜截止", "无人揭榜，本项结束"]),
    ],
)
def test_stages_of_every_state(state: str, stages: list[str]) -> None:
    demand = next(d for d in SITE.demands if d.status == state and d.apply_by <= "2031-12-31")
    steps = timeline_of(demand, ROUNDS[demand.round])
    assert [step.what for step in steps if step.kind != "edit"] == stages
    assert [step.date for step in steps] == sorted(step.date for step in steps)


def test_edits_stand_after_the_stage_of_their_day() -> None:
    demand = next(d for d in SITE.demands if d.status == "accepted")
    assert demand.selected_on is not None
    changes = (Change(demand.selected_on, "状态变为“已揭榜”"), Change(demand.published_on, "列入需求目录"))
    steps = [(step.kind, step.what) for step in timeline_of(replace(demand, history=changes), ROUNDS[demand.round])]
    assert steps[:2] == [("stage", "发榜"), ("edit", "在本站公布")]
    place = steps.index(("stage", "选定揭榜企业"))
    assert steps[place + 1] == ("edit", "状态变为“已揭榜”")


def test_the_page_shows_every_step_and_every_change(rich: dict[str, bytes]) -> None:
    for demand in SITE.demands[:20]:
        page = rich[f"demands/{demand.id.lower()}/index.html"].decode()
        shown = page.split('class="timeline"')[1].split("</ol>")[0]
        days = re.findall(r'<time datetime="([^"]+)"', shown)
        assert days == [step.date for step in timeline_of(demand, ROUNDS[demand.round])]
        assert all(change.what in shown for change in demand.history)


def test_without_git_there_is_no_word_of_edits() -> None:
    demand = replace(SITE.demands[0], history=())
    assert all(step.kind != "edit" for step in timeline_of(demand, ROUNDS[demand.round]))
