"""Words of the trade: the program's list, what a bureau puts over it, and what readers are offered who type sixty other words."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.catalogue import load
from jiebang.errors import UserError
from jiebang.publication import publish
from jiebang.publication.search_index import names_of
from jiebang.schemas.codelists import foundation_fields
from jiebang.site import load_frames
from jiebang.site.grouping import group_demands
from jiebang.site.search import build_index, folded_text
from jiebang.site.search.offers import folded_terms, standing, standing_in, synonyms_file
from jiebang.site.synonyms import key_of, synonym_files, synonyms_in
from jiebang.workspace import SYNONYMS as FILE
from jiebang.workspace import cache_folder
from tests import plain_yaml
from tests.conftest import FIXTURES, ROOT, SAMPLE
from tests.site.samples import match_content

NODE = ROOT / ".venv" / "bin" / "node"
OURS = synonyms_in(synonym_files(ROOT, None))


def _with(folder: Path, text: str) -> tuple[tuple[str, ...], ...]:
    (folder / FILE).write_text(text, encoding="utf-8")
    return synonyms_in(synonym_files(ROOT, folder))


def test_every_field_of_the_foundation_catalogue_has_its_words() -> None:
    listed = plain_yaml.values((ROOT / "site" / FILE).read_text(encoding="utf-8"))
    assert list(listed) == [field.value for field in foundation_fields()]
    assert min(map(len, listed.values())) >= 5
    assert len(OURS) >= 250


def test_a_bureau_adds_groups_and_takes_words_out(tmp_path: Path) -> None:
    groups = _with(tmp_path, "本地:\n  - 光谷、光电子产业园\n不用:\n  - 电动车、静音\n")
    assert groups[-1] == ("光谷", "光电子产业园")
    assert any("电动车" in group for group in OURS)
    assert not any("电动车" in group or "静音" in group for group in groups)
    assert len(groups) == len(OURS) + 1


def test_a_file_of_nothing_changes_nothing(tmp_path: Path) -> None:
    assert _with(tmp_path, "# 暂无\n") == OURS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本地:\n  - 光谷\n", "第 2 行：一组至少要有两个词。"),
        ("本地:\n  - 光谷、\n", "第 2 行：“”太短"),
        ("本地:\n  - 泵、水泵\n", "第 2 行：“泵”太短"),
        ("本地:\n  - 甲乙、甲 乙\n", "第 2 行：“甲 乙”在同一组里写了两遍。"),
        ("本地:\n  - 6061、7075\n", "第 2 行：“6061”没有文字。"),
        (f"本地:\n  - 甲乙、{'长' * 41}\n", "第 2 行：有一个词超过 40 个字。"),
        (f"本地:\n  - {'、'.join(f'词语{n}' for n in range(21))}\n", "第 2 行：一组超过 20 个词。"),
        ("- 甲乙、丙丁\n", "第 1 行：应先有一行标题。"),
        ("本地: 甲乙、丙丁\n", "第 1 行：标题“本地”下面应是一个列表。"),
        ("本地:\n  - [甲乙, 丙丁]\n", "第 2 行：一组同义词应写在一行里"),
        ("本地:\n  - &a 甲乙、丙丁\n", "第 2 行：不能用 &"),
        ("本地:\n  - !x 甲乙、丙丁\n", "第 2 行：不能用 &"),
        ("本地:\n  - '甲乙、丙丁\n", "不合 YAML 的写法。"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as told:
        _with(tmp_path, text)
    assert said in told.value.message
    assert told.value.message.startswith(FILE)
    assert told.value.hint


def test_other_codings_and_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes("本地:\n  - 甲乙、丙丁\n".encode("gbk"))
    with pytest.raises(UserError, match="不是 UTF-8"):
        synonyms_in(synonym_files(ROOT, tmp_path))
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).symlink_to("/etc/hostname")
    with pytest.raises(UserError, match="符号链接"):
        synonym_files(ROOT, tmp_path)


def test_a_changed_list_is_another_site(tmp_path: Path) -> None:
    cache = cache_folder(ROOT)
    before = load_frames(ROOT, cache, tmp_path)
    (tmp_path / FILE).write_text("本地:\n  - 甲乙、丙丁\n", encoding="utf-8")
    after = load_frames(ROOT, cache, tmp_path)
    assert before.digest != after.digest
    assert len(synonyms_in(after.synonyms)) == len(synonyms_in(before.synonyms)) + 1


def test_a_word_stands_only_where_it_is_no_piece_of_another() -> None:
    texts = ["ev 车，level", "pa66 树脂", "电动汽车"]
    assert standing([standing_in(("ev", "pa66", "pa6", "电动", "没有"), texts)]) == {"pa66", "电动"}
    assert standing([standing_in((), texts)]) == standing([]) == set()


_WORDS = st.text("ae5电动车- ", max_size=12)


@given(st.lists(_WORDS.filter(bool), max_size=8), st.lists(_WORDS, max_size=6), st.integers(0, 6))
def test_a_term_stands_where_it_is_found_and_never_as_a_piece_of_another_word(
    terms: list[str], texts: list[str], first: int
) -> None:
    text = "\n".join(("", *texts, ""))
    wanted = set()
    for term in terms:
        places = [at for at in range(len(text)) if text.startswith(term, at)]
        edges = [text[edge - 1 : edge + 1] for at in places for edge in (at, at + len(term))]
        if places and not any(re.fullmatch("[ae5]{2}", edge) for edge in edges):
            wanted.add(term)
    assert standing([standing_in(tuple(terms), some) for some in (texts[:first], texts[first:])]) == wanted


Asked = tuple[list[dict[str, Any]], list[dict[str, Any]], list[str], list[str]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The searches of both fixtures, what the sample's search answers, and the ids and folded texts of its demands by their numbers."""
    folder = tmp_path_factory.mktemp("searched")
    site = publish(load(SAMPLE)[0], {}).site
    grouped = group_demands(site)
    index = build_index(grouped.told, synonyms=OURS)
    for file in index.files():
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.make(*file.inputs))
    searches = [
        search
        for name in ("search-queries.yml", "search-words.yml")
        for search in plain_yaml.values((FIXTURES / name).read_text(encoding="utf-8"))
    ]
    done = subprocess.run(
        [NODE, ROOT / "tests" / "scripts" / "searches.js", folder, index.manifest_path],
        input=json.dumps([search["q"] for search in searches]),
        capture_output=True,
        check=True,
        timeout=120,
        encoding="utf-8",
    )
    return (
        searches,
        json.loads(done.stdout),
        [demand.id for demand in grouped.all],
        [folded_text(demand, site) for demand in grouped.all],
    )


