"""The public view as it was last published, kept with what names all that it was made from: where few demands say something else since, the
others are recalled and no record of theirs is read.

That will do where the edit changes nothing of a demand but its long texts and its review, which no other demand and no figure depends on.
Wherever it might, the answer is None and the whole is published, which is the definition.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from jiebang import view
from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps, digest, packed, program_digest, unpacked
from jiebang.publication.publish import HeldBack, Publication, shown_again
from jiebang.publication.view_check import is_clear
from jiebang.rules.edited import KnownRecords
from jiebang.rules.facts import is_alike, recorded
from jiebang.rules.judgement import around_of
from jiebang.rules.ledger import Ledger
from jiebang.rules.reading import Reading
from jiebang.rules.secret_index import SecretIndex
from jiebang.view import Demand

_FEW = 50
"""Demands that say something else; of more, as of another branch, the whole is published at little more cost."""
_PORTION = 250
"""Demands that are kept together: of an edit one portion is kept anew."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What names the contents of a catalogue's files: of each demand, by path, and of all others together."""

    demands: Mapping[str, bytes]
    others: bytes

    @classmethod
    def of(cls, keys: Mapping[str, bytes], demands: Collection[str]) -> Contents:
        """By the keys of all files, and the paths of those that are demands."""
        others = (key for path, key in keys.items() if path not in demands)
        return cls({path: keys[path] for path in demands if path in keys}, digest(*others))


@dataclass(frozen=True, slots=True)
class KeptView:
    """A publication, and what it was made from."""

    publication: Publication
    contents: Contents
    commit: bytes
    """As of `jiebang.build.commit.history_key`."""
    secrets: bytes
    """The key of the index of everything private, of which nothing stands in it."""
    note: str
    """What is told of its history."""


def _place(root: Path) -> bytes:
    return digest("view", program_digest(), str(root.resolve()))


def _used(root: Path) -> bytes:
    return digest("used for a view", program_digest(), str(root.resolve()))


def keep_whole_view(root: Path, maps: Maps, kept: KeptView) -> None:
    """As `keep_view`, where the whole was judged and published by this run: what that took stays in the store, as whoever publishes it after
    an edit does without."""
    keep_view(root, maps, kept)
    maps.note_used(_used(root))


def keep_view(root: Path, maps: Maps, kept: KeptView) -> None:
    """Keeps the publication of a catalogue in the place of the last one."""
    site = kept.publication.site
    portions = [packed(plain(site.demands[at : at + _PORTION])) for at in range(0, len(site.demands), _PORTION)]
    named = {digest("portion of a view", program_digest(), portion): portion for portion in portions}
    known = maps.known(list(named))
    maps.keep((name, portion) for name, portion in named.items() if name not in known)
    told = (
        list(named),
        plain(replace(site, demands=())),
        [(held.id, held.reason) for held in kept.publication.held_back],
        dict(kept.contents.demands),
        kept.contents.others,
        kept.commit,
        kept.secrets,
        kept.note,
    )
    maps.note(_place(root), told)


def recall_view(root: Path, maps: Maps) -> KeptView | None:
    """The last publication of a catalogue."""
    told = maps.look_up(_place(root))
    if told is None:
        return None
    names, rest, held_back, demands, others, *names_of_all = told
    portions = maps.known(names)
    maps.use_noted(_used(root))
    if len(portions) < len(set(names)):
        return None
    listed = tuple(chain.from_iterable(of_plain(unpacked(portions[name])) for name in names))
    held = tuple(HeldBack(*one) for one in held_back)
    publication = Publication(replace(of_plain(rest), demands=listed), held)
    return KeptView(publication, Contents(demands, others), *names_of_all)


def view_after_an_edit(
    kept: KeptView, reading: Reading, ledger: Ledger, secrets: SecretIndex, maps: Maps
) -> KeptView | None:
    """The publication of the files that were looked at, where they differ from those of the kept one in long texts of few demands. `ledger` is
    theirs, and `secrets` the index that it names."""
    contents = Contents.of(reading.keys, kept.contents.demands.keys())
    before = kept.contents.demands
    edited = [path for path, key in contents.demands.items() if key != before[path]]
    same = contents.others == kept.contents.others and contents.demands.keys() == before.keys()
    if not same or len(edited) > _FEW or kept.secrets != secrets.key:
        return None
    shown = _shown_after_an_edit(kept, reading, ledger, secrets, maps, edited) if edited else {}
    if shown is None:
        return None
    demands = tuple(shown.get(demand.id, demand) for demand in kept.publication.site.demands)
    publication = replace(kept.publication, site=replace(kept.publication.site, demands=demands))
    return replace(kept, publication=publication, contents=contents)


def _shown_after_an_edit(
    kept: KeptView, reading: Reading, ledger: Ledger, secrets: SecretIndex, maps: Maps, edited: Iterable[str]
) -> dict[str, Demand] | None:
    known = KnownRecords(reading, maps)
    shown = {demand.id: demand for demand in kept.publication.site.demands}
    rounds = {file.round: file.path for file in reading.files if file.kind == "round"}
    catalogue = Catalogue(reading.root)
    found: dict[str, Demand] = {}
    for path in edited:
        old = known.values({path: kept.contents.demands[path]}).get(path)
        new = known.value(path)
        if old is None or new is None or not is_alike(old, new):
            return None
        was, record = (recorded(reading.file(path), value, reading.root).record for value in (old, new))
        if was is None or record is None:
            return None
        demand = shown.get(record.id)
        if demand is None:
            if was.facts.lacking != record.facts.lacking:
                return None
            continue
        around = [known.record(ledger.lines[path].own), known.record(rounds[record.round])]
        if record.facts.lacking is not None or None in around:
            return None
        for one in (record, *around):
            if one is not None and catalogue.find(one.kind, one.id) is None:
                catalogue.add(one)
        again = shown_again(record, catalogue, demand)
        if again is None:
            return None
        found[record.id] = again
    site = replace(kept.publication.site, rounds=(), districts=(), demands=tuple(found.values()))
    return found if is_clear(site, catalogue, reading.keys, around_of(secrets, known.districts), maps) else None


# --- as plain values -------------------------------------------------------------------------------------------------------

_KINDS: Mapping[str, Any] = {name: kind for name, kind in vars(view).items() if is_dataclass(kind)}


@cache
def _attributes(kind: str) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(attribute.name for attribute in fields(_KINDS[kind])))


def plain(part: Any) -> Any:
    """A part of a public view as a plain value, for `of_plain`."""
    if isinstance(part, tuple):
        return tuple(map(plain, part))
    # A list is no part of a view, so that it tells what was one with attributes.
    kind = type(part).__name__
    return [kind, *map(plain, _attributes(kind)(part))] if kind in _KINDS else part


def of_plain(value: Any) -> Any:
    """The part of a public view that `plain` gave a value for."""
    if isinstance(value, tuple):
        return tuple(map(of_plain, value))
    if isinstance(value, list):
        kind, *attributes = value
        return _KINDS[kind](*map(of_plain, attributes))
    return value
