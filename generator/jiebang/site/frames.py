"""Frames: the engine's pages, cut at their slots, kept by a hash of everything that goes into them.

A frame depends on `site/`, `mkdocs.yml`, what a bureau's workspace puts over them, and the engine's version, never on a record; so it
is built once, and a record can never open a slot: frames are cut before any text of a record comes near them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jiebang.errors import UserError, reason_of
from jiebang.mapping import Maps
from jiebang.site.assets import Asset, AssetError, collect
from jiebang.site.config import SiteConfig
from jiebang.site.district_map import DistrictMap, map_file, map_in
from jiebang.site.engine import VERSIONS, EngineError, build_pages
from jiebang.site.external import Source, external_file, sources_in
from jiebang.site.own import NOTHING, SLOT, Own, read_own
from jiebang.site.reader import reader_assets
from jiebang.site.synonyms import Files, synonym_files
from jiebang.site.templates import Templates
from jiebang.site.whitespace import collapsed
from jiebang.whole_files import scratch_folder, through_to_disk
from jiebang.workspace import PAGES, SETTINGS

_CONFIG = "site.json"
_TO_EXTERNAL = re.compile(r"<li data-external>.*?</li>", re.DOTALL)
"""The footer's link to the demands of elsewhere: taken out where there are none, for there is no such page then."""
_KEPT = "frames 6"
"""What a kept folder holds: changed with it, so that folders of an earlier version are not taken for ours."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page with holes: `parts[0] slots[0] parts[1] slots[1] … parts[-1]`."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Frame:
        pieces = SLOT.split(html)
        return cls(parts=tuple(pieces[::2]), slots=tuple(pieces[1::2]))

    def _pieces(self, values: Mapping[str, str]) -> Iterator[str]:
        yield self.parts[0]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            yield values[slot]
            yield part

    def render(self, values: Mapping[str, str]) -> bytes:
        """The finished page. Raises KeyError for a slot without a value: a page with a hole must never go out."""
        return "".join(self._pieces(values)).encode()

    def with_slots(self, values: Mapping[str, str]) -> Frame:
        """The same frame with some slots already filled, for what is equal on every page of a site."""
        parts, slots = [self.parts[0]], []
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            if slot in values:
                parts[-1] += values[slot] + part
            else:
                slots.append(slot)
                parts.append(part)
        return Frame(tuple(parts), tuple(slots))


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Everything of the site that no record can change; it can be pickled. `digest` names the exact state of it."""

    pages: Mapping[str, Frame]
    """By path of the built file, e.g. `demands/frame/index.html`."""
    assets: tuple[Asset, ...]
    templates: Templates
    config: SiteConfig
    digest: str
    synonyms: Files = ()
    """The lists of synonyms, unread (`synonyms_in`)."""
    external: tuple[Source, ...] = ()
    """Demands of elsewhere, not yet looked through (`refuse_private`)."""
    district_map: DistrictMap | None = None
    """The bureau's map, its marks not yet held against the districts (`with_districts`)."""

    def state(self, frame: str) -> str:
        """Names all that a page takes from here beside its inputs: this frame, the templates, the settings."""
        parts = self.pages[frame]
        state = sha256(f"{self.templates.digest}\0{self.config!r}\0{parts.slots!r}\0".encode())
        for part in parts.parts:
            state.update(f"{len(part)}\0{part}".encode())
        return state.hexdigest()


def _files(home: Path) -> list[Path]:
    """What goes into a frame, in a stable order."""
    folders = (home / "site" / "pages", home / "site" / "theme")
    found = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [home / "mkdocs.yml", *sorted(found)]


def _digest(home: Path, files: Iterable[Path], *more: str) -> str:
    state = sha256()
    for file in files:
        content = file.read_bytes()
        state.update(f"{file.relative_to(home).as_posix()}\0{len(content)}\0".encode())
        state.update(content)
    for text in more:
        state.update(f"\0{text}".encode())
    return state.hexdigest()


def _build(home: Path, own: Own, target: Path, assets: tuple[Asset, ...]) -> None:
    """Build aside and rename, so that a build cut short leaves nothing that looks finished."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(target.parent) as scratch:
        built, kept = scratch / "built", scratch / "kept"
        config = build_pages(home, built, assets, own)
        # Only pages are kept: the engine's own style sheets and scripts are used by none of them.
        for page in built.rglob("*.html"):
            copy = kept / page.relative_to(built)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(collapsed(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        (kept / _CONFIG).write_text(json.dumps(asdict(config)), encoding="utf-8")
        through_to_disk(kept)
        try:
            kept.rename(target)
        except OSError:
            # Another build was quicker; the hash says that its frames are ours.
            if not target.is_dir():
                raise


@lru_cache(maxsize=4)
def _read(
    folder: Path,
    fragments: Path,
    cache: Path,
    assets: tuple[Asset, ...],
    synonyms: Files,
    external: tuple[Source, ...],
    district_map: DistrictMap | None,
    digest: str,
) -> Frames:
    """The kept frames and templates, read once per process and state: `digest` names everything that they depend on."""
    pages = {
        file.relative_to(folder).as_posix(): Frame.cut(
            file.read_text(encoding="utf-8") if external else _TO_EXTERNAL.sub("", file.read_text(encoding="utf-8"))
        )
        for file in sorted(folder.rglob("*.html"))
    }
    config = SiteConfig(**json.loads((folder / _CONFIG).read_text(encoding="utf-8")))
    return Frames(pages, assets, Templates(fragments, cache), config, digest, synonyms, external, district_map)


def load_frames(home: Path, cache: Path, workspace: Path | None = None, maps: Maps | None = None) -> Frames:
    """The frames of the program's data at `home`, with the settings and pages of a workspace over them. `maps` know the packed program.

    Built into `cache/frames` on first use. Raises UserError.
    """
    own = NOTHING
    try:
        own = read_own(home, workspace)
        # Frames know that there is a reader, not which: a change of the program alone makes none of them anew.
        reader = reader_assets(maps if maps is not None else Maps(jobs=1))
        framed = (*collect(home / "site" / "assets"), *own.assets(), *reader[:1])
        assets = (*framed, *reader[1:])
        digest = _digest(home, _files(home), _KEPT, *VERSIONS, *(asset.path for asset in framed))
        if workspace is not None and own.sources:
            digest = _digest(workspace, own.sources, digest)
        folder = cache / "frames" / digest
        if not folder.is_dir():
            _build(home, own, folder, framed)
        fragments = home / "site" / "templates"
        synonyms = synonym_files(home, workspace)
        told, drawn = external_file(workspace), map_file(workspace)
        listed = (sha256(content).hexdigest() for content in (*synonyms, b"", told, drawn))
        whole = _digest(
            home, sorted(fragments.rglob("*.html")), digest, *listed, *(asset.path for asset in reader[1:2])
        )
        return _read(folder, fragments, cache, assets, synonyms, sources_in(told), map_in(drawn), whole)
    except (AssetError, EngineError) as error:
        places = f"{PAGES}/ 和 {SETTINGS}" if own.sources else "site/ 和 mkdocs.yml"
        raise UserError(f"网站框架无法生成：{error}。", f"检查 {places} 最近的改动。") from error
    except OSError as error:
        raise UserError(
            f"读写网站框架时出错：{error.filename or cache}（{reason_of(error)}）。", "检查文件和权限。"
        ) from error
