"""What must not be found in a finished site: every name of the hidden, every person, number, address and private text of all records.

Values become needles in all their disguises. What excuses a match is written down in `jiebang.rules.allowlist`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import ref

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import values_at
from jiebang.detection import PatternSet, Reading, Rule, fold, read_plain, variants
from jiebang.rules.allowlist import NOTHING_ALLOWED, Allowlist, PublicNames
from jiebang.rules.hidden_names import common_text, field_path, hidden_somewhere, identity_of, is_hidden, region_words
from jiebang.rules.public_texts import public_texts
from jiebang.schemas import FieldDoc, Privacy, field_at, fields_of

_SHORTEST_REGISTERED = 6
"""Letters of a registered name; a shorter one may be a word."""
_SHORTEST_TEXT = 12
"""Of an application's texts, short ones ("12 个月") are said by everybody."""
_SHORTEST = 4
"""Shorter values (a province, 是) stand in innocent text everywhere."""
_LONGEST = 40
"""Of long texts the beginning is enough to recognise them."""
_FEWEST_DIGITS = 7

_GENERIC = {
    "schema",
    "registered_place.province",
    "registered_place.city",
    "registered_place.county",
    "registered_on",
    "contact.position",
    "postcode",
}
"""Private fields whose values are common words, dates or short numbers, so that finding one proves nothing."""
_NAME = re.compile("[\u3400-\u9fff]{2,4}")
_NUMBERS = {"legal_representative.phone", "legal_representative.mobile", "contact.phone", "contact.mobile", "fax"}
_CONTACTS = _NUMBERS | {"email", "address"}
_NAMED_APART = {"name", "credit_code"}
"""Looked for by their variants where the enterprise is hidden."""
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


