"""Every file of the site, one after another: assets, the rows for searching, pages, and two files for web servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from jiebang.site.assets import hashed_path
from jiebang.site.frames import Frame, Frames
from jiebang.site.memo import Memo
from jiebang.site.page import Context, Page
from jiebang.site.pages import all_pages
from jiebang.site.search import rows_file
from jiebang.site.shared import shared_slots
from jiebang.site.shelves import shelves_of
from jiebang.view import PublicSite

_NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class Output:
    """One file: `path` is relative to the site's root, with forward slashes."""

    path: str
    content: bytes


def _filled(page: Page, frames: Frames, bound: Mapping[str, Frame]) -> bytes:
    return bound[page.frame].fill(page.fill(Context(frames.templates, page.root), *page.inputs))


def render(site: PublicSite, frames: Frames, memo: Memo | None = None) -> Iterator[Output]:
    """Every file of the site. With a memo, pages whose inputs are those of the last run are not rendered again."""
    for asset in frames.assets:
        yield Output(asset.path, asset.content)
    if memo is not None:
        memo.start()
    shelves = shelves_of(site)
    rows = rows_file(site, shelves)
    rows_path = hashed_path("demands.json", rows)
    yield Output(rows_path, rows)
    del rows

    shared = shared_slots(frames.templates, site.city)
    bound = {path: frame.bind(shared) for path, frame in frames.pages.items()}
    for page in all_pages(site, shelves, rows_path):
        if memo is None:
            content = _filled(page, frames, bound)
        else:
            inputs = (frames.digest, site.city, page.frame, page.inputs)
            content = memo.page(page.file, inputs, partial(_filled, page, frames, bound))
        yield Output(page.file, content)
    if memo is not None:
        memo.finish()

    yield Output(_NOT_FOUND, bound[_NOT_FOUND].fill({}))
    # GitHub Pages would otherwise run the site through Jekyll.
    yield Output(".nojekyll", b"")


def count_outputs(site: PublicSite, frames: Frames) -> int:
    """How many files `render` will yield."""
    pages = sum(1 for _ in all_pages(site, shelves_of(site), ""))
    return len(frames.assets) + pages + 3
