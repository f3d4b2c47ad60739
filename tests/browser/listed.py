"""What the list should show, counted the plain way over the published objects; and how a test waits for what it does show."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Page

from jiebang.schemas import cooperation_modes, demand_types, foundation_categories, natures
from jiebang.site.paths import field_slugs
from tests.browser.served import TODAY

Demand = dict[str, Any]
"""An object of `data/v1/demands.json`."""
Chosen = Mapping[str, set[str]]
"""By facet."""

_SLUGS = {
    entry.value: entry.extra["x-slug"]
    for listed in (cooperation_modes(), demand_types(), foundation_categories(), natures())
    for entry in listed
}


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def states(demand: Demand) -> set[str]:
    if demand["status"] != "published":
        return {demand["status"]}
    left = (date.fromisoformat(demand["apply_by"]) - date.fromisoformat(TODAY)).days
    if left < 0:
        return {"closed"}
    return {"open", "week"} if left <= 7 else {"open"}


def _one(value: str | None, slugs: Mapping[str, str]) -> set[str]:
    return {"-" if value is None else slugs[value]}


def _industry(demand: Demand) -> set[str]:
    who = demand["enterprise"]
    return {key for key in (who["section"], who["division"]) if key} or {"-"}


FACETS: dict[str, Callable[[Demand], set[str]]] = {
    "state": states,
    "district": lambda d: {d["district"] or "-"},
    "section": _industry,
    "field": lambda d: _one(d["field"], field_slugs()),
    "category": lambda d: _one(d["category"], _SLUGS),
    "mode": lambda d: {_SLUGS[mode] for mode in d["cooperation"]},
    "nature": lambda d: _one(d["enterprise"]["nature"], _SLUGS),
    "type": lambda d: _one(d["type"], _SLUGS),
    "round": lambda d: {d["round"]},
}


def matching(demands: list[Demand], chosen: Chosen, besides: str = "") -> list[Demand]:
    """Those with one of the chosen values in every facet but `besides`."""
    return [d for d in demands if all(FACETS[key](d) & keys for key, keys in chosen.items() if keys and key != besides)]


def counts(demands: list[Demand], chosen: Chosen) -> dict[str, Counter[str]]:
    """For each facet how many demands each value has under all other choices."""
    return {
        key: Counter(value for d in matching(demands, chosen, besides=key) for value in values(d))
        for key, values in FACETS.items()
    }


def wait_until_settled(page: Page) -> None:
    """Waits until the list shows what was asked for."""
    page.locator("[data-found]:not([aria-busy])").wait_for(state="attached")


def hurry(page: Page) -> None:
    """Cuts the pauses that scripts of the open page make for a reader: for tests of something else than the pause."""
    page.evaluate(
        """() => {
            const later = window.setTimeout;
            window.setTimeout = (act, time, ...more) => later(act, Math.min(time, 5), ...more);
        }"""
    )


def show_all(page: Page) -> None:
    wait_until_settled(page)
    while page.locator(".more-button").count():
        before = page.locator("[data-found] .card").count()
        page.locator(".more-button").click()
        page.wait_for_function("count => document.querySelectorAll('[data-found] .card').length > count", arg=before)


def ask(page: Page, address: str) -> None:
    """Goes to another choice of the list as the back button does, and waits for its counts."""
    page.evaluate(
        """address => new Promise(done => {
            // The button that ends choosing says the number of results, with every answer anew.
            const told = new MutationObserver(() => { told.disconnect(); done(); });
            told.observe(document.querySelector("[data-panel-done]"), { childList: true });
            history.pushState(null, "", address);
            dispatchEvent(new PopStateEvent("popstate"));
        })""",
        address,
    )
