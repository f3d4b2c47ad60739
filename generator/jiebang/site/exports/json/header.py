"""What stands above every list of the data: what it is, whose, under which terms, and the last day that something in it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiebang.site import labels, paths
from jiebang.site.config import SiteConfig
from jiebang.view import City, Demand, PublicSite


@dataclass(frozen=True, slots=True)
class Origin:
    """What all lists of a site say of themselves. `updated`: see `last_day`."""

    city: City
    config: SiteConfig
    updated: str | None

    @property
    def name(self) -> str:
        """What the catalogue is called."""
        return f"{self.city.name}{self.config.name}"

    def header(self, title: str, count: int) -> dict[str, Any]:
        return {
            "title": f"{self.name}：{title}",
            "publisher": publisher(self.city),
            "licence": licence(self.config),
            "site": self.config.url or None,
            "updated": self.updated,
            "count": count,
        }


def origin_of(site: PublicSite, config: SiteConfig) -> Origin:
    return Origin(site.city, config, last_day(site))


def publisher(city: City) -> dict[str, Any]:
    """The city's bureau with its office's own contact."""
    contact = city.contact
    return {"name": city.bureau, "office": contact.office, "phone": contact.phone, "email": contact.email}


def licence(config: SiteConfig) -> dict[str, Any]:
    """The terms of use. Where the city named none, those of the page about the site."""
    if config.licence_title:
        return {"title": config.licence_title, "url": config.licence_url or None}
    return {"title": labels.LICENCE_TITLE, "url": config.address(paths.LICENCE_PATH)}


def changed_on(demand: Demand) -> str:
    """The last day that readers could have seen something new of a demand, as far as the catalogue tells."""
    days = (demand.published_on, demand.selected_on, demand.concluded_on, demand.first_published, demand.last_changed)
    return max(day for day in days if day is not None)


def last_day(site: PublicSite) -> str | None:
    """The last such day of the whole site; None for a site without demands and rounds. Never today's date."""
    days = [
        *(changed_on(demand) for demand in site.demands),
        *(stone.withdrawn_on for stone in site.withdrawn),
        *(round_.opens_on for round_ in site.rounds),
    ]
    return max(days, default=None)
