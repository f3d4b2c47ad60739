"""统一社会信用代码: valid ones pass, every slip is named, nothing of the code is quoted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.rules.identities import slips

VALID = ["91110000600037341L", "914200001000115161", "91420100616400352X", "910000000000004650", "910000000000009320"]


@pytest.mark.parametrize("code", VALID)
def test_valid_codes_pass(code: str) -> None:
    assert slips(code) == []


@pytest.mark.parametrize("code", ["N2000000MF0012348L", "A1000000MF00123484", "Y1000000MF0012348F"])
def test_a_department_may_have_a_letter(code: str) -> None:
    """GB 32100-2015: N stands for agriculture, whose cooperatives are organisations, too."""
    assert slips(code) == []


@pytest.mark.parametrize(
    "code", ["000000000000000000", "01000000MF0012348E", "90000000MF00123488", "B1000000MF00123483"]
)
def test_check_characters_that_fit_do_not_make_a_code_of_no_department(code: str) -> None:
    assert "第 1—8 位" in slips(code)[0][0]


@pytest.mark.parametrize("code", ["914200001000115162", "91420100616400352Y"])
def test_a_wrong_check_character_is_named(code: str) -> None:
    assert "应为" in slips(code)[0][0]


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_any_one_wrong_character_is_noticed(code: str, place: int, character: str) -> None:
    changed = code[:place] + character + code[place + 1 :]
    assert bool(slips(changed)) == (changed != code)


@given(st.text(max_size=30))
def test_no_text_breaks_the_check_or_is_quoted(text: str) -> None:
    told = json.dumps(slips(text), ensure_ascii=False)
    if len(text) >= 6:
        assert text not in told


def test_what_a_wrong_body_is_told_does_not_change_with_the_check_character() -> None:
    """A check character worked out from a body that is wrong itself would send people in a circle."""
    body = "91000000000010015"
    told = {tuple(slips(body + last)) for last in "0123456789ABCDEFGHJKLMNPQRTUWXY"}
    assert len(told) == 1
    assert "9—17" in told.pop()[0][0]
