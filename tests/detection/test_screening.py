"""The quick look at texts says no only where no reading holds a value: values are cut up at the ends of pieces, in every way there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from jiebang.detection import PatternSet, Rule, fold, normalisation, readings, screening
from jiebang.detection.digits import with_digits
from jiebang.detection.mixed_pinyin import mixture
from tests.detection.letters import HOSTILE

NAMES = (
    "示例重工（武汉）集团有限公司", "示例重工", "中联重科", "武汉中联", "简称丁", "shilizhonggong", "wuhanzhonglian", "xzgs", "027-12345670", "13800138000",
    "91000000000010014Q", "large1@example.com", "示例市示例大道100号", "海河油浪", "manq5tor", "x4gwu5", "孙悟空", "工",
)  # fmt: skip


def _patterns() -> PatternSet[str]:
    patterns: PatternSet[str] = PatternSet()
    for name in NAMES[:-1]:
        patterns.add(fold(name), Rule.ANYWHERE, name)
    patterns.ready()
    return patterns


PATTERNS = _patterns()


def _stands(text: str) -> bool:
    """Whether a value stands in a text, by the definition: every reading, in the careful way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normalisation, "LONG", 1 << 60)
        return any(True for reading in readings(text) for _ in PATTERNS.search(reading))


_BEFORE_OR_BEHIND = st.sampled_from(
    (
        "", "<p>", "</p>\n<p>", "<b>", "</b>", "<br>", "</td>\n      <td class=\"x\">", "，", " ", "\n", "\n\n  ", "·", "“”", "<a href=\"../../x/\">", "<i title='", "'>", "<img alt=\"",
        "\" class=\"", "\">", " data-x=\"", "<meta name=\"a\" content=\"", "<!doctype html>", "<svg d=\"M9 5.5h14\">", "<span id=\"a\">", "</span>", "12", "1", "〇", "二", "x", "abc", "zhong", "quyu2",
        "的", "&amp;", "&#8203;", "%", "%20", "≥312 μm", "……", "℃", "<", "&lt;", "&lt;b>", ">", "'", "\"", "<rt>", "</rt>", "<!--", "-->", "\\n", "base64,", "xn--", "××", "\u0301", "<b/>",
        "<section aria-labelledby=\"summary\">\n  ", "焊接工艺方面，关键工序的合格率达到 27%，提供全部试验记录和失效分析", "<dd><a class=\"tel\" href=\"tel:02700000100\">",
    )
)  # fmt: skip


def _written(part: str, how: int) -> str:
    if how == 1:
        return "".join(f"&#{ord(letter)};" for letter in part)
    if how == 2:
        return "".join(f"%{byte:02X}" for byte in part.encode())
    if how == 3:
        return part.upper()
    if how == 4:
        return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in part)
    if how == 5:
        return part.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    if how == 7:
        return " ".join(f"U+{ord(letter):04X}" for letter in part)
    if how == 8:
        return "".join(f"u{ord(letter):04x}" for letter in part)
    if how == 9:
        return "".join(f"％{byte:02X}" for byte in part.encode())
    if how == 10:
        return "丶".join(part)
    if how == 11:
        return "".join(f"一{letter}二的{letter}" for letter in part)
    if how == 6:
        for han, sound in (
            ("重", "zhong"),
            ("工", "gong"),
            ("中", "zhong"),
            ("联", "lian2"),
            ("武", "wu"),
            ("汉", "漢"),
        ):
            part = part.replace(han, sound)
    return part


