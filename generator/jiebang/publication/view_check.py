"""The public view, value by value, before anything is rendered: does a text that is about to go out hold a name, a contact, a mark?

The check asks the same of the records; this asks it of what publication made of them, alone and joined with its neighbours in the order
of the page, so that each of the two gates stands by itself. Source: safety rules 5, 6 and 12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import field_name
from jiebang.detection import find_contacts, find_honorifics, has_mark, has_mark_in_a_row, readings
from jiebang.detection.normalisation import prepare
from jiebang.mapping import Maps, Shared, digest
from jiebang.publication.gate import Leak
from jiebang.rules.allowlist import Allowlist, covers_of
from jiebang.rules.earlier_looks import VIEW, earlier_look, note_look
from jiebang.rules.facts import read_districts
from jiebang.rules.public_texts import Joined, Typed, is_cleared
from jiebang.rules.secrets import Secrets
from jiebang.rules.settings import Settings, settings_of
from jiebang.rules.suspicion import (
    Looks,
    Surroundings,
    all_texts_looked_through,
    light_text,
    text_key,
    text_of,
    texts_looked_through,
)
from jiebang.schemas.demand_texts import attribute, public_prose
from jiebang.view import City, Contact, Demand, District, PublicSite, Round

_MARK = "密级标志"
Path = tuple[str | int, ...]
Shown = tuple[str, list[Typed]]
"""(the page that shows them, texts in its order)"""


def _typed(record: Record, *texts: tuple[Path, str | None]) -> list[Typed]:
    return [Typed(record, path, text) for path, text in texts if text]


def _contact(prefix: Path, contact: Contact) -> list[tuple[Path, str | None]]:
    names = ("office", "phone", "email", "address", "hours")
    return [((*prefix, "contact", name), getattr(contact, name)) for name in names]


def _of_city(record: Record, city: City) -> list[Typed]:
    # A department that nobody wrote down follows from the bureau's name.
    names = [name for name in ("name", "bureau", "department", "banner") if record.get("city", name)]
    own = [(("city", name), getattr(city, name)) for name in names]
    return _typed(record, *own, *_contact(("city",), city.contact))


def _of_district(record: Record, number: int, district: District) -> list[Typed]:
    prefix: Path = ("districts", number)
    own = [((*prefix, name), getattr(district, name)) for name in ("name", "bureau")]
    return _typed(record, *own, *_contact(prefix, district.contact))


def _of_round(record: Record, of_round: Round) -> list[Typed]:
    notice = of_round.notice
    return _typed(
        record,
        (("title",), of_round.title),
        (("introduction",), of_round.introduction),
        (("notice", "title"), notice.title),
        (("notice", "number"), notice.number),
        (("notice", "issuer"), notice.issuer),
        (("notice", "url"), notice.url),
    )


def _of_demand(record: Record, demand: Demand) -> list[Typed]:
    prose: list[tuple[Path, str | None]] = [
        (tuple(path.split(".")), getattr(demand, attribute(path))) for path in public_prose()
    ]
    return _typed(record, *prose)


def _shown(site: PublicSite, catalogue: Catalogue) -> Iterator[Shown]:
    if catalogue.districts is not None:
        yield "index.html", _of_city(catalogue.districts, site.city)
        for number, district in enumerate(site.districts):
            yield f"districts/{district.slug}/index.html", _of_district(catalogue.districts, number, district)
    by_id = {record.get("id"): record for record in catalogue.rounds.values()}
    for of_round in site.rounds:
        yield f"rounds/{of_round.id}/index.html", _of_round(by_id[of_round.id], of_round)
    for demand in site.demands:
        record = catalogue.find("demand", demand.id)
        if record is None:
            raise ValueError(f"demand {demand.id} is in the view and not in the catalogue")
        page = f"demands/{demand.id.lower()}/index.html"
        yield page, _of_demand(record, demand)
        yield page, _typed(record, (("code",), demand.code))
        enterprise = catalogue.find("enterprise", record.get("enterprise"))
        if demand.enterprise.name and enterprise is not None:
            yield page, _typed(enterprise, (("name",), demand.enterprise.name))


def find_in_view(site: PublicSite, catalogue: Catalogue, secrets: Secrets) -> list[Leak]:
    """What a public view holds that must not go out. `catalogue` is the one that it was made from."""
    leaks: dict[Leak, None] = {}
    for page, texts in _shown(site, catalogue):
        leaks.update((leak, None) for leak in _in_shown(page, texts, secrets))
    return list(leaks)


def _in_shown(page: str, texts: list[Typed], secrets: Secrets) -> Iterator[Leak]:
    for typed in texts:
        yield from _in_text(page, typed, secrets)
    if len(texts) > 1:
        yield from _between(page, Joined(tuple(texts)), secrets)


@dataclass(frozen=True, slots=True)
class ShownTexts:
    """Texts of one record on their way to `suspect_shown`, with the enterprise that the record belongs to."""

    record: Record
    own: Record | None
    texts: tuple[tuple[Path, str], ...]


def suspect_shown(around: Surroundings, items: Sequence[tuple[ShownTexts, bool | None]]) -> list[Any]:
    """Of each (paths of the records whose private values may stand in its texts, summary, whether the rest needs a careful look)."""
    districts = read_districts(around.districts)
    settings = settings_of(districts)
    looks = Looks()
    strange = []
    texts: list[tuple[int, str, Allowlist]] = []
    each = [[Typed(item.record, path, text) for path, text in item.texts] for item, _ in items]
    wholes = [Joined(tuple(shown)).text if len(shown) > 1 else "" for shown in each]
    unknown = [number for number, (_, known) in enumerate(items) if known is None]
    prepare(text for number in unknown for text in (*(typed.text for typed in each[number]), wholes[number]))
    for number, ((item, known), shown, whole) in enumerate(zip(items, each, wholes, strict=True)):
        covers = covers_of(item.record, item.own, settings)
        texts.extend((number, text, covers) for text in (*(typed.text for typed in shown), whole))
        if known is None:
            reaches = item.record.kind != "districts" and bool(_contacts(whole, settings) or has_mark_in_a_row(whole))
            known = reaches or any(_kinds(typed, settings) for typed in shown)
        strange.append(known)
    looks.add_all(texts, around.secrets)
    told = looks.told(around.secrets, len(items))
    return [(*looked, known) for looked, known in zip(told, strange, strict=True)]


def leaks_in_view(
    site: PublicSite,
    catalogue: Catalogue,
    keys: Mapping[str, bytes],
    shared: Shared,
    maps: Maps,
) -> list[Leak]:
    """As `find_in_view`, by a map. `keys` name the contents of the records' files, `shared` holds the `Surroundings`."""
    around: Surroundings = shared.value
    wanted = _Wanted(site, catalogue, keys)
    earlier = earlier_look(VIEW, maps, catalogue, around.secrets)
    values, together = all_texts_looked_through(maps, suspect_shown, shared, wanted.keys, wanted.load, earlier)
    if not together:
        note_look(VIEW, maps, catalogue.root, around.secrets)
    leaks: dict[Leak, None] = {}
    for (page, texts), (owners, strange) in zip(wanted.shown, values, strict=True):
        if owners or strange:
            leaks.update((leak, None) for leak in _in_shown(page, texts, Secrets(catalogue, frozenset(owners))))
    return list(leaks)


