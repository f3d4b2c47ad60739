"""Matching: what is named and what not, why, and how well on profiles that were labelled before it was tuned."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matching as bench
from jiebang.catalogue import load
from jiebang.publication import publish
from jiebang.site.characters import points_of
from jiebang.site.matching import Document, Index, Text, document_of, index_of, matches, public_index, reasons
from jiebang.site.matching.denied import without_denied
from jiebang.site.matching.reasons import FIELDS
from jiebang.site.matching.tokens import Counts, Tokens
from jiebang.site.search.folding import fold
from jiebang.site.search.segmentation import words_of
from jiebang.site.similar.tokens import is_unit, separated
from jiebang.view import PublicSite
from tests.conftest import SAMPLE

_GROUPS = (("钠离子电池", "钠电池", "sodium-ion battery"), ("负极", "anode"))
_DOCUMENTS = (
    Document("D-1", "钠离子电池用硬碳负极材料", "开发层状氧化物体系的硬碳负极。", "首次库仑效率：≥ 90 %"),
    Document("D-2", "联合收获机谷物流量传感器", "装在升运器上的传感器。", "误差：≤ 3 %"),
    Document("D-3", "丙烷压缩机消声结构", "降低转子压缩机的气流脉动。", "噪声：≤ 40 dB"),
)


@pytest.fixture(scope="module")
def small() -> Index:
    return index_of(_DOCUMENTS, _GROUPS)


@pytest.fixture(scope="module")
def sample() -> PublicSite:
    return publish(load(SAMPLE)[0], {}).site


def _named(text: str, index: Index) -> list[str]:
    return [match.id for match in matches(Text(text, index), index)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们做硬碳负极，供钠电池企业。", ["D-1"]),
        ("Anode materials for sodium ion batteries; sodium-ion battery anodes.", ["D-1"]),
        ("谷物传感器和收获机配件生产", ["D-2"]),
        ("壓縮機消聲結構設計", ["D-3"]),
        ("压缩机", []),
        ("婚纱摄影", []),
        ("", []),
        ("，。！", []),
    ],
)
def test_what_says_the_same_is_named_and_nothing_else(small: Index, text: str, expected: list[str]) -> None:
    assert _named(text, small) == expected


def test_whoever_only_trades_needs_more(small: Index) -> None:
    assert _named("谷物传感器、收获机，生产、零售", small) == ["D-2"]
    assert _named("谷物传感器、收获机，零售", small) == []
    assert _named("sodium-ion battery anode, wholesale", small) == []
    assert _named("sodium-ion battery anode, our workshop", small) == ["D-1"]
    assert _named("We make and sell sodium-ion battery anodes", small) == ["D-1"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我们不做硬碳负极、钠电池，做谷物传感器。", "我们,，做谷物传感器。"),
        ("做消声结构，也不涉及收获机\n做谷物传感器", "做消声结构，也,\n做谷物传感器"),
        ("硬碳负极我们不做，谷物传感器自产", "，谷物传感器自产"),
        ("不再生产硬碳负极只做谷物传感器", ",只做谷物传感器"),
        ("不做 0.5 mm 的薄膜。", ",。"),
        ("没有硬碳负极业务；未从事过压缩机", ",；,"),
        ("We don’t make sodium-ion batteries but sensors.", "We ,but sensors."),
        ("Not involved in anodes, we make sensors", ",, we make sensors"),
        # Nothing is denied.
        ("不仅做硬碳负极，不断研发", "不仅做硬碳负极，不断研发"),
        ("替代国内不生产的轴承，无人机业务，不含氟", "替代国内不生产的轴承，无人机业务，不含氟"),
        ("", ""),
    ],
)
def test_what_a_text_denies_is_left_out(text: str, left: str) -> None:
    assert without_denied(text) == left


def test_what_an_enterprise_does_not_do_suits_nobody(small: Index) -> None:
    assert _named("我们不做硬碳负极、钠电池，生产谷物传感器、收获机。", small) == ["D-2"]
    assert _named("不涉及硬碳负极、钠电池。", small) == []
    # A trader who says that nothing is made there.
    assert _named("谷物传感器、收获机零售，不生产", small) == []


def test_words_are_told_best_first_each_with_its_place(small: Index) -> None:
    index = small
    (match,) = matches(Text("钠电池的负极，负极，层状氧化物", index), index)
    told = reasons(match.words, [("名称", _DOCUMENTS[0].title), ("需求内容", _DOCUMENTS[0].summary)], index.tokens)
    assert [(reason.word, reason.said, reason.field) for reason in told] == [
        ("层状氧化", "层状氧化", "需求内容"),
        ("负极", "负极", "名称"),
        ("钠电池", "钠离子电池", "名称"),
    ]
    assert [word.weight for word in match.words] == sorted((word.weight for word in match.words), reverse=True)
    assert sum(word.weight for word in match.words) <= match.score


def test_only_what_is_wanted_is_named_and_scores_stay_the_same(sample: PublicSite) -> None:
    whole = index_of([document_of(demand) for demand in sample.demands], bench.GROUPS)
    published = public_index(sample.demands, bench.GROUPS)
    assert set(published.ids) == {demand.id for demand in sample.demands if demand.status == "published"}
    for profile in bench.profiles():
        wanted = frozenset(published.ids)
        assert matches(Text(profile.text, whole), whole, wanted) == matches(Text(profile.text, published), published)


def test_the_titles_of_fields_are_those_that_are_compared() -> None:
    assert [name for name, _ in FIELDS] == ["title", "summary", "parameters", "effect", "schedule", "cooperation_note"]


def test_as_good_as_measured(sample: PublicSite) -> None:
    documents = [document_of(demand) for demand in sample.demands]
    ids = [document.id for document in documents]
    shipped, simple = bench.WAYS["本程序"](documents), bench.WAYS["BM25，双字"](documents)
    by_hand = bench.judged(shipped, bench.profiles(), ids)
    assert min(map(by_hand.of, ("own", "other", "english"))) >= 0.95
    applied = bench.applicants(load(Path(SAMPLE))[0], ids)
    assert sum(bench.judged(shipped, applied, ids).ndcg) >= sum(bench.judged(simple, applied, ids).ndcg)


def test_nothing_is_named_where_nothing_fits(sample: PublicSite) -> None:
    index = index_of([document_of(demand) for demand in sample.demands], bench.GROUPS)
    unanswered = {profile.text for profile in bench.profiles() if not matches(Text(profile.text, index), index)}
    assert unanswered == {profile.text for profile in bench.profiles() if not profile.suits}


_COUNTED = (("钠电池", "b电"), ("anode", "a b"), ("电池负极", "pa"))
_WORDS = st.lists(
    st.sampled_from(["钠电池", "电 池", "anodes", "a-b", "负极", "不低于", "mm", "pa66", "-", " ", "\n", "，"]),
    max_size=30,
)


@given(st.lists(st.tuples(_WORDS, _WORDS, _WORDS), max_size=4))
def test_many_texts_are_counted_as_each_is_taken_apart_by_itself(parts: list[tuple[list[str], ...]]) -> None:
    """And so far apart that no word begins in one text and ends in the next."""
    tokens = Tokens(_COUNTED)
    texts = [["".join(words) for words in of] for of in parts]
    wanted = []
    for of in texts:
        counts: Counter[str] = Counter()
        for weight, text in zip((3, 2, 1), map(fold, of), strict=True):
            cut, points = separated(text), points_of(text)
            begins = words_of(points, points == ord(" ")).starts
            names = [cut[at : at + 2] for at in range(len(cut) - 1) if begins[at]]
            names = [name for name in names if re.fullmatch("[\u3400-\u9fff]{2}", name)]
            names += [word for word in re.findall("[a-z][a-z0-9]+", text) if not is_unit(word)]
            names += [token.name for token in tokens.synonyms(text)]
            for name in names:
                counts[name] += weight
        wanted.append(dict(counts))
    found = Counts.of(tokens.counts(texts, (3, 2, 1)).plain())
    told = zip((found.names[number] for number in found.tokens.tolist()), found.often.tolist(), strict=True)
    assert [dict(islice(told, size)) for size in found.sizes.tolist()] == wanted
    assert next(told, None) is None


@given(_WORDS)
def test_a_long_text_is_looked_through_as_a_short_one_is(words: list[str]) -> None:
    """Long ones are looked through by numbers first."""
    synonyms, text = Tokens(_COUNTED).synonyms, fold("".join(words))
    short = [(found.start + 299, found.end + 299, found.name) for found in synonyms(f"，{text}")]
    assert [(found.start, found.end, found.name) for found in synonyms(f"{'，' * 300}{text}")] == short
