"""How many enterprises a hidden one is lost among, judged by what readers are told of it: the only place that counts them.

An enterprise is its credit code: two records of one enterprise hide nobody. Lost among means: the others of the round that are hidden too
and of whom readers are told the same. Who is named in the round answered for itself, so nobody takes its neighbour's demand for its
own. Who withheld its district is no other enterprise of the district to any reader, and its own district is no part of what is told of it.

The choice of a round does not end with the round: readers keep the names that another round showed. `namesakes` counts these.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import astuple, dataclass
from itertools import product

from jiebang.catalogue import Catalogue, Record
from jiebang.rules.hidden_names import is_hidden
from jiebang.schemas import divisions, withholdings

DEFAULT_K = 3
"""Smallest group in which a hidden enterprise may be placed, where the round does not say."""
HIDE_ALL = "整项需求"
_ALSO = {one.value: one.also for one in withholdings()}
_DIVISION = "enterprise.industry.name"


def smallest_group(of_round: Record | None) -> int:
    """The round's `k`."""
    k = of_round.get("k") if of_round else None
    return int(k) if k is not None else DEFAULT_K


def withheld_by(enterprise: Record) -> frozenset[str]:
    """What an enterprise asked to withhold beside its name (`district`, `industry`, `nature`) and what follows from it (`demand.field`)."""
    asked = frozenset(enterprise.get("withhold") or ())
    return asked.union(*(_ALSO.get(one, ()) for one in asked))


def is_hidden_whole(enterprise: Record, of_round: Record | None) -> bool:
    """Whether the enterprise's demands stay off the site altogether."""
    return of_round is not None and of_round.get("hide") == HIDE_ALL and is_hidden(enterprise)


def enterprise_key(enterprise: Record) -> str:
    """What makes two records the same enterprise: the credit code however typed, or else the name, or else nothing."""
    for path in ("credit_code", "name"):
        text = unicodedata.normalize("NFKC", enterprise.get(path) or "").upper()
        if known := re.sub(r"\W", "", text):
            return f"{path}:{known}"
    return f"id:{enterprise.id}"


@dataclass(frozen=True, slots=True)
class Told:
    """What readers are told of an enterprise beside its name; None is what they are not told."""

    district: str | None
    nature: str | None
    section: str | None
    division: str | None

    def parts(self) -> tuple[str, ...]:
        """In Chinese, which of these are told."""
        industry = "行业门类" if self.division is None else "行业大类"
        said = (("所在区", self.district), ("企业性质", self.nature), (industry, self.section))
        return tuple(title for title, value in said if value is not None)


_Combination = tuple[str | None, ...]
_Groups = dict[_Combination, set[str]]


def _all_of(enterprise: Record, withheld: frozenset[str]) -> Told:
    """What could be told of an enterprise if nobody had to be lost in a crowd."""
    division = divisions().get(enterprise.get("industry", "code") or "")
    section = None if division is None or "industry" in withheld else division.section
    return Told(
        district=None if "district" in withheld else enterprise.district,
        nature=None if "nature" in withheld else enterprise.get("nature"),
        section=section,
        division=None if division is None or {"industry", _DIVISION} & withheld else division.code,
    )


def _enter(groups: _Groups, told: Told, identity: str) -> None:
    """Counts an enterprise in every combination that it shows, and in those that leave some of it out."""
    for combination in product(*({value, None} for value in astuple(told))):
        groups[combination].add(identity)


class AnonymitySets:
    """Counts the large enterprises of a catalogue, once; asked for one enterprise after the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._k = {folder: smallest_group(record) for folder, record in catalogue.rounds.items()}
        self._hidden: dict[str, _Groups] = defaultdict(lambda: defaultdict(set))
        self._named: dict[str, _Groups] = defaultdict(lambda: defaultdict(set))
        self._truly: dict[str, list[tuple[str, Told]]] = defaultdict(list)
        """Of each enterprise the rounds that name it, and what its name stands for: whoever is named has no secrets of this kind."""
        self._told: dict[tuple[str, _Combination], frozenset[str]] = {}
        """By round and what is told without the division: the divisions in which enough are hidden, once they were asked for."""
        for record in catalogue.enterprises:
            if record.get("role") != "大企业":
                continue
            identity, folder = enterprise_key(record), record.round or ""
            told = _all_of(record, withheld_by(record))
            if is_hidden(record):
                _enter(self._hidden[folder], told, identity)
            else:
                _enter(self._named[folder], told, identity)
                self._truly[identity].append((folder, _all_of(record, frozenset())))

    def k(self, enterprise: Record) -> int:
        return self._k.get(enterprise.round or "", DEFAULT_K)

    def told(self, enterprise: Record) -> Told:
        """What readers are told: of a hidden enterprise the division only where enough are hidden in all that would be told with it."""
        whole = _all_of(enterprise, withheld_by(enterprise))
        if not is_hidden(enterprise) or whole.division in self._divisions_told(enterprise, whole):
            return whole
        return Told(whole.district, whole.nature, whole.section, None)

    def _alike(self, enterprise: Record, told: Told, division: str | None) -> frozenset[str]:
        found = self._hidden[enterprise.round or ""].get((told.district, told.nature, told.section, division), set())
        return frozenset(found)

    def _divisions_told(self, enterprise: Record, told: Told) -> frozenset[str]:
        """Divisions in which enough are hidden. Whoever is left over stands out by its division not being told, so these have to be
        enough as well, or none is told."""
        key = enterprise.round or "", (told.district, told.nature, told.section)
        if key not in self._told:
            k = self.k(enterprise)
            inside = [d.code for d in divisions().values() if d.section == told.section]
            large = {code: alike for code in inside if len(alike := self._alike(enterprise, told, code)) >= k}
            left = self._alike(enterprise, told, None).difference(*large.values())
            self._told[key] = frozenset() if 0 < len(left) < k else frozenset(large)
        return self._told[key]

    def lost_among(self, enterprise: Record) -> int:
        """How many hidden enterprises of the round, itself among them, readers cannot tell from it."""
        told = self.told(enterprise)
        alike = self._alike(enterprise, told, told.division)
        if told.division is None:
            others = (self._alike(enterprise, told, code) for code in self._divisions_told(enterprise, told))
            alike = alike.difference(*others)
        return len(alike | {enterprise_key(enterprise)})

    def in_all_rounds(self, enterprise: Record) -> int:
        """How many enterprises of all rounds, named or not, show the same; itself among them."""
        told = astuple(self.told(enterprise))
        groups = (by_round.get(told, set()) for side in (self._hidden, self._named) for by_round in side.values())
        return len({enterprise_key(enterprise)}.union(*groups))

    def naming_rounds(self, enterprise: Record) -> tuple[str, ...]:
        """The other rounds that name this hidden enterprise, where it fits what this one tells of it."""
        told = astuple(self.told(enterprise))
        return tuple(
            folder
            for folder, truly in self._truly[enterprise_key(enterprise)]
            if folder != enterprise.round
            and all(mine is None or mine == its for mine, its in zip(told, astuple(truly), strict=True))
        )

    def namesakes(self, enterprise: Record) -> int:
        """How many enterprises that other rounds name fit what this round tells, itself among them; who is named in this round too
        is no candidate."""
        told, here = astuple(self.told(enterprise)), enterprise.round or ""
        elsewhere = (groups.get(told, set()) for folder, groups in self._named.items() if folder != here)
        answered = {who for who, listed in self._truly.items() if any(folder == here for folder, _ in listed)}
        return len({enterprise_key(enterprise)}.union(*elsewhere) - (answered - {enterprise_key(enterprise)}))
