"""What changed for the public between two states of the catalogue, both of the past perhaps.

Told are values that were public then and may be so now: who is hidden in either state or today is never named, a demand that is not on
the site today goes by its code, and a text that says anything hidden then or now is left out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import readings
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.problems import Problem
from jiebang.proposal.as_of import Moment, laid_out, moment_named, opened
from jiebang.proposal.effect import TEXTS, Effect, Shown, effect_of, field_title, introduced
from jiebang.proposal.preexisting import comparable
from jiebang.proposal.preview import Comparison, Item
from jiebang.publication import Secrets, publish
from jiebang.rules.anonymity_sets import withheld_by
from jiebang.rules.hidden_names import hidden_somewhere
from jiebang.rules.judgement import judge
from jiebang.view import Demand, PublicSite


@dataclass(frozen=True, slots=True)
class Difference:
    """`left_out`: records that could not be compared, as they have errors by today's rules."""

    before: Moment
    after: Moment
    appearing: tuple[Item, ...]
    edited: tuple[Item, ...]
    leaving: tuple[Item, ...]
    elsewhere: tuple[str, ...]
    left_out: int
    secrets: Secrets
    """All that may not be told, for whoever writes it down."""


def difference_between(catalogue: Path, one: str, other: str, maps: Maps) -> Difference:
    """What changed from one day or commit to another. Raises UserError as `moment_named` does, and where a districts.yml has errors."""
    with opened(catalogue) as repository, tempfile.TemporaryDirectory(prefix="jiebang-diff-") as scratch:
        place = repository.place_of(catalogue)
        moments = moment_named(repository, place, one), moment_named(repository, place, other)
        states: list[tuple[Catalogue, list[Problem]]] = []
        for number, moment in enumerate(moments):
            folder = Path(scratch) / str(number)
            wrong = laid_out(repository, moment, place, folder)
            read, problems = judge(folder, maps)
            states.append((read, [*wrong, *problems]))
        (before, wrong_before), (after, wrong_after) = states
        now, wrong_now = judge(catalogue, maps)
        both = comparable(before, after, wrong_before, wrong_after)
        today = comparable(now, now, wrong_now, wrong_now)
        if both is None or today is None:
            raise UserError("区划（districts.yml）有错误，无法比较。", "先运行 jiebang check 并改正，或换一个日期。")
        effect = effect_of(both.before, both.after, ())
        view = _View(publish(today.before, {}).site, [now, after, before])
        old, new = publish(both.before, {}).site, publish(both.after, {}).site
        return _told(moments, effect, old, new, view, both.left_out)


class _View:
    """What may be told today of the states of several days; `versions` begin with today's."""

    def __init__(self, today: PublicSite, versions: list[Catalogue]) -> None:
        self._today = {demand.id: demand for demand in today.demands}
        together = Catalogue(versions[0].root)
        self._enterprises: dict[str, str] = {}
        self._withheld: dict[str, set[str]] = {}
        for version in versions:
            for record in version.records():
                if record.kind in {"enterprise", "demand", "application", "districts"} and not (
                    record.kind == "districts" and together.districts is not None
                ):
                    together.add(_wary(record, versions[0]))
                if record.kind == "demand" and record.get("enterprise"):
                    self._enterprises.setdefault(record.id, record.get("enterprise"))
                if record.kind == "enterprise":
                    self._withheld.setdefault(record.id, set()).update(withheld_by(record))
        self._hidden = hidden_somewhere(together)
        self.secrets = Secrets(together)

    def is_hidden(self, demand: str) -> bool:
        """Whether the enterprise behind a demand was hidden in one of the states, or is today."""
        return self._enterprises.get(demand) in self._hidden

    def is_safe(self, text: str) -> bool:
        """Whether a text says nothing that was or is hidden."""
        return not any(True for reading in readings(text) for _ in self.secrets.search(reading))

    def title(self, id_: str, code: str) -> str:
        """What a demand is called today; its code where it is not on the site."""
        demand = self._today.get(id_)
        return demand.title if demand is not None and self.is_safe(demand.title) else code

    def is_listed(self, id_: str) -> bool:
        """Whether a demand is on the site today."""
        return id_ in self._today

    def reduced(self, demand: Demand) -> Demand:
        """A demand without what its enterprise asked to withhold, then or since."""
        withheld = self._withheld.get(self._enterprises.get(demand.id, ""), set())
        name = None if self.is_hidden(demand.id) or not self.is_listed(demand.id) else demand.enterprise.name
        return replace(
            demand,
            district=None if "district" in withheld else demand.district,
            enterprise=replace(demand.enterprise, name=name),
        )

    def text(self, demand: Demand, name: str) -> str | None:
        """A public text of a demand; None where it says what was or is hidden, or may say so: a brand that nobody registered stood
        openly beside the name."""
        if demand.enterprise.name is not None and self.is_hidden(demand.id):
            return None
        text: str = getattr(demand, name) or ""
        return text if self.is_safe(text) else None


def _wary(record: Record, today: Catalogue) -> Record:
    """An enterprise as hidden where today's record of it cannot be read: nobody knows what it says."""
    if record.kind == "enterprise" and record.id in today.unreadable:
        return replace(record, near={**record.near, "disclosure": None}, facts=None)
    return record


def _told(
    moments: tuple[Moment, Moment], effect: Effect, old: PublicSite, new: PublicSite, view: _View, left_out: int
) -> Difference:
    olds = {demand.id: demand for demand in old.demands}
    news = {demand.id: demand for demand in new.demands}
    names = {district.slug: district.name for district in new.districts}

    def item(shown: Shown, what: str, *texts: Comparison) -> Item:
        demand = news.get(shown.id) or olds[shown.id]
        told = replace(shown, title=view.title(shown.id, demand.code), what=what if view.is_safe(what) else "")
        return Item(told, texts)

    return Difference(
        *moments,
        tuple(item(shown, introduced(view.reduced(news[shown.id]), names)) for shown in effect.appearing),
        tuple(
            item(shown, shown.what, *_texts(olds[shown.id], news[shown.id], view) if view.is_listed(shown.id) else ())
            for shown in effect.edited
        ),
        tuple(item(shown, shown.what) for shown in effect.leaving),
        effect.elsewhere,
        left_out,
        view.secrets,
    )


def _texts(before: Demand, after: Demand, view: _View) -> Iterator[Comparison]:
    for name in TEXTS:
        if (getattr(before, name) or "") != (getattr(after, name) or ""):
            yield Comparison(field_title(name), view.text(before, name), view.text(after, name))