_PLAIN = (
    "", "", "</p>\n<p>", "</b><b>", "<br>", "</td>\n      <td class=\"x\">", "，", " ", "\n", "\n\n  ", "·", "“”", "<a href=\"../../x/\">", "<i title='看'>", "<img alt=\"图\" class=\"a\">",
    "<meta name=\"a\" content=\"焊接\">", "<svg d=\"M9 5.5h14\">", "12", "1", "〇", "二", "x", "abc", "zhong", "quyu2", "的", "&amp;", "&#8203;", "%", "%20", "≥312 μm", "……", "℃", "&lt;5",
    "<section aria-labelledby=\"summary\">\n  ", "焊接工艺方面，关键工序的合格率达到 27%，提供全部试验记录和失效分析", "<dd><a class=\"tel\" href=\"tel:02700000100\">",
    "<p title=\"焊接工艺方面，关键工序的合格率达到 27%，提供全部试验记录和失效分析\">", "<p class=\"关键工序的合格率达到提供全部试验记录和失效分析\">",
)  # fmt: skip
"""Nothing among these acts on what stands beside it."""
_IN_TAGS = (
    '<p title="{}">',
    '<p class="{}">',
    "<p title='焊{}接'>",
    "<p class='{}' title=看>",
    "<p {}>",
    "{}",
    "{}",
    "{}",
    "{}",
    "<b>{}</b>",
    "焊接工艺方面{}",
    "{}关键工序的合格率达到",
)


@st.composite
def _cut_up(draw: st.DrawFn, between: st.SearchStrategy[str], frames: st.SearchStrategy[str]) -> str:
    """A value in pieces, with what can stand between two of them, in a text."""
    name = draw(st.sampled_from(NAMES))
    written = []
    while name:
        size = draw(st.integers(1, len(name)))
        written.append(draw(frames).format(_written(name[:size], draw(st.integers(0, 12)))))
        written.append(draw(between))
        name = name[size:]
    around = st.lists(between, max_size=6).map("".join)
    return draw(around) + "".join(written) + draw(around)


def _doubted(texts: list[str]) -> Iterator[str]:
    """What a new screen doubts, asked twice: new pieces, and known ones."""
    assert PATTERNS._machine is not None
    screen = screening.Screen(PATTERNS, screening.together_in(PATTERNS._found))
    first = screen.doubts(texts)
    assert screen.doubts(texts) == first
    return (texts[number] for number in sorted(first))


def _check(texts: list[str]) -> None:
    doubted = list(_doubted(texts))
    for text in texts:
        stands = _stands(text)
        event(f"{'stands' if stands else 'does not'}, {'doubted' if text in doubted else 'cleared'}")
        assert text in doubted or not stands


@given(st.lists(_cut_up(st.sampled_from(_PLAIN), st.sampled_from(_IN_TAGS)), min_size=1, max_size=4))
@example(["<b>示例</b><i>重工</i>"])
@example(["<p title='示例'></p><p title='重工'></p>", "<b>示例</b>", "重工"])
@example(["<p>武汉</p><p>zhonglian</p>"])
@example(["<p>〇二七</p>-<p>12345670</p>"])
@example(["<p>示例x</p><p title=重工>y</p>"])
@example(["<p class=示例></p>\n<p class='重工'></p>"])
@example(['<p title="示例 class="></p><b>重工"></b>'])
def test_a_text_is_doubted_where_a_value_stands(texts: list[str]) -> None:
    _check(texts)


@given(st.lists(_cut_up(_BEFORE_OR_BEHIND, st.just("{}")), min_size=1, max_size=4))
def test_a_text_is_doubted_where_what_stands_beside_a_value_acts_on_it(texts: list[str]) -> None:
    _check(texts)


@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_texts_of_anything_are_doubted_where_a_value_stands(texts: list[str]) -> None:
    doubted = list(_doubted(texts))
    assert all(text in doubted or not _stands(text) for text in texts)


@given(HOSTILE, HOSTILE, st.sampled_from(NAMES), st.integers(0, 20))
def test_a_value_between_anything_is_doubted(before: str, behind: str, name: str, at: int) -> None:
    for text in (
        f"{before}{name}{behind}",
        f"{before}{name[:at]}<{behind}>{name[at:]}",
        f"<p>{name[:at]}</p>{before}<p>{name[at:]}",
    ):
        assert list(_doubted([text])) or not _stands(text)


_BESIDE_PINYIN = (
    "中", "国重工", "武汉", "zhong", "gong", "lian2", "quyu2zhong", "x", "12", "〇二七", "-", "一二三四五六七", "，", "o2l", "的" * 70, "de" * 40, "技术指标提升" * 11, "A1 ", "",
)  # fmt: skip
_PIECES = st.lists(st.sampled_from(_BESIDE_PINYIN), min_size=1, max_size=30)


