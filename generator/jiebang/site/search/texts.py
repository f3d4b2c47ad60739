"""What a reader may search of a demand. The index is made of these texts and of nothing else."""

from __future__ import annotations

from jiebang.schemas.demand_texts import attribute, public_prose
from jiebang.site import labels
from jiebang.site.grouping import Told
from jiebang.site.search.folding import fold_all
from jiebang.site.text import parameter_blocks
from jiebang.view import Demand, PublicSite


def public_parts(told: Told) -> tuple[str, ...]:
    """The title first, then everything else that the demand's page says; empty where it says nothing."""
    demand, who = told.demand, told.demand.enterprise
    title, *prose = (getattr(demand, attribute(path)) for path in public_prose())
    parts = (
        title, demand.id, demand.code, *prose, "、".join(demand.cooperation), who.name or labels.ANONYMOUS, who.nature,
        labels.NO_INDUSTRY if who.section is None else labels.section_name(who.section),
        None if who.division is None else labels.division_name(who.division), told.district, told.round,
        labels.state_name(demand.status), demand.type, demand.field, demand.category,
    )  # fmt: skip
    return tuple(part or "" for part in parts)


def short_texts(demand: Demand) -> tuple[str, ...]:
    """What names something in a few words: title, parameters' names, choices."""
    names_of_parameters = (row.name for block in parameter_blocks(demand.parameters) for row in block.rows)
    return (demand.title, *names_of_parameters, demand.field or "", demand.category or "", demand.type or "")


def public_text(demand: Demand, site: PublicSite) -> str:
    """Everything a reader may search of a demand, a line for each part."""
    return "\n".join(public_parts(_told(demand, site)))


def folded_text(demand: Demand, site: PublicSite) -> str:
    """The same with every part folded: a word is found where it stands in this text. No word holds white space, so none
    reaches from one part into the next."""
    return "\n".join(fold_all(public_parts(_told(demand, site))))


def _told(demand: Demand, site: PublicSite) -> Told:
    district = next((d.name for d in site.districts if d.slug == demand.district), labels.NO_DISTRICT)
    return Told(demand, district, next(of.title for of in site.rounds if of.id == demand.round))
