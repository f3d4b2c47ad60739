"""Every number on the pages of districts, rounds and the city is what counting the view by hand gives, and nothing is added up that
the view withholds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from jiebang.site import charts, labels, paths
from jiebang.site.deadlines import counts_by_day, deadlines_of
from jiebang.site.figures import figures_of, share, standings, trend_of
from jiebang.site.pages.overview import top_of
from jiebang.view import Counts, Demand, PublicSite, Total
from tests.site import samples
from tests.site.markup import Markup

Rendered = Callable[[PublicSite], dict[str, bytes]]
SITE = samples.make_site(70)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def _text(html: str) -> str:
    # The same label stands twice: as a link, and as plain text for readers without scripts.
    return " ".join(_TAG.sub(" ", re.sub(r'<span class="no-js-only">.*?</span>', "", html)).split())


def _section(page: bytes, identifier: str) -> str:
    html = page.decode()
    return html[html.index(f'aria-labelledby="{identifier}"') :].split("</section>")[0]


def _table(page: bytes, identifier: str) -> list[list[str]]:
    """Rows of the table under a heading, without its head."""
    body = _section(page, identifier).split("<tbody>")[1].split("</tbody>")[0]
    return [[_text(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(body)]


def _of(slug: str, site: PublicSite = SITE) -> list[Demand]:
    return [d for d in site.demands if d.district == slug]


def _tally(values: Iterable[str | None]) -> dict[str, int]:
    listed = [value for value in values if value is not None]
    return {value: listed.count(value) for value in set(listed)}


@pytest.mark.parametrize("slug", ["jiangbei", "jiangnan", "guanggu", "linkong"])
def test_district_tables_are_brute_force_counts(rich: dict[str, bytes], slug: str) -> None:
    page, demands = rich[f"districts/{slug}/index.html"], _of(slug)
    told = {identifier: {row[0]: int(row[1]) for row in _table(page, identifier)} for identifier in
            ("by-state", "by-section", "by-mode", "by-field", "by-type")}  # fmt: skip
    assert told == {
        "by-state": _tally(labels.state_name(d.status) for d in demands),
        "by-section": _tally(d.enterprise.section and labels.section_name(d.enterprise.section) for d in demands),
        "by-mode": _tally(mode for d in demands for mode in d.cooperation),
        "by-field": _tally(d.field for d in demands),
        "by-type": _tally(d.type for d in demands),
    }


@pytest.mark.parametrize("slug", ["jiangbei", "guanggu"])
def test_bars_are_as_long_as_their_share(rich: dict[str, bytes], slug: str) -> None:
    section = _section(rich[f"districts/{slug}/index.html"], "by-section")
    whole = len(_of(slug))
    rows = _ROW.findall(section.split("<tbody>")[1])
    assert rows
    for row in rows:
        count = int(re.findall(r'class="num">(\d+)<', row)[0])
        (width,) = re.findall(r'class="bar-value" width="([\d.]+)"', row)
        assert float(width) == pytest.approx(100 * count / whole, abs=0.06)
        letter = re.findall(r"section=([A-Z])", row)[0]
        city = sum(d.enterprise.section == letter for d in SITE.demands)
        (mark,) = re.findall(r'class="bar-mark" x="([\d.]+)"', row)
        assert float(mark) == pytest.approx(100 * city / len(SITE.demands), abs=0.06)


def test_district_trend_and_comparison(rich: dict[str, bytes]) -> None:
    page, demands = rich["districts/jiangnan/index.html"], _of("jiangnan")
    assert {row[0]: int(row[1]) for row in _table(page, "by-round")} == {
        of.title: sum(d.round == of.id for d in demands) for of in SITE.rounds
    }
    beside = {row[0]: row[1:] for row in _table(page, "beside-city")}
    assert beside["已公布"] == [str(len(demands)), "70", share(len(demands), 70)]
    counts = next(t.counts for t in SITE.totals if (t.scope, t.key) == ("district", "jiangnan"))
    city = next(t.counts for t in SITE.totals if t.scope == "city")
    assert beside["揭榜申请"][:2] == [str(counts.applications), str(city.applications)]
    assert counts.winners is None
    assert beside["揭榜企业"][0] == "未公布"
    assert beside["揭榜企业"][2] == "—"


def test_nothing_is_summed_where_totals_are_withheld(rendered: Rendered) -> None:
    """Demands still tell their numbers; the totals above them do not, and no page works them out."""
    quiet = replace(SITE, totals=tuple(replace(total, counts=Counts(None, None)) for total in SITE.totals))
    files = rendered(quiet)
    assert any(d.applications for d in quiet.demands)
    for row in _table(files["districts/jiangnan/index.html"], "beside-city")[-2:]:
        assert row[1:] == ["未公布", "未公布", "—"]
    for row in _table(files["rounds/index.html"], "by-round"):
        assert row[-2:] == ["未公布", "未公布"]
    for path in ("overview/index.html", "districts/jiangnan/index.html"):
        keys = Markup(files[path]).text.split("揭榜企业")[0].rsplit("已验收", 1)[1]
        assert "未公布" in keys, path


def test_trend_with_a_withheld_round(rendered: Rendered) -> None:
    totals = (Total("round", "2030", Counts(41, None)), Total("round", "2024", Counts(None, None)))
    files = rendered(replace(SITE, totals=totals))
    rows = {row[0]: row[-2:] for row in _table(files["rounds/index.html"], "by-round")}
    assert rows == {"2030年度": ["41", "未公布"], "2024年度": ["未公布", "未公布"]}
    chart = _section(files["rounds/index.html"], "applications")
    assert chart.count("stack-applications") == 1
    assert re.findall(r"columns-value[^>]*>([^<]+)<", chart) == ["未公布", "41"]
    # Nobody may read a height off a chart that has nothing to show.
    assert "<svg" not in _section(files["rounds/index.html"], "winners")


def test_columns_stand_on_each_other() -> None:
    trend = trend_of(SITE.demands, SITE.rounds)
    assert [period.id for period in trend] == ["2024", "2030"]
    most = max(period.total for period in trend)
    for column, period in zip(charts.by_state(trend).columns, trend, strict=True):
        assert column.value == period.total == sum(d.round == period.id for d in SITE.demands)
        floor = charts.HEIGHT
        for part, bar in zip(column.parts, (bar for bar in period.states if bar.count), strict=True):
            assert part.key == bar.key
            assert float(part.height) == pytest.approx(charts.HEIGHT * bar.count / most, abs=0.05)
            floor -= float(part.height)
            assert float(part.y) == pytest.approx(floor, abs=0.05)
        assert float(column.top) == pytest.approx(charts.HEIGHT * (1 - period.total / most), abs=0.05)


def test_a_measure_that_is_not_told_has_no_column() -> None:
    told = {"2024": Counts(None, 3), "2030": Counts(8, 0)}
    trend = trend_of(SITE.demands, SITE.rounds, told)
    first, second = charts.by_measure(trend, "applications").columns
    assert (first.value, first.parts) == (None, ())
    assert (second.value, second.parts[0].height) == (8, "60")
    assert [column.value for column in charts.by_measure(trend, "winners").columns] == [3, 0]
    nothing = charts.by_measure(trend_of((), SITE.rounds, {}), "winners")
    assert [column.value for column in nothing.columns] == [None, None]


def test_a_withheld_district_is_in_no_district(rendered: Rendered) -> None:
    silent = {d.id for d in SITE.demands[::5]}
    site = replace(SITE, demands=tuple(replace(d, district=None) if d.id in silent else d for d in SITE.demands))
    files = rendered(site)
    for district in site.districts:
        pages = [content.decode() for path, content in files.items() if path.startswith(f"districts/{district.slug}/")]
        assert not any(f"demands/{one.lower()}/" in page for page in pages for one in silent), district.slug
        assert not _of(district.slug, site) or f">{len(_of(district.slug, site))}</dd>" in pages[0]
    compare = Markup(files["districts/index.html"]).text
    assert f"所在区不公开{len(silent)}" in "".join(compare.split())


def test_place_among_the_districts() -> None:
    places = standings({"a": 5, "b": 7, "c": 5, "d": 0})
    assert [(places[k].rank, places[k].shared) for k in "abcd"] == [(2, True), (1, False), (2, True), (None, False)]
    assert {places[k].among for k in "abcd"} == {4}


@pytest.mark.parametrize(
    ("count", "whole", "said"),
    [(1, 8, "13%"), (0, 8, "0%"), (8, 8, "100%"), (1, 300, "不到 1%"), (299, 300, "近 100%"), (1, 2, "50%"),
     (None, 8, "—"), (3, None, "—"), (0, 0, "—")],
)  # fmt: skip
def test_shares_in_words(count: int | None, whole: int | None, said: str) -> None:
    assert share(count, whole) == said


def test_deadlines_name_every_open_demand_once() -> None:
    months = deadlines_of(SITE.demands)
    listed = [(day.date, due.path) for month in months for day in month.days for due in day.demands]
    wanted = [(d.apply_by, paths.demand_path(d.id)) for d in SITE.demands if d.status == "published"]
    assert sorted(listed) == sorted(wanted)
    assert [date for date, _ in listed] == sorted(date for date, _ in listed)
    assert all(day.date.startswith(month.key) for month in months for day in month.days)
    counted = dict(part.rsplit(":", 1) for part in counts_by_day(SITE.demands).split())
    assert {date: int(number) for date, number in counted.items()} == _tally(date for date, _ in wanted)


def test_overview_numbers(rich: dict[str, bytes]) -> None:
    page = rich["overview/index.html"].decode()
    keys = [
        _text(value) for value in re.findall(r"<dd[^>]*>(.*?)</dd>", page.split('class="keys')[1].split("</dl>")[0])
    ]
    city = next(t.counts for t in SITE.totals if t.scope == "city")
    states = [sum(d.status == state for d in SITE.demands) for state in ("published", "selected", "accepted")]
    taking_part = len({d.district for d in SITE.demands})
    assert keys == [str(n) for n in (70, *states, taking_part)] + [
        "未公布" if n is None else str(n) for n in (city.applications, city.winners)
    ]


def test_the_rest_keeps_its_sum() -> None:
    bars = figures_of(SITE.demands).modes
    for room in range(2, len(bars) + 2):
        top = top_of(bars, room)
        assert len(top.bars) + (top.rest is not None) <= room
        assert sum(bar.count for bar in top.bars) + (top.rest.count if top.rest else 0) == sum(b.count for b in bars)
        assert list(top.bars) == sorted(top.bars, key=lambda bar: -bar.count)


def test_round_page_counts(rich: dict[str, bytes]) -> None:
    demands = [d for d in SITE.demands if d.round == "2030"]
    rows = {row[0]: int(row[1]) for row in _table(rich["rounds/2030/index.html"], "by-district")}
    titles = {d.slug: d.name for d in SITE.districts}
    assert rows == _tally(titles[d.district] for d in demands if d.district)


def test_home_leads_to_every_facet(rich: dict[str, bytes]) -> None:
    links = set(Markup(rich["index.html"]).links)
    for demand in SITE.demands:
        assert f"./districts/{demand.district}/" in links
        assert f"./rounds/{demand.round}/" in links
        assert demand.enterprise.section is None or f"./{paths.section_path(demand.enterprise.section)}" in links
        assert demand.field is None or f"./{paths.field_path(demand.field)}" in links
    assert {"demands/", "./demands/"} & links
