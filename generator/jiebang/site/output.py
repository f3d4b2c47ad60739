"""Every file of the site: assets, the list's columns, the rows for searching, exports, pages, and two files for web servers. Planned
first, then made one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from jiebang.site.assets import hashed_path
from jiebang.site.columns import list_files
from jiebang.site.exports import export_files
from jiebang.site.files import Output, Planned
from jiebang.site.frames import Frame, Frames
from jiebang.site.memo import Memo
from jiebang.site.page import Context, Page
from jiebang.site.pages import all_pages
from jiebang.site.pages.demands import ListSources
from jiebang.site.search import rows_file
from jiebang.site.shared import shared_slots
from jiebang.site.shelves import Shelves, shelves_of
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
    return bound[page.frame].fill(page.fill(Context(frames.templates, page.root), *page.inputs))


def _pages(
    site: PublicSite, shelves: Shelves, sources: ListSources, frames: Frames, bound: Mapping[str, Frame]
) -> Iterator[Planned]:
    for page in all_pages(site, shelves, sources):
        yield Planned(page.file, partial(_filled, page, frames, bound), (site.city, page.frame, page.inputs))


def _given(path: str, content: bytes) -> Planned:
    return Planned(path, lambda: content)


def render(site: PublicSite, frames: Frames, memo: Memo | None = None) -> Rendering:
    """Every file of the site. With a memo, pages whose inputs are those of the last run are not rendered again."""
    shelves = shelves_of(site)
    shared = shared_slots(frames.templates, site.city)
    bound = {path: frame.bind(shared) for path, frame in frames.pages.items()}
    rows = rows_file(site, shelves)
    rows_path = hashed_path("demands.json", rows)
    listed = list_files(site, shelves)
    sources = ListSources(listed.columns.path, listed.ids.path, rows_path)
    return Rendering(
        [
            *(_given(asset.path, asset.content) for asset in frames.assets),
            _given(rows_path, rows),
            _given(listed.columns.path, listed.columns.content),
            _given(listed.ids.path, listed.ids.content),
            *export_files(site, shelves, frames.config),
            *_pages(site, shelves, sources, frames, bound),
            Planned(_NOT_FOUND, partial(bound[_NOT_FOUND].fill, {})),
            # GitHub Pages would otherwise run the site through Jekyll.
            _given(".nojekyll", b""),
        ],
        frames.digest,
        memo,
    )
