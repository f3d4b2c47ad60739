"""A site all of whose texts are hostile, and its twin in which the same texts are tame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any, TypeVar
from unittest import mock
from xml.sax.saxutils import escape

import pytest

from jiebang.mapping import Maps
from jiebang.site import Frames, load_frames, render
from jiebang.site.district_map import map_in
from jiebang.site.external import ExternalDemand, Source
from jiebang.site.similar import Alike, Text
from jiebang.view import PublicSite
from jiebang.workspace import cache_folder
from tests.conftest import ROOT, shared_value
from tests.hostile.payloads import PAYLOADS, tamed
from tests.site import samples

T = TypeVar("T")

CODES = frozenset({
    "id", "slug", "kind", "round", "district", "status", "period", "date", "opens_on", "closes_on", "submit_by", "apply_by", "select_by", "published_on",
    "selected_on", "concluded_on", "withdrawn_on", "first_published", "last_changed", "section", "division", "nature", "type", "field", "category", "cooperation",
    "demand_types", "severity", "gbt2260", "scope", "key", "url", "phone", "email",
})  # fmt: skip
"""Attributes of the view that are no free text: ids, days, choices of a list, and what has a shape of its own."""
_LONG = frozenset({"summary", "parameters", "effect", "introduction"})
_MANY = 24


def _filled(value: T, texts: Iterator[str]) -> T:
    """The same value, every free text in it replaced."""

    def one(name: str, old: Any) -> Any:
        if name == "url" and old:
            # The schema sees to the scheme; everything behind it may be typed.
            return "https://example.org/?" + "".join(next(texts).split())
        if name in CODES:
            return old
        if isinstance(old, str):
            return "\n".join(next(texts) for _ in range(_MANY)) if name in _LONG else f"甲{next(texts)}"
        if isinstance(old, tuple):
            return tuple(one(name, item) for item in old)
        return _filled(old, texts) if is_dataclass(old) else old

    return replace(value, **{field.name: one(field.name, getattr(value, field.name)) for field in fields(value)})  # type: ignore[type-var, arg-type]  # only dataclasses come here


def _view(texts: Iterator[str]) -> PublicSite:
    site = samples.make_site(14)
    # A field that is empty in the sample would not be filled.
    demands = tuple(replace(d, enterprise=replace(d.enterprise, name="甲")) for d in site.demands)
    rounds = tuple(replace(r, introduction="甲", notice=replace(r.notice, number="甲")) for r in site.rounds)
    return _filled(replace(site, demands=demands, rounds=rounds), texts)


def _term(number: int, which: str, texts: Iterator[str]) -> str:
    """A term of the list of synonyms, in which commas part terms, as YAML writes it."""
    text = next(texts)[:12].translate(dict.fromkeys(map(ord, ",，、")))
    return f"ka{number}{which}" + "".join(f"\\U{ord(sign):08x}" for sign in text)


def _frames(frames: Frames, texts: Iterator[str]) -> Frames:
    def told() -> ExternalDemand:
        names = ("title", "code", "summary", "parameters", "field")
        return ExternalDemand(**{name: f"甲{next(texts)}" for name in names}, url="https://example.org/x")

    sources = tuple(
        Source(f"甲{next(texts)}", kind, "https://example.org/", "2030-01-01", tuple(told() for _ in range(20)))
        for kind in ("国家", "外地")
    )
    labels = "".join(f'<text x="1" y="{n}">{escape(next(texts)[:30])}</text>' for n in range(40))
    labels += "".join(
        f'<rect x="{n}" y="1" width="9" height="9" data-district="{d.slug}"/>' for n, d in enumerate(samples.DISTRICTS)
    )
    drawn = map_in(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">{labels}</svg>'.encode())
    groups = "\n".join(f'  - "{_term(n, "x", texts)}、{_term(n, "y", texts)}"' for n in range(40))
    config = replace(frames.config, url="https://example.org/n/", licence_title=f"甲{next(texts)}")
    return replace(
        frames,
        external=sources,
        district_map=drawn,
        synonyms=(*frames.synonyms, f"甲:\n{groups}\n".encode()),
        config=config,
    )


def _next_two(texts: tuple[Text, ...], _maps: Maps | None = None) -> dict[str, tuple[Alike, ...]]:
    following = [*texts[1:], *texts[:2]]
    return {
        text.id: tuple(Alike(other.id, (other.title, other.summary)) for other in following[place : place + 2])
        for place, text in enumerate(texts)
    }


def texts_of(payloads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each text of the hostile view, with the name of its attribute."""

    def within(name: str, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, tuple):
            for item in value:
                yield from within(name, item)
        elif is_dataclass(value):
            for field in fields(value):
                yield from within(field.name, getattr(value, field.name))

    yield from within("", _view(cycle(payloads)))


def twins(factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The hostile site and its tame twin, rendered once for exports and pages."""

    def rendered() -> tuple[dict[str, bytes], dict[str, bytes]]:
        frames = load_frames(ROOT, cache_folder(ROOT))
        return files_of(frames, str), files_of(frames, tamed)

    return shared_value(factory, "twins", rendered)


def files_of(frames: Frames, spell: Callable[[str], str]) -> dict[str, bytes]:
    """Every file of the site in which each payload stands, spelt in this way."""
    texts = cycle([spell(payload) for payload in PAYLOADS])
    view = _view(texts)
    # Hostile and tame texts resemble others: each demand is told to be near the next two, for a hostile reason.
    with mock.patch("jiebang.site.similar.alike", _next_two):
        return {output.path: output.content for output in render(view, _frames(frames, texts))}
