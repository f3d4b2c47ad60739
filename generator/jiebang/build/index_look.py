"""The last look at the search index as a whole: what can be put together from its files stands in none of them by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jiebang.mapping import Maps, digest, packed, program_digest, unpacked
from jiebang.publication.gate import suspect_files, suspect_texts
from jiebang.publication.search_index import DamagedError, Rebuilt, is_index, texts_in
from jiebang.rules.earlier_looks import Earlier, Look, carried
from jiebang.rules.secret_index import SecretIndex
from jiebang.site.paths import SEARCH

_AT_ONCE = 1 << 18
"""Bytes of files that are read together: what is worked out of them meanwhile is a hundred times as much."""


def is_of_index(path: str) -> bool:
    """Whether a file of the site is one of the search index."""
    return path.startswith(SEARCH)


def suspected_paths(paths: Iterable[str], secrets: SecretIndex, maps: Maps) -> dict[str, tuple[str, ...]]:
    """Those paths of the search index in which something private may stand, and whose: its files are known by their lasting names, which
    do not say all of these."""
    listed = sorted(paths)

    def make() -> Any:
        return suspect_files([(path, b"") for path in listed], secrets)

    told = maps.recall(digest(b"paths", secrets.key, *listed), make)
    return {path: owners for path, owners in zip(listed, told, strict=True) if owners}


def look_at_index(
    index: Mapping[str, bytes],
    read: Callable[[str], bytes | None],
    secrets: SecretIndex,
    maps: Maps,
    earlier: Earlier | None,
) -> Look:
    """Looks at the texts that can be put together from the files of the search index (by path, with their digests). `said` are the files
    that are damaged, or could not be read."""
    names = [f"{path} {name.hex()}" for path, name in sorted(index.items())]
    now, *then = (
        digest(b"index", program_digest(), key, *names)
        for key in (secrets.key, *([earlier.key] if earlier is not None else ()))
    )
    known = carried(maps, earlier, [now], then).get(now)
    if known is None:
        rebuilt, damaged = put_together(index, read)
        look = suspect_texts(SEARCH, rebuilt.groups(), texts_in, secrets, maps, earlier)._replace(said=damaged)
        maps.keep([(now, packed(tuple(look)))])
    else:
        look = Look._make(unpacked(known))
    maps.use(look.summaries or ())
    return look


def put_together(paths: Iterable[str], read: Callable[[str], bytes | None]) -> tuple[Rebuilt, list[str]]:
    """(the search index put together, the files of it that are damaged, or could not be read)"""
    rebuilt, damaged = Rebuilt(), []
    waiting: dict[str, bytes] = {}
    for path in sorted(paths):
        content = read(path)
        if content is None:
            damaged.append(path)
        elif is_index(content):
            waiting[path] = content
            if sum(map(len, waiting.values())) > _AT_ONCE:
                damaged += _taken(rebuilt, waiting)
                waiting = {}
    return rebuilt, sorted([*damaged, *_taken(rebuilt, waiting)])


def _taken(rebuilt: Rebuilt, files: Mapping[str, bytes]) -> list[str]:
    """Has files taken, by path, and tells which of them are damaged."""
    try:
        rebuilt.take(*files.values())
    except DamagedError:
        # Each by itself, to know which.
        return (
            list(files)
            if len(files) == 1
            else [path for path, content in files.items() if _taken(rebuilt, {path: content})]
        )
    return []
