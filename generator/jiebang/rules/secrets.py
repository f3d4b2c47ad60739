"""What must not be found in a finished site: every name of the hidden, every person, number, address and private text of all records.

Values become needles in all their disguises. What excuses a match is written down in `jiebang.rules.allowlist`. Here matches are told
with their owners; whether there can be any, `jiebang.rules.secret_index` tells much sooner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import ref

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import values_at
from jiebang.detection import PatternSet, Reading, Rule, Variant, fold, read_plain
from jiebang.detection.name_variants import SHORTEST_LATIN
from jiebang.detection.normalisation import fold_beginnings
from jiebang.detection.pinyin import spellings
from jiebang.rules.allowlist import NOTHING_ALLOWED, Allowlist, PublicNames
from jiebang.rules.hidden_names import field_path, hidden_somewhere, names_of
from jiebang.rules.public_texts import public_texts
from jiebang.rules.settings import Settings, settings_of
from jiebang.schemas import FieldDoc, Privacy, field_at, fields_of

_SHORTEST_REGISTERED = 6
"""Letters of a registered name; a shorter one may be a word."""
_SHORTEST_TEXT = 12
"""Of an application's texts, short ones ("12 个月") are said by everybody."""
_SHORTEST = 4
"""Shorter values (a province, 是) stand in innocent text everywhere."""
_LONGEST = 40
"""Of long texts the beginning is enough to recognise them."""
_SHORTEST_ADDRESS = 6
_SHORTEST_STREET = 5
_DISTRICT = re.compile(".{1,8}?(?:省|市|自治区|自治州|开发区|新区|区|县|镇|街道)")
_STREET = re.compile("[路街道巷里弄村园大厦].*[0-9ol一二三四五六七八九十]")
_FEWEST_DIGITS = 7
_EXTENSION = "转"
_LANDLINE = re.compile("(?:0(?:10|2[0-9])(?=[0-9]{8}$)|0[3-9][0-9]{2})([0-9]{7,8})")
_WITH_COUNTRY = re.compile("(?:00)?86([1-9][0-9]{8,10})")
_MOBILE = re.compile("1[0-9]{10}")
_MOST_KNOWN = 5000
"""Records whose needles are kept at hand."""

_GENERIC = {
    "schema",
    "registered_place.province",
    "registered_place.city",
    "registered_place.county",
    "contact.position",
    "postcode",
}
"""Private fields whose values are common words, dates or short numbers, so that finding one proves nothing."""
_NAME = re.compile("[\u3400-\u9fff]{2,4}")
_WHOLE_NAME = 3
"""Characters of a person's name from which on it is looked for wherever it stands, and in pinyin."""
_NUMBERS = {"legal_representative.phone", "legal_representative.mobile", "contact.phone", "contact.mobile", "fax"}
_CONTACTS = _NUMBERS | {"email", "address"}
_ALIASES = "aliases."
_AT = ("", "at", "a", "艾特", "小老鼠", "圈a")
_DOT = ("", "dot", "点")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a value that must not go out comes from; never the value. `manner` says in which way a name is written, in Chinese."""

    record: str
    """Path of the record."""
    title: str
    """Name of the field on the form."""
    is_name: bool = False
    """One of the names of a hidden enterprise, in whatever way it is written."""
    manner: str = ""
    is_contact: bool = False
    """A telephone, a mailbox or an address: it has a shape of its own."""

    @property
    def owner(self) -> tuple[str, str]:
        """(path of the record, name of the field)"""
        return self.record, self.title


@dataclass(frozen=True, slots=True)
class Needle:
    """A folded text to be looked for, and whose it is."""

    text: str
    rule: Rule
    secret: Secret


def private_needles(record: Record, settings: Settings) -> list[Needle]:
    """Everything private that a record says, an enterprise's names apart."""
    return private_needles_of([record], settings)[0]


def private_needles_of(records: Sequence[Record], settings: Settings) -> list[list[Needle]]:
    """As `private_needles`, of many records at once."""
    return [
        [
            Needle(text, rule, Secret(record.path, field.title, is_contact=field.path in _CONTACTS))
            for text, rule, field in texts
        ]
        for record, texts in zip(records, private_texts_of(records), strict=True)
    ]


