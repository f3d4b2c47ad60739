"""The search index of a site: all its files, named by their content, and the manifest that a page names.

    search/manifest.<digest>.json     where the others stand, and how to look things up in them
    search/<digest>/
        start.bin, pieces-<n>.bin, long-<n>.bin     where every part of every word stands (`grams.py`)
        titles.bin, pinyin-<n>.bin                  titles by their sound (`pinyin.py`)
        words-<n>.bin, sounds.bin                   what is suggested for a slip (`vocabulary.py`)
        synonyms.json                               what else a word of the trade is called (`offers.py`)
        traditional.json                            traditional characters whose simplified form stands in the texts

A page that was loaded before a build asks for files that are gone and says so; it never mixes the old with the new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import Maps, Shared, digest, digest_of_plain, program_digest
from jiebang.site.characters import characters_of
from jiebang.site.files import Planned
from jiebang.site.grouping import Told
from jiebang.site.paths import SEARCH
from jiebang.site.search import grams
from jiebang.site.search.container import lines
from jiebang.site.search.corpus import BLOCK
from jiebang.site.search.folding import traditional, traditional_in
from jiebang.site.search.laid_aside import Aside, Laid, content_of
from jiebang.site.search.lists import Flags
from jiebang.site.search.offers import folded_terms, standing, synonyms_file
from jiebang.site.search.partials import Partials
from jiebang.site.search.pinyin import pinyin_files
from jiebang.site.search.portions import Around, Portion, folded_parts, portions_of
from jiebang.site.search.shards import Layout, Shards, blocks_of, fits, layout_of, mark_changed
from jiebang.site.search.vocabulary import vocabulary, vocabulary_files
from jiebang.site.synonyms import Groups

KINDS = ("pieces", "long", "pinyin", "words")
"""Kinds of files of which there are several, by the beginning of their names."""


@dataclass(frozen=True, slots=True)
class Index:
    """`manifest_path` is what a page names; everything else is found from there."""

    manifest_path: str
    planned: tuple[Planned, ...]

    def files(self) -> Iterable[Planned]:
        """All files, the manifest among them."""
        return self.planned


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """What an index is made of, by its `key`; made when a file of it is wanted, and once."""

    key: bytes
    made: Callable[[], Mapping[str, bytes]]

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (self.key,)


def _of_source(source: _Source, path: str) -> bytes:
    """The `make` of a file of an index that was made before."""
    return source.made()[path]


def recalled_index(
    listed: tuple[Told, ...], synonyms: Groups, maps: Maps, limits: grams.Limits = grams.LIMITS
) -> Index:
    """As `build_index`. Of what an earlier build left, nothing is made again: not the index, where the demands' public words are the same,
    nor the partial index of a portion of them, nor a file in which nothing else stands."""
    making = _Making(tuple(portions_of(listed)), synonyms, limits, maps)
    fresh: dict[str, Laid] = {}

    def told() -> tuple[str, list[tuple[str, bytes, int]]]:
        manifest, files = making.made(whole=False)
        fresh.update((file.path, file.content) for file in files if file.content is not None)
        return manifest, [(file.path, file.digest, file.size) for file in files]

    manifest, files = maps.recall(making.key, told)
    source = _Source(making.key, cache(making.contents))
    return Index(
        manifest,
        tuple(
            Planned(path, content_of, (fresh[path],), here=True)
            if path in fresh
            else Planned(path, _of_source, (source, path), foretold=(name, size), here=True)
            for path, name, size in files
        ),
    )


def build_index(listed: tuple[Told, ...], limits: grams.Limits = grams.LIMITS, synonyms: Groups = ()) -> Index:
    """Of these demands, numbered by their place."""
    return recalled_index(listed, synonyms, Maps(jobs=1), limits)


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _front_coded(words: Sequence[str]) -> list[str]:
    """A line for each word: how many characters it shares with the one before, in base 16, and the rest."""
    coded, before = [], ""
    for word in words:
        shared = next(
            (at for at, pair in enumerate(zip(word, before, strict=False)) if pair[0] != pair[1]), len(before)
        )
        coded.append(f"{shared:x}{word[shared:]}")
        before = word
    return coded


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the index, by its name in the folder, or by its path; without its content where an earlier build made the same."""

    path: str
    digest: bytes
    size: int
    content: Laid | None

    @classmethod
    def of(cls, path: str, content: Laid) -> _File:
        return cls(path, content.digest, content.size, content)


@dataclass(frozen=True, slots=True)
class _Before:
    """What an earlier build of any index left: the common pieces, the portions by their keys, under which key all were indexed, how
    they were laid out, and digest and size of every file of pieces and of long lists."""

    names: grams.Names
    portions: list[bytes]
    around: bytes
    layout: tuple[Any, ...]
    files: dict[str, tuple[bytes, int]]


def _before_key() -> bytes:
    return digest(program_digest(), b"search before")


def _start(blocks: NDArray[np.uint32], names: grams.Names) -> bytes:
    return lines(blocks.astype(np.int64), _front_coded(sorted(chain.from_iterable(names))))


