"""A demand as one entry of a list: only what the entry shows, so that a list is made anew only when it looks different."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from jiebang.site import labels, paths
from jiebang.site.escaping import escaped
from jiebang.site.text import excerpt
from jiebang.view import Demand


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    path: str
    code: str
    title: str
    excerpt: str
    state: str
    apply_by: str
    published_on: str
    enterprise: str
    hidden: bool
    district: str
    industry: str
    field: str | None
    type: str | None


def card_of(demand: Demand, district: str) -> Card:
    """`district` is what the demand's is called."""
    who = demand.enterprise
    return Card(
        id=demand.id,
        path=paths.demand_path(demand.id),
        code=demand.code,
        title=demand.title,
        excerpt=excerpt(demand.summary),
        state=demand.status,
        apply_by=demand.apply_by,
        published_on=demand.published_on,
        enterprise=who.name or labels.ANONYMOUS,
        hidden=who.name is None,
        district=district,
        industry=labels.industry_name(who.section, who.division),
        field=demand.field,
        type=demand.type,
    )


def markup_of(cards: Iterable[Card], root: str, level: int = 2) -> Markup:
    """The entries of a list, their titles headings of this level. `list/cards.js` builds the same elements; `favourites/buttons.js` adds
    its button. No template, as most of what all lists say is this."""
    return Markup("".join(_markup(card, root, level) for card in cards))  # noqa: S704 - every text is escaped


def _markup(card: Card, root: str, level: int) -> str:
    day, by_day, left = escaped(card.apply_by), "", ""
    if card.state == "published":
        # The browser adds whether the day has passed.
        by_day, left = f' data-apply-by="{day}"', f'<span class="left" data-left="{day}"></span>'
    kind = f'<span class="kind">{escaped(card.type)}</span>' if card.type else ""
    field = f"<span>{escaped(card.field)}</span>" if card.field else ""
    return (
        f'<li class="card" data-demand="{escaped(card.id)}"><div class="card-top">'
        f'<span class="state state-{card.state}"{by_day}>{labels.state_name(card.state)}</span>'
        f'<span class="code">{escaped(card.code)}</span>{kind}</div>'
        f'<h{level} class="card-title"><a href="{root}{escaped(card.path)}">{escaped(card.title)}</a></h{level}>'
        f'<p class="card-text">{escaped(card.excerpt)}</p>'
        f'<p class="card-who"><span class="who{" who-hidden" if card.hidden else ""}">{escaped(card.enterprise)}</span>'
        f"<span>{escaped(card.district)}</span><span>{escaped(card.industry)}</span>{field}</p>"
        f'<p class="card-due">揭榜截止 <time datetime="{day}">{day}</time>{left}</p></li>'
    )


def open_first(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """Demands that can be applied for before the others; within each the order they came in (newest first)."""
    return tuple(sorted(demands, key=lambda demand: demand.status != "published"))
