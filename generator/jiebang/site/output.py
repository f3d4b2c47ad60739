"""Every file of the site: assets, the list's columns, the search index, exports, pages, and two files for web servers. Planned first,
then made one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from jiebang.mapping import Maps
from jiebang.memory import give_back
from jiebang.site import paths
from jiebang.site.columns import list_files
from jiebang.site.config import SiteConfig
from jiebang.site.district_map import with_districts
from jiebang.site.exports import export_files
from jiebang.site.exports.json.header import changed_on
from jiebang.site.exports.sitemap import sitemap_files
from jiebang.site.external import refuse_private
from jiebang.site.files import Output, Planned, given
from jiebang.site.frames import Frames
from jiebang.site.grouping import GroupedDemands, group_demands
from jiebang.site.page import Page, bound, made
from jiebang.site.pages import all_pages
from jiebang.site.pages.demands import ListSources
from jiebang.site.pages.guides import nothing, plain_pages
from jiebang.site.share_card import card_files
from jiebang.site.synonyms import synonyms_in
from jiebang.view import PublicSite

_NOT_FOUND = "404.html"
_MANY = 5000
"""From so many demands on other processes are worth starting, see `Maps.begin_anew`."""


class Rendering:
    """The files of one site: `len` tells how many there will be, iterating makes them."""

    def __init__(self, planned: list[Planned], frames: Frames) -> None:
        self._planned = planned
        self._frames = frames

    def __len__(self) -> int:
        return len(self._planned)

    def __iter__(self) -> Iterator[Output]:
        for file in self._planned:
            yield Output(file.path, file.content(self._frames))


def _sitemap(pages: Iterable[Page], site: PublicSite, config: SiteConfig) -> Iterator[Planned]:
    changed = {paths.demand_path(demand.id): changed_on(demand) for demand in site.demands}
    listed = [(page.path, changed.get(page.path)) for page in pages if not page.path.startswith("embed/")]
    for file in sitemap_files(listed, config):
        yield given(file.path, file.content)


def _with_cards(
    pages: Iterable[Page], site: PublicSite, grouped: GroupedDemands, config: SiteConfig
) -> Iterator[Planned]:
    """The pages, each demand's card after its page: both hold the same QR code."""
    cards = {PurePosixPath(card.path).parent: card for card in card_files(site, grouped, config)}
    for page in pages:
        yield page.planned(site.city)
        card = cards.get(PurePosixPath(page.path))
        if card is not None:
            yield card


def planned(site: PublicSite, frames: Frames, maps: Maps) -> list[Planned]:
    """Every file of the site, in the order in which they are made."""
    # numpy comes with it: who only plans another site's preview, or serves what is kept, need not wait for it.
    from jiebang.site.matching.files import match_file
    from jiebang.site.search import recalled_index

    if len(site.demands) >= _MANY:
        maps.begin_anew()
    grouped = group_demands(site)
    listed = list_files(site, grouped)
    synonyms = synonyms_in(frames.synonyms)
    index = recalled_index(grouped.told, synonyms, maps)
    match = match_file(site.demands, synonyms, maps)
    give_back()
    sources = ListSources(listed.columns.path, listed.ids.path, index.manifest_path)
    refuse_private(frames.external)
    pages = list(
        all_pages(site, grouped, sources, frames.external, with_districts(frames.district_map, site.districts), maps)
    )
    pages += plain_pages(bound(frames, site.city), pages)
    give_back()
    return [
        *(given(asset.path, asset.content) for asset in frames.assets),
        given(listed.columns.path, listed.columns.content),
        given(listed.ids.path, listed.ids.content),
        *index.files(),
        match,
        *export_files(site, grouped, frames.config),
        *_with_cards(pages, site, grouped, frames.config),
        *_sitemap(pages, site, frames.config),
        Planned(_NOT_FOUND, made, (Page("", _NOT_FOUND, nothing), site.city), _NOT_FOUND),
        # GitHub Pages would otherwise run the site through Jekyll.
        given(".nojekyll", b""),
    ]


def render(site: PublicSite, frames: Frames) -> Rendering:
    """Every file of the site."""
    return Rendering(planned(site, frames, Maps(jobs=1)), frames)
