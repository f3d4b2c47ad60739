"""What a pull request changes for the public beside the records: settings, pages and pictures of the bureau's own. By their names alone,
which whoever reads the request sees too; what stands in them is looked through elsewhere (`jiebang.proposal.contents`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from jiebang.proposal.contents import OWN_PAGES
from jiebang.proposal.repository import Change
from jiebang.workspace import DISTRICT_MAP, EXTERNAL, SETTINGS, SYNONYMS

PINNED = "program.txt"
"""Names the version of the program in a bureau's own repository."""
_WHOLE_SITE = {SETTINGS: "网站设置", PINNED: "程序的版本"}
_ONE_PAGE = {
    DISTRICT_MAP: "“各区”的地图（districts/）",
    EXTERNAL: "外地和国家的需求（external/）",
    SYNONYMS: "搜索和供需匹配用的同义词",
}
_UNSEEN = "README.md"
_MOST_NAMED = 5


def changed_pages(changes: Sequence[Change]) -> Iterator[str]:
    """What changes, a phrase for each kind, in Chinese."""
    named: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        what = "新增" if change.before is None else "删除" if change.after is None else "修改"
        if title := _WHOLE_SITE.get(change.path):
            yield f"{what}了{title}（{change.path}），所有网页都可能变"
        elif title := _ONE_PAGE.get(change.path):
            yield f"{what}了{title}"
        elif (place := _place(change.path)) is not None:
            named.setdefault((what, place[0]), []).append(place[1])
    for (what, kind), places in named.items():
        more = f" 等 {len(places)} 个" if len(places) > _MOST_NAMED else ""
        yield f"{what}{kind} {'、'.join(places[:_MOST_NAMED])}{more}"


def _place(path: str) -> tuple[str, str] | None:
    """(网页, its address) of a page's source, (图片, its path) of what stands beside it; None for what the site does not show."""
    folder = next((folder for folder in OWN_PAGES if path.startswith(folder)), None)
    if folder is None:
        return None
    inside = PurePosixPath(path.removeprefix(folder))
    if inside.name == _UNSEEN or inside.name.startswith("."):
        return None
    if inside.suffix != ".md":
        return "图片", inside.as_posix()
    page = inside.parent if inside.stem == "index" else inside.with_suffix("")
    return "网页", "首页" if page == PurePosixPath() else f"{page.as_posix()}/"