class _Making:
    """An index on its way."""

    def __init__(self, portions: Sequence[Portion], synonyms: Groups, limits: grams.Limits, maps: Maps) -> None:
        self._portions = portions
        self._synonyms = synonyms
        self._limits = limits
        self._maps = maps
        self._aside = Aside(maps.scratch_file)
        self.key = digest_of_plain("search", [one.key for one in portions], synonyms, limits.most, limits.longest)

    def contents(self) -> dict[str, bytes]:
        """All files by their paths."""
        return {file.path: file.content.read() for file in self.made(whole=True)[1] if file.content is not None}

    def made(self, *, whole: bool) -> tuple[str, list[_File]]:
        """(path of the manifest, all files). `whole`: each with its content."""
        before = self._before()
        shared, partials = self._partials(before)
        tree = grams.tree_of(shared.value.names)
        small = partials.small
        layout = layout_of(small, tree, self._limits.longest)
        pieces = self._piece_files(shared, partials, layout, None if whole else before)
        titles = [title for partial in small for title in partial.titles]
        alphabet = characters_of("".join(partial.alphabet for partial in small))
        offered = synonyms_file(self._synonyms, standing([partial.synonyms for partial in small]))
        words = vocabulary([partial.words for partial in small])
        pairs = traditional(alphabet)
        others = [
            ("start.bin", _start(blocks_of(small), shared.value.names)),
            *self._maps.recall(digest_of_plain("pinyin", titles), lambda: list(pinyin_files(titles))),
            *vocabulary_files(words, sorted({*alphabet, *offered[1].decode()})),
            offered,
            ("traditional.json", _dump("".join(old + pairs[old] for old in sorted(pairs)))),
        ]
        files = [*pieces, *(_File.of(name, self._aside.lay(content)) for name, content in others)]
        # Those of the traditional characters that the texts themselves hold: without them no word is marked there.
        standing_there = traditional_in(characters_of("".join(partial.written for partial in small))) & pairs.keys()
        folder = sha256(b"".join(file.path.encode() + b" " + file.digest for file in files)).hexdigest()[:10]
        manifest = _dump(
            {
                "version": 1,
                "folder": f"{folder}/",
                "demands": len(titles),
                "files": {kind: sum(file.path.startswith(f"{kind}-") for file in files) for kind in KINDS},
                "longest": self._limits.longest,
                "block": BLOCK,
                "traditional": "".join(old + pairs[old] for old in sorted(standing_there)),
            }
        )
        path = f"{SEARCH}manifest.{sha256(manifest).hexdigest()[:10]}.json"
        return path, [
            _File.of(path, self._aside.lay(manifest)),
            *(replace(file, path=f"{SEARCH}{folder}/{file.path}") for file in files),
        ]

    def _before(self) -> _Before | None:
        """What an earlier build left of which something still stands."""
        known = self._maps.look_up(_before_key())
        before = None if known is None else _Before(*known)
        return before if before and not {one.key for one in self._portions}.isdisjoint(before.portions) else None

    def _partials(self, before: _Before | None) -> tuple[Shared, Partials]:
        """The partial indexes of all portions, and with what they were made: the common pieces of an earlier build, as long as they are those of
        all texts."""
        if before is not None:
            shared, partials = self._indexed(before.names)
            if fits(partials, grams.tree_of(before.names), self._limits):
                return shared, partials
        texts = ("\n".join(chain(*folded_parts(portion.parts))) for portion in self._portions)
        return self._indexed(grams.common_pieces(texts, self._limits))

    def _indexed(self, names: grams.Names) -> tuple[Shared, Partials]:
        around = Around(names, self._limits.longest, folded_terms(self._synonyms))
        shared = Shared(digest_of_plain(names, around.longest, around.synonyms), around)
        return shared, Partials(self._maps, shared, self._portions)

    def _piece_files(self, shared: Shared, partials: Partials, layout: Layout, before: _Before | None) -> list[_File]:
        tree = grams.tree_of(shared.value.names)
        keys = [portion.key for portion in self._portions]
        wanted = {True: np.ones(layout.long, dtype=np.bool_), False: np.ones(layout.pieces, dtype=np.bool_)}
        if before is not None and (before.around, before.layout) == (shared.key, astuple(layout)):
            wanted = self._differing(shared, partials, layout, before.portions) or wanted
        files = []
        for long, some in wanted.items():
            shards = Shards(partials, tree, layout, some, long=long)
            for number, anew in enumerate(some.tolist()):
                name = f"{'long' if long else 'pieces'}-{number}.bin"
                if anew or before is None:
                    files.append(_File.of(name, self._aside.lay(shards[number])))
                else:
                    files.append(_File(name, *before.files[name], None))
        told = (
            shared.value.names,
            keys,
            shared.key,
            astuple(layout),
            {file.path: (file.digest, file.size) for file in files},
        )
        self._maps.note(_before_key(), told)
        return files

    def _differing(
        self, shared: Shared, partials: Partials, layout: Layout, before: Sequence[bytes]
    ) -> dict[bool, Flags] | None:
        """In which files of long lists, and of pieces, something else stands than before; None where nobody knows any more."""
        differing = [
            at for at, (portion, key) in enumerate(zip(self._portions, before, strict=True)) if portion.key != key
        ]
        flags = {True: np.zeros(layout.long, dtype=np.bool_), False: np.zeros(layout.pieces, dtype=np.bool_)}
        tree = grams.tree_of(shared.value.names)
        for at in differing:
            rows = partials.rows_before(before[at])
            if rows is None:
                return None
            mark_changed(rows, partials.rows_of(at), tree, flags)
        return flags
