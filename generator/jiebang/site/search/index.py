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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import chain, islice

import numpy as np

from jiebang.mapping import Maps, digest_of_plain
from jiebang.site.characters import characters_of
from jiebang.site.files import Planned, given
from jiebang.site.grouping import Told
from jiebang.site.paths import SEARCH
from jiebang.site.search import grams, shards
from jiebang.site.search.container import lines
from jiebang.site.search.corpus import BLOCK, Corpus, corpus_of
from jiebang.site.search.folding import fold_all, traditional, traditional_in
from jiebang.site.search.offers import synonyms_file
from jiebang.site.search.pinyin import pinyin_files
from jiebang.site.search.texts import public_parts, short_texts
from jiebang.site.search.vocabulary import vocabulary, vocabulary_files
from jiebang.site.synonyms import Groups

KINDS = ("pieces", "long", "pinyin", "words")
"""Kinds of files of which there are several, by the beginning of their names."""
FILE_SIZE = 8192
BYTES_A_PLACE = 2
"""About how many bytes a file of pieces has, as a search fetches several, and how many a character of text takes in the index."""


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


def recalled_index(listed: tuple[Told, ...], synonyms: Groups, maps: Maps) -> Index:
    """As `build_index`. Where the demands' public words are those of an earlier build, the index is only made if a file of it is missing
    in the site: most edits change who applies or what is private, and no word that is searched."""
    words = [(public_parts(told), short_texts(told.demand)) for told in listed]
    key = digest_of_plain("search", words, synonyms, grams.LIMITS.most, grams.LIMITS.longest)

    def make() -> Index:
        return build_index(listed, synonyms=synonyms)

    def contents(index: Index) -> dict[str, bytes]:
        return {file.path: file.make(*file.inputs) for file in index.files()}

    fresh: list[Index] = []

    def told() -> tuple[str, list[tuple[str, bytes, int]]]:
        fresh.append(make())
        of = contents(fresh[0]).items()
        return fresh[0].manifest_path, [(path, sha256(content).digest(), len(content)) for path, content in of]

    manifest, files = maps.recall(key, told)
    if fresh:
        return fresh[0]
    source = _Source(key, cache(lambda: contents(make())))
    return Index(
        manifest, tuple(Planned(path, _of_source, (source, path), foretold=(name, size)) for path, name, size in files)
    )


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _texts(corpus: Corpus, pieces: grams.Pieces) -> Iterator[str]:
    return (corpus.text(int(first), pieces.length) for first in pieces.positions[pieces.bounds[:-1]])


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


def _start(corpus: Corpus, common: Sequence[str]) -> bytes:
    return lines(corpus.blocks.astype(np.int64), _front_coded(common))


def _pieces(corpus: Corpus, limits: grams.Limits) -> Iterator[grams.Pieces]:
    if corpus.demands:
        yield grams.singles(corpus)
        yield from grams.pieces_of(corpus, limits)


def _piece_files(corpus: Corpus, limits: grams.Limits) -> Iterator[tuple[str, bytes]]:
    files = shards.Shards(corpus, max(1, int(np.count_nonzero(corpus.codes)) * BYTES_A_PLACE // FILE_SIZE))
    common: list[str] = []
    for pieces in _pieces(corpus, limits):
        if pieces.kind is grams.Kind.LONG:
            # Lists too long to be fetched for the sake of another piece: about one in a file.
            long = shards.Shards(corpus, len(pieces))
            long.take(pieces)
            yield from ((f"long-{number}.bin", content) for number, content in enumerate(long))
            continue
        if pieces.kind is grams.Kind.COMMON and pieces.length > 1:
            common.extend(_texts(corpus, pieces))
        files.take(pieces)
    yield from ((f"pieces-{number}.bin", content) for number, content in enumerate(files))
    yield "start.bin", _start(corpus, sorted(common))


def _traditional_file(corpus: Corpus) -> tuple[str, bytes]:
    pairs = traditional(corpus.alphabet)
    return "traditional.json", _dump("".join(old + pairs[old] for old in sorted(pairs)))


def _traditional_standing(corpus: Corpus, texts: Iterable[str]) -> str:
    """Those of the traditional characters that the texts themselves hold: without them no word is marked there."""
    pairs = traditional(corpus.alphabet)
    standing = sorted(traditional_in(characters_of("".join(texts))) & pairs.keys())
    return "".join(old + pairs[old] for old in standing)


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    digest = sha256()
    for name, content in files:
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:10]


def build_index(listed: tuple[Told, ...], limits: grams.Limits = grams.LIMITS, synonyms: Groups = ()) -> Index:
    """Of these demands, numbered by their place."""
    parts = [public_parts(told) for told in listed]
    folded = iter(fold_all(chain.from_iterable(parts)))
    titles, others = [], []
    for texts in parts:
        titles.append(next(folded))
        others.append("\n".join(islice(folded, len(texts) - 1)))
    corpus = corpus_of(titles, others)
    short = fold_all(text for told in listed for text in short_texts(told.demand))
    words = vocabulary(short, others, corpus.words)
    offered = synonyms_file(synonyms, [*titles, *others])
    files = [
        *_piece_files(corpus, limits),
        *pinyin_files(titles),
        *vocabulary_files(words, sorted({*corpus.alphabet, *offered[1].decode()})),
        offered,
        _traditional_file(corpus),
    ]
    folder = _digest(files)
    manifest = _dump(
        {
            "version": 1,
            "folder": f"{folder}/",
            "demands": corpus.demands,
            "files": {kind: sum(name.startswith(f"{kind}-") for name, _ in files) for kind in KINDS},
            "longest": limits.longest,
            "block": BLOCK,
            "traditional": _traditional_standing(corpus, chain.from_iterable(parts)),
        }
    )
    manifest_path = f"{SEARCH}manifest.{sha256(manifest).hexdigest()[:10]}.json"
    planned = [given(manifest_path, manifest)]
    planned += [given(f"{SEARCH}{folder}/{name}", content) for name, content in files]
    return Index(manifest_path, tuple(planned))
