"""One page to be written: where it stands, which frame it uses, and the function and inputs that fill it.

A page is nothing but a function of `inputs`, so comparing inputs tells whether it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from markupsafe import escape

from jiebang.site.templates import Templates

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
    """What a filling function may use besides its inputs: both follow from the frame's digest and the page's place."""

    templates: Templates
    root: str
    """Relative way to the site's root, e.g. `../../`."""

    def render(self, template: str, **values: object) -> str:
        return self.templates.render(template, root=self.root, **values)

    def whole(
        self,
        template: str,
        *,
        title: str,
        description: str,
        crumbs: tuple[Crumb, ...],
        meta: Meta | None = None,
        **values: object,
    ) -> Slots:
        """All slots of a frame page."""
        return {
            "title": str(escape(title)),
            "description": str(escape(description)),
            "meta": self.render("_meta.html", title=title, meta=meta) if meta else "",
            "crumbs": self.render("_crumbs.html", crumbs=crumbs, title=title),
            "main": self.render(template, title=title, **values),
        }


@dataclass(frozen=True, slots=True)
class Page:
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
