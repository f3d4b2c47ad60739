"""The site as it would be after merging, for the people who review: made by this program from the pull request's records.

Both states are rendered and compared file by file. What is written passes the same gate as a build, says on every page that it is
a preview, asks search engines to stay away, and can be opened from a folder without a web server.

Where a page changes the site is written whole, and where none does nothing is. Of a site of 600 files a changed deadline alters some 20 pages
and as many data files; without the others their links would lead nowhere, search and list would lack their parts, and the check of links and
leaks would see a site that nobody publishes. Packed it is one megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from jiebang.build.making import frames
from jiebang.build.pipeline import Steps
from jiebang.build.refusals import refuse_unsafe
from jiebang.build.staging import staging_for
from jiebang.build.verify import Verifier
from jiebang.catalogue import Catalogue
from jiebang.detection import readings
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.proposal.effect import TEXTS, Effect, Shown, field_title
from jiebang.proposal.judgement import Asked, Judged, States, judged_states
from jiebang.proposal.preexisting import Comparable
from jiebang.proposal.report import sentence
from jiebang.publication import Secrets, publish
from jiebang.publication.disclosure_control.audit import suppress_until_safe
from jiebang.site import Frames, render
from jiebang.site.page import Context, Crumb, shared_slots
from jiebang.view import City, Demand, PublicSite

BANNER = "这是合并请求的预览，内容尚未审核通过，请勿转发。"
NOINDEX = b'<meta name="robots" content="noindex, nofollow, noarchive">'
_ROBOTS = b"User-agent: *\nDisallow: /\n"

_FRAME = "demands/frame/index.html"
_CHANGES = "demands/changes/index.html"
"""As deep as its frame, whose links are relative."""
_ENTRANCE = "changes.html"
_TITLE = "合并之后的变化"
_MOST_PAGES = 300
_HREF = re.compile(rb'(\shref=")((?:\.\.?/|[a-z0-9])[^":#?]*/|\.{1,2}/?)((?:[#?][^"]*)?")')


@dataclass(frozen=True, slots=True)
class Previewed:
    """What was made. `effect` is None, and nothing was written, where errors stand against it, be they the base's, or a key is wanting."""

    problems: tuple[Problem, ...]
    effect: Effect | None
    changed: int = 0
    """Pages that are new or differ. Nothing is written where there are none."""
    closed: int = 0
    """How many sealed records could not be opened for it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One public text of a demand, before and after; None where it says what is hidden now: then it is not shown."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A demand on the page of changes, with the texts that differ: none where it comes, goes or only its enterprise changes."""

    shown: Shown
    texts: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`linked`: the demands have pages in the preview."""

    heading: str
    demands: tuple[Item, ...]
    linked: bool = True


def build_preview(asked: Asked, out: Path, steps: Steps) -> Previewed:
    """Builds the preview into `out`. Raises UserError like a build: for a leak, a broken link, a full disk."""
    with judged_states(asked) as (judged, states):
        if states is None or states.comparable is None or judged.effect is None:
            return Previewed(judged.problems, None, closed=judged.closed)
        return _write(asked, judged, judged.effect, states, states.comparable, out, steps)


def _site(catalogue: Catalogue, maps: Maps) -> PublicSite:
    """A state's view, marked as a preview. Without git's dates: the two sides must differ by their records alone."""
    site = suppress_until_safe(publish(catalogue, {}).site, maps=maps).site
    return replace(site, city=_marked(site.city))


def _marked(city: City) -> City:
    return replace(city, banner=BANNER + (city.banner or ""))


def _write(
    asked: Asked, judged: Judged, effect: Effect, states: States, both: Comparable, out: Path, steps: Steps
) -> Previewed:
    old_site, new_site = _site(both.before, states.maps), _site(both.after, states.maps)
    same = old_site == new_site
    if same and states.secrets[0].key == states.secrets[1].key:
        # The same pages, and nothing new that must not stand on them: most requests of a district.
        return Previewed(judged.problems, effect)
    secrets = Secrets(states.after)
    framed = frames(asked.repository)
    tick = steps.step("生成主分支的网页", 0)
    olds = {}
    for number, output in enumerate(render(old_site, framed), 1):
        olds[output.path] = sha256(output.content).digest()
        tick(number)
    verifier = Verifier(secrets, framed.assets)
    verifier.read_view(new_site, both.after)
    changed: dict[str, str] = {}
    with staging_for(out, asked.repository / "catalogue", asked.repository) as staging:

        def put(path: str, content: bytes) -> None:
            content = for_reviewers(path, content)
            verifier.take(path, content)
            staging.write(path, content)

        tick = steps.step("生成合并后的网页", 0)
        for number, output in enumerate(render(new_site, framed), 1):
            if output.path.endswith(".html") and olds.get(output.path) != sha256(output.content).digest():
                changed[output.path] = _title_of(output.content)
            put(output.path, output.content)
            tick(number)
        if same:
            refuse_unsafe(verifier)
            return Previewed(judged.problems, effect)
        page = _changes_page(framed, new_site, effect, _sections(effect, old_site, new_site, secrets), changed)
        put(_CHANGES, page)
        put(_ENTRANCE, _entrance())
        put("robots.txt", _ROBOTS)
        refuse_unsafe(verifier)
        staging.mark(len(new_site.demands))
        staging.keep()
    return Previewed(judged.problems, effect, len(changed))


def for_reviewers(path: str, content: bytes) -> bytes:
    """A page that no search engine keeps and whose links work in a folder too; other files as they are.

    Raises ValueError for a page without a head: it could not be marked, so it must not go out.
    """
    if not path.endswith(".html"):
        return content
    marked = re.sub(rb"<head>", b"<head>\n    " + NOINDEX, content, count=1)
    if marked == content:
        raise ValueError(f"{path} has no head")
    return _HREF.sub(_with_index, marked)


def _with_index(link: re.Match[bytes]) -> bytes:
    target = link[2] if link[2].endswith(b"/") else link[2] + b"/"
    return link[1] + target + b"index.html" + link[3]


def _title_of(page: bytes) -> str:
    """The page's own heading, as text; pages without one go by their title."""
    found = re.search(rb"<h1[^>]*>(.*?)</h1>", page, re.DOTALL) or re.search(rb"<title>(.*?)</title>", page, re.DOTALL)
    inner = found[1].decode() if found else ""
    return Markup(inner).striptags()  # noqa: S704 - our own page; the tags are dropped


