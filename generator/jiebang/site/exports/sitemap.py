"""`sitemap.xml` and `robots.txt` for search engines. A sitemap holds whole addresses only, so there is none while the site's is not set."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from jiebang.site.config import SiteConfig
from jiebang.site.files import Output

MOST = 50_000
"""Addresses a file may hold."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WITHOUT = "# 没有 sitemap：mkdocs.yml 里没有填写 site_url，而 sitemap 只能写完整网址。\n"

Entry = tuple[str, str | None]
"""(path, day of the last change as far as it is known)"""


def _file(entries: Sequence[Entry], config: SiteConfig) -> str:
    lines = []
    for path, day in entries:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(config.address(path))}</loc>{changed}</url>\n")
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{"".join(lines)}</urlset>\n'


def sitemap_files(entries: Sequence[Entry], config: SiteConfig) -> list[Output]:
    """One file, or an index of several."""
    if not config.url:
        return [Output("robots.txt", f"User-agent: *\nAllow: /\n{_WITHOUT}".encode())]
    robots = f"User-agent: *\nAllow: /\nSitemap: {config.address('sitemap.xml')}\n"
    made = [Output("robots.txt", robots.encode())]
    if len(entries) <= MOST:
        return [*made, Output("sitemap.xml", _file(entries, config).encode())]
    names = []
    for number, start in enumerate(range(0, len(entries), MOST), 1):
        names.append(f"sitemap-{number}.xml")
        made.append(Output(names[-1], _file(entries[start : start + MOST], config).encode()))
    lines = "".join(f"<sitemap><loc>{escape(config.address(name))}</loc></sitemap>\n" for name in names)
    return [*made, Output("sitemap.xml", f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{lines}</sitemapindex>\n'.encode())]
