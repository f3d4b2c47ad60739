"""A site as a whole, by all that it is made from: where the site in place was made from the same, no file of it is planned or asked for."""

from __future__ import annotations

from typing import NamedTuple

from jiebang.build.index_look import is_of_index, suspected_paths
from jiebang.build.input_keys import name_of_input
from jiebang.build.standing import Standing
from jiebang.mapping import Maps, digest, program_digest
from jiebang.rules.earlier_looks import Earlier
from jiebang.rules.secret_index import SecretIndex
from jiebang.view import PublicSite


class WholeSite(NamedTuple):
    """What is known of a site that was put in place."""

    name: bytes
    """As of `jiebang.build.standing.name_of`."""
    secrets: bytes
    """The key of the index of everything private that it was looked through for."""
    summaries: tuple[bytes, ...]
    """The names of the summaries of all that was looked through; none where they do not tell of all, or not all was clean."""
    files: int
    size: int
    """Bytes of all files."""


def site_key(site: PublicSite, figures: bytes, sources: bytes) -> bytes:
    """Names all that the files of a site are made from: the public view, its file of figures, and what `sources_key` names, which must be
    known."""
    return digest("whole site", program_digest(), sources, figures, name_of_input(site))


def recalled_site(
    key: bytes, maps: Maps, standing: Standing, secrets: SecretIndex, earlier: Earlier | None
) -> WholeSite | None:
    """The site that `key` names, where it is the one in place and nothing of what is private now stands in it. None where that is not known:
    each file is asked for then. `earlier`: the last look at files of a site."""
    told = maps.look_up(key)
    if told is None:
        return None
    known = WholeSite._make(told)
    looked = bool(known.summaries) and (
        known.secrets == secrets.key
        or (earlier is not None and earlier.clears_all(maps, known.secrets, known.summaries))
    )
    if not looked or known.name != standing.name or not standing.is_whole():
        return None
    if suspected_paths(filter(is_of_index, standing.paths), secrets, maps):
        return None
    # What is kept of its files has to be there when one of them changes.
    maps.use_noted(_used(key))
    return known


def note_site(key: bytes, maps: Maps, site: WholeSite) -> None:
    """Notes what a build found out, when it has used all that it keeps of the files."""
    maps.note(key, tuple(site))
    maps.note_used(_used(key))


def _used(key: bytes) -> bytes:
    return digest("used", key)
