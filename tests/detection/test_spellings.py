"""Spellings that are not made would have told nothing: the variants of a name are those of all its spellings."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin.pinyin_dict import pinyin_dict

from jiebang.detection import Identity, fold, variants
from jiebang.detection.name_parts import LEGAL_FORMS, TRADES, place_words
from jiebang.detection.name_variants import (
    Variant,
    carriers_of,
    chinese_parts,
    every_variant,
    in_pinyin,
    once,
)
from jiebang.detection.normalisation import squash
from jiebang.detection.pinyin import readings_of, spellings

OWN = st.text(alphabet="重行长乐单朝和绿示例某甲星桅西安先仙进机第1a", min_size=1, max_size=7)
NAME = st.tuples(
    st.sampled_from(["", "", "某市", "甲乙市", "（某省）"]),
    OWN,
    st.sampled_from(["", *TRADES[:8], "重型机器"]),
    st.sampled_from(["", "（中国）"]),
    st.sampled_from(["", *LEGAL_FORMS]),
).map("".join)
NAMES = st.lists(NAME, max_size=3).map(tuple)


@st.composite
def identities(draw: st.DrawFn) -> tuple[Identity, str]:
    """An identity with words that everybody uses; some of its other names are how its Chinese ones are spelt."""
    names = draw(st.tuples(NAME, NAMES, NAMES, NAMES))
    every = [names[0], *names[1], *names[2], *names[3]]
    spelt = [letters for name in every for letters in (*spellings(fold(name), most=3), *in_pinyin(fold(name))[-2:])]
    latin = st.lists(st.sampled_from([*spelt, "Example Heavy Industries Co., Ltd.", "xingwei"]), max_size=2)
    identity = Identity(
        *names[:1],
        short_names=names[1],
        former_names=names[2],
        affiliates=names[3],
        english_names=tuple(draw(latin)),
        brands=tuple(draw(latin)),
        domains=tuple(draw(latin)),
        credit_code=draw(st.sampled_from(["", "910000000000777105", *spelt])),
        regions=("某市", "某省", "甲乙市"),
    )
    common = draw(
        st.lists(st.sampled_from(["新材料", *spelt, *every, *(letters[:12] for letters in spelt)]), max_size=3)
    )
    return identity, "\n".join(map(fold, common))


def _plainly(identity: Identity, common: str) -> list[Variant]:
    """The variants when every spelling of every part is made."""
    return once(every_variant(identity, chinese_parts(identity, place_words(identity.regions), common), (), common))


@given(named=identities())
@example(named=(Identity("双闯abcdx机械有限公司", short_names=("双闯abcd",)), ""))
@example(named=(Identity("西安机电重工有限公司", credit_code="xianjidianzhonggongyouxiangongsi"), ""))
def test_the_variants_are_those_of_every_spelling(named: tuple[Identity, str]) -> None:
    identity, common = named
    assert [variant for variant in variants(identity, common) if variant.manner != "乱码"] == _plainly(identity, common)


def test_spellings_are_spared() -> None:
    identity = Identity("某市示例重工集团有限公司", regions=("某市",))
    parts = chinese_parts(identity, place_words(identity.regions), "")
    carriers = carriers_of(parts, "")
    assert set(carriers) == {"示例重工"}
    every, spared = (list(every_variant(identity, parts, some, "")) for some in ((), carriers))
    assert len(spared) < len(every) / 2


@given(name=OWN.map(fold))
def test_a_spelling_is_told_folded(name: str) -> None:
    toned = spellings(name, toned=True, most=16)
    told = in_pinyin(name)
    assert not told or list(told) == [squash(letters) for letters in (*spellings(name), *toned)]


@given(before=OWN, part=OWN, behind=OWN, most=st.integers(1, 64), toned=st.booleans())
def test_the_spellings_of_a_part_are_the_first_to_stand_in_those_of_the_whole(
    before: str, part: str, behind: str, most: int, toned: bool
) -> None:
    within = spellings(part, toned, most)
    for whole in spellings(before + part + behind, toned, most):
        assert any(spelt in whole for spelt in within)


def test_readings_are_small_letters() -> None:
    for code in pinyin_dict:
        for reading in readings_of(chr(code)):
            assert reading.isascii() and reading.isalpha() and reading.islower()


def test_words_of_names_are_written_as_they_fold() -> None:
    assert [word for word in (*LEGAL_FORMS, *TRADES) if fold(word) != word] == []
