"""What may stand on the site although it reads like something that must not, each kind with its reason and its bounds.

| kind | entries | where | reason |
|---|---|---|---|
| own name | the names of an enterprise that said 公开 | its own name, the texts of its own demands, and the files that show these | it chose so |
| bureau | a bureau's telephone, mailbox and address | public texts, against the shapes of contact data only | a notice says whom to ask |
| programme | titles and choices of the schemas | pages, never texts of records | the same words in every catalogue |
| specimen | examples of the schemas | guides, the web form, published schemas | made up, the same in every catalogue |

Nothing else does: neither the rest of `districts.yml` nor the name of another enterprise nor another demand's title excuses a match. An entry belongs
to one record and holds where that record is shown (`x-shown-on` of the schemas).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import APART, fold, han_only
from jiebang.memory import remembered
from jiebang.rules.hidden_names import is_hidden, names_of
from jiebang.rules.public_texts import Typed, public_texts
from jiebang.rules.settings import Settings, settings_of, words_of_schemas
from jiebang.schemas import KINDS, field_at, fields_of, places, stands_in

_SPECIMENS = ("guide/*", "submit/*", "data/v1/schema/*", "data/index.html")
"""Where the examples of the schemas are shown."""
_IN_PIECES = ("search/", "match/index.bin")
"""Beginnings of the paths of files that hold pieces of texts."""
_OF_ONE_DEMAND = re.compile(r"demands/(d-[^/]{8})/.*|data/v1/demands/(d-[^/]{8})\.json")
"""The demand's own page with what belongs to it, and its file of data."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A folded text that may stand where it is looked at. `record`: the path of the enterprise whose name it is; empty for the
    program's own words."""

    text: str
    record: str = ""

    def excuses(self, record: str, is_name: bool) -> bool:
        """Whether it may hold a value of a record. A name of ours may hold the name of another enterprise, or what our own record
        keeps (a founder's name); anything else of another record in it is a finding."""
        return not self.record or is_name or record == self.record


class Allowlist:
    """The entries of one text or file: what is found as a part of one of them is no hit there.

    `in_pieces`: the text holds pieces of entries, kept apart by `APART`, as the search index does; a piece of an entry counts, too.
    """

    def __init__(self, entries: Iterable[Allowed] = (), in_pieces: bool = False) -> None:
        self._entries = tuple(
            dict.fromkeys(
                Allowed(text, allowed.record)
                for allowed in entries
                for text in (allowed.text, han_only(allowed.text))
                if text
            )
        )
        self._in_pieces = in_pieces
        self._known: dict[str, list[tuple[Allowed, int]]] = {}

    def __bool__(self) -> bool:
        return bool(self._entries)

    def hide(self, text: str, start: int, end: int, record: str, is_name: bool) -> bool:
        """Whether the place from `start` to `end`, a value of `record`, lies inside an entry that stands in the text."""
        for allowed, offset in self._holders(text[start:end]):
            if start >= offset and text.startswith(allowed.text, start - offset) and allowed.excuses(record, is_name):
                return True
        return self._in_pieces and self._is_piece(text, start, end, record, is_name)

    def _holders(self, needle: str) -> list[tuple[Allowed, int]]:
        """The entries that hold a value, and where in them; many places of many files hold the same value."""
        if needle not in self._known:
            self._known[needle] = [
                (allowed, found.start())
                for allowed in self._entries
                for found in re.finditer(f"(?={re.escape(needle)})", allowed.text)
            ]
        return self._known[needle]

    def _is_piece(self, text: str, start: int, end: int, record: str, is_name: bool) -> bool:
        first = text.rfind(APART, 0, start) + 1
        last = text.find(APART, end)
        piece = text[first : last if last >= 0 else None]
        return any(piece in allowed.text and allowed.excuses(record, is_name) for allowed in self._entries)


NOTHING_ALLOWED = Allowlist()


@dataclass(frozen=True, slots=True)
class _AllowedInFiles:
    """An entry in finished files: the places where its field is shown, and the demands on whose own pages it may stand."""

    allowed: Allowed
    places: tuple[str, ...]
    demands: frozenset[str]


@cache
def _words(specimens: bool) -> tuple[Allowed, ...]:
    if specimens:
        return tuple(map(Allowed, words_of_schemas()))
    return tuple(
        Allowed(folded)
        for kind in KINDS
        for field in fields_of(kind)
        for word in (field.title, *field.choices)
        if (folded := fold(word))
    )


@remembered(4096)
def _allowlist_of_names(names: tuple[Allowed, ...]) -> Allowlist:
    return Allowlist(names) if names else NOTHING_ALLOWED


