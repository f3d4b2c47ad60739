"""Similar demands: explained by words that both say, from the texts alone, the same every time."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jiebang.mapping import Maps
from jiebang.site import portions
from jiebang.site.pages.demand import text_of
from jiebang.site.similar import Alike, Text, alike, find, nearest, terms
from jiebang.site.similar.terms import Phrases, chinese_terms
from jiebang.site.similar.tokens import folded, is_sound, latin_terms, normal, separated
from jiebang.site.similar.weighing import Weighed, differing, portions_of, weighed
from jiebang.view import Contact, Enterprise, PublicSite
from tests.site import samples
from tests.site.markup import Markup
from tests.turns import at_night

Rendered = Callable[[PublicSite], dict[str, bytes]]
SITE = samples.make_site(70)

TEXTS = tuple(
    Text(*words)
    for words in (
        ("A", "电池包上盖用阻燃聚丙烯", "开发电池外壳用阻燃材料，替代金属外壳。", "阻燃：UL 94 V-0\n密度：≤ 1.1"),
        ("B", "储能柜电池外壳阻燃涂层", "现有涂层阻燃不足，电池外壳受热开裂。", "阻燃等级：ＵＬ ９４ V-0"),
        ("C", "注塑聚丙烯门板", "汽车门板用聚丙烯减重，保持强度。", "聚丙烯熔指：25 g/10min"),
        ("D", "联合收获机传感器", "测谷物流量。", "误差：≤ 3 %"),
        ("E", "再生稻收获机割台", "联合收获机低碾压割台。", "损失率：≤ 5 %"),
    )
)


def _found(texts: tuple[Text, ...]) -> dict[str, tuple[Alike, ...]]:
    return alike(texts)


def _holds(text: Text, term: str) -> bool:
    return folded(normal(term)) in folded(normal("\n".join((text.title, text.summary, text.details))))


def test_words_in_common_bring_together() -> None:
    found = _found(TEXTS)
    near = {me: [one.id for one in others] for me, others in found.items()}
    assert near["A"][0] == "B"
    assert near["B"][0] == "A"
    assert near["D"] == ["E"]
    assert near["E"] == ["D"]
    assert {"电池外壳", "阻燃"} <= set(found["A"][0].shared)
    assert found["D"][0].shared == ("联合收获机",)


@pytest.mark.parametrize("texts", [TEXTS, tuple(map(text_of, SITE.demands))], ids=["few", "sample"])
def test_every_reason_stands_in_both_texts(texts: tuple[Text, ...]) -> None:
    by_id = {text.id: text for text in texts}
    found = _found(texts)
    assert sum(map(len, found.values()))
    for me, others in found.items():
        assert len(others) <= 5
        assert len({one.id for one in others} | {me}) == len(others) + 1
        for one in others:
            assert one.shared
            for place, term in enumerate(one.shared):
                assert _holds(by_id[me], term), (me, term)
                assert _holds(by_id[one.id], term), (one.id, term)
                assert not any(term in other for other in one.shared[place + 1 :] + one.shared[:place])


def test_quoted_as_the_page_writes_it() -> None:
    """The page says UL 94, the other one ＵＬ ９４: each reader is shown what they can find on the page."""
    pair = (
        Text("A", "阻燃外壳", "外壳按 UL 94 阻燃。", "无"),
        Text("B", "阻燃涂层", "涂层按 ul 94 阻燃。", "无"),
    )
    found = _found(pair)
    assert "UL 94" in found["A"][0].shared
    assert "ul 94" in found["B"][0].shared


_WORDS = ("电池外壳", "阻燃涂层", "聚丙烯", "收获机", "割台", "传感器", "ul 94", "opc ua", "导热胶")
_SOME = st.lists(st.sampled_from(_WORDS), max_size=5).map("，".join)


@given(st.lists(st.tuples(_SOME, _SOME, _SOME), min_size=1, max_size=24), st.integers(1, 400))
@settings(max_examples=200 if at_night() else 20)
def test_the_nearest_are_those_of_the_plain_definition(texts: list[tuple[str, str, str]], at_once: int) -> None:
    rows = weighed(*portions_of([Text(str(at), *parts) for at, parts in enumerate(texts)]), Maps(jobs=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "_AT_ONCE", at_once)
        found = nearest.nearest(rows)

    def product(me: int, other: int) -> int:
        mine, theirs = (
            dict(zip(rows.terms[a:b].tolist(), rows.values[a:b].tolist(), strict=True))
            for a, b in (rows.bounds[at : at + 2].tolist() for at in (me, other))
        )
        return sum(mine[term] * theirs[term] for term in mine.keys() & theirs.keys())

    for me in range(len(texts)):
        scores = {
            other: product(me, other) / math.sqrt(max(product(me, me), 1) * max(product(other, other), 1))
            for other in range(len(texts))
            if other != me
        }
        near = sorted((-score, other) for other, score in scores.items() if score >= nearest._LEAST)
        assert found.listed(me) == [(other, -score) for score, other in near[: nearest.MOST]]


_EDITS = st.lists(st.tuples(st.integers(0, 23), _SOME, _SOME, _SOME), min_size=1, max_size=4)


@given(st.lists(st.tuples(_SOME, _SOME, _SOME), min_size=1, max_size=24), _EDITS, st.integers(1, 4))
@settings(max_examples=300 if at_night() else 40)
def test_after_edits_the_same_are_found_as_anew(
    parts: list[tuple[str, str, str]], edits: list[tuple[int, str, str, str]], most: int
) -> None:
    """However few are listed of those that are near, and however many texts each edit changes."""
    texts = [Text(str(at), *some) for at, some in enumerate(parts)]
    maps = Maps(jobs=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "MOST", most)
        patch.setattr(find, "_MOST_CHANGED", 1)
        patch.setattr(portions, "ABOUT", 3)
        assert alike(tuple(texts), maps) == alike(tuple(texts))
        for at, *some in edits:
            texts[at % len(texts)] = Text(texts[at % len(texts)].id, *some)
            assert alike(tuple(texts), maps) == alike(tuple(texts))


_ROWS = st.lists(
    st.dictionaries(st.integers(0, 5), st.tuples(st.integers(1, 3), st.booleans()), max_size=4), min_size=12
)
"""Of each text its terms, what each counts there, and whether it is named there."""


def _weighed(rows: list[dict[int, tuple[int, bool]]], words: Sequence[str] = "abcdef") -> Weighed:
    entries = [(term, *told) for row in rows for term, told in sorted(row.items())]
    terms, values, named = np.array(entries, dtype=np.int32).reshape(-1, 3).T
    bounds = np.cumsum([0, *map(len, rows)])
    return Weighed(list(words), bounds, terms, values, named.astype(np.bool_))


@given(_ROWS, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=3), st.integers(1, 4))
@example([*[{0: (1, True)}] * 4, {0: (2, True)}, *[{}] * 7], [(1, 5), (3, 4)], 1)  # 2 comes up, which was not listed
@settings(max_examples=1000 if at_night() else 100)
def test_what_changed_is_compared_and_nothing_near_is_lost(
    rows: list[dict[int, tuple[int, bool]]], moves: list[tuple[int, int]], most: int
) -> None:
    after = list(rows)
    for at, of in moves:
        after[at] = rows[of]
    changed = np.array([one != other for one, other in zip(rows, after, strict=True)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "MOST", most)
        before, anew = nearest.nearest(_weighed(rows)), nearest.nearest(_weighed(after))
        found, touched = nearest.nearest_again(_weighed(after), nearest.Nearest.of(before.plain()), changed)
    for me in range(len(rows)):
        assert found.listed(me) == anew.listed(me)
        if not touched[me]:
            assert found.listed(me) == before.listed(me)
            assert not changed[[me, *(other for other, _ in found.listed(me))]].any()


@given(_ROWS, st.data())
def test_a_row_is_another_where_a_term_or_what_it_counts_is(
    rows: list[dict[int, tuple[int, bool]]], data: st.DataObject
) -> None:
    """However terms are numbered, where others come between them."""
    turned = [{term: (value, not named) for term, (value, named) in row.items()} for row in rows]
    other = [data.draw(st.sampled_from((row, beside, rows[0]))) for row, beside in zip(rows, turned, strict=True)]
    words = sorted([*"abcdef", *data.draw(st.sets(st.sampled_from(["a1", "b1", "d1"])))])
    renumbered = [{words.index("abcdef"[term]): told for term, told in row.items()} for row in other]
    again = Weighed.of(_weighed(renumbered, words).plain())
    assert differing(_weighed(rows), again).tolist() == [one != two for one, two in zip(rows, other, strict=True)]


def test_an_edit_compares_few_texts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, maps = tuple(map(text_of, SITE.demands)), Maps(jobs=1)
    monkeypatch.setattr(portions, "ABOUT", 4)
    alike(texts, maps)
    compared: list[int] = []
    plain = nearest._Scores._of_some

    def note(self: nearest._Scores, some: NDArray[np.int64]) -> NDArray[np.float64]:
        compared.extend(some.tolist())
        return plain(self, some)

    monkeypatch.setattr(nearest._Scores, "_of_some", note)
    # The same words, which count otherwise in another place: no other text is touched.
    edited = replace(texts[9], title=texts[9].summary, summary=texts[9].title)
    alike((*texts[:9], edited, *texts[10:]), maps)
    assert 9 in compared
    assert len(compared) < len(texts) / 2


def test_the_same_every_time() -> None:
    texts = tuple(map(text_of, SITE.demands))
    assert _found(texts) == _found(texts)


def test_nearness_does_not_depend_on_who_looks() -> None:
    """Whoever is the nearest of another has it among its own, or has as many as are ever named."""
    found = _found(tuple(map(text_of, SITE.demands)))
    for me, others in found.items():
        if others:
            back = found[others[0].id]
            assert me in {one.id for one in back} or len(back) == 5


def test_nothing_but_texts_counts(rendered: Rendered) -> None:
    """Other enterprises, districts, rounds, days and numbers: the same neighbours for the same reasons."""
    hidden = Enterprise(None, None, None, None)
    other = tuple(
        replace(
            d,
            district=None,
            enterprise=hidden if place % 2 else replace(d.enterprise, name="示例另一家股份有限公司"),
            status="published",
            apply_by="2031-12-31",
            selected_on=None,
            concluded_on=None,
            applications=None,
            winners=None,
            code=f"X-{place}",
        )
        for place, d in enumerate(SITE.demands)
    )
    assert _found(tuple(map(text_of, SITE.demands))) == _found(tuple(map(text_of, other)))
    assert set(Text.__slots__) == {"id", "title", "summary", "details"}
    named = rendered(replace(SITE, city=replace(SITE.city, contact=Contact("示例", "000-0000 0100"))))
    assert "共同的词：" in Markup(named[f"demands/{SITE.demands[0].id.lower()}/index.html"]).text


def test_a_new_name_of_the_enterprise_changes_no_neighbour() -> None:
    """The name of whoever asks is no part of the text, though it stands on the page."""
    before = text_of(SITE.demands[0])
    assert text_of(replace(SITE.demands[0], enterprise=replace(SITE.demands[0].enterprise, name="示例"))) == before


def test_pages_show_them_with_their_reasons(rich: dict[str, bytes]) -> None:
    found = _found(tuple(map(text_of, SITE.demands)))
    for demand in SITE.demands:
        page = Markup(rich[f"demands/{demand.id.lower()}/index.html"])
        for one in found[demand.id]:
            assert f"../../demands/{one.id.lower()}/" in page.links
            assert f"共同的词：{'、'.join(one.shared)}" in page.text


def test_none_and_one() -> None:
    assert _found(()) == {}
    assert _found(TEXTS[:1]) == {"A": ()}
    assert _found((Text("A", "abc", "1 2 3", "<>"), Text("B", "def", "4 5", "&"))) == {"A": (), "B": ()}


def _phrases(*texts: str) -> Phrases:
    return Phrases.of(list(map(separated, texts)))[0]


def _terms(*texts: str) -> set[str]:
    return {word for found in chinese_terms([_phrases(*map(folded, map(normal, texts)))]) for word in found.words}


def test_terms_are_words_and_not_pieces_of_words() -> None:
    terms = _terms("动力电池外壳，阻燃", "储能电池外壳要求阻燃", "手机电池外壳不低于阻燃级")
    assert {"电池外壳", "阻燃"} <= terms
    assert not {"池外", "电池外", "池外壳", "壳阻", "要求", "不低于"} & terms


def test_places_of_terms_are_where_they_first_stand() -> None:
    texts = ["收获机的传感器", "传感器，收获机"]
    rows = [_phrases(text) for text in texts]
    for found in chinese_terms(rows):
        for text, term, first in zip(found.texts.tolist(), found.terms.tolist(), found.first.tolist(), strict=True):
            assert texts[text].index(found.words[term]) == first - int(rows[text].starts[0])


def _plain_terms(texts: list[str]) -> dict[str, set[int]]:
    """Term → the texts that hold it, by the definition in the docstring of `terms`, string by string."""
    phrases = [(at, phrase) for at, text in enumerate(texts) for phrase in re.findall("[\u4e00-\u9fff]+", text)]
    places = [(at, p, i, i + n) for at, p in phrases for n in range(1, 7) for i in range(len(p) - n + 1)]
    count = Counter(p[i:j] for _, p, i, j in places)
    total = sum(often for string, often in count.items() if len(string) == 1)

    def cohesion(string: str) -> float:
        begun, ended = count[string[:-1]] * count[string[-1]], count[string[1:]] * count[string[0]]
        return count[string] * total / max(begun, ended)

    def bond(phrase: str, at: int) -> float:
        pair = phrase[at : at + 2] if at >= 0 else ""
        return float(np.float32(cohesion(pair))) if len(pair) == 2 and count[pair] > 1 else 0.0

    stand: dict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
    for place in places:
        stand[place[1][place[2] : place[3]]].append(place)
    terms = {}
    for string, where in stand.items():
        sides = [{p[i - 1 : i] for _, p, i, _ in where}, {p[j : j + 1] for _, p, _, j in where}]
        looser = sum(bond(p, i) < bond(p, i - 1) for _, p, i, _ in where)
        closer = sum(bond(p, j - 1) > bond(p, j - 2) for _, p, _, j in where)
        holders = {at for at, *_ in where}
        if (
            len(string) > 1
            and len(holders) > 1
            and all(len(side) > 1 or side == {""} for side in sides)
            and max(looser, closer) * 2 <= len(where)
            and cohesion(string) >= min(12.0, total / 50)
            and is_sound(string)
        ):
            terms[string] = holders
    return terms


@given(
    st.lists(st.text("电池外壳阻燃ab，", max_size=30), min_size=1, max_size=12),
    st.lists(st.integers(1, 12), max_size=6),
    st.sampled_from((1, 100, 1 << 20)),
)
@example(
    ["池池电壳池", "池电壳池池电电"], [], 1
)  # a string is none because its last character holds to the next one more
@settings(max_examples=300 if at_night() else 40)
def test_terms_are_those_of_the_plain_definition(texts: list[str], cuts: list[int], cells: int) -> None:
    bounds = sorted({0, len(texts), *(cut for cut in cuts if cut < len(texts))})
    rows = [_phrases(*texts[first:last]) for first, last in pairwise(bounds)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "_MOST_CELLS", cells)
        found: dict[str, set[int]] = defaultdict(set)
        for some in chinese_terms(rows):
            for text, term in zip(some.texts.tolist(), some.terms.tolist(), strict=True):
                found[some.words[term]].add(text)
    assert found == _plain_terms(texts)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("按 gb/t 1040.2 和 ul 94", {"gb/t 1040.2", "ul 94"}),
        ("≥ 25 mpa，30 kw·h，-40 ℃，5 mm", set()),
        ("接口 opc ua，防护 ip67", {"opc", "ua", "ip67"}),
        ("v-0 级", {"v-0"}),
        ("pa6 粒料 10 mm2，7 kg/m3，25 g/10min", {"pa6"}),
    ],
)
def test_latin_terms(text: str, wanted: set[str]) -> None:
    assert set(latin_terms(text)) == wanted


def test_what_was_kept_of_other_texts_changes_nothing() -> None:
    """An edit, a text that goes, one that comes: as if nothing had been kept."""
    maps, texts = Maps(jobs=1), tuple(map(text_of, SITE.demands))
    alike(texts, maps)
    edited = replace(texts[9], summary=f"{texts[9].summary}电池外壳阻燃涂层，OPC UA。")
    for after in ((*texts[:9], edited, *texts[10:]), texts[1:], (*TEXTS, *texts), texts[::-1]):
        assert alike(after, maps) == alike(after)