def private_texts_of(records: Sequence[Record]) -> list[list[tuple[str, Rule, FieldDoc]]]:
    """What makes the private needles of each record: (folded text, what has to stand around it, the field that it comes from)."""
    values = [(number, *found) for number, record in enumerate(records) for found in _private_values(record)]
    texts: list[list[tuple[str, Rule, FieldDoc]]] = [[] for _ in records]
    # An address may have three times as many letters, of which all are folded.
    beginnings = fold_beginnings([value for _, _, value in values], _LONGEST)
    for (number, field, value), folded in zip(values, beginnings, strict=True):
        texts[number].extend(
            (text, rule, field) for text, rule in _texts_of(records[number].kind, field, value, folded)
        )
    return texts


class KnownNeedles:
    """As `private_needles`, of the same catalogue many times: records are read again for them, and one value may have many owners."""

    def __init__(self) -> None:
        self._known: dict[str, list[Needle]] = {}

    def __call__(self, record: Record, settings: Settings) -> list[Needle]:
        needles = self._known.get(record.path)
        if needles is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            needles = self._known[record.path] = private_needles(record, settings)
        return needles


def name_needles(enterprise: Record, settings: Settings, names: Iterable[Variant] | None = None) -> Iterator[Needle]:
    """The names of an enterprise that are its own beyond doubt. `names`: all of them, where somebody has listed them already."""
    for text, rule, source, manner in name_texts(
        enterprise, names if names is not None else names_of(enterprise, settings)
    ):
        yield Needle(text, rule, Secret(enterprise.path, _title(enterprise, field_path(source)), True, manner))


def name_texts(enterprise: Record, names: Iterable[Variant]) -> Iterator[tuple[str, Rule, str, str]]:
    """What makes the needles of an enterprise's names: (folded text, what has to stand around it, source and manner as in `Variant`)."""
    for variant in names:
        if not variant.short:
            yield variant.text, variant.rule, variant.source, variant.manner
    # A whole registered name is nobody's common word, even where somebody typed it among the names of bureaus.
    for source, name in (
        ("name", enterprise.get("name")),
        *(("former_names", n) for n in enterprise.get("aliases", "former_names") or ()),
    ):
        if name and len(folded := fold(name)) >= _SHORTEST_REGISTERED:
            yield folded, Rule.ANYWHERE, source, "原样"


def said_in_public(needles: Iterable[tuple[str, Rule]], demand: Record | None) -> set[str]:
    """Which of the needles of a demand's applications its public words hold: an applicant may repeat them, and they prove nothing."""
    if demand is None:
        return set()
    folded = folded_words(demand)
    found: dict[str, Rule] = {}
    for text, rule in needles:
        if text in folded:
            found[text] = rule if rule is Rule.ANYWHERE else found.get(text, rule)
    if not found:
        return set()
    lines = folded.split("\n")
    # A code that is all there is stands alone.
    said = {text for text, rule in found.items() if rule is Rule.ANYWHERE or (rule is Rule.CODE and text in lines)}
    unsure: PatternSet[str] = PatternSet()
    for text in found.keys() - said:
        unsure.add(text, found[text], text)
    if len(unsure):
        unsure.ready()
        for words in words_of(demand):
            said.update(text for text, _ in unsure.search(read_plain(words)))
    return said


def folded_words(demand: Record) -> str:
    """What an applicant reads of a demand, folded, one text a line."""
    told = demand.facts.told if demand.facts is not None else None
    if told is not None:
        folded: str = told.folded
        return folded
    return "\n".join(read_plain(words).squashed for words in words_of(demand))


def words_of(demand: Record) -> list[str]:
    """What an applicant reads of a demand: its id and its public texts."""
    return [demand.id, *(typed.text for typed in public_texts(demand))]


def private_records(catalogue: Catalogue) -> Iterator[Record]:
    """The records that keep something to themselves, in the order in which the first of equal values is told."""
    yield from catalogue.enterprises
    yield from catalogue.demands
    yield from catalogue.applications