def _read_together(pieces: Sequence[str]) -> tuple[set[str], set[str]]:
    """What is read in pieces of a text as pinyin beside Han, and as digits in Han."""
    folded = screening._fold([piece.partition(">")[2] for piece in pieces])
    assert folded is not None
    mixed = mixture("".join(folded.squashed))
    letters = mixed.letters.split("\n") if mixed is not None else []
    ends = list(accumulate(len(part) + 1 for part in letters))
    stretches = {
        part
        for part, end in zip(letters, ends, strict=True)
        if mixed is not None and len(set(mixed.han[end - len(part) - 1 : end - 1])) > 1
    }
    return stretches, set(with_digits("".join(folded.normalised)).splitlines())


@given(st.lists(_PIECES, min_size=1, max_size=3))
@example([["中", "zhong", *["的" * 70] * 3, "武汉"], ["zhong", "国重工"]])
def test_what_is_folded_again_is_read_as_in_its_whole_text(texts: list[list[str]]) -> None:
    screen = screening.Screen(PATTERNS, screening.together_in(PATTERNS._found))
    written = ["".join(f"<b>{part}</b>" for part in parts) for parts in texts]
    pieces = f"<{screening._NEXT}<".join(f"/>{text}" for text in written).split("<")
    found: dict[int, tuple[set[str], set[str]]] = {}
    for number, first, last in screening._windows(pieces, screen._recall(pieces)):
        for known, more in zip(
            found.setdefault(number, (set(), set())), _read_together(pieces[first:last]), strict=True
        ):
            known.update(more)
    for number, text in enumerate(written):
        for known, there in zip(found.get(number, (set(), set())), _read_together(f"/>{text}".split("<")), strict=True):
            event(f"{len(there) > 0}")
            assert there <= known


PAGES = [
    f"<!doctype html>\n<html lang=\"zh-CN\">\n<meta name='a' content=\"示例{number}\"><title>示例 {number} 号 “焊接”</title>\n<p class=\"x\">关键工序的合格率达到 {number}%，"
    f"提供全部试验记录…… 25 μm ＜5 ℃&amp;</p>\n<a href=\"../../d-{number}/?a=%E4%B8%AD\" title=\"看\">重</a><p>中</p><script type=\"application/ld+json\">"
    f"{{\"a\":\"一\\n二\"}}</script></html>"
    for number in range(40)
]  # fmt: skip


def test_pages_are_cleared_and_each_with_a_value_in_it_is_doubted() -> None:
    texts = [*PAGES, "焊接工艺\n第一项", "{}", ""]
    assert list(_doubted(texts)) == []
    texts[7] = texts[7].replace("焊接", "示例重</b><b>工")
    texts[20] = texts[20].replace("看", "孙").replace("重</a><p>", '</a><p title="悟空">')
    texts[-2] = "示例\n重工"
    assert list(_doubted(texts)) == [texts[7], texts[20], texts[-2]]


_ALOUD = "示范的示、例子的例、重量的重、工人的工"


@given(
    st.lists(st.integers(0, len(_ALOUD)), max_size=5),
    st.sampled_from(("</b><b>", "<br>", "</p>\n<p>", "</b>，<b>")),
    st.sampled_from(("", "焊接工艺方面，关键工序的合格率达到")),
    st.sampled_from(("", "提供全部试验记录和失效分析的报告")),
)
@example([1, 4, 9], "</b><b>", "焊接工艺方面，关键工序的合格率达到", "提供全部试验记录和失效分析的报告")
def test_a_name_that_is_spelled_aloud_is_doubted_wherever_tags_cut_it(
    cuts: list[int], tag: str, before: str, behind: str
) -> None:
    text = _ALOUD
    for cut in sorted(cuts, reverse=True):
        text = text[:cut] + tag + text[cut:]
    text = f"<p>{before}{text}{behind}</p>"
    assert _stands(text)
    assert list(_doubted([PAGES[0], text])) == [text]


_LINES = ("示踪", "例行", "重点", "工艺")


