"""The search index tells what the folded public texts tell and nothing else; how it is made is nobody's business but the browser's."""

from __future__ import annotations

import json
from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jiebang.publication.search_index import Rebuilt, names_of
from jiebang.site.grouping import group_demands
from jiebang.site.search import build_index, encoding, folded_text, portions, segmentation
from jiebang.site.search.corpus import BLOCK, Corpus, corpus_of
from jiebang.site.search.folding import fold, fold_all, traditional, traditional_in
from jiebang.site.search.grams import LIMITS, Kind, Limits, Standing, common_pieces, keys_of, tree_of, walk
from jiebang.site.search.pinyin import sounds
from jiebang.site.search.vocabulary import vocabulary, words_in
from jiebang.view import PublicSite
from tests.site import samples
from tests.turns import at_night

SITE = samples.make_site(70)
_texts = st.lists(st.text("池电外壳阻燃ab1 \n≥", max_size=30), min_size=1, max_size=6)


def _files(site: PublicSite, limits: Limits = LIMITS) -> dict[str, bytes]:
    return {file.path: file.make(*file.inputs) for file in build_index(group_demands(site).told, limits).files()}


def _rebuilt(files: dict[str, bytes]) -> str:
    rebuilt = Rebuilt()
    for name, content in files.items():
        if "pieces-" in name or "long-" in name:
            rebuilt.take(content)
    return rebuilt.text()


def test_the_texts_come_back_from_the_index() -> None:
    """Nothing is lost, and whoever looks for private values in an index sees all of it."""
    rebuilt = _rebuilt(_files(SITE)).replace(" 㐀 ", "\n").split()
    titles, others = zip(*(folded_text(d, SITE).split("\n", 1) for d in group_demands(SITE).all), strict=True)
    # A word of one character has no pair, so no place.
    wanted = [word for text in (*titles, *others) for word in text.split() if len(word) > 1]
    assert rebuilt == wanted


def test_every_name_in_the_index_stands_in_a_public_text() -> None:
    everything = "\n".join(folded_text(demand, SITE) for demand in SITE.demands)
    for limits in (LIMITS, Limits(3, 4)):
        for path, content in _files(SITE, limits).items():
            if "pieces-" in path or "long-" in path or "words-" in path:
                assert all(name in everything for name in names_of(content).split("㐀")), path


def test_withdrawn_texts_leave_no_trace() -> None:
    fewer = samples.make_site(70)
    gone, *kept = fewer.demands
    files = _files(PublicSite(fewer.city, fewer.districts, fewer.rounds, tuple(kept)))
    assert gone.id.lower() not in _rebuilt(files)
    assert gone.id.lower() in _rebuilt(_files(fewer))


def test_the_same_site_gives_the_same_files_and_another_gives_other_names() -> None:
    files = _files(SITE)
    assert _files(SITE) == files
    others = _files(samples.make_site(69))
    assert not files.keys() & others.keys()
    assert sum(path.endswith(".json") and "manifest" in path for path in files) == 1


def test_an_index_of_nothing() -> None:
    files = _files(samples.empty_site())
    manifest = json.loads(next(content for path, content in files.items() if "manifest" in path))
    assert manifest["demands"] == 0
    assert all(f"{kind}-0.bin" in " ".join(files) for kind, count in manifest["files"].items() if count)


def _places(text: str, word: str) -> set[int]:
    return {at for at in range(len(text)) if text.startswith(word, at)}


def _stands(texts: list[str], limits: Limits) -> tuple[Corpus, list[Standing], dict[tuple[str, Kind], list[int]]]:
    """The corpus of some titles and other texts, where its pieces stand, and the same by piece."""
    corpus = corpus_of(texts, texts[::-1])
    tree = tree_of(common_pieces([*texts, *texts], limits))
    found: dict[tuple[str, Kind], list[int]] = defaultdict(list)
    walked = list(walk(corpus, tree, limits.longest))
    for standing in walked:
        keys = keys_of(corpus, standing, np.arange(len(standing.positions)))
        rows = tree.characters(standing.length, standing.kind, keys)
        for row, place in zip(rows, standing.positions.tolist(), strict=True):
            found["".join(map(chr, row)), standing.kind].append(place)
    return corpus, walked, found


@given(_texts, st.integers(1, 4), st.integers(2, 5))
@settings(max_examples=500 if at_night() else 40)
def test_whatever_stands_in_a_text_is_common_or_covered_by_rare_pieces(
    texts: list[str], most: int, longest: int
) -> None:
    corpus, _, known = _stands(texts, Limits(most, longest))
    text = "".join(corpus.alphabet[code - 1] if code else " " for code in corpus.codes)
    for (piece, kind), places in known.items():
        assert places == sorted(places)
        assert set(places) == _places(text, piece)
        assert len(piece) == 1 or (len(places) > most) == (kind in {Kind.COMMON, Kind.LONG})
    # A piece is known in one way; the longest common ones in two.
    assert all(
        len(kinds) == 1 or (len(piece) == longest and kinds == {Kind.COMMON, Kind.LONG})
        for piece, kinds in {piece: {k for p, k in known if p == piece} for piece, _ in known}.items()
    )
    for word in {
        word for part in text.split() for at in range(len(part)) for word in (part[at:], part[:at]) if len(word) > 1
    }:
        if (word, Kind.COMMON) in known:
            continue
        reach = 0
        for at in range(len(word)):
            ends = [
                at + n
                for n in range(2, longest + 1)
                if {(word[at : at + n], kind) for kind in (Kind.LEFT, Kind.RIGHT, Kind.LONG)} & known.keys()
            ]
            if at <= reach and ends:
                reach = max(reach, max(end for end in ends))
        assert reach >= len(word), word