class Secrets:
    """Everything private of a catalogue, ready to be looked for; `public` tells what excuses a match, and where.

    `owners`: only what these records (paths) keep, where it is known that nothing else can be found. `private` tells what a record keeps.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        owners: Container[str] | None = None,
        public: PublicNames | None = None,
        private: Callable[[Record, Settings], list[Needle]] = private_needles,
    ) -> None:
        self._needles: PatternSet[Secret] = PatternSet()
        self.public = public if public is not None else PublicNames(catalogue)
        self._covers: dict[str, Allowlist] = {}
        settings = settings_of(catalogue.districts)
        hidden = hidden_somewhere(catalogue)
        for record in catalogue.enterprises:
            if record.id in hidden and (owners is None or record.path in owners):
                self._add(name_needles(record, settings))
        answers: dict[str | None, list[Needle]] = {}
        for record in private_records(catalogue):
            if owners is not None and record.path not in owners:
                continue
            needles = private(record, settings)
            if record.kind == "application":
                answers.setdefault(record.get("demand"), []).extend(needles)
            else:
                self._add(needles)
        for demand, own in answers.items():
            said = said_in_public([(needle.text, needle.rule) for needle in own], catalogue.find("demand", demand))
            self._add(needle for needle in own if needle.text not in said)
        self._needles.ready()

    def _add(self, needles: Iterable[Needle]) -> None:
        for needle in needles:
            self._needles.add(needle.text, needle.rule, needle.secret)

    def search(self, reading: Reading, covers: Allowlist = NOTHING_ALLOWED) -> Iterator[Secret]:
        """Where each value comes from that a text holds and no cover excuses."""

        def excused(text: str, start: int, end: int, secret: Secret) -> bool:
            return covers.hide(text, start, end, secret.record, secret.is_name)

        for _, secret in self._needles.search(reading, excused if covers else None):
            yield secret

    def doubts(self, texts: Sequence[str]) -> set[int]:
        """The numbers of the texts of files in which perhaps something stands, excused or not; `search_in_file` tells."""
        return self._needles.doubts(texts)

    def search_in_file(self, reading: Reading, file: str) -> Iterator[Secret]:
        """Where each value comes from that a text of a file of the site holds and nothing that may stand there excuses."""

        def excused(text: str, start: int, end: int, secret: Secret) -> bool:
            return self._covers_in(file).hide(text, start, end, secret.record, secret.is_name)

        for _, secret in self._needles.search(reading, excused):
            yield secret

    def _covers_in(self, file: str) -> Allowlist:
        if file not in self._covers:
            self._covers[file] = self.public.in_file(file)
        return self._covers[file]


def secrets_of(catalogue: Catalogue) -> Secrets:
    """The secrets of a catalogue, made once: the check and the gate after it look for the same."""
    for known, secrets in _KEPT:
        if known() is catalogue:
            return secrets
    _KEPT[:] = [(ref(catalogue), Secrets(catalogue))]
    return _KEPT[0][1]


_KEPT: list[tuple[ref[Catalogue], Secrets]] = []
"""The last one: those of two large catalogues would be too much."""


def _title(record: Record, path: str) -> str:
    field = field_at(record.kind, path)
    return field.title if field is not None else path


def _texts_of(kind: str, field: FieldDoc, value: str, folded: str) -> Iterator[tuple[str, Rule]]:
    if field.path in _NUMBERS:
        yield from _telephone(value)
    elif field.path == "email":
        yield from _email(value)
    elif field.path == "address":
        yield from _address(folded)
    elif kind == "application":
        if len(folded) >= _SHORTEST_TEXT or _is_code(folded):
            yield folded[:_LONGEST], _rule_of(folded)
    elif field.privacy is Privacy.PERSONAL and _NAME.fullmatch(folded):
        # Two characters are looked for beside 联系人, 电话 and the like only.
        yield folded, Rule.ANYWHERE if len(folded) >= _WHOLE_NAME else Rule.PERSON
        if len(folded) >= _WHOLE_NAME:
            yield from ((spelt, Rule.WORD) for spelt in _in_latin_letters(folded))
    elif len(folded) >= _SHORTEST:
        yield folded[:_LONGEST], _rule_of(folded)


def _in_latin_letters(name: str) -> Iterator[str]:
    """A person's name in pinyin, surname first and last; surnames of one character in up to two readings."""
    for surname in (1, 2) if len(name) > _WHOLE_NAME else (1,):
        given = "".join(spellings(name[surname:], most=1))
        for spelt in spellings(name[:surname], most=2):
            if given and len(spelt + given) >= SHORTEST_LATIN:
                yield spelt + given
                yield given + spelt


