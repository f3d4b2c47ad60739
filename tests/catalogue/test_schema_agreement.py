"""The quick validator never says yes to what the careful one would refuse, and says yes to all that it would not."""

from __future__ import annotations

import copy
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jiebang.catalogue import load
from jiebang.catalogue.schema_errors import _validator
from jiebang.catalogue.validate import is_plainly_sound
from tests.conftest import SAMPLE

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 10**30, Decimal("0.5"), Decimal("1e3"), "", " ", "\n", "a\n", "是", "公开", "公开 ", "2024-02-30", "2024-07-10",
    "２０２４-07-10", "2024-7-1", "a@b", "a@b.cn", "＠", "http://", "https://x", "https://a@b.cn", "E-AAAAAAA1", "e-aaaaaaa1", "\ud800", "\x85", "\u2028",
    "\u3000", "\x1c", "字" * 3000, "sha256:" + "0" * 64, "0" * 40, [], {}, [[]], ["公开", "公开"], [1, True], {"kind": "其他"}, 1.0, float("inf"),
)  # fmt: skip


@cache
def _records() -> list[tuple[str, dict[str, Any]]]:
    catalogue, problems = load(SAMPLE)
    assert problems == []
    return [(record.kind, record.value) for record in catalogue.records()]


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for step, item in inner for place in ((*path, step), *_places(item, (*path, step)))]


def _change(value: Any, path: tuple[Any, ...], new: Any, how: str) -> None:
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    if how == "remove":
        del holder[path[-1]]
    elif how == "add" and isinstance(holder, list):
        holder.append(new)
    elif how == "add":
        holder[f"{path[-1]}_"] = new
    elif how == "lengthen" and isinstance(holder[path[-1]], str):
        holder[path[-1]] = f"{holder[path[-1]]}{new}"
    else:
        holder[path[-1]] = new


def test_every_sound_record_is_plainly_sound() -> None:
    for kind, value in _records():
        assert is_plainly_sound(kind, value)


@given(st.data())
def test_both_validators_agree(data: st.DataObject) -> None:
    kind, original = data.draw(st.sampled_from(_records()))
    value = copy.deepcopy(original)
    for _ in range(data.draw(st.integers(1, 3))):
        places = _places(value)
        new = copy.deepcopy(data.draw(st.sampled_from(ODD) | st.text(max_size=8)))
        how = data.draw(st.sampled_from(("replace", "remove", "add", "lengthen")))
        _change(value, data.draw(st.sampled_from(places)), new, how)
    sound = not any(True for _ in _validator(kind).iter_errors(value))
    plainly = is_plainly_sound(kind, value)
    assert sound or not plainly
    # What JSON cannot hold is left to the careful one.
    assert plainly == sound or "\ud800" in repr(value) or "\\ud" in repr(value)
