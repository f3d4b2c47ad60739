"""Hand-written pages; three of them hold references that come from the schemas and from the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jiebang.schemas import KINDS, fields_of, places, resolved_schema, withholdings
from jiebang.site.frames import Frame
from jiebang.site.page import Context, Page, Slots
from jiebang.view import PublicSite, RuleEntry


def nothing(page: Context) -> Slots:
    """Fills a frame that holds nothing of a record."""
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


def plain_pages(frames: Mapping[str, Frame], pages: Iterable[Page]) -> Iterator[Page]:
    """The hand-written pages that hold nothing of a record: ours and a bureau's own, without being named here.

    `frames` by path of the built file, with what is equal on every page filled in; `pages` are all others.
    """
    used = {page.frame for page in pages}
    for path, frame in frames.items():
        if not frame.slots and path not in used and path.endswith("/index.html"):
            yield Page(path.removesuffix("index.html"), path, nothing)


def guide_pages(site: PublicSite) -> Iterator[Page]:
    yield Page("guide/fields/", "guide/fields/index.html", _fill_fields)
    yield Page("guide/privacy/", "guide/privacy/index.html", _fill_privacy)
    yield Page("guide/rules/", "guide/rules/index.html", _fill_rules, (site.rules,))