def _is_code(folded: str) -> bool:
    return folded.isascii() and any(c.isdigit() for c in folded) and len(folded) >= 9


def _rule_of(folded: str) -> Rule:
    return Rule.CODE if folded.isascii() and len(folded) < 30 else Rule.ANYWHERE


def _telephone(value: str) -> Iterator[tuple[str, Rule]]:
    for number in dict.fromkeys(_dialled(value)):
        if len(number) >= _FEWEST_DIGITS:
            yield fold(number), Rule.NUMBER


def _dialled(value: str) -> Iterator[str]:
    """Ways to write a number, or several, in digits alone: with and without extension, country and area; and backwards."""
    whole = (_digits(value), _digits(value.partition(_EXTENSION)[0]))
    yield from (digits[::-1] for digits in whole)
    # The part behind a sign is what is dialled from the same place, or a number of its own.
    for digits in (*whole, *re.findall("[0-9]+", value)):
        yield from _near_and_far(digits)
        if (abroad := _WITH_COUNTRY.fullmatch(digits)) is not None:
            # Whoever calls from here leaves the country out, and puts a zero before an area.
            yield from _near_and_far(abroad[1] if _MOBILE.fullmatch(abroad[1]) else f"0{abroad[1]}")


def _near_and_far(digits: str) -> Iterator[str]:
    yield digits
    if digits.startswith("0"):
        yield f"86{digits[1:]}"
    if (landline := _LANDLINE.fullmatch(digits)) is not None:
        yield landline[1]


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _email(value: str) -> Iterator[tuple[str, Rule]]:
    local, at, domain = value.partition("@")
    if not at:
        return
    labels = [fold(label) for label in domain.split(".") if label]
    name = fold(local)
    for sign, dot in _signs():
        needle = name + sign + dot.join(labels)
        yield needle, Rule.ANYWHERE if len(needle) >= 12 else Rule.CODE
    if len(local) >= _FEWEST_DIGITS and _digits(local) == local:
        # A QQ mailbox tells the QQ number.
        yield name, Rule.NUMBER


@cache
def _signs() -> tuple[tuple[str, str], ...]:
    """What may stand for @ and for the dot of a mailbox, folded."""
    return tuple((fold(sign), fold(dot)) for sign in _AT for dot in _DOT)


def _address(folded: str) -> Iterator[tuple[str, Rule]]:
    if len(folded) < _SHORTEST_ADDRESS:
        return
    yield folded[:_LONGEST], Rule.ANYWHERE
    # Street and number without province, city and district. Where the last of these ends no list of words can tell: from each on.
    rest = folded
    while (district := _DISTRICT.match(rest)) is not None:
        rest = rest[district.end() :]
        if len(rest) >= _SHORTEST_STREET and _STREET.search(rest):
            yield rest[:_LONGEST], Rule.ANYWHERE


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


@cache
def _private_fields(kind: str) -> tuple[FieldDoc, ...]:
    """The fields of a kind of record that must not go out, the enterprise's own names apart."""
    return tuple(
        field
        for field in fields_of(kind)
        if field.path not in _GENERIC
        and field.type in {"文本", "列表"}
        and not field.path.startswith(_ALIASES)
        # A name is public, or looked for in all its variants.
        and field.privacy is not Privacy.PUBLIC
        and field.shown_when is None
        and (field.privacy is not Privacy.INTERNAL or kind == "application")
    )


def _private_values(record: Record) -> Iterator[tuple[FieldDoc, str]]:
    # Once: each time that it is asked for, its far part is read from the file again.
    everything = record.value
    for field in _private_fields(record.kind):
        for value in _texts(values_at(everything, field.path)):
            yield field, value
