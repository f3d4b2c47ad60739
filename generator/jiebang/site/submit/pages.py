"""The pages of the web form: which form to take, and one page each for those who demand and those who apply."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.site.page import Context, Crumb, Page, Slots
from jiebang.site.submit.model import model
from jiebang.site.submit.plan import APPLY, DEMAND, Annex
from jiebang.site.submit.questions import industries, questions
from jiebang.view import City, District, PublicSite, Round

_START = Crumb("在线填报", "submit/")
_TITLES = {
    DEMAND: ("填写技术创新需求表", "大企业在浏览器里填写技术创新需求表，生成可以报送的文件。内容只留在本机。"),
    APPLY: ("填写揭榜对接表和申请书", "中小企业在浏览器里填写揭榜对接表和申请书，生成可以报送的文件。内容只留在本机。"),
}


def _fill_start(page: Context, department: str, districts: tuple[District, ...], rounds: tuple[Round, ...]) -> Slots:
    return page.whole(
        "submit.html",
        title="在线填报",
        description="在浏览器里填写大企业技术创新需求表、中小企业揭榜对接表和申请书。",
        crumbs=(),
        department=department,
        districts=districts,
        rounds=rounds,
    )


def _fill_form(
    page: Context, annex: Annex, city: City, districts: tuple[District, ...], rounds: tuple[Round, ...]
) -> Slots:
    title, description = _TITLES[annex]
    return page.whole(
        "submit_form.html",
        title=title,
        description=description,
        crumbs=(_START,),
        annex=annex,
        department=city.department,
        enterprise=questions(annex, "enterprise"),
        repeated=questions(annex, annex.repeated),
        industries=industries(),
        districts=districts,
        rounds=rounds,
        model=model(annex, city, districts, rounds),
    )


def submit_pages(site: PublicSite) -> Iterator[Page]:
    """Only rounds that are open can be submitted to."""
    rounds = tuple(round_ for round_ in site.rounds if round_.status == "open")
    yield Page("submit/", "submit/index.html", _fill_start, (site.city.department, site.districts, rounds))
    for annex in (DEMAND, APPLY):
        inputs = (annex, site.city, site.districts, rounds)
        yield Page(annex.path, f"{annex.path}index.html", _fill_form, inputs)
