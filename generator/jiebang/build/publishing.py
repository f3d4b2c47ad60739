"""What a build publishes: the whole of a judged catalogue, or what the last build published with the few demands that were edited since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiebang.build.pipeline import BuildOptions
from jiebang.build.refusals import refuse_leaks
from jiebang.catalogue import Catalogue
from jiebang.mapping import Maps
from jiebang.memory import give_back
from jiebang.problems import Problem
from jiebang.publication import Publication, publish, recalled_history
from jiebang.publication.kept_view import (
    Contents,
    KeptView,
    keep_view,
    keep_whole_view,
    recall_view,
    view_after_an_edit,
)
from jiebang.publication.view_check import leaks_in_view
from jiebang.rules.earlier_looks import SITE, Earlier, earlier_look, owners_since
from jiebang.rules.edited import KnownRecords
from jiebang.rules.facts import read_districts
from jiebang.rules.judgement import Judged
from jiebang.rules.ledger import recall_index, recall_ledger
from jiebang.rules.reading import Reading
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.suspicion import Surroundings
from jiebang.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Published:
    """A public view in which nothing private stands, before its figures are held to those of earlier builds."""

    publication: Publication
    note: str
    """What git could not tell, in Chinese."""
    key: bytes
    """Names the contents of all files of the catalogue."""
    problems: Sequence[Problem]
    records: int
    secrets: SecretIndex
    earlier: Earlier | None
    """The last look at files of the site, where something else was private then."""
    among_many: bool
    """Whether it was made while many records were at hand: it is worth making anew when they are gone, see `jiebang.memory.made_anew`."""


MANY = 20_000
"""Records from which on memory is worth a second of computing: other processes are let go of sooner, and what is published is made anew."""


def publish_whole(options: BuildOptions, maps: Maps, judged: Judged, commit: bytes) -> Published:
    """Publishes a judged catalogue, and lets go of its records: of a large one they are as much again as the public view, which is all that
    the site is made of. `commit` names what git can tell (`history_key`). Raises UserError where something private stands in the view."""
    catalogue = judged.catalogue
    surroundings: Surroundings = judged.around.value
    secrets = surroundings.secrets
    history = recalled_history(catalogue, commit, judged.key, maps, options.past.since if options.past else None)
    publication = publish(catalogue, history.demands)
    refuse_leaks(leaks_in_view(publication.site, catalogue, judged.keys, judged.around, maps))
    records = sum(1 for _ in catalogue.records())
    many = records >= MANY
    if many:
        # What is published is put away while the records are still there: nowhere else is so much at hand.
        maps.begin_anew()
    if options.past is None:
        contents = Contents.of(judged.keys, dict.fromkeys(record.path for record in catalogue.demands))
        keep_whole_view(catalogue.root, maps, KeptView(publication, contents, commit, secrets.key, history.note))
    earlier = earlier_look(SITE, maps, catalogue, secrets)
    judged.let_go()
    give_back()
    return Published(publication, history.note, judged.key, judged.problems, records, secrets, earlier, many)


def publish_after_an_edit(options: BuildOptions, maps: Maps, told: Verdict, commit: bytes) -> Published | None:
    """As `publish_whole`, of a catalogue of which only the verdict is known; None where that will not do."""
    root, reading = options.catalogue, told.reading
    ledger = recall_ledger(root, maps) if options.past is None else None
    if ledger is None or {path: line.key for path, line in ledger.lines.items()} != reading.keys:
        return None
    secrets, kept = recall_index(root, maps, ledger.secrets), recall_view(root, maps)
    if secrets is None or kept is None or kept.commit != commit:
        return None
    now = view_after_an_edit(kept, reading, ledger, secrets, maps)
    if now is None:
        return None
    keep_view(root, maps, now)
    earlier = _earlier(reading, maps, secrets)
    return Published(
        now.publication, now.note, told.key, told.problems, len(told.records), secrets, earlier, among_many=False
    )


def _earlier(reading: Reading, maps: Maps, secrets: SecretIndex) -> Earlier | None:
    """The last look at files of the site, from the records that keep what came since."""
    known = KnownRecords(reading, maps)
    catalogue = Catalogue(reading.root, read_districts(known.districts.value))
    for path in owners_since(SITE, maps, reading.root, secrets):
        if (record := known.record(path)) is not None:
            catalogue.add(record)
    return earlier_look(SITE, maps, catalogue, secrets)
