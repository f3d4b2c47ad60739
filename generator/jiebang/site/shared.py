"""What is equal on every page of a site: its name, the banner, and whom to ask in the footer."""

from __future__ import annotations

from markupsafe import escape

from jiebang.site import linked
from jiebang.site.config import SiteConfig
from jiebang.site.page import Slots
from jiebang.site.templates import Templates
from jiebang.view import City


def shared_slots(templates: Templates, city: City, config: SiteConfig) -> Slots:
    return {
        "city": str(escape(city.name)),
        "bureau": str(escape(city.bureau)),
        "banner": templates.render("_banner.html", city=city),
        "contact": templates.render("_contact.html", contact=city.contact),
        # On the home page only.
        "website": linked.block(linked.website(city, config.name, config.url or "./")),
    }
