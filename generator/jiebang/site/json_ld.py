"""What a page is about, for search engines: schema.org as JSON-LD in a block of data, which no browser runs.

A block of data is outside a content security policy's reach; what could end it or open a comment is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jiebang.site import labels
from jiebang.site.text import excerpt
from jiebang.view import City, Demand

Thing = Mapping[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def block(*things: Thing) -> str:
    """The element that holds the data."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    text = _ENCODER.encode(graph)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return f'<script type="application/ld+json">{text}</script>'


def organisation(city: City) -> Thing:
    contact = city.contact
    point = {"@type": "ContactPoint", "contactType": contact.office, "telephone": contact.phone}
    return {
        "@type": "GovernmentOrganization",
        "name": city.bureau,
        "areaServed": {"@type": "City", "name": city.name},
        "contactPoint": point | ({"email": contact.email} if contact.email else {}),
    }


def website(city: City, name: str, root: str) -> Thing:
    """The site itself with its search."""
    return {
        "@type": "WebSite",
        "name": f"{city.name}{name}",
        "url": root,
        "inLanguage": "zh-CN",
        "publisher": organisation(city),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{root}demands/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(crumbs: Iterable[tuple[str, str]], title: str, root: str) -> Thing:
    """The way from the home page, by (title, path); the page itself stands last, without an address."""
    way = [("首页", root), *((name, f"{root}{path}") for name, path in crumbs)]
    steps: list[Thing] = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(way, 1)
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [*steps, {"@type": "ListItem", "position": len(steps) + 1, "name": title}],
    }


def demand_thing(demand: Demand, district: str | None, city: City) -> Thing:
    """A public search for a service. The vocabulary has no word for who searches, so the enterprise is not in it."""
    return {
        "@type": "Demand",
        "name": demand.title,
        "description": excerpt(demand.summary),
        "identifier": [demand.id, demand.code],
        "availabilityStarts": demand.published_on,
        "availabilityEnds": demand.apply_by,
        "itemOffered": {
            "@type": "Service",
            "name": demand.title,
            **({"serviceType": demand.field} if demand.field else {}),
        },
        "areaServed": {"@type": "AdministrativeArea", "name": district or city.name},
        "disambiguatingDescription": f"{labels.state_name(demand.status)}的技术创新需求",
    }
