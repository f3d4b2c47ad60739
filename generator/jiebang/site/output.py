"""Every file of the site: assets, the list's columns, the search index, exports, pages, and two files for web servers. Planned first,
then made one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from jiebang.site import paths
from jiebang.site.columns import list_files
from jiebang.site.config import SiteConfig
from jiebang.site.exports import export_files
from jiebang.site.exports.json.header import changed_on
from jiebang.site.exports.sitemap import sitemap_files
from jiebang.site.files import Output, Planned
from jiebang.site.frames import Frame, Frames
from jiebang.site.grouping import group_demands
from jiebang.site.memo import Memo
from jiebang.site.page import Context, Page, shared_slots
from jiebang.site.pages import all_pages
from jiebang.site.pages.demands import ListSources
from jiebang.site.pages.guides import plain_pages
from jiebang.site.search import build_index
from jiebang.view import PublicSite

_NOT_FOUND = "404.html"


class Rendering:
    """The files of one site: `len` tells how many there will be, iterating makes them."""

    def __init__(self, planned: list[Planned], digest: str, memo: Memo | None) -> None:
        self._planned = planned
        self._digest = digest
        self._memo = memo

    def __len__(self) -> int:
        return len(self._planned)

    def __iter__(self) -> Iterator[Output]:
        if self._memo is not None:
            self._memo.start()
        for file in self._planned:
            yield Output(file.path, self._made(file))
        if self._memo is not None:
            self._memo.finish()

    def _made(self, file: Planned) -> bytes:
        if self._memo is None or file.inputs is None:
            return file.make()
        return self._memo.page(file.path, (self._digest, *file.inputs), file.make)


def _filled(page: Page, frames: Frames, bound: Mapping[str, Frame]) -> bytes:
    return bound[page.frame].render(
        page.fill(Context(frames.templates, page.root, page.path, frames.config), *page.inputs)
    )


def _planned(pages: Iterable[Page], site: PublicSite, frames: Frames, bound: Mapping[str, Frame]) -> Iterator[Planned]:
    for page in pages:
        yield Planned(page.file, partial(_filled, page, frames, bound), (site.city, page.frame, page.inputs))


def _given(path: str, content: bytes) -> Planned:
    return Planned(path, lambda: content)


def _sitemap(pages: Iterable[Page], site: PublicSite, config: SiteConfig) -> Iterator[Planned]:
    changed = {paths.demand_path(demand.id): changed_on(demand) for demand in site.demands}
    listed = [(page.path, changed.get(page.path)) for page in pages if not page.path.startswith("embed/")]
    for file in sitemap_files(listed, config):
        yield _given(file.path, file.content)


def render(site: PublicSite, frames: Frames, memo: Memo | None = None) -> Rendering:
    """Every file of the site. With a memo, pages whose inputs are those of the last run are not rendered again."""
    grouped = group_demands(site)
    shared = shared_slots(frames.templates, site.city, frames.config)
    bound = {path: frame.with_slots(shared) for path, frame in frames.pages.items()}
    listed = list_files(site, grouped)
    index = build_index(grouped.told)
    sources = ListSources(listed.columns.path, listed.ids.path, index.manifest_path)
    pages = list(all_pages(site, grouped, sources))
    pages += plain_pages(bound, pages)
    return Rendering(
        [
            *(_given(asset.path, asset.content) for asset in frames.assets),
            _given(listed.columns.path, listed.columns.content),
            _given(listed.ids.path, listed.ids.content),
            *index.files(),
            *export_files(site, grouped, frames.config),
            *_planned(pages, site, frames, bound),
            *_sitemap(pages, site, frames.config),
            Planned(_NOT_FOUND, partial(bound[_NOT_FOUND].render, {})),
            # GitHub Pages would otherwise run the site through Jekyll.
            _given(".nojekyll", b""),
        ],
        frames.digest,
        memo,
    )
