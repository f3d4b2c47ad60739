"""Looks for private values that are remembered: what was clean when less was private is looked through again only where what is new may stand.

A look tells of each text (owners, summaries, what else): the paths of the records whose private values may stand in it; the names of the
summaries (`jiebang.detection.trigrams`) of all texts that were looked through with it, None where there is none that holds it whole; and
what follows from the text alone. Where no value that is new can stand in any of these texts, what was told of a clean one is true still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from jiebang.catalogue import Catalogue
from jiebang.detection.trigrams import Sought
from jiebang.mapping import Maps, Shared, digest, packed, program_digest, unpacked
from jiebang.rules.secret_index import SecretIndex, packed_needles
from jiebang.rules.secrets import name_needles, private_needles
from jiebang.rules.settings import settings_of
from jiebang.workers import Function

TEXTS, VIEW, SITE = "texts", "view", "site"
"""What is looked through: the public texts of records, what publication made of them, and the files of a site."""
_MOST = 2000
"""Values that are new; of more nearly every text may hold one."""
_FAR = 1000
"""Values that are new, from which on the next look is held to a later one: before there are too many of them."""
_FEWEST = 400
"""Fewer texts than this are done sooner here than a process is started."""


class Look(NamedTuple):
    """What a look tells of a text, see above."""

    owners: tuple[str, ...]
    summaries: tuple[bytes, ...] | None
    said: Any = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier look at the same texts. `key` names all that was private then, as that of a `Shared` does; `sought` is what came since."""

    key: bytes
    sought: Sought
    far: bool = False
    """Whether so much came since that each text has to be told by itself from now on, and the look be noted."""
    _clear: dict[bytes, bool] = field(default_factory=dict)

    def beside(self, key: bytes) -> Earlier:
        """The same where a key names what the texts were looked at with, too."""
        return replace(self, key=digest(self.key, key))

    def clears(self, maps: Maps, look: Look) -> bool:
        """Whether what was told of a clean text is true still."""
        if look.owners or not look.summaries:
            return False
        unknown = [name for name in look.summaries if name not in self._clear]
        summaries = maps.known(unknown)
        for name in unknown:
            self._clear[name] = name in summaries and not self.sought.may_stand_in(unpacked(summaries[name]))
        return all(self._clear[name] for name in look.summaries)

    def clears_all(self, maps: Maps, key: bytes, summaries: Sequence[bytes]) -> bool:
        """Whether what was told of clean texts together, when `key` named all that was private, is true still."""
        return key == self.key and not self.far and self.clears(maps, Look((), tuple(summaries)))


def _place(what: str, root: Path) -> bytes:
    return digest("looked", what, program_digest(), str(root.resolve()))


def note_look(what: str, maps: Maps, root: Path, index: SecretIndex) -> None:
    """Notes that everything of a sort (`what`) of the catalogue in a folder was looked through with this index."""
    known = maps.look_up(_place(what, root))
    if known is None or known[0] != index.key:
        maps.note(_place(what, root), (index.key, index.identities.tobytes()))


def earlier_look(what: str, maps: Maps, catalogue: Catalogue, index: SecretIndex) -> Earlier | None:
    """The last look that was noted, where it was with another index; None where it is of no use. `catalogue` holds the owners of what came
    since (`owners_since`)."""
    key, numbers = _since(what, maps, catalogue.root, index)
    if key is None or key == index.key or len(numbers) > _MOST:
        return None
    values = _values(index.owned(numbers), catalogue)
    return Earlier(key, Sought(values), len(numbers) > _FAR) if values is not None else None


def owners_since(what: str, maps: Maps, root: Path, index: SecretIndex) -> list[str]:
    """The paths of the records that own what came since the last look that was noted; none where that is more than it is of use for."""
    _, numbers = _since(what, maps, root, index)
    return list(index.owned(numbers)) if len(numbers) <= _MOST else []


def _since(what: str, maps: Maps, root: Path, index: SecretIndex) -> tuple[bytes | None, list[int]]:
    """The key of the last look that was noted, and the numbers of the entries that came since."""
    known = maps.look_up(_place(what, root))
    if known is None or known[0] == index.key:
        return known and known[0], []
    key, identities = known
    return key, index.beyond(np.frombuffer(identities, dtype=np.uint64))


