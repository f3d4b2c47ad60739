"""Renews the secrecy reviews of a catalogue that a test has edited, as two reviewers would after reading the new text."""

from __future__ import annotations

import re
from pathlib import Path

from jiebang.catalogue import load
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.files import RecordFile
from jiebang.rules.secrecy import digest_of


def renewed(demand: str) -> str:
    """The text of a demand with the digest of its present words in its review, which was done on the day of the last note to readers."""
    record = read_record(RecordFile("demand", "2024/qu/demands/d-aaaaaaa1.yml", "2024", "qu"), demand.encode()).record
    assert record is not None
    if notes := record.get("revisions"):
        demand = re.sub(r"  date: \S+(?=\n  conclusion)", f"  date: {notes[-1]['date']}", demand)
    return re.sub(r"digest: sha256:\w+", f"digest: {digest_of(record)}", demand)


def renew_reviews(root: Path) -> None:
    """Puts the digest of the present text into every review that a catalogue has."""
    for demand in load(root)[0].demands:
        path = root / demand.path
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
