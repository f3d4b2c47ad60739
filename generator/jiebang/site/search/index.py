"""The search index of a site: all its files, named by their content, and the manifest that a page names.

    search/manifest.<digest>.json     where the others stand, and how to look things up in them
    search/<digest>/start.bin         how long the texts are, and which pieces are common
    search/<digest>/<number>.bin      pieces and their lists (`shards.py`)
    search/<digest>/traditional.json  traditional characters whose simplified form stands in the texts

A page that was loaded before a build asks for files that are gone and says so; it never mixes the old with the new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

import numpy as np

from jiebang.site.files import Planned
from jiebang.site.search import encoding, grams, shards
from jiebang.site.search.corpus import Corpus, corpus_of
from jiebang.site.search.folding import fold, traditional, traditional_in
from jiebang.site.search.texts import public_parts
from jiebang.site.shelves import Shelves
from jiebang.view import PublicSite

FOLDER = "search"
FILE_SIZE = 8192
"""About how many bytes a file of pieces has: a search fetches several."""


@dataclass(frozen=True, slots=True)
class Index:
    """`manifest_path` is what a page names; everything else is found from there."""

    manifest_path: str
    planned: tuple[Planned, ...]

    def files(self) -> Iterable[Planned]:
        """All files, the manifest among them."""
        return self.planned


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _weight(corpus: Corpus, pieces: grams.Pieces) -> int:
    """About how many bytes the pieces and their lists will take."""
    characters = len(pieces) * (pieces.length * 3 + 2)
    if not pieces.common:
        return characters + len(pieces.positions) * 5 // 2
    return characters + int(np.minimum(np.diff(pieces.bounds), corpus.demands * 3 // 8).sum())


def _common(corpus: Corpus, pieces: Iterable[grams.Pieces]) -> Iterator[str]:
    for some in pieces:
        if some.common and some.length > 1:
            yield from (corpus.text(int(first), some.length) for first in some.positions[some.bounds[:-1]])


def _front_coded(words: Sequence[str]) -> str:
    """A line for each word: how many characters it shares with the one before, and the rest."""
    lines, before = [], ""
    for word in words:
        shared = next(
            (at for at, pair in enumerate(zip(word, before, strict=False)) if pair[0] != pair[1]), len(before)
        )
        lines.append(f"{shared}{word[shared:]}")
        before = word
    return "\n".join(lines)


def _start(corpus: Corpus, common: Sequence[str]) -> bytes:
    return encoding.varints(corpus.blocks.astype(np.int64)) + _front_coded(common).encode()


def _files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    pieces = [some for some in (grams.singles(corpus), *grams.pieces_of(corpus)) if len(some)]
    yield "start.bin", _start(corpus, sorted(_common(corpus, pieces)))
    files = max(1, sum(_weight(corpus, some) for some in pieces) // FILE_SIZE)
    for number, content in enumerate(shards.files_of(corpus, pieces, files)):
        yield f"{number}.bin", content
    pairs = traditional(corpus.alphabet)
    yield "traditional.json", _dump("".join(old + pairs[old] for old in sorted(pairs)))


def build_index(site: PublicSite, shelves: Shelves) -> Index:
    """Of all demands, numbered by their place in `shelves.all`."""
    parts = [public_parts(demand, site) for demand in shelves.all]
    corpus = corpus_of([fold(title) for title, *_ in parts], ["\n".join(map(fold, others)) for _, *others in parts])
    files = list(_files(corpus))
    digest = sha256()
    for name, content in files:
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    name = digest.hexdigest()[:10]
    table = traditional(corpus.alphabet)
    standing = sorted(set().union(*(traditional_in(part) for some in parts for part in some)) & table.keys())
    manifest = _dump(
        {
            "version": 1,
            "folder": f"{name}/",
            "demands": corpus.demands,
            "files": sum(path[0].isdigit() for path, _ in files),
            "longest": grams.LONGEST,
            "block": 32,
            "traditional": "".join(old + table[old] for old in standing),
        }
    )
    manifest_path = f"{FOLDER}/manifest.{sha256(manifest).hexdigest()[:10]}.json"
    planned = [Planned(manifest_path, partial(bytes, manifest))]
    planned += [Planned(f"{FOLDER}/{name}/{path}", partial(bytes, content)) for path, content in files]
    return Index(manifest_path, tuple(planned))
