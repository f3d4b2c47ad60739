"""What `mkdocs.yml` says about the site as a whole, as far as files made from records need it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Part of the frames' digest, like everything in `mkdocs.yml`."""

    name: str
    description: str
    url: str = ""
    """Where the site stands, ending in `/`; empty where nobody has said."""
    licence_title: str = ""
    """Terms of use of the data, where the city has chosen some by name; else those of the page about the site hold."""
    licence_url: str = ""

    def address(self, path: str) -> str:
        """The full address of a path in the site; the path itself where the site's address is not known."""
        return self.url + path
