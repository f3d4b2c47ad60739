"""Made-up catalogues in memory, record by record, from the small valid one: for tests of what readers can tell from a site."""

from __future__ import annotations

import copy
from functools import cache
from random import Random
from typing import Any

from jiebang.catalogue import Catalogue, Record, load
from jiebang.rules.secrecy import digest_of
from tests.conftest import FIXTURES

DISTRICTS = ("qiaokou", "zone")
NATURES = ("国有", "民营", "合资", "外资")
FIELDS = ("新材料", "电力装备", "钢铁")
DIVISIONS = ("38", "39", "35")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@cache
def _base() -> Catalogue:
    catalogue, problems = load(FIXTURES / "base")
    assert problems == []
    return catalogue


def _record(kind: str, round_: str, district: str, value: dict[str, Any]) -> Record:
    path = f"{round_}/{district}/{kind}s/{value['id'].lower()}.yml"
    return Record(kind, path, round_, district, value, b"", sound=True)


class Town:
    """A catalogue that grows by calls; ids come from `random` alone, as `jiebang new id` draws them."""

    def __init__(self, seed: int = 1, **rounds: dict[str, Any]) -> None:
        self.random = Random(seed)  # noqa: S311 - made-up records, not secrets
        self.catalogue = Catalogue(_base().root)
        self.catalogue.add(copy.deepcopy(_base().districts) or self._none())
        for id_, changes in rounds.items() or {"r2024": {}}.items():
            year = id_.removeprefix("r")
            value = copy.deepcopy(_base().rounds["2024"].value)
            for name in ("opens_on", "closes_on"):
                value[name] = f"{int(value[name][:4]) - 2024 + int(year)}{value[name][4:]}"
            value |= {"id": year, "title": f"{year}年度"} | changes
            self.catalogue.add(Record("round", f"{year}/round.yml", year, None, value, b"", sound=True))

    @staticmethod
    def _none() -> Record:
        raise AssertionError("the small catalogue has districts")

    def fresh_id(self, letter: str) -> str:
        return f"{letter}-{''.join(self.random.choices(CROCKFORD, k=8))}"

    def enterprise(
        self, owner: int, *, round_: str = "2024", district: str = "qiaokou", division: str = "38", **changes: Any
    ) -> Record:
        """A hidden one that nobody has consulted; the same `owner` is the same enterprise."""
        found = _base().find("enterprise", "E-AAAAAAA1")
        assert found is not None
        value = copy.deepcopy(found.value)
        for name in ("withholding_consulted", "affiliates", "aliases", "note"):
            value.pop(name, None)
        value |= {
            "id": self.fresh_id("E"),
            "name": f"示例第{owner}号制造有限公司",
            "credit_code": f"91000000{owner:09d}X",
            "industry": {"code": division, "name": "示例行业"},
        }
        value |= changes
        record = _record("enterprise", round_, district, value)
        self.catalogue.add(record)
        return record

    def demand(self, enterprise: Record, code: str, *, published: str = "2024-08-20", **changes: Any) -> Record:
        found = _base().find("demand", "D-AAAAAAA1")
        assert found is not None and enterprise.round and enterprise.district
        value = copy.deepcopy(found.value)
        value.pop("note", None)
        value |= {"id": self.fresh_id("D"), "enterprise": enterprise.id, "code": code}
        value["dates"] = value["dates"] | {"published": published}
        value |= changes
        record = _record("demand", enterprise.round, enterprise.district, value)
        value["secrecy_review"] = value["secrecy_review"] | {"digest": digest_of(record)}
        self.catalogue.add(record)
        return record


THINGS = ("阻燃改性材料", "低损耗光纤器件", "精密减速器", "高导热胶", "膜组件", "驱动电路", "主轴单元", "检测软件")
ENDS = ("用于整车部件的示例验证", "用于产线换型的示例改造", "用于装机试验的示例样件", "用于长期运行的示例评估")


def random_town(seed: int) -> Town:
    """A few enterprises with several demands each, most of them hidden, few days and few kinds, so that many look alike; as offices
    work: the demands of one enterprise are numbered in a row, lie side by side and are edited together. One round is over."""
    town = Town(seed, r2024={}, r2025={"k": 3, "status": "closed"})
    random, number = town.random, 0
    for owner in range(random.randint(6, 10)):
        round_ = random.choice(("2024", "2025"))
        asked = random.choice(([], [], ["district"], ["industry"], ["nature"], ["district", "industry"]))
        enterprise = town.enterprise(
            owner,
            round_=round_,
            district=random.choice(DISTRICTS),
            division=random.choice(DIVISIONS),
            nature=random.choice(NATURES[:2]),
            disclosure=random.choice(("不公开", "不公开", "不公开", "公开")),
            **({"withhold": asked} if asked else {}),
        )
        for _ in range(random.randint(1, 4)):
            number += 1
            thing, end = random.choice(THINGS), random.choice(ENDS)
            status = random.choice(("published", "published", "published", "unmet"))
            demand = town.demand(
                enterprise,
                f"Q-{number:04d}",
                published=f"{round_}-08-2{random.randint(0, 1)}",
                title=f"{thing}{end[:4]}{number}",
                summary=f"研发一款{thing}，{end}。",
                field=random.choice(FIELDS),
                status=status,
            )
            demand.value["dates"]["apply_by"] = f"{round_}-10-31"
            if status == "unmet":
                demand.value["dates"]["concluded"] = f"{round_}-12-31"
    return town