def test_of_sixty_searches_in_other_words_hardly_any_is_left_without_an_offer(asked: Asked) -> None:
    searches, answers, ids, _ = asked
    in_other_words = [pair for pair in zip(searches, answers, strict=True) if "kind" in pair[0]]
    assert len(in_other_words) == 60
    found = offered = 0
    for search, answer in in_other_words:
        relevant = set(search["relevant"])
        found += not relevant.isdisjoint(ids[hit] for hit in answer["hits"])
        offered += any(not relevant.isdisjoint(ids[hit] for hit in offer["hits"]) for offer in answer["offers"])
    assert found <= 5, "these searches are in other words than the demands"
    assert offered >= 55


def test_short_words_find_something_or_are_offered_it(asked: Asked) -> None:
    searches, answers, ids, _ = asked
    short = [pair for pair in zip(searches, answers, strict=True) if "kind" not in pair[0]]
    assert len(short) >= 60
    lost = [
        search["q"]
        for search, answer in short
        if set(search["relevant"]).isdisjoint(
            ids[hit] for hit in (*answer["hits"], *(hit for offer in answer["offers"] for hit in offer["hits"]))
        )
    ]
    assert len(lost) <= 2, lost


def test_offers_are_never_among_the_hits_and_hold_what_they_say(asked: Asked) -> None:
    _, answers, _, texts = asked
    for answer in answers:
        words = answer["query"].lower().split()
        found = [n for n, text in enumerate(texts) if all(word in text for word in words)]
        # What is found nowhere may be pinyin.
        assert sorted(answer["hits"]) == found or (not found and answer["query"].isascii())
        for offer in answer["offers"]:
            parts = offer["text"].lower().split()
            assert sorted(offer["hits"]) == [n for n, text in enumerate(texts) if all(part in text for part in parts)]
            assert set(offer["hits"]) - set(answer["hits"])


def test_an_offer_costs_a_telephone_little(asked: Asked) -> None:
    _, answers, _, _ = asked
    assert max(answer["fetched"] for answer in answers) <= 16
    assert max(answer["bytes"] for answer in answers) <= 200_000


def test_a_word_is_compared_however_it_is_spaced() -> None:
    assert key_of("尼龙 66") == key_of("尼龙-66") == "尼龙66"
    assert key_of("Ｆlame-Retardant") == "flame retardant"


def test_a_word_that_is_not_wanted_stands_in_no_file(tmp_path: Path) -> None:
    """A hidden enterprise may be called like a word of the list: the leak gate stops the build, and this is the way out."""
    site = publish(load(SAMPLE)[0], {}).site
    texts = [folded_text(demand, site) for demand in site.demands]
    groups = _with(tmp_path, "不用:\n  - 高速列车\n")
    for listed, expected in ((OURS, True), (groups, False)):
        stand = standing([standing_in(folded_terms(listed), texts)])
        assert ("高速列车" in synonyms_file(listed, stand)[1].decode()) is expected
        assert ("高速列车" in names_of(match_content(site.demands, listed))) is expected