@given(
    st.lists(
        st.sampled_from(("\n", "；", ";", "\r\n", "\n\n", "。\n", "\n1. ", "；二是", "，", "<br>", "\n<b>")),
        min_size=3,
        max_size=3,
    ),
    st.sampled_from(("", "要求如下：\n", "误差 <0.5 mm；", "&lt;5 ℃\n", "<p>焊接</p>\n", "a\n", "＜ｂ>\n")),
    st.sampled_from(("", "方法", "误差 < 0.5 mm", "\n焊接", "</p>")),
)
def test_a_name_in_the_first_letters_of_lines_is_doubted(between: list[str], before: str, behind: str) -> None:
    text = before + "".join(f"{line}{sign}" for line, sign in zip(_LINES, [*between, ""], strict=True)) + behind
    _check([text, "示踪\n例行", "焊接\n工艺\n设备\n检测", text])


def test_lines_of_a_long_text_are_not_put_together() -> None:
    text = "\n".join(_LINES)
    assert _stands(text)
    assert not _stands(text + "\n焊接工艺" * 4000)


def test_the_table_of_values_is_the_same_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = screening.together_in([*PATTERNS._found, "a", ""])
    monkeypatch.setattr(screening, "_AT_ONCE", 5)
    apart = screening.together_in([*PATTERNS._found, "a", ""])
    # Joined, letters of two values stand beside what is between them: some three more, none less.
    assert not (apart & ~at_once).any()
    for value in PATTERNS._found:
        assert apart[screening._threes(value)].all()


def test_what_is_remembered_is_forgotten_and_learned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "_MOST_LETTERS", 50)
    assert PATTERNS._machine is not None
    screen = screening.Screen(PATTERNS, screening.together_in(PATTERNS._found))
    for page in [*PAGES, *PAGES]:
        assert screen.doubts([page, page.replace("焊接", "示例重工")]) == {1}
        assert len(screen._young) + len(screen._old) < 100


FILLING = "关键工序的合格率达到提供全部试验记录和失效分析" * 3


@pytest.mark.parametrize(
    ("before", "behind"),
    [("示例", "重工"), ("武汉zhong", "lian"), ("武汉zhong1", "lian2"), ("武汉", "zhonglian"), ("武汉", "zhonglianqiye7"), ("7tongwuhan", "中联"), ("wuhan中", "联"), ("〇二七", "12345670"), ("138001", "38000")],
)  # fmt: skip
def test_what_stands_at_the_ends_of_a_long_piece_is_kept(before: str, behind: str) -> None:
    for text in (f"<p>{FILLING}{before}</p><p>{behind}{FILLING}</p>", f"<p>{before}</p> <p>{behind}{FILLING}</p>"):
        assert _stands(text)
        assert list(_doubted([text])) == [text]
    apart = f"<p>{FILLING}{before}</p><p>{FILLING}{behind}</p>"
    assert bool(list(_doubted([apart]))) is _stands(apart)


def test_of_a_text_any_part_of_which_may_belong_to_a_value_nothing_is_left_out() -> None:
    everything = screening._Ends(np.ones(1 << screening.TABLE_BITS, dtype=np.bool_))
    assert everything.of(["石", FILLING, FILLING]) == ["石", FILLING, FILLING]


MARKED = "示例重工".encode("idna").decode()


@pytest.mark.parametrize(
    "text",
    [
        "<p>示<rt>石</rt>例重工</p>",
        '<!class="示例">石<p title="重工">',
        "<p>\\31 \\33 800138000</p>",
        f"<p>{'海河油浪'.encode().decode('latin-1')}</p>",
        f"<p>xn--a</p><p>{MARKED.upper()}</p>",
        '<p title=" class=">石</p><b title="示例重工">x</b>',
        "<p>示例&lt;b 石</p>重工",
        "<p>large1< @example.com>x</p>",
        "<p>large1<i &lt;rt>x</i>y</rt>z>@example.com</p>",
        "<p>石</p><shilizhonggong",
        "<p>石</p><b 示例重工",
    ],
)
def test_what_acts_on_what_stands_beside_it_is_doubted(text: str) -> None:
    assert _stands(text)
    assert list(_doubted([text]))
    # And where its pieces are known from elsewhere.
    assert PATTERNS._machine is not None
    screen = screening.Screen(PATTERNS, screening.together_in(PATTERNS._found))
    for piece in text.split("<"):
        screen.doubts([f"<{piece}"])
    assert screen.doubts([text]) == {0}