def _sections(effect: Effect, old: PublicSite, new: PublicSite, secrets: Secrets) -> tuple[Section, ...]:
    befores = {demand.id: demand for demand in old.demands}
    afters = {demand.id: demand for demand in new.demands}
    edited = (Item(shown, tuple(_texts(befores[shown.id], afters[shown.id], secrets))) for shown in effect.edited)
    return (
        Section("将公开", tuple(map(Item, effect.appearing))),
        Section("公开内容有修改", tuple(edited)),
        Section("将撤下", tuple(map(Item, effect.leaving)), linked=False),
    )


def _texts(before: Demand, after: Demand, secrets: Secrets) -> Iterator[Comparison]:
    """The public texts that differ. An old text may hold a name that is hidden now, its own enterprise's or another's."""
    wary = before.enterprise.name is not None and after.enterprise.name is None
    for name in TEXTS:
        was, now = getattr(before, name) or "", getattr(after, name) or ""
        if was != now:
            unsaid = wary or any(True for reading in readings(was) for _ in secrets.search(reading))
            yield Comparison(field_title(name), None if unsaid else was, now)


def _changes_page(
    framed: Frames,
    site: PublicSite,
    effect: Effect,
    sections: tuple[Section, ...],
    changed: Mapping[str, str],
) -> bytes:
    demands = {f"demands/{shown.id.lower()}/index.html" for shown in (*effect.appearing, *effect.edited)}
    others = [(path, title) for path, title in sorted(changed.items()) if path not in demands]
    slots = Context(
        framed.templates, "../../", _CHANGES.removesuffix("index.html"), framed.config, site.city.name
    ).whole(
        "preview.html",
        title=_TITLE,
        description=BANNER,
        crumbs=(Crumb("需求", "demands/"),),
        sentence=sentence(effect),
        sections=sections,
        others=others[:_MOST_PAGES],
        more=max(0, len(others) - _MOST_PAGES),
        whole=True,
    )
    return framed.pages[_FRAME].with_slots(shared_slots(framed.templates, site.city, framed.config)).render(slots)


def _entrance() -> bytes:
    """A file at the top of the folder that leads to the page: who unpacks an archive finds it at once."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={_CHANGES}">\n<title>{_TITLE}</title>\n</head>\n'
        f'<body><p>{BANNER}</p><p><a href="{_CHANGES}">{_TITLE}</a></p></body>\n</html>\n'
    ).encode()