@remembered(4096)
def _allowlist(own: tuple[Allowed, ...], specimens: bool, in_pieces: bool) -> Allowlist:
    """Most files of a site have the same."""
    return Allowlist([*own, *_words(specimens)], in_pieces)


def open_names(enterprise: Record, settings: Settings) -> tuple[Allowed, ...]:
    """The folded names of an enterprise that said 公开."""
    strong = (v.text for v in names_of(enterprise, settings) if not v.short and v.source != "credit_code")
    names = dict.fromkeys([fold(enterprise.get("name") or ""), *strong])
    return tuple(Allowed(name, enterprise.path) for name in names)


def covers_of(record: Record, own: Record | None, settings: Settings) -> Allowlist:
    """What may stand in the public texts of a record: the names of the enterprise that it is, or belongs to (`own`)."""
    named = _speaking(record, own)
    if named is None or is_hidden(named):
        return NOTHING_ALLOWED
    return Allowlist(open_names(named, settings))


def _speaking(record: Record, own: Record | None) -> Record | None:
    """The enterprise whose names may stand in a record's texts where it said 公开."""
    return record if record.kind == "enterprise" else own if record.kind == "demand" else None


def words_in_file(file: str) -> Allowlist:
    """What may stand in a file of the site whatever the catalogue: the program's own words."""
    return _allowlist((), any(fnmatchcase(file, pattern) for pattern in _SPECIMENS), file.startswith(_IN_PIECES))


class PublicNames:
    """The entries of a catalogue. `of_text` for a text as it was typed, `in_file` for a file of the finished site."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.settings = settings_of(catalogue.districts)
        self._names: dict[str, tuple[Allowed, ...]] = {}
        self._by_places: dict[frozenset[str], tuple[Allowed, ...]] = {}

    def _own(self, enterprise: Record | None) -> tuple[Allowed, ...]:
        """The folded names of an enterprise that said 公开; none of any other."""
        if enterprise is None or is_hidden(enterprise):
            return ()
        if enterprise.path not in self._names:
            self._names[enterprise.path] = open_names(enterprise, self.settings)
        return self._names[enterprise.path]

    def of_text(self, typed: Typed) -> Allowlist:
        """What may stand in one public text."""
        own = self._catalogue.find("enterprise", typed.record.get("enterprise"))
        return _allowlist_of_names(self._own(_speaking(typed.record, own)))

    def in_file(self, file: str) -> Allowlist:
        """What may stand in one file of the site; `file` is its path from the root of the site."""
        if (its_own := _OF_ONE_DEMAND.fullmatch(file)) is not None:
            demand = (its_own[1] or its_own[2]).upper()
            own = tuple(entry.allowed for entry in self._in_files if demand in entry.demands)
        else:
            own = self._shown_on(frozenset(key for key in places() if stands_in(file, [key])))
        specimens = any(fnmatchcase(file, pattern) for pattern in _SPECIMENS)
        return _allowlist(own, specimens, file.startswith(_IN_PIECES))

    @cached_property
    def _in_files(self) -> tuple[_AllowedInFiles, ...]:
        return tuple(self._collected())

    def _shown_on(self, keys: frozenset[str]) -> tuple[Allowed, ...]:
        """The entries of files that belong to these places: most files of a site belong to the same."""
        if keys not in self._by_places:
            reaching = (entry.allowed for entry in self._in_files if keys.intersection(entry.places))
            self._by_places[keys] = tuple(reaching)
        return self._by_places[keys]

    def _collected(self) -> Iterator[_AllowedInFiles]:
        """Each open enterprise's names where its name is shown, and where its demands' texts that say them are."""
        demands: dict[str | None, list[Record]] = defaultdict(list)
        for demand in self._catalogue.demands:
            demands[demand.get("enterprise")].append(demand)
        shown = _places_of("enterprise", "name")
        for enterprise in self._catalogue.enterprises:
            own = self._own(enterprise)
            if not own or not demands[enterprise.id]:
                continue
            ids = frozenset(demand.id for demand in demands[enterprise.id])
            yield _AllowedInFiles(own[0], shown, ids)
            for demand in demands[enterprise.id]:
                yield from _said(own, demand)


def _places_of(kind: str, path: str) -> tuple[str, ...]:
    """Where a field is shown."""
    field = field_at(kind, path)
    return field.shown_on if field is not None else ()


def _said(names: Iterable[Allowed], demand: Record) -> Iterator[_AllowedInFiles]:
    """The names that a demand's own texts say, with the places of those texts."""
    for typed in public_texts(demand):
        folded = fold(typed.text)
        for name in names:
            if name.text in folded:
                yield _AllowedInFiles(name, _places_of("demand", typed.name), frozenset({demand.id}))
