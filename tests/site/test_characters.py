"""Characters that are changed one by one really stand alone in every normal form."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from jiebang.site.characters import _BESIDE, changed_all, characters_of
from jiebang.site.similar.tokens import normal


def _joining() -> set[str]:
    """What a normal form may join to the character before it: marks, and the second part of any composed character."""
    joining = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            joining.add(chr(int(parts[1], 16)))
        if unicodedata.combining(chr(code)):
            joining.add(chr(code))
    return joining


def test_no_character_that_stands_alone_begins_with_one_that_joins() -> None:
    joining = _joining()
    alone = [chr(code) for code in range(sys.maxunicode + 1) if not _BESIDE.match(chr(code))]
    assert len(alone) > 70_000
    assert not [one for one in alone if unicodedata.normalize("NFKD", one)[0] in joining]
    # Enough of them that texts of the field are done the fast way.
    assert not set("电池ＵＬ９４ ℃μΩ≥①㎡（），。：“”·—…") - {*alone}


@given(st.lists(st.text(max_size=20) | st.text("ａA\n\0㎡é\u0301각\u1100\u1161ｶﾞ\u30ab\u3099①", max_size=9), max_size=5))
def test_many_together_are_what_each_is_alone(texts: list[str]) -> None:
    assert changed_all(texts, normal) == [normal(text) for text in texts]


@given(st.text(max_size=30))
def test_characters_of(text: str) -> None:
    assert characters_of(text) == set(text)


def test_a_lone_surrogate_is_no_text_of_a_record() -> None:
    assert re.fullmatch(_BESIDE, "\ud800")
