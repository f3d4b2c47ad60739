"""A long text looked through in segments: whatever is found in the whole text is found in a segment, or around a cut."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from jiebang.detection import Reading, Rule, digits, fold, readings, segments
from jiebang.detection.pattern_index import entries_of, pack
from jiebang.detection.screening import together_in
from jiebang.mapping import Maps
from jiebang.publication import gate, large_files
from jiebang.rules.allowlist import words_in_file
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.suspicion import Looks
from tests.detection.letters import HOSTILE
from tests.detection.test_screening import _BEFORE_OR_BEHIND, _IN_TAGS, _PLAIN, NAMES, _cut_up

VALUES = {
    **dict.fromkeys(NAMES[:-1], Rule.ANYWHERE),
    "13800138000": Rule.NUMBER,
    "027-12345670": Rule.NUMBER,
    "91000000000010014Q": Rule.CODE,
    "xzgs": Rule.INITIALS,
    "manq5tor": Rule.WORD,
    "高明": Rule.PERSON,
}


def _index(values: Mapping[str, Rule]) -> SecretIndex:
    entries = [entries_of(pack([(fold(value), rule, 0)])) for value, rule in values.items()]
    firsts = [0, *accumulate(map(len, entries))][:-1]
    together = np.packbits(together_in(map(fold, values))).tobytes()
    return SecretIndex(np.concatenate(entries), list(values), firsts, together)


SECRETS = _index(VALUES)
FILE = "data/v1/demands.csv"
SENTENCES = (
    "焊接工艺方面，关键工序的合格率达到 27%，提供全部试验记录和失效分析。",
    "样件不少于 18 件，由双方共同抽样，≥312 μm（-26 ℃，按双方确认的方法测试）。",
    "与现有产线兼容，换型时间不超过 45 分钟。",
    "pH 7.2–7.6，误差 <0.5 mm，成本降低 3%～5%。",
)
BETWEEN = (
    "", "", "", "\",\"", "\"\r\n\"", "\n", "</t></is></c><c r=\"B7\" t=\"inlineStr\"><is><t>", "</p>\n<p class=\"x\">", "</dd><dd title=\"看\">", "</p><p class=\"关键工序\">",
    "<b>",
)  # fmt: skip


def cut_small(patch: pytest.MonkeyPatch) -> None:
    """Sizes at which a made-up text has many segments."""
    patch.setattr(segments, "LONG_TEXT", 1)
    patch.setattr(segments, "_SHORTEST", 40)
    patch.setattr(segments, "_ONE_OF", 3)


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    """Many segments, the ends of which are not the whole of them."""
    with pytest.MonkeyPatch.context() as patch:
        cut_small(patch)
        patch.setattr(segments, "_ENDS", 240)
        # As in long texts: in short ones a run of digits with a raised dot is taken for one with Han digits, too.
        patch.setattr(digits, "_LONG", 1)
        patch.setattr(segments, "_TOO_LONG", re.compile("[a-z2-5]{50}"))
        yield


def _in_whole(text: str, code_like: bool = False) -> set[str]:
    looks = Looks()
    looks.add(0, text, words_in_file(FILE), code_like)
    return set(looks.owners(SECRETS, 1)[0])


def _in_segments(text: str, code_like: bool = False) -> set[str] | None:
    return _looked_through(text, Maps(jobs=1), SECRETS, code_like)


def _looked_through(text: str, maps: Maps, secrets: SecretIndex, code_like: bool = False) -> set[str] | None:
    """None where the text has to be looked through whole."""
    found = segments.segments(text)
    if len(found) < 2:
        return None
    looking = large_files._Looking(FILE, secrets, maps, None)
    try:
        looking.look_through(iter(found), code_like)
    except large_files._NotInSegmentsError:
        return None
    return set(looking.told().owners)


def _check(text: str, code_like: bool = False) -> None:
    found = _in_segments(text, code_like)
    if found is None:
        event("looked through whole")
        return
    wanted = _in_whole(text, code_like)
    event(f"in segments, {'found' if wanted else 'nothing'}")
    assert wanted <= found
    _check_forms(text)


def _check_forms(text: str) -> None:
    """The readings of the segments one behind the other are those of the text, but for lines that hold nothing."""
    forms = [segments.forms_of(segment) for segment in segments.segments(text)]
    together = [
        between.join(filter(None, (form[number] for form in forms if form is not None)))
        for number, between in enumerate(segments._BETWEEN)
    ]
    whole = [reading.normalised for reading in readings(text) if reading.mixture is None and not reading.picked]
    assert [*filter(None, map(_filled, together))] == [*filter(None, map(_filled, whole))]


def _filled(form: str) -> str:
    return re.sub("\n+", "\n", form).strip("\n")


_SENTENCE = st.tuples(st.sampled_from(SENTENCES), st.sampled_from(BETWEEN)).map("".join)
_LONG = st.lists(_SENTENCE, min_size=8, max_size=24).map("".join)
_FRAMES = st.sampled_from((*_IN_TAGS, "{}。", "{}。</p><p>", "。{}", "联系人{}", "{}。\r\n"))


@given(_LONG, _cut_up(st.one_of(st.sampled_from((*_PLAIN, "。", "。</p>")), _LONG), _FRAMES), _LONG, st.booleans())
@example("", "。示例</p>。\n<p>重工", "", False)
@example("", "电话：。13800138000", "", False)
@example("一二三。", "联系人。" + "高明", "好。" * 300, False)
@example("", "12。12.13800138000", SENTENCES[0] * 9, False)
@example("", "〇二七一二。" + SENTENCES[0] * 9 + "三四五六七〇二三四五六", "", False)
@example("", '<p class="示例">。</p>' + SENTENCES[0] * 20 + '<p class="重工">。</p>。', "", False)
def test_what_stands_in_a_text_is_found_in_its_segments(
    before: str, planted: str, behind: str, code_like: bool
) -> None:
    _check(before + planted + behind, code_like)


@given(
    _LONG, _cut_up(_BEFORE_OR_BEHIND, st.just("{}")), _LONG, st.lists(st.one_of(_BEFORE_OR_BEHIND, HOSTILE), max_size=4)
)
def test_what_acts_from_afar_is_left_to_the_whole_text(before: str, planted: str, behind: str, more: list[str]) -> None:
    for text in (before + planted + behind + "".join(more), "".join(more) + before + planted + behind):
        _check(text)


@given(st.lists(st.one_of(HOSTILE, st.sampled_from(SENTENCES), st.sampled_from(NAMES)), min_size=3, max_size=20))
def test_texts_of_anything_are_found_in_their_segments(parts: list[str]) -> None:
    _check("。".join(parts))
    _check("。</t>".join(parts))


PLAIN = "".join(f"{number} 号样件。{SENTENCES[number % 3]}" for number in range(200))


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_found_beside_every_cut_and_across_it(value: str) -> None:
    plain = PLAIN[: len(PLAIN) // 5]
    cuts = list(accumulate(map(len, segments.segments(plain))))[:-1]
    assert len(cuts) > 5
    written = f"联系人{value}" if value == "高明" else value
    times = 0
    for cut in cuts[3:5]:
        for at in range(len(written) + 1):
            text = plain[: cut - at] + written + plain[cut - at :]
            found = _in_segments(text)
            assert found is not None
            # Beside a number of the text it is no value.
            if value in _in_whole(text):
                assert value in found
                times += 1
    assert times > 1


@pytest.mark.parametrize("value", ["13800138000", "91000000000010014Q"])
@pytest.mark.parametrize("code_like", [False, True])
def test_a_value_far_from_every_cut_is_found_in_its_segment(value: str, code_like: bool) -> None:
    far = "样件由双方共同抽样，" * 60
    assert _in_segments(f"{PLAIN}{far}{value}，{far}。{PLAIN}", code_like) == {value}
    assert _in_segments(f"{PLAIN}{far}一款材料，{far}。{PLAIN}", code_like) == set()


def test_values_that_are_longer_than_what_is_kept_of_ends_need_the_whole_text() -> None:
    for letters, is_whole in ((300, False), (301, True)):
        index = _index({("示例重工" * 76)[:letters]: Rule.ANYWHERE})
        assert (_looked_through(PLAIN, Maps(jobs=1), index) is None) is is_whole


def test_an_edit_changes_a_few_segments() -> None:
    for at in (0, len(PLAIN) // 2, len(PLAIN) - 1):
        before, after = segments.segments(PLAIN), segments.segments(PLAIN[:at] + "改过了" + PLAIN[at:])
        assert "".join(before) == PLAIN
        assert len(set(after) - set(before)) <= 4 < len(before)


@pytest.mark.parametrize("before", [PLAIN, f"<p>{PLAIN}</p>"])
@pytest.mark.parametrize(
    "afar", ["xn--fiq", "<!-- 石", "<p title='", "<rt>石", "\\31 3", "\ue000", "Ã¤Â¸Â­", "\u0301", "<a href=x class=\"", "😀",
     "<p title=' class='>石", '<p title=" class=">石</p>']
)  # fmt: skip
def test_a_text_in_which_something_acts_from_afar_is_looked_through_whole(before: str, afar: str) -> None:
    assert _in_segments(before) == set()
    assert _in_segments(before + afar + PLAIN) is None


def test_a_segment_that_begins_with_an_attribute_is_not_read_by_itself() -> None:
    assert segments.forms_of('<!class="示例">石') is None
    assert segments.forms_of('<b class="示例">石') == ("石", " ", '"示例"', "示例石", "")


@given(_LONG, _cut_up(st.one_of(st.sampled_from((*_PLAIN, "。", "。</p>")), _LONG), _FRAMES), st.data())
def test_a_text_that_comes_in_portions_is_cut_where_it_can_be(before: str, planted: str, data: st.DataObject) -> None:
    text = before + planted + before
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    portions = [text[first:last] for first, last in pairwise([0, *places, len(text)])]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(large_files, "_BESIDE_A_CUT", 20)
        found = list(large_files.segments_in(portions))
    assert "".join(found) == text
    whole = set(accumulate(map(len, segments.segments(text))))
    assert all(segments._CUT.search(text, end - 40) for end in accumulate(map(len, found[:-1]))) and whole
    for some in (1, 2, 1000):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(large_files, "_AT_ONCE", some)
            patched.setattr(large_files, "_JOINTS_AT_ONCE", some)
            looking = large_files._Looking(FILE, SECRETS, Maps(jobs=1), None)
            try:
                looking.look_through(iter(found), code_like=False)
            except large_files._NotInSegmentsError:
                return
        assert _in_whole(text) <= set(looking.told().owners)


@given(st.lists(st.tuples(*[st.sampled_from([(), ("a",), ("b", "c")])] * 5), max_size=12), st.integers(1, 5))
def test_ends_that_come_in_portions_are_joined_as_all_at_once(ends: list[segments.Ends], size: int) -> None:
    marked = [
        tuple(tuple(f"{part}{number}" for part in parts) for parts in of_segment)
        for number, of_segment in enumerate(ends)
    ]
    batches = [marked[first : first + size] for first in range(0, len(marked), size)]
    joined = list(large_files._joined(batches))
    wanted = set(segments.joints(marked))
    # Some stand there also as far as they were known when a portion ended.
    assert wanted <= set(joined)
    assert all(any(n == number and form in whole for n, whole in wanted) for number, form in joined)


def _workbook(rows: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", rows)
    return stream.getvalue()


@pytest.mark.parametrize("value", ["", "示例重工", "示例&lt;b>重&#24037;", "027 1234 5670", "xn--示例重工"])
def test_a_large_file_is_found_to_hold_what_is_found_in_it_at_once(value: str) -> None:
    rows = "".join(f'<row><c r="A{n}"><is><t>{SENTENCES[n % 3]}</t></is></c></row>' for n in range(90))
    content = _workbook(rows + f"<c>{value}</c>" + rows)
    as_json = json.dumps([PLAIN, html.unescape(value), PLAIN]).encode()
    for path, data in (
        ("data/v1/demands.xlsx", content),
        ("data/v1/demands.json", as_json),
        ("示例重工.csv", (PLAIN + value + PLAIN).encode()),
    ):
        (wanted,) = gate.suspect_files([(path, data)], SECRETS)
        assert large_files.suspect_large_file(path, io.BytesIO(data), SECRETS, Maps(jobs=1)).owners == wanted
        assert bool(wanted) == bool(value or path.startswith("示"))
    assert "" in large_files.suspect_large_file("a.xlsx", io.BytesIO(content[:-30]), SECRETS, Maps(jobs=1)).owners


def test_a_segment_that_was_looked_through_is_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    around: list[int] = []
    plain, plain_around = segments.forms_of, segments.readings_around

    def noted(segment: str) -> segments.Forms | None:
        looked.append(1)
        return plain(segment)

    def noted_around(joint: segments.Joint, code_like: bool) -> list[Reading] | None:
        around.append(1)
        return plain_around(joint, code_like)

    monkeypatch.setattr(large_files, "forms_of", noted)
    monkeypatch.setattr(large_files, "readings_around", noted_around)
    maps = Maps(jobs=1)
    for text, most in ((PLAIN, 1000), (PLAIN, 0), (PLAIN.replace("100 号", "示例重工"), 4)):
        looked.clear()
        around.clear()
        found = _looked_through(text, maps, SECRETS)
        assert found is not None and bool(found) == ("示例重工" in text)
        assert len(looked) <= most
        # Three forms of a text without tags, and a joint at each end of a segment.
        assert len(around) <= 3 * (most + 1 if most else 0)
