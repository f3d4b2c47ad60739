"""One page to be written: where it stands, which frame it uses, and the function and inputs that fill it.

A page is nothing but a function of `inputs` and of its frame, so comparing these tells whether it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import escape

from jiebang.site import json_ld
from jiebang.site.config import SiteConfig
from jiebang.site.files import Planned
from jiebang.site.frames import Frame, Frames
from jiebang.site.place_words import this_place, whole_of_place
from jiebang.site.subscriptions import Subscription
from jiebang.site.templates import Templates
from jiebang.view import City

Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Crumb:
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Meta:
    """Meta tags that government sites carry on an article."""

    published_on: str
    source: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a filling function may use besides its inputs: all follow from the frame's digest, the page's place and the city."""

    templates: Templates
    root: str
    """Relative way to the site's root, e.g. `../../`."""
    path: str
    """The page's own directory address within the site."""
    config: SiteConfig
    city: str = ""
    """The city's name, from which follows what its whole is called."""

    @property
    def whole_place(self) -> str:
        """`全市`, or what people say of a place of another kind."""
        return whole_of_place(self.city)

    def render(self, template: str, **values: object) -> str:
        words = {"whole_place": self.whole_place, "this_place": this_place(self.city)}
        return self.templates.render(template, root=self.root, **words, **values)

    def whole(
        self,
        template: str,
        *,
        title: str,
        description: str,
        crumbs: tuple[Crumb, ...],
        meta: Meta | None = None,
        subscription: Subscription | None = None,
        thing: json_ld.Thing | None = None,
        data: str | None = None,
        **values: object,
    ) -> Slots:
        """All slots of a frame page. `follow`: what readers of the page may want to follow; `thing`: what the page is about;
        `data`: where the same stands as JSON."""
        base = self.config.url or self.root
        way = json_ld.breadcrumbs([(crumb.title, crumb.path) for crumb in crumbs], title, base)
        head = self.render(
            "_meta.html",
            title=title,
            meta=meta,
            subscription=subscription,
            data=data,
            canonical=self.config.address(self.path) if self.config.url else None,
        )
        return {
            "title": str(escape(title)),
            "description": str(escape(description)),
            "meta": head + json_ld.block(way, *((thing,) if thing else ())),
            "crumbs": self.render("_crumbs.html", crumbs=crumbs, title=title),
            "main": self.render(template, title=title, subscription=subscription, **values),
        }


@dataclass(frozen=True, slots=True)
class Page:
    """`fill` is a function of a module; `inputs` can be hashed and pickled."""

    path: str
    """Directory address within the site: empty for the home page, else it ends with `/`."""
    frame: str
    fill: Callable[..., Slots]
    inputs: tuple[Hashable, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.path}index.html"

    @property
    def root(self) -> str:
        return "../" * self.path.count("/") or "./"

    def planned(self, city: City) -> Planned:
        """The page of a city's site."""
        return Planned(self.file, made, (self, city), self.frame)


def made(frames: Frames, page: Page, city: City) -> bytes:
    """The finished page."""
    slots = page.fill(Context(frames.templates, page.root, page.path, frames.config, city.name), *page.inputs)
    return bound(frames, city)[page.frame].render(slots)


@lru_cache(maxsize=4)
def bound(frames: Frames, city: City) -> Mapping[str, Frame]:
    """All frames with what is equal on every page of a city's site, by path of the built file."""
    shared = shared_slots(frames.templates, city, frames.config)
    return {path: frame.with_slots(shared) for path, frame in frames.pages.items()}


def shared_slots(templates: Templates, city: City, config: SiteConfig) -> Slots:
    return {
        "city": str(escape(city.name)),
        "bureau": str(escape(city.bureau)),
        "department": str(escape(city.department)),
        "whole-place": whole_of_place(city.name),
        "banner": templates.render("_banner.html", city=city),
        "contact": templates.render("_contact.html", contact=city.contact),
        # On the home page only.
        "website": json_ld.block(json_ld.website(city, config.name, config.url or "./")),
    }
