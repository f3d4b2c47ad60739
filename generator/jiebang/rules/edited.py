"""What is wrong with a catalogue after an edit of few files, told from the ledger of the last judgement: only these files are read.

That will do where the edit changes nothing that records are compared by, nothing that is private, and no public text comes under
suspicion. Wherever it might, the answer is None and the whole is judged, which is the definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.catalogue import missing_files
from jiebang.catalogue.files import RecordFile
from jiebang.mapping import Maps, unpacked
from jiebang.problems import Problem, in_order, plain_problems, problems_of
from jiebang.rules.facts import facts_of, found_alone, is_alike, read_districts, recorded
from jiebang.rules.judgement import across_known, around_of, districts_of, facts_map, reminders
from jiebang.rules.ledger import Ledger, note_ledger, recall_index, recall_ledger
from jiebang.rules.public_texts import speaks_in_public
from jiebang.rules.reading import Reading
from jiebang.rules.secret_index import unsaid
from jiebang.rules.settings import settings_of
from jiebang.rules.suspicion import Text, light_text, suspect, text_key, texts_looked_through

_FEW = 50
"""Files; after an edit of more, as of another branch, the whole is judged at little more cost."""


def after_an_edit(reading: Reading, maps: Maps) -> tuple[list[Problem], set[str]] | None:
    """(problems, paths of the files that are no record) of a catalogue of which few files differ from those of its ledger."""
    ledger = recall_ledger(reading.root, maps)
    if ledger is None or reading.failed or list(reading.keys) != list(ledger.lines):
        return None
    edited = [file for file in reading.files if reading.keys[file.path] != ledger.lines[file.path].key]
    if not 0 < len(edited) <= _FEW or any(file.kind == "districts" for file in edited):
        return None
    return _Edit(reading, maps, ledger, edited).told()


class KnownRecords:
    """The records of files that were looked at, one by one, as the store knows them."""

    def __init__(self, reading: Reading, maps: Maps) -> None:
        self._reading = reading
        self._maps = maps
        self._values: dict[str, Any] = {}
        self.districts = districts_of(reading)

    def values(self, keys: Mapping[str, bytes]) -> dict[str, Any]:
        """What `facts_of` gave for files, by path, where it is known; `keys` name their contents."""
        full = self._maps.keys(facts_of, self.districts.key, list(keys.values()))
        known = self._maps.known(full)
        return {path: unpacked(known[key]) for path, key in zip(keys, full, strict=True) if key in known}

    def value(self, path: str) -> Any:
        """The same of one file as it stands now; None where that is not known."""
        if path not in self._values:
            self._values |= self.values({path: self._reading.keys[path]})
        return self._values.get(path)

    def record(self, path: str) -> Record | None:
        """A record as it stands now; None where that is not known."""
        value = self.value(path)
        return recorded(self._reading.file(path), value, self._reading.root).record if value is not None else None


class _Edit:
    """Few edited files among many that were judged before."""

    def __init__(self, reading: Reading, maps: Maps, ledger: Ledger, edited: list[RecordFile]) -> None:
        self._reading = reading
        self._maps = maps
        self._ledger = ledger
        self._edited = edited
        self._known = KnownRecords(reading, maps)
        self._districts = self._known.districts
        self._before = self._known.values({file.path: ledger.lines[file.path].key for file in edited})
        self._values: dict[str, Any] = {}
        """Of the edited files, as they stand now."""

    def told(self) -> tuple[list[Problem], set[str]] | None:
        """As `after_an_edit`."""
        values = map(unpacked, facts_map(self._reading, self._maps, self._districts, self._edited))
        self._values = {file.path: value for file, value in zip(self._edited, values, strict=True)}
        across = across_known(self._reading, self._maps, self._ledger.across)
        if across is None or not all(map(self._is_apart, self._edited)):
            return None
        reminded = self._reminders()
        if reminded is None:
            return None
        lines = dict(self._ledger.lines)
        for path, key in ((file.path, self._reading.keys[file.path]) for file in self._edited):
            lines[path] = lines[path]._replace(key=key, problems=found_alone(self._values[path]))
        for path, plain in reminded.items():
            lines[path] = lines[path]._replace(reminders=plain)
        note_ledger(self._reading.root, self._maps, replace(self._ledger, lines=lines))
        problems = [*self._reading.problems, *missing_files(self._reading.files), *across]
        for line in lines.values():
            problems.extend(problems_of([*line.problems, *line.reminders]))
        return in_order(problems), {path for path, line in lines.items() if not line.readable}

    def _is_apart(self, file: RecordFile) -> bool:
        """Whether an edit leaves alone what other records are compared with, and what is looked for in their texts."""
        before, after = self._before.get(file.path), self._values[file.path]
        if before is None or not is_alike(before, after):
            return False
        return file.kind != "demand" or self._says_as_much(file)

    def _says_as_much(self, file: RecordFile) -> bool:
        """Whether the words of a demand say as much as before of what its applications keep."""
        before, after = (recorded(file, known[file.path], b"").record for known in (self._before, self._values))
        if before is None or after is None:
            return False
        paths = [path for path, line in self._ledger.lines.items() if line.answers == after.id]
        answers = [self._known.record(path) for path in paths]
        settings = settings_of(read_districts(self._districts.value))

        def kept(demand: Record) -> list[Any]:
            parts = unsaid([answer for answer in answers if answer is not None], demand, settings)
            return [(path, entries.tobytes(), texts) for path, entries, texts in parts]

        return None not in answers and kept(before) == kept(after)

    def _texts(self) -> Iterator[Text | None]:
        """The public texts that have to be looked through again; None for one that the store does not know."""
        edited = {file.path for file in self._edited}
        for path, line in self._ledger.lines.items():
            if path not in edited and line.own not in edited:
                continue
            record, own = self._known.record(path), self._known.record(line.own) if line.own else None
            if record is None or (line.own and own is None):
                yield None
            elif speaks_in_public(record):
                yield record, own

    def _reminders(self) -> dict[str, Any] | None:
        """What public texts that were looked through again remind of, by path; None where one is suspected, or not all can be looked
        through."""
        listed = list(self._texts())
        texts = [text for text in listed if text is not None]
        index = recall_index(self._reading.root, self._maps, self._ledger.secrets)
        if index is None or len(texts) < len(listed):
            return None
        around = around_of(index, self._districts)
        keys = [text_key(text, self._reading.keys) for text in texts]
        values = texts_looked_through(self._maps, suspect, around, keys, lambda number: light_text(texts[number]))
        districts = read_districts(self._districts.value)
        found: dict[str, Any] = {}
        for text, (owners, reminded) in zip(texts, values, strict=True):
            if owners:
                return None
            found[text[0].path] = plain_problems(reminders(text, districts)) if reminded else []
        return found
