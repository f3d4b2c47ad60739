"""Hand-written pages; four of them hold references that come from the schemas and from the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jiebang.schemas import KINDS, field_at, fields_of, places, resolved_schema, withholdings
from jiebang.schemas.lifecycle import State, lifecycle
from jiebang.site.frames import Frame
from jiebang.site.page import Context, Page, Slots
from jiebang.site.state_diagram import state_drawing
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


def _fill_year(page: Context) -> Slots:
    kinds = [
        (kind, resolved_schema(kind)["title"], state_drawing(kind), [*map(_row, lifecycle(kind).values())])
        for kind in ("demand", "application")
    ]
    return {"lifecycle": page.render("guide_lifecycle.html", kinds=kinds)}


def _row(state: State) -> dict[str, object]:
    """What the table says of a state: what a record must say in it, and which state may follow by whose hand."""
    states = lifecycle(state.kind)
    needs = [field.title for path in (*state.required, *state.carries) if (field := field_at(state.kind, path))]
    nexts = []
    for move in state.moves:
        target = states[move.target].title
        step = move.title if target in move.title else f"{move.title}，变为{target}"
        nexts.append(f"{step}（{'、'.join(role.bureau for role in move.by)}）")
    return {"title": state.title, "value": state.value, "needs": needs, "nexts": nexts}


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
    yield Page("guide/year/", "guide/year/index.html", _fill_year)
    yield Page("guide/rules/", "guide/rules/index.html", _fill_rules, (site.rules,))
