"""Hand-written pages; three of them hold references that comes from the schemas and from the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jiebang.schemas import KINDS, fields_of, places, resolved_schema, withholdings
from jiebang.site.page import Context, Page, Slots
from jiebang.view import PublicSite, RuleEntry

_PLAIN = (
    "about",
    "accessibility",
    "guide",
    "guide/read",
    "guide/apply",
    "guide/submit",
    "guide/word",
    "guide/form",
    "guide/forge",
    "guide/review",
    "guide/card",
)


def _nothing(page: Context) -> Slots:
    return {}


def _fill_fields(page: Context) -> Slots:
    kinds = [
        (kind, resolved_schema(kind)["title"], resolved_schema(kind)["description"], fields_of(kind)) for kind in KINDS
    ]
    return {"fields": page.render("guide_fields.html", kinds=kinds, places=places())}


def _fill_privacy(page: Context) -> Slots:
    kinds = [(kind, resolved_schema(kind)["title"], fields_of(kind)) for kind in KINDS]
    return {
        "withholding": page.render("guide_withholding.html", withholdings=withholdings()),
        "privacy": page.render("guide_privacy.html", kinds=kinds, places=places()),
    }


def _fill_rules(page: Context, rules: tuple[RuleEntry, ...]) -> Slots:
    return {"rules": page.render("guide_rules.html", rules=rules)}


def own_pages(paths: Iterable[str]) -> Iterator[Page]:
    """Pages that a bureau adds to ours."""
    for path in paths:
        yield Page(path, f"{path}index.html", _nothing)


def guide_pages(site: PublicSite) -> Iterator[Page]:
    for path in _PLAIN:
        yield Page(f"{path}/", f"{path}/index.html", _nothing)
    yield Page("guide/fields/", "guide/fields/index.html", _fill_fields)
    yield Page("guide/privacy/", "guide/privacy/index.html", _fill_privacy)
    yield Page("guide/rules/", "guide/rules/index.html", _fill_rules, (site.rules,))
