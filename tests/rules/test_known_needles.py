"""What a record keeps private is worked out once, however many texts are held against it."""

from __future__ import annotations

import pytest

from jiebang.catalogue import Record, load
from jiebang.rules import secrets
from jiebang.rules.secrets import KnownNeedles, Needle, private_needles, private_records
from jiebang.rules.settings import Settings, settings_of
from tests.conftest import FIXTURES


@pytest.mark.parametrize("most", [1, 5000])
def test_what_is_known_is_what_each_record_keeps(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue, _ = load(FIXTURES / "base")
    settings = settings_of(catalogue.districts)
    asked: list[str] = []
    monkeypatch.setattr(secrets, "_MOST_KNOWN", most)

    def counted(record: Record, of: Settings) -> list[Needle]:
        asked.append(record.path)
        return private_needles(record, of)

    monkeypatch.setattr(secrets, "private_needles", counted)
    known, records = KnownNeedles(), list(private_records(catalogue))
    for _ in range(2):
        for record in records:
            assert known(record, settings) == private_needles(record, settings)
            assert len(known._known) <= most
    assert len(asked) == len(records) * (2 if most == 1 and len(records) > 1 else 1)
