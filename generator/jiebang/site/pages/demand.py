"""One page per demand: what is asked, whom to ask, how to apply, how far it has come, and which demands resemble it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiebang.mapping import Maps
from jiebang.schemas import applicant_sizes, relations
from jiebang.site import labels, paths
from jiebang.site.exports.json.objects import object_path
from jiebang.site.grouping import GroupedDemands
from jiebang.site.json_ld import demand_thing
from jiebang.site.page import Context, Crumb, Meta, Page, Slots
from jiebang.site.qr import qr_code
from jiebang.site.share_card import card_path, has_card
from jiebang.site.timeline import timeline_of
from jiebang.view import City, Demand, District, PublicSite, Round

if TYPE_CHECKING:
    from jiebang.site.similar import Alike, Text

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
        description=f"{demand.title}（{demand.code}），{district.name if district else labels.NO_DISTRICT}，揭榜截止 {demand.apply_by}。",
        crumbs=(_LIST,),
        meta=Meta(demand.published_on, city.bureau),
        thing=demand_thing(demand, district.name if district else None, city),
        data=object_path(demand.id),
        demand=demand,
        district=district,
        department=city.department,
        asked=district or city,
        no_district=labels.NO_DISTRICT,
        no_industry=labels.NO_INDUSTRY,
        round=of,
        anonymous=labels.ANONYMOUS,
        industry=labels.industry_name(who.section, who.division),
        industry_path=paths.industry_path(who.section, who.division),
        field_path=None if demand.field is None else paths.field_path(demand.field),
        timeline=timeline_of(demand, of),
        near=near,
        data_path=object_path(demand.id),
        may_apply=applicant_sizes(),
        related=relations(),
        address=page.config.address(page.path) if page.config.url else None,
        qr=qr_code(page.config.address(page.path)) if page.config.url else None,
        card=card_path(demand.id) if has_card(demand, page.config) else None,
    )


def text_of(demand: Demand) -> Text:
    """What similarity may know of a demand: its words, and nothing of who asks."""
    from jiebang.site.similar import Text

    return Text(demand.id, demand.title, demand.summary, f"{demand.parameters}\n{demand.effect}")


def _near(found: tuple[Alike, ...], by_id: Mapping[str, Demand]) -> tuple[Near, ...]:
    demands = ((by_id[one.id], one.shared) for one in found)
    return tuple(Near(paths.demand_path(d.id), d.code, d.title, d.status, d.apply_by, shared) for d, shared in demands)


def demand_pages(site: PublicSite, grouped: GroupedDemands, maps: Maps) -> Iterator[Page]:
    from jiebang.site.similar import alike

    by_id = {demand.id: demand for demand in site.demands}
    found = alike(tuple(text_of(demand) for demand in site.demands), maps)
    for demand in site.demands:
        district = None if demand.district is None else grouped.districts[demand.district]
        inputs = (demand, district, grouped.rounds[demand.round], site.city, _near(found[demand.id], by_id))
        yield Page(paths.demand_path(demand.id), "demands/frame/index.html", _fill, inputs)
