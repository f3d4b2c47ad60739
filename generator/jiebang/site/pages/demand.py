"""One page per demand: what is asked, whom to ask, how to apply, how far it has come, and which demands resemble it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jiebang.site import names
from jiebang.site.exports.demand import object_path
from jiebang.site.life import life_of
from jiebang.site.linked import demand_thing
from jiebang.site.page import Context, Crumb, Meta, Page, Slots
from jiebang.site.shelves import Shelves
from jiebang.site.similar import Alike, Text, alike
from jiebang.view import City, Demand, District, PublicSite, Round

_LIST = Crumb("需求", "demands/")


@dataclass(frozen=True, slots=True)
class Near:
    """A similar demand as its entry shows it; `shared` are the terms that both texts hold."""

    path: str
    code: str
    title: str
    state: str
    apply_by: str
    shared: tuple[str, ...]


def _fill(
    page: Context, demand: Demand, district: District | None, of: Round, city: City, near: tuple[Near, ...]
) -> Slots:
    who = demand.enterprise
    return page.whole(
        "demand.html",
        title=demand.title,
        description=f"{demand.title}（{demand.code}），{district.name if district else names.NO_DISTRICT}，揭榜截止 {demand.apply_by}。",
        crumbs=(_LIST,),
        meta=Meta(demand.published_on, city.bureau),
        thing=demand_thing(demand, district.name if district else None, city),
        data=object_path(demand.id),
        demand=demand,
        district=district,
        asked=district or city,
        no_district=names.NO_DISTRICT,
        no_industry=names.NO_INDUSTRY,
        round=of,
        anonymous=names.ANONYMOUS,
        industry=names.industry_name(who.section, who.division),
        industry_path=names.industry_path(who.section, who.division),
        field_path=None if demand.field is None else names.field_path(demand.field),
        life=life_of(demand, of),
        near=near,
        data_path=object_path(demand.id),
    )


def text_of(demand: Demand) -> Text:
    """What similarity may know of a demand: its words, and nothing of who asks."""
    return Text(demand.id, demand.title, demand.summary, f"{demand.parameters}\n{demand.effect}")


def _near(found: tuple[Alike, ...], by_id: Mapping[str, Demand]) -> tuple[Near, ...]:
    demands = ((by_id[one.id], one.shared) for one in found)
    return tuple(Near(names.demand_path(d.id), d.code, d.title, d.status, d.apply_by, shared) for d, shared in demands)


def demand_pages(site: PublicSite, shelves: Shelves) -> Iterator[Page]:
    by_id = {demand.id: demand for demand in site.demands}
    found = alike(tuple(text_of(demand) for demand in site.demands))
    for demand in site.demands:
        district = None if demand.district is None else shelves.districts[demand.district]
        inputs = (demand, district, shelves.rounds[demand.round], site.city, _near(found[demand.id], by_id))
        yield Page(names.demand_path(demand.id), "demands/frame/index.html", _fill, inputs)
