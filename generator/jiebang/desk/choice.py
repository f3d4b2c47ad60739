"""Which district and which round a word on the command line means; days as papers write them."""

from __future__ import annotations

from datetime import date

from jiebang.catalogue import Catalogue
from jiebang.errors import UserError


def district_names(catalogue: Catalogue) -> dict[str, str]:
    """Slug → name, in the bureau's order."""
    known = catalogue.districts.get("districts") if catalogue.districts is not None else None
    return {d["slug"]: d["name"] for d in known or () if isinstance(d, dict) and {"slug", "name"} <= d.keys()}


def district_named(catalogue: Catalogue, wanted: str) -> str:
    """The slug of a district that its slug or its name calls. Raises UserError."""
    names = district_names(catalogue)
    for slug, name in names.items():
        if wanted.strip() in {slug, name}:
            return slug
    listed = "、".join(f"{slug}（{name}）" for slug, name in names.items())
    raise UserError(f"没有“{wanted}”这个区。", f"可以写：{listed}。")


def rounds_in_order(catalogue: Catalogue) -> list[str]:
    """The ids of the rounds, oldest first."""
    return sorted(catalogue.rounds, key=lambda id_: (catalogue.rounds[id_].get("opens_on") or "", id_))


def round_named(catalogue: Catalogue, wanted: str | None) -> str:
    """The round of an id; the newest where none is named. Raises UserError."""
    known = rounds_in_order(catalogue)
    if not known:
        raise UserError("目录里还没有轮次。", "先建立轮次的文件夹和 round.yml。")
    if wanted is None:
        return known[-1]
    if wanted in known:
        return wanted
    raise UserError(f"没有轮次“{wanted}”。", f"可以写：{'、'.join(known)}。")


def chinese_day(day: str) -> str:
    """2026-03-05 → 2026年3月5日, as GB/T 9704 writes a date."""
    told = date.fromisoformat(day)
    return f"{told.year}年{told.month}月{told.day}日"