class Secrets:
    """Everything private of a catalogue, ready to be looked for; `public` tells what excuses a match, and where."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._needles: PatternSet[Secret] = PatternSet()
        self.public = PublicNames(catalogue)
        self._covers: dict[str, Allowlist] = {}
        regions = region_words(catalogue)
        common = common_text(catalogue)
        hidden = hidden_somewhere(catalogue)
        for record in catalogue.enterprises:
            if record.id in hidden:
                self._add_names(record, regions, common)
        own: dict[str, PatternSet[Secret]] = {}
        for record in [*catalogue.enterprises, *catalogue.demands, *catalogue.applications]:
            kept = (
                own.setdefault(record.get("demand") or "", PatternSet())
                if record.kind == "application"
                else self._needles
            )
            for field, value in _private_values(record):
                for needle, rule in _needles_of(record, field, value, regions):
                    kept.add(needle, rule, Secret(record.path, field.title, is_contact=field.path in _CONTACTS))
        for demand, texts in own.items():
            self._add_unsaid(texts, catalogue.find("demand", demand))
        self._needles.ready()

    def _add_names(self, record: Record, regions: tuple[str, ...], common: str) -> None:
        for variant in variants(identity_of(record, regions), common):
            if variant.short:
                continue
            secret = Secret(record.path, _title(record, field_path(variant.source)), True, variant.manner)
            self._needles.add(variant.text, variant.rule, secret)
        # A whole registered name is nobody's common word, even where somebody typed it among the names of bureaus.
        for source, name in (
            ("name", record.get("name")),
            *(("former_names", n) for n in record.get("aliases", "former_names") or ()),
        ):
            folded = fold(name or "")
            if len(folded) >= _SHORTEST_REGISTERED:
                self._needles.add(
                    folded, Rule.ANYWHERE, Secret(record.path, _title(record, field_path(source)), True, "原样")
                )

    def _add_unsaid(self, texts: PatternSet[Secret], demand: Record | None) -> None:
        """An applicant may repeat the public words of the demand that it answers; those prove nothing."""
        texts.ready()
        words = [demand.id, *(typed.text for typed in public_texts(demand))] if demand is not None else []
        said = {needle for text in words for needle, _ in texts.search(read_plain(text))}
        for needle, rule, secret in texts.entries():
            if needle not in said:
                self._needles.add(needle, rule, secret)

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
    kept = _KEPT.get(id(catalogue))
    if kept is None or kept[0]() is not catalogue:
        kept = (ref(catalogue), Secrets(catalogue))
        _KEPT.clear()
        _KEPT[id(catalogue)] = kept
    return kept[1]


_KEPT: dict[int, tuple[ref[Catalogue], Secrets]] = {}


def _title(record: Record, path: str) -> str:
    field = field_at(record.kind, path)
    return field.title if field is not None else path


def _needles_of(record: Record, field: FieldDoc, value: str, regions: tuple[str, ...]) -> Iterator[tuple[str, Rule]]:
    # Of a long text the beginning is looked for; the rest need not be folded.
    folded = fold(value[: _LONGEST * 10])
    if field.path in _NUMBERS:
        yield from _telephone(value)
    elif field.path == "email":
        yield from _email(value)
    elif field.path == "address":
        yield from _address(folded, regions)
    elif record.kind == "application":
        if len(folded) >= _SHORTEST_TEXT or _is_code(folded):
            yield folded[:_LONGEST], _rule_of(folded)
    elif field.privacy is Privacy.PERSONAL and _NAME.fullmatch(folded):
        # Two characters are looked for beside 联系人, 电话 and the like only.
        yield folded, Rule.ANYWHERE if len(folded) >= 3 else Rule.PERSON
    elif len(folded) >= _SHORTEST:
        yield folded[:_LONGEST], _rule_of(folded)


def _is_code(folded: str) -> bool:
    return folded.isascii() and folded.isalnum() and any(c.isdigit() for c in folded) and len(folded) >= 9


def _rule_of(folded: str) -> Rule:
    return Rule.CODE if folded.isascii() and len(folded) < 30 else Rule.ANYWHERE


def _telephone(value: str) -> Iterator[tuple[str, Rule]]:
    digits = re.sub(r"[^0-9]", "", value)
    if len(digits) < _FEWEST_DIGITS:
        return
    yield fold(digits), Rule.NUMBER
    yield fold(digits[::-1]), Rule.NUMBER
    # A landline is dialled without its area code, too: the part behind the sign.
    parts = re.findall(r"[0-9]+", value)
    if len(parts) > 1 and len(parts[-1]) >= _FEWEST_DIGITS:
        yield fold(parts[-1]), Rule.NUMBER
    elif len(parts) == 1 and re.fullmatch(r"0(?:10|2[0-9])[0-9]{8}|0[3-9][0-9]{2}[0-9]{7,8}", digits):
        yield fold(digits[3 if digits[1] in "12" else 4 :]), Rule.NUMBER
    if digits.startswith("0"):
        yield fold(f"86{digits[1:]}"), Rule.NUMBER


def _email(value: str) -> Iterator[tuple[str, Rule]]:
    local, at, domain = value.partition("@")
    if not at:
        return
    labels = [fold(label) for label in domain.split(".") if label]
    name = fold(local)
    for sign in _AT:
        for dot in _DOT:
            needle = name + fold(sign) + fold(dot).join(labels)
            yield needle, Rule.ANYWHERE if len(needle) >= 12 else Rule.CODE
    digits = re.sub(r"[^0-9]", "", local)
    if digits == local and len(digits) >= _FEWEST_DIGITS:
        # A QQ mailbox tells the QQ number.
        yield fold(digits), Rule.NUMBER


def _address(folded: str, regions: tuple[str, ...]) -> Iterator[tuple[str, Rule]]:
    if len(folded) < 6:
        return
    yield folded[:_LONGEST], Rule.ANYWHERE
    # Street and number without province, city and district.
    rest = folded
    for _ in range(4):
        match = re.match(r".{1,8}?(?:省|市|自治区|自治州|开发区|新区|区|县|镇|街道)", rest)
        if not match:
            break
        rest = rest[match.end() :]
    if rest != folded and len(rest) >= 5 and re.search(r"[路街道巷里弄村园大厦].*[0-9ol一二三四五六七八九十]", rest):
        yield rest[:_LONGEST], Rule.ANYWHERE


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _private_values(record: Record) -> Iterator[tuple[FieldDoc, str]]:
    """Everything in a record that must not go out, the enterprise's own names apart."""
    for field in fields_of(record.kind):
        if (
            field.path in _GENERIC
            or field.choices
            or field.type not in {"文本", "列表"}
            or field.path.startswith(_ALIASES)
        ):
            continue
        if field.privacy is Privacy.PUBLIC:
            continue
        if field.privacy is Privacy.INTERNAL and record.kind != "application":
            continue
        if (
            record.kind == "enterprise"
            and field.path in _NAMED_APART
            and (field.shown_when is not None or is_hidden(record))
        ):
            continue
        for value in _texts(values_at(record.value, field.path)):
            yield field, value
