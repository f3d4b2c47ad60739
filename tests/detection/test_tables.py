"""The tables that detection carries are what the libraries say."""

from __future__ import annotations

from jiebang.detection.confusables import lookalikes
from jiebang.detection.homophones import _written
from jiebang.detection.pinyin import readings_of
from jiebang.detection.tables.japanese import JAPANESE
from jiebang.detection.tables.readings import READINGS
from jiebang.detection.variant_characters import variant_characters
from tests.detection import tables


def test_the_tables_are_those_of_the_libraries() -> None:
    stale = [
        name for name, text in tables.FILES.items() if (tables.FOLDER / name).read_text(encoding="utf-8") != text()
    ]
    assert not stale, "run: python -m tests.detection.tables"


def test_what_is_read_from_them_is_what_was_written() -> None:
    assert lookalikes() == tables.lookalikes()
    assert {pair[0]: pair[1] for pair in JAPANESE.split()} == tables.japanese()
    assert all(variant_characters()[ord(old)] for old in tables.japanese())
    assert sum(len(line.partition(" ")[2]) for line in READINGS.split("\n")) == len(tables.readings())
    # Without its marks and the tone, a reading is ASCII: each character that has one has one here.
    assert [c for c in tables.readings() if not readings_of(c)] == []
    assert _written() == tables.syllables()