@given(_texts)
def test_demands_are_listed_once_with_the_best_that_was_met(texts: list[str]) -> None:
    corpus, walked, _ = _stands(texts, Limits(1, 3))
    for standing in walked:
        if standing.kind is not Kind.COMMON:
            continue
        best: dict[int, dict[int, int]] = defaultdict(dict)
        for place, key in zip(
            standing.positions.tolist(),
            keys_of(corpus, standing, np.arange(len(standing.positions))).tolist(),
            strict=True,
        ):
            whole = corpus.starts[place] and corpus.starts[place + standing.length]
            how = 2 * (place < corpus.titles_end) + int(whole)
            demand = int(corpus.owners[place])
            best[key][demand] = max(best[key].get(demand, 0), how)
        lists, nothing = portions._demands(corpus, standing)
        keys, often = portions._totals(standing, (lists, nothing))
        assert lists.keys.tolist() == np.frombuffer(keys, np.uint64).tolist() == sorted(best)
        assert int(np.frombuffer(often, np.uint32).sum()) == len(standing.positions)
        for at, key in enumerate(lists.keys.tolist()):
            values = lists.chosen(np.array([at])).values
            assert [(int(value) >> 2, int(value) & 3) for value in values] == sorted(best[key].items())


@given(st.lists(st.integers(0, (1 << 30) - 1)))
def test_numbers_come_back(numbers: list[int]) -> None:
    read, value, shift = [], 0, 0
    content = encoding.varints(np.array(numbers, dtype=np.int64))
    assert content == b"".join(map(encoding.varint, numbers))
    for byte in content:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            read.append(value)
            value = shift = 0
    assert read == numbers


@given(_texts)
def test_single_characters(texts: list[str]) -> None:
    singles = {piece for piece, _ in _stands(texts, Limits(9, 2))[2] if len(piece) == 1}
    assert singles == set("".join(texts)) - {" ", "\n"}


@given(st.lists(st.text(max_size=20) | st.text("ａA　 \n\0ς㎡é\u0301각각ｶﾞ\u30ab\u3099", max_size=9), max_size=5))
def test_many_texts_fold_as_one_does(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_traditional(text: str) -> None:
    assert traditional_in(set(fold(text))) == set()


def test_traditional_characters() -> None:
    assert fold("電池外殼　ＵＬ\n94 ℃ ΟΔΟΣ") == "电池外壳 ul 94 °c οδοσ"
    assert {"電": "电", "殼": "壳"}.items() <= traditional("电壳").items()
    assert "龍" not in traditional("电壳")


def test_where_words_begin() -> None:
    text = "新能源汽车的外壳，mpa12 研究生命"
    corpus = corpus_of([text], [""])
    cut = "".join(("|" if corpus.starts[at] else "") + character for at, character in enumerate(text))
    assert cut == "|新能源|汽车|的|外壳|，|mpa12| |研究生|命"
    assert corpus.words == {"新能源": 1, "汽车": 1, "外壳": 1, "研究生": 1}


def test_sounds() -> None:
    assert set(sounds("重")) == {"zhong", "chong", "tong"}
    assert {"lv", "lu"} <= set(sounds("绿"))
    assert sounds("a") == sounds("，") == ()


def test_vocabulary() -> None:
    words = vocabulary(
        [
            words_in(["电池外壳"], ["laser laser mpa kw"], {"外壳": 2}),
            words_in(["laser 光纤"], ["mpa"], {"外壳": 1, "罕见": 1}),
        ]
    )
    assert {"电池外壳", "池外", "光纤", "laser", "mpa", "外壳"} <= words.keys()
    assert not {"kw", "罕见"} & words.keys()


def test_the_dictionary_of_words_is_that_of_the_library() -> None:
    """Its keys are read without parsing the file: they must be the same, in the same order."""
    from pypinyin.phrases_dict import phrases_dict

    lexicon = segmentation._lexicon()
    words = [lexicon.word(number) for number in range(len(lexicon.firsts))]
    assert words == [phrase for phrase in phrases_dict if 2 <= len(phrase) <= segmentation._LONGEST]


def test_a_text_that_grows_a_little_leaves_the_places_of_the_others() -> None:
    """Else an edit would change every file of the index."""
    lengths = range(300, 2300, 37)
    before, after = (
        corpus_of([""] * len(lengths), ["字" * (length + more) for length in lengths]).blocks[len(lengths) :]
        for more in (0, 12)
    )
    assert (before == after).mean() > 0.85
    text = sum(length // BLOCK + 1 for length in lengths)
    assert text <= before.sum() <= text * 1.25
