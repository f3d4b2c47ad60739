"""What a judgement of a whole catalogue found out, a line for each file: after an edit of few files most of it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jiebang.mapping import Maps, digest, program_digest
from jiebang.rules.secret_index import SecretIndex


class Line(NamedTuple):
    """What was found out about one file. Problems are plain ones."""

    key: bytes
    """Names its content."""
    readable: bool
    own: str
    """Path of the enterprise that a demand belongs to; "" for none."""
    answers: str
    """Id of the demand that an application answers; "" for none."""
    problems: Any
    """Of the file alone."""
    reminders: Any
    """Of its public texts, which hold nothing private."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A judgement in which no public text was suspected. It is true of the contents that it names, whatever stands there now."""

    lines: Mapping[str, Line]
    """By path, in the order of the files."""
    across: bytes
    """Names what the comparison of records found (`Maps.look_up`)."""
    secrets: bytes
    """The key of the index of everything private."""


def _place(root: Path, what: str) -> bytes:
    return digest(what, program_digest(), str(root.resolve()))


def note_ledger(root: Path, maps: Maps, ledger: Ledger) -> None:
    """Keeps the ledger of a catalogue in the place of the last one."""
    lines = {path: tuple(line) for path, line in ledger.lines.items()}
    maps.note(_place(root, "ledger"), (lines, ledger.across, ledger.secrets))


def note_index(root: Path, maps: Maps, index: SecretIndex) -> None:
    """Keeps the index of everything private of a catalogue in the place of the last one."""
    maps.note(_place(root, "index"), index.plain())


def recall_ledger(root: Path, maps: Maps) -> Ledger | None:
    """The last ledger of a catalogue."""
    known = maps.look_up(_place(root, "ledger"))
    if known is None:
        return None
    lines, across, secrets = known
    return Ledger({path: Line._make(line) for path, line in lines.items()}, across, secrets)


def recall_index(root: Path, maps: Maps, key: bytes) -> SecretIndex | None:
    """The last index of a catalogue; None where it is not the one that `key` names."""
    known = maps.look_up(_place(root, "index"))
    index = SecretIndex.of_plain(known) if known is not None else None
    return index if index is not None and index.key == key else None
