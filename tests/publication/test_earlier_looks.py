"""After something else became private, what was clean before is told to be clean only where a look at everything would say so."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from jiebang.catalogue import Catalogue, Record, load
from jiebang.detection import fold
from jiebang.detection.pattern_index import entries_of, pack
from jiebang.detection.trigrams import Sought, summary_of
from jiebang.mapping import Maps, Shared, digest
from jiebang.publication import gate, large_files
from jiebang.publication.large_files import suspect_large_file
from jiebang.rules import earlier_looks
from jiebang.rules.earlier_looks import SITE, TEXTS, Earlier, earlier_look, note_look
from jiebang.rules.secret_index import PRIVATE, SecretIndex, secret_index
from jiebang.rules.suspicion import Surroundings, all_texts_looked_through, suspect, texts_looked_through
from tests.detection.letters import HOSTILE
from tests.detection.test_screening import _BEFORE_OR_BEHIND, _IN_TAGS, _PLAIN, _cut_up
from tests.publication.test_extraction import _zip
from tests.publication.test_segments import BETWEEN, PLAIN, SECRETS, SENTENCES, VALUES, _index, cut_small
from tests.rules.records import catalogue, record

BEFORE = _index({value: VALUES[value] for value in list(VALUES)[::3]})
EARLIER = Earlier(BEFORE.key, Sought([fold(value) for number, value in enumerate(VALUES) if number % 3]))
FILE = "data/v1/demands.csv"


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        cut_small(patch)
        yield


def _alone(group: str) -> list[str]:
    """A group of one text."""
    return [group]


def _check(texts: list[str]) -> None:
    for ending in ("html", "txt", "js", "json"):
        files = [(f"a.{ending}", text.encode("utf-8", "ignore")) for text in texts]
        owners, summary = gate.look_at_files(files, BEFORE)
        may_stand = EARLIER.sought.may_stand_in(summary)
        for now, then in zip(gate.suspect_files(files, SECRETS), owners, strict=True):
            event(f"{'found' if now else 'clean'}, {'looked through again' if may_stand or then else 'told'}")
            assert not now or then or may_stand


@given(st.lists(_cut_up(st.sampled_from(_PLAIN), st.sampled_from(_IN_TAGS)), min_size=1, max_size=3))
def test_files_are_looked_through_again_where_something_is_found(texts: list[str]) -> None:
    _check(texts)


@given(st.lists(_cut_up(_BEFORE_OR_BEHIND, st.just("{}")) | HOSTILE, min_size=1, max_size=3))
def test_files_with_anything_are_looked_through_again_where_something_is_found(texts: list[str]) -> None:
    _check(texts)


@given(
    _cut_up(st.sampled_from(BETWEEN), st.sampled_from(_IN_TAGS)),
    st.lists(st.sampled_from([*SENTENCES, *BETWEEN]), max_size=30).map("".join),
)
def test_large_files_and_groups_of_texts_are_told_what_a_look_at_everything_finds(value: str, text: str) -> None:
    """What was remembered of the text, and of the text with a value in it, leads nobody astray."""
    for content in (f"{text}{value}。{text}", text):
        maps = Maps(jobs=1)
        for before in (text, content):
            suspect_large_file(FILE, BytesIO(before.encode()), BEFORE, maps)
            gate.suspect_texts(FILE, before.split("。"), _alone, BEFORE, maps)
        large = suspect_large_file(FILE, BytesIO(content.encode()), SECRETS, maps, EARLIER)
        assert large.owners == suspect_large_file(FILE, BytesIO(content.encode()), SECRETS, Maps(jobs=1)).owners
        texts = gate.suspect_texts(FILE, content.split("。"), _alone, SECRETS, maps, EARLIER)
        assert texts.owners == gate.suspect_texts(FILE, content.split("。"), _alone, SECRETS, Maps(jobs=1)).owners


@given(
    _cut_up(st.sampled_from(BETWEEN), st.sampled_from(_IN_TAGS)),
    st.lists(st.sampled_from([*SENTENCES, *BETWEEN]), max_size=30).map("".join),
)
@example("示例重工", PLAIN)
def test_what_was_told_of_a_large_file_clears_no_part_of_it_in_which_something_new_stands(
    value: str, text: str
) -> None:
    """Also a part that is too short to be cut, beside one that is not."""
    parts = [(f"{number}.csv", part.encode("utf-8", "ignore")) for number, part in enumerate((text, value, text))]
    for name, content in ((FILE, f"{text}{value}。{text}".encode()), ("a.zip", _zip(parts))):
        maps = Maps(jobs=1)
        then = suspect_large_file(name, BytesIO(content), BEFORE, maps)
        now = suspect_large_file(name, BytesIO(content), SECRETS, Maps(jobs=1))
        assert not now.owners or not EARLIER.clears(maps, then)


def test_what_may_hold_nothing_new_is_not_looked_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    maps, earlier = Maps(jobs=1), Earlier(BEFORE.key, Sought([fold("夔鼍有限公司"), "5273641908"]))
    wanted = suspect_large_file(FILE, BytesIO(PLAIN.encode()), BEFORE, maps).owners
    assert gate.suspect_texts(FILE, PLAIN.split("。"), _alone, BEFORE, maps).owners == wanted == ()

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(large_files, "forms_of", refuse)
    monkeypatch.setattr(large_files, "readings_around", refuse)
    now = _index({value: VALUES[value] for value in list(VALUES)[::3]} | {"夔鼍有限公司": VALUES["示例重工"]})
    large_files._Looking(FILE, now, maps, earlier).look_through(large_files.segments_in([PLAIN]), code_like=False)
    monkeypatch.setattr(gate, "suspect", refuse)
    assert gate.suspect_texts(FILE, PLAIN.split("。"), _alone, now, maps, earlier).owners == ()
    # And it is known from then on.
    assert gate.suspect_texts(FILE, PLAIN.split("。"), _alone, now, maps).owners == ()


OPENLY = record("E-AAAAAAA1", name="样本甄示范光电有限公司", disclosure="公开", contact={"name": "甄示范"})
OTHER = record("E-AAAAAAA2", name="样本静默有限公司", disclosure="公开")
SAME = record("E-AAAAAAA2", name="样本静默有限公司", disclosure="公开", contact={"name": "甄示范"})
HIDDEN = record("E-AAAAAAA3", name="夔鼍重工有限公司", disclosure="不公开", contact={"phone": "02752736419"})
DEMAND = record("D-AAAAAAA1", enterprise="E-AAAAAAA1", title="为样本甄示范光电有限公司焊接一款材料")
CLEAN = [record(f"D-AAAAAA{n}", enterprise="E-AAAAAAA1", title=f"焊接第 {n} 款材料") for n in range(10, 30)]


def _told(index: SecretIndex, maps: Maps, earlier: Earlier | None, *texts: tuple[Record, Record]) -> list[bool]:
    around = Shared(digest(index.key, b""), Surroundings(index, None, b""))
    keys = [digest(text.near["title"]) for text, _ in texts]
    looks = texts_looked_through(maps, suspect, around, keys, lambda number: texts[number], earlier)
    return [bool(owners) for owners, _ in looks]


def test_what_is_new_is_told_from_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = catalogue(OPENLY, OTHER, DEMAND), catalogue(OPENLY, OTHER, DEMAND, HIDDEN)
    maps = Maps(jobs=1)
    assert earlier_look(TEXTS, maps, before, secret_index(before)) is None
    note_look(TEXTS, maps, before.root, secret_index(before))
    # Nothing is new.
    assert earlier_look(TEXTS, maps, before, secret_index(before)) is None
    assert earlier_look(SITE, maps, after, secret_index(after)) is None
    earlier = earlier_look(TEXTS, maps, after, secret_index(after))
    assert earlier is not None and earlier.key == secret_index(before).key
    for text, there in (("夔鼍重工", True), ("致电 027-5273 6419", True), ("样本甄示范", False), ("焊接", False)):
        _, summary = gate.look_at_files([("a.txt", text.encode())], secret_index(before))
        assert earlier.sought.may_stand_in(summary) is there
    # Fewer are no reason to look again.
    note_look(TEXTS, maps, after.root, secret_index(after))
    fewer = earlier_look(TEXTS, maps, before, secret_index(before))
    assert fewer is not None and not fewer.sought.may_stand_in(summary)
    # More than it is worth, and what no record says, are.
    note_look(TEXTS, maps, before.root, secret_index(before))
    assert earlier_look(TEXTS, maps, before, secret_index(after)) is None
    monkeypatch.setattr(earlier_looks, "_MOST", 1)
    assert earlier_look(TEXTS, maps, after, secret_index(after)) is None


def _index_of(entries: list[bytes]) -> SecretIndex:
    return SecretIndex(entries_of(b"".join(entries)), list(map(str, range(len(entries)))), range(len(entries)), b"")


_ENTRIES = st.lists(st.sampled_from([pack([(fold(value), rule, PRIVATE)]) for value, rule in VALUES.items()]))


@given(_ENTRIES, _ENTRIES)
def test_entries_beyond_known_ones_are_those_of_other_identities(before: list[bytes], after: list[bytes]) -> None:
    numbers = _index_of(after).beyond(_index_of(before).identities)
    assert numbers == [number for number, entry in enumerate(after) if entry not in before]


def test_what_was_excused_for_whose_it_is_is_not_for_another() -> None:
    before, after = catalogue(OPENLY, OTHER, DEMAND), catalogue(OPENLY, SAME, DEMAND)
    old, new, maps = secret_index(before), secret_index(after), Maps(jobs=1)
    # Several go through the map together.
    texts = [(DEMAND, OPENLY), *((clean, OPENLY) for clean in CLEAN)]
    assert not any(_told(old, maps, None, *texts))
    note_look(TEXTS, maps, before.root, old)
    wanted = _told(new, Maps(jobs=1), None, *texts)
    assert wanted == [True, *[False] * len(CLEAN)]
    assert _told(new, maps, earlier_look(TEXTS, maps, after, new), *texts) == wanted


def test_the_very_same_texts_are_told_together_and_by_themselves_when_one_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From one look that is noted on, whatever became private since; until what is new may stand in one, or is much."""
    maps, looked = Maps(jobs=1), list[int]()
    texts = [(clean, OPENLY) for clean in CLEAN]

    def told(now: Catalogue, wanted: list[bool], texts: list[tuple[Record, Record]]) -> bool:
        looked.clear()
        index = secret_index(now)
        around = Shared(digest(index.key, b""), Surroundings(index, None, b""))
        keys = [digest(text.near["title"]) for text, _ in texts]

        def load(number: int) -> tuple[Record, Record]:
            looked.append(number)
            return texts[number]

        earlier = earlier_look(TEXTS, maps, now, index)
        looks, together = all_texts_looked_through(maps, suspect, around, keys, load, earlier)
        assert [bool(owners) for owners, _ in looks] == wanted == _told(index, Maps(jobs=1), None, *texts)
        if not together:
            note_look(TEXTS, maps, now.root, index)
        return together

    clean = [False] * len(texts)
    number = [
        HIDDEN,
        *(record(f"E-BBBBBBB{n}", disclosure="不公开", contact={"phone": f"0273846192{n}"}) for n in range(9)),
    ]
    assert not told(catalogue(OPENLY), clean, texts) and len(looked) == len(texts)
    for n in range(1, 6):
        assert told(catalogue(OPENLY, *number[:n]), clean, texts) and looked == []
    # Another text: the others are told by what is kept of each.
    more = [*texts, (record("D-BBBBBBB0", enterprise="E-AAAAAAA1", title="另一款薄膜"), OPENLY)]
    assert not told(catalogue(OPENLY, *number[:6]), [*clean, False], more) and looked == [len(texts)]
    assert told(catalogue(OPENLY, *number[:7]), [*clean, False], more) and looked == []
    with monkeypatch.context() as patch:
        patch.setattr(earlier_looks, "_FAR", 0)
        assert not told(catalogue(OPENLY, *number[:8]), [*clean, False], more) and looked == []
    # What stands in one of them.
    named = record("E-AAAAAAA4", name="另一款薄膜有限公司", disclosure="不公开")
    assert not told(catalogue(OPENLY, named), [*clean, True], more) and looked != []
    assert not told(catalogue(OPENLY, named, HIDDEN), [*clean, True], more)


def test_of_a_store_without_the_summary_nothing_is_told() -> None:
    maps, earlier, lost = Maps(jobs=1), Earlier(b"before", Sought([])), digest("lost")
    look = earlier_looks.Look((), (lost,))
    assert not earlier.clears(maps, look)
    assert not earlier.clears(maps, earlier_looks.Look((), None)) and not earlier.clears(
        maps, earlier_looks.Look((), ())
    )
    (kept,) = earlier_looks.keep_summaries(maps, [summary_of([])])
    # A run that made it does not drop it at its end.
    maps.keep((b"%d" % number, b"") for number in range(2000))
    maps.sweep(0)
    assert earlier.clears(maps, earlier_looks.Look((), (kept,)))
    assert not earlier.clears(maps, earlier_looks.Look(("a.yml",), (kept,)))
    assert not earlier.clears(maps, earlier_looks.Look((), (kept, lost)))


def test_the_index_of_a_catalogue_has_other_identities_for_what_is_other(base: Path) -> None:
    index = secret_index(load(base)[0])
    again = SecretIndex.of_plain(index.plain())
    assert again.identities.tolist() == index.identities.tolist()
    assert len(set(index.identities.tolist())) == len({entry.tobytes() for entry in index._index.entries}) > 50