def _values(owned: dict[str, set[bytes]], catalogue: Catalogue) -> list[str] | None:
    """The folded texts behind entries of some records (by path); None where one cannot be told."""
    settings = settings_of(catalogue.districts)
    values: list[str] = []
    for record in catalogue.records():
        if (entries := owned.pop(record.path, None)) is not None:
            needles = private_needles(record, settings)
            if record.kind == "enterprise":
                needles = [*name_needles(record, settings), *needles]
            texts = dict(zip(packed_needles(needles), (needle.text for needle in needles), strict=True))
            if not entries <= texts.keys():
                return None
            values.extend(texts[entry] for entry in entries)
    return None if owned else values


def carried(maps: Maps, earlier: Earlier | None, now: Sequence[bytes], before: Sequence[bytes]) -> dict[bytes, bytes]:
    """What is known under the keys of `now`. What was told under those of `before` and is true still is known from here on."""
    known = maps.known(now)
    if earlier is None:
        return known
    missing = {key: old for key, old in zip(now, before, strict=True) if key not in known}
    told = maps.known(list(missing.values()))
    true = {
        key: told[old]
        for key, old in missing.items()
        if old in told and earlier.clears(maps, Look._make(unpacked(told[old])))
    }
    maps.keep(true.items())
    return known | true


def keep_summaries(maps: Maps, summaries: Iterable[bytes]) -> tuple[bytes, ...]:
    """Hands summaries to the store; their names."""
    named = {digest("summary", summary): packed(summary) for summary in summaries}
    maps.keep(named.items())
    maps.use(named)
    return tuple(named)


def looked_through(
    maps: Maps,
    function: Function,
    around: Shared,
    keys: Sequence[bytes],
    load: Callable[[int], Any],
    beside: bytes | None = None,
    earlier: Earlier | None = None,
    fewest: int = _FEWEST,
) -> list[Look]:
    """What a map over texts tells of each.

    An item of the map is (what `load` gives, what else is known of it or None): that follows from the text and what `beside` names, so that
    where something else is private than before it need not be found out again; where that costs nothing, `beside` is None. Its value is (owners, summary, what else): the summary of all
    items that came with it in the first of these, empty in the others, None where there is none of it.
    """
    now = maps.keys(function, around.key, keys)
    known = carried(maps, earlier, now, maps.keys(function, earlier.key, keys) if earlier is not None else ())
    missing = sorted({key: number for number, key in reversed(list(enumerate(now))) if key not in known}.values())
    names = maps.keys(function, digest("beside", beside), keys) if beside is not None else []
    said = maps.known([names[number] for number in missing]) if names else {}

    def item(number: int) -> tuple[Any, Any]:
        return load(number), unpacked(said[names[number]]) if names and names[number] in said else None

    for numbers, values in maps.made(function, around, missing, item, fewest):
        told = list(map(unpacked, values))
        summaries = keep_summaries(maps, filter(None, (summary for _, summary, _ in told)))
        fresh = []
        for number, (owners, summary, else_) in zip(numbers, told, strict=True):
            look = tuple(owners), (summaries or None) if summary is not None else None, else_
            fresh.append((now[number], packed(look)))
            if names and names[number] not in said:
                fresh.append((names[number], packed(else_)))
        maps.keep(fresh)
        known.update(fresh)
    looks = [Look._make(unpacked(known[key])) for key in now]
    maps.use({name for look in looks for name in look.summaries or ()})
    return looks


def all_looked_through(
    maps: Maps,
    function: Function,
    around: Shared,
    keys: Sequence[bytes],
    load: Callable[[int], Any],
    beside: bytes,
    earlier: Earlier | None,
) -> tuple[list[Look], bool]:
    """As `looked_through`, and whether that was told of the very same texts together, by a look that was noted before: then none of them is
    told by itself, and the look before stays the last one that is noted (`note_look`)."""
    key = digest("together", program_digest(), function.__module__, function.__qualname__, beside, *keys)
    told = maps.look_up(key)
    if told is not None:
        then, summaries, said, used = told
        if then == around.key or (earlier is not None and earlier.clears_all(maps, then, summaries)):
            maps.use_joined(used)
            return [Look((), (), one) for one in said], True
    looks = looked_through(maps, function, around, keys, load, beside, earlier)
    if all(look.summaries and not look.owners for look in looks):
        summaries = sorted({name for look in looks for name in look.summaries or ()})
        # What each text needs has to be there when one of them changes.
        used = b"".join(
            [*maps.keys(function, around.key, keys), *maps.keys(function, digest("beside", beside), keys), *summaries]
        )
        maps.note(key, (around.key, summaries, [look.said for look in looks], used))
    return looks, False
