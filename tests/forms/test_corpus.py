"""Filled forms as they come: nothing is wrong or lost in silence, every doubt is asked with its words and place, and little else is asked."""

from __future__ import annotations

import pytest

from tests.forms.corpus import Case
from tests.forms.corpus_more import CASES
from tests.forms.measure import measure


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_form_of_the_corpus_is_read_or_asked_about(case: Case) -> None:
    tally = measure(case)
    assert (tally.wrong, tally.lost, tally.unraised, tally.needless) == ([], [], [], [])