def is_clear(site: PublicSite, catalogue: Catalogue, keys: Mapping[str, bytes], shared: Shared, maps: Maps) -> bool:
    """Whether a view needs no careful look. `catalogue` need not hold more than what the view is made of."""
    wanted = _Wanted(site, catalogue, keys)
    values = texts_looked_through(maps, suspect_shown, shared, wanted.keys, wanted.load)
    return not any(owners or strange for owners, strange in values)


class _Wanted:
    """The texts of a view on their way to a look."""

    def __init__(self, site: PublicSite, catalogue: Catalogue, keys: Mapping[str, bytes]) -> None:
        self.shown = [(page, texts) for page, texts in _shown(site, catalogue) if texts]
        self._texts = [text_of(catalogue, texts[0].record) for _, texts in self.shown]
        self.keys = [
            digest(text_key(text, keys), *(f"{typed.path}\n{typed.text}" for typed in texts))
            for (_, texts), text in zip(self.shown, self._texts, strict=True)
        ]

    def load(self, number: int) -> ShownTexts:
        """One of them, by its number."""
        texts = self.shown[number][1]
        return ShownTexts(*light_text(self._texts[number]), tuple((typed.path, typed.text) for typed in texts))


def _contacts(text: str, settings: Settings) -> list[str]:
    return [sighting.kind for sighting in find_contacts(settings.without_bureaus(text))]


def _kinds(typed: Typed, settings: Settings) -> list[str]:
    """What a text looks like that nobody may write in public, in Chinese."""
    kinds = [] if typed.is_bureau_contact else _contacts(typed.text, settings)
    if not is_cleared(typed, "R403"):
        kinds.extend(find_honorifics(typed.text))
    return [*kinds, _MARK] if has_mark(typed.text) else kinds


def _in_text(page: str, typed: Typed, secrets: Secrets) -> Iterator[Leak]:
    for owner in _owners(typed.text, secrets, secrets.public.of_text(typed)):
        yield Leak(page, *owner)
    for kind in _kinds(typed, secrets.public.settings):
        yield Leak(page, typed.record.path, f"{field_name(typed.record.kind, typed.path)}（{kind}）")


def _owners(text: str, secrets: Secrets, covers: Allowlist) -> list[tuple[str, str]]:
    hits = (secret.owner for reading in readings(text) for secret in secrets.search(reading, covers))
    return list(dict.fromkeys(hits))


def _between(page: str, joined: Joined, secrets: Secrets) -> Iterator[Leak]:
    first = joined.parts[0]
    covers = secrets.public.of_text(first)

    def cut_up(found: Callable[[str], bool]) -> bool:
        return joined.cut_up(found) is not None

    if cut_up(lambda text: bool(_owners(text, secrets, covers))):
        for owner in _owners(joined.text, secrets, covers):
            yield Leak(page, *owner)
    if first.record.kind == "districts":
        return

    def holds(kind: str, text: str) -> bool:
        return kind in _contacts(text, secrets.public.settings)

    for kind in _contacts(joined.text, secrets.public.settings):
        if cut_up(partial(holds, kind)):
            yield Leak(page, first.record.path, f"相邻的两个项目（{kind}）")
    if cut_up(has_mark_in_a_row):
        yield Leak(page, first.record.path, f"相邻的两个项目（{_MARK}）")
