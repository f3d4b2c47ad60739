"""The home page: what this is, how much there is, what is new, what closes soon, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.schemas import foundation_fields
from jiebang.site import labels, paths
from jiebang.site.cards import Card
from jiebang.site.deadlines import counts_by_day
from jiebang.site.figures import Bar
from jiebang.site.grouping import GroupedDemands
from jiebang.site.page import Context, Page, Slots
from jiebang.view import PublicSite

_NEWEST = 5
# The browser drops those whose day has passed and shows the next, so more are written than shown.
_CLOSING = 12


@dataclass(frozen=True, slots=True)
class KeyFigures:
    published: int
    open: int
    districts: int
    rounds: int


def _fill(
    page: Context,
    figures: KeyFigures,
    newest: tuple[Card, ...],
    closing: tuple[Card, ...],
    districts: tuple[Bar, ...],
    sections: tuple[Bar, ...],
    fields: tuple[Bar, ...],
    rounds: tuple[Bar, ...],
    open_by: str,
) -> Slots:
    return {
        "ways": page.render("home_ways.html", open_by=open_by),
        "figures": page.render("home_figures.html", figures=figures),
        "newest": page.render("home_newest.html", cards=newest),
        "closing": page.render("home_closing.html", cards=closing),
        "browse": page.render("home_browse.html", districts=districts, sections=sections, fields=fields, rounds=rounds),
    }


def home_page(site: PublicSite, grouped: GroupedDemands) -> Page:
    open_ = [d for d in site.demands if d.status == "published"]
    closing = sorted(open_, key=lambda d: (d.apply_by, d.id))[:_CLOSING]
    districts = tuple(
        Bar(d.slug, d.name, len(grouped.by_district[d.slug]), f"districts/{d.slug}/")
        for d in site.districts
        if d.slug in grouped.by_district
    )
    sections = tuple(
        Bar(letter, labels.section_name(letter), len(group), paths.section_path(letter))
        for letter, group in sorted(grouped.by_section.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    counted = (
        Bar(entry.value, entry.title, len(grouped.by_field.get(entry.value, ())), paths.field_path(entry.value))
        for entry in foundation_fields()
    )
    return Page(
        path="",
        frame="index.html",
        fill=_fill,
        inputs=(
            KeyFigures(len(site.demands), len(open_), len(grouped.by_district), len(site.rounds)),
            tuple(grouped.cards[d.id] for d in grouped.all[:_NEWEST]),
            tuple(grouped.cards[d.id] for d in closing),
            districts,
            sections,
            tuple(bar for bar in counted if bar.count),
            tuple(Bar(of.id, of.title, len(grouped.by_round.get(of.id, ())), f"rounds/{of.id}/") for of in site.rounds),
            counts_by_day(open_),
        ),
    )
