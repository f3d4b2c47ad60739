"""Writes a made-up catalogue of any size that passes `jiebang check`, so that growth can be measured before there are records.

The same arguments give the same bytes. Texts are drawn from a small stock: long enough to weigh like the real thing, plainly fictional.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from stdnum.cn import uscc

from jiebang.catalogue import Record
from jiebang.rules.secrecy import digest_of
from jiebang.schemas import cooperation_modes, divisions, foundation_categories, foundation_fields, natures

Value = str | int | list["Value"] | dict[str, "Value"]

DISTRICTS = 18
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FACTORIES = [division for division in divisions().values() if division.section == "C"]
"""Manufacturing: one size group, so sizes are easily kept right."""

NOUNS = [
    "改性材料",
    "电池外壳",
    "光纤器件",
    "主轴单元",
    "导热胶",
    "减速器",
    "检测软件",
    "焊接工艺",
    "膜组件",
    "驱动电路",
]
PROPERTIES = ["抗拉强度", "导热系数", "定位精度", "插入损耗", "循环寿命", "平均无故障时间", "响应时间", "表面粗糙度"]
UNITS = ["MPa", "W/(m·K)", "μm", "dB", "次", "h", "ms", "nm"]
CLAUSES = [
    "在连续运行 {n} 小时后指标不下降",
    "样件不少于 {n} 件，由双方共同抽样",
    "在 {n} ℃ 环境下完成验证",
    "成本不高于现有方案的 {n}%",
    "关键工序的合格率达到 {n}%",
    "提供全部试验记录和失效分析",
    "与现有产线兼容，换型时间不超过 {n} 分钟",
    "批量供货前通过 {n} 轮装机试验",
]


@dataclass(frozen=True, slots=True)
class Round:
    """A round of the made-up catalogue; every date of its records is counted from `opens`."""

    id: str
    status: str
    opens: date
    closes: date
    apply_by: date

    def day(self, number: int) -> str:
        return (self.opens + timedelta(days=number)).isoformat()


ROUNDS = (
    Round("2024", "closed", date(2024, 1, 8), date(2026, 6, 30), date(2024, 10, 31)),
    # Open for years, so that a measurement of next year is one of the same pages.
    Round("2026", "open", date(2026, 1, 8), date(2038, 12, 31), date(2037, 10, 31)),
)

# State of a demand → how many of a hundred, and what its applications come to.
STATES: dict[str, tuple[int, list[str]]] = {
    "submitted": (5, []),
    "recommended": (5, []),
    "returned": (3, []),
    "published": (47, ["submitted", "forwarded"]),
    "selected": (16, ["selected", "declined"]),
    "accepted": (14, ["accepted", "declined"]),
    "unmet": (4, ["declined"]),
    "failed": (3, ["failed"]),
    "withdrawn": (3, []),
}


def yaml_lines(record: dict[str, Value], indent: str = "") -> Iterator[str]:
    """A mapping as staff would write it: plain scalars, block scalars for texts of several lines."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from yaml_lines(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                first, *others = yaml_lines(item) if isinstance(item, dict) else [str(item)]
                yield f"{indent}  - {first}"
                yield from (f"{indent}    {line}" for line in others)
        elif isinstance(value, str) and "\n" in value:
            yield f"{indent}{key}: |"
            yield from (f"{indent}  {line}" for line in value.splitlines())
        else:
            yield f"{indent}{key}: {value}"


def credit_code(number: int) -> str:
    """A valid code of region 000000, which belongs to nobody, with a valid organisation code inside."""
    organisation = f"{10_000_000 + number}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
    total = sum(weight * int(digit) for weight, digit in zip(weights, organisation, strict=True))
    front = f"91000000{organisation}{'0123456789X'[(11 - total % 11) % 11]}"
    return front + uscc.calc_check_digit(front)


STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def person(number: int) -> str:
    """A made-up person's name, another one for each of a million numbers."""
    first, second, third = number % 10, number // 10 % 12, number // 120
    return f"示例{STEMS[first]}{BRANCHES[second]}{third or ''}"


class Maker:
    """Draws records and writes them below `folder`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = Random(seed)  # noqa: S311 - texts to measure with, not secrets
        self.codes = 0
        self.larges = 0
        self.ids: set[str] = set()

    def write(self, path: str, record: dict[str, Value]) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(yaml_lines(record)) + "\n", encoding="utf-8", newline="\n")

    def fresh_id(self, letter: str) -> str:
        while (new := f"{letter}-{''.join(self.random.choices(CROCKFORD, k=8))}") in self.ids:
            pass
        self.ids.add(new)
        return new

    def text(self, characters: int) -> str:
        """Sentences of at least so many characters in all, four to a line."""
        sentences: list[str] = []
        length = 0
        while length < characters:
            clauses = self.random.sample(CLAUSES, 3)
            sentence = "，".join(clause.format(n=self.random.randint(5, 95)) for clause in clauses)
            sentences.append(f"{self.random.choice(NOUNS)}方面，{sentence}。")
            length += len(sentences[-1])
        return "\n".join("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))

    def private(self, characters: int) -> str:
        """A text that no public one can begin like: the build looks for private texts in the finished site."""
        return f"内部材料，不公开。{self.text(characters)}"

    def parameters(self) -> str:
        return "\n".join(
            f"{name}（第 {number} 项）：≥{self.random.randint(2, 900)} {self.random.choice(UNITS)}"
            f"（{self.random.randint(-40, 150)} ℃，按双方确认的方法测试）"
            for number, name in enumerate(self.random.choices(PROPERTIES, k=8), 1)
        )

    def districts(self) -> list[str]:
        slugs = [f"quyu-{number:02d}" for number in range(1, DISTRICTS + 1)]
        contact: dict[str, Value] = {"office": "中小企业服务科", "phone": "027-00000100"}
        self.write(
            "districts.yml",
            {
                "schema": "districts/1",
                "city": {
                    "name": "示例市",
                    "bureau": "示例市经济和信息化局",
                    "banner": "本站内容由程序生成，只用于测量。",
                    "contact": contact,
                    "reviewers": ["示例审甲", "示例审乙"],
                },
                "districts": [
                    {
                        "slug": slug,
                        "name": f"示例{number}区",
                        "kind": "区",
                        "bureau": f"示例{number}区经济和信息化局",
                        "contact": contact,
                    }
                    for number, slug in enumerate(slugs, 1)
                ],
            },
        )
        return slugs

    def round(self, this: Round) -> None:
        self.write(
            f"{this.id}/round.yml",
            {
                "schema": "round/1",
                "id": this.id,
                "title": f"{this.id}年度",
                "period": "年度",
                "status": this.status,
                "notice": {
                    "title": f"关于组织推荐{this.id}年度示例工作的通知",
                    "issuer": "示例市经济和信息化局",
                    "date": this.day(0),
                },
                "opens_on": this.day(0),
                "closes_on": this.closes.isoformat(),
                "deadlines": {"submit_by": this.day(20), "apply_by": this.apply_by.isoformat()},
                "winners": {"min": 1, "max": 2},
                "hide": "企业名称",
                "show": {"applications": "是", "winners": "是"},
                "k": 3,
            },
        )

    def enterprise(self, this: Round, district: str, *, large: bool) -> str:
        self.codes += 1
        new = self.fresh_id("E")
        industry = self.random.choice(FACTORIES)
        # Those who demand and those who answer share no telephone: that would be a finding for each application.
        legal, mobile, contact = (
            ("027-00000001", "10000000001", "027-00000002")
            if large
            else ("027-58203917", "10058203917", "027-58203926")
        )
        record: dict[str, Value] = {
            "schema": "enterprise/1",
            "id": new,
            "role": "大企业" if large else "中小企业",
            "stamped": "是",
            "name": f"示例第{self.codes}号制造有限公司",
            "credit_code": credit_code(self.codes),
            "registered_place": {"province": "示例省", "city": "示例市"},
            "legal_representative": {"name": person(self.codes), "phone": legal, "mobile": mobile},
            "contact": {"name": "示例乙", "position": "技术部主任", "phone": contact},
            "email": f"lianxi{self.codes}@example.com",
            "registered_capital": self.random.randint(200, 90000),
            "employees": self.random.randint(1200, 20000) if large else self.random.randint(30, 280),
            "revenue": self.random.randint(50000, 900000) if large else self.random.randint(350, 1900),
            "nature": self.random.choice(natures()).value,
            "industry": {"code": industry.code, "name": industry.name},
            "address": f"示例市测量大道 {self.codes} 号",
            "postcode": f"{self.random.randint(0, 999999):06d}",
        }
        if large:
            self.larges += 1
            record["disclosure"] = "公开" if self.larges % 2 else "不公开"
            if record["disclosure"] == "不公开":
                record["withholding_consulted"] = {"date": this.day(5), "answer": "同意显示"}
            record["channel"] = {"kind": "省级中小企业主管部门", "name": "示例省中小企业主管部门"}
        else:
            record["size"] = "小型"
            record["registered_on"] = "2012-05-18"
            record["types"] = ["创新型中小企业"]
            record["profile"] = self.private(200)
        self.write(f"{this.id}/{district}/enterprises/{new.lower()}.yml", record)
        return new

    def demand(self, this: Round, district: str, enterprise: str, number: int) -> tuple[str, str, str, str]:
        """(id, title, code, state) of a new demand."""
        new, code = self.fresh_id("D"), f"Q-{number:05d}"
        state = self.random.choices(list(STATES), [share for share, _ in STATES.values()])[0]
        title = f"示例{number}号{self.random.choice(NOUNS)}及其{self.random.choice(PROPERTIES)}提升"
        dates: dict[str, Value] = {"submitted": this.day(self.random.randint(1, 20))}
        if state not in {"submitted", "returned"}:
            dates["recommended"] = this.day(30)
        if state not in {"submitted", "returned", "recommended"}:
            dates["published"] = this.day(40 + self.random.randint(0, 60))
            # Nobody is chosen before the deadline has passed.
            dates["apply_by"] = this.apply_by.isoformat() if state == "published" else this.day(310)
        if state in {"selected", "accepted", "failed"}:
            dates["selected"] = this.day(320)
        if state in {"accepted", "failed", "unmet"}:
            dates["concluded"] = this.day(600)
        if state == "withdrawn":
            dates["withdrawn"] = this.day(200)
        record: dict[str, Value] = {
            "schema": "demand/1",
            "id": new,
            "enterprise": enterprise,
            "code": code,
            "title": title,
            "summary": self.text(430),
            "parameters": self.parameters(),
            "effect": self.text(250),
            "schedule": self.text(60),
            "cooperation": {
                "modes": [mode.value for mode in self.random.sample(cooperation_modes(), 2)],
                "note": self.text(60),
            },
            "field": self.random.choice(foundation_fields()).value,
            "category": self.random.choice(foundation_categories()).value,
            "no_secrets": "是",
            "status": state,
            "dates": dates,
        }
        if "published" in dates:
            record["secrecy_review"] = {
                "reviewers": ["示例审甲", "示例审乙"],
                "date": this.day(35),
                "conclusion": "不涉密",
                "digest": digest_of(Record("demand", "", None, None, record, b"", sound=True)),
            }
        if state == "returned":
            record["returned_reason"] = "请补充测试条件。"
        self.write(f"{this.id}/{district}/demands/{new.lower()}.yml", record)
        return new, title, code, state

    def application(self, this: Round, sme: tuple[str, str], demand: tuple[str, str, str, str], outcome: str) -> None:
        """`sme` is (id, district)."""
        new = self.fresh_id("A")
        dates: dict[str, Value] = {"submitted": this.day(110 + self.random.randint(0, 60))}
        if outcome != "submitted":
            dates["forwarded"] = this.day(190)
        if outcome in {"selected", "declined", "accepted", "failed"}:
            dates["decided"] = this.day(320)
        if outcome in {"accepted", "failed"}:
            dates["concluded"] = this.day(600)
        record: dict[str, Value] = {
            "schema": "application/1",
            "id": new,
            "enterprise": sme[0],
            "demand": demand[0],
            "item": {"name": demand[1], "code": demand[2]},
            "stamped": "是",
            "profile": self.private(150),
            "capability": self.private(150),
            "plan": {part: self.private(120) for part in ("team", "goals", "route", "schedule", "risks")},
            "cooperation": self.private(40),
            "no_affiliation": "是",
            "status": outcome,
        }
        if outcome == "declined":
            record["feedback"] = "方案可行，但缺少中试条件，建议补充后再报下一轮。"
        if outcome in {"accepted", "failed"}:
            record["acceptance"] = {
                "result": self.private(60),
                "consequences": ["深化合作" if outcome == "accepted" else "未通过"],
            }
        record["dates"] = dates
        self.write(f"{this.id}/{sme[1]}/applications/{new.lower()}.yml", record)


def make(folder: Path, demands: int, seed: int = 1) -> None:
    """A catalogue with `demands` demands in two rounds; to 10 of them 3 large enterprises, 3 SMEs, 16 applications."""
    maker = Maker(folder, seed)
    slugs = maker.districts()
    for this, share in zip(ROUNDS, (demands // 2, demands - demands // 2), strict=True):
        maker.round(this)
        each = max(4, share * 3 // 10)
        # District and enterprise go together: a demand lies in its enterprise's folder.
        larges = [
            (maker.enterprise(this, slugs[at % DISTRICTS], large=True), slugs[at % DISTRICTS]) for at in range(each)
        ]
        smes = [
            (maker.enterprise(this, slugs[at % DISTRICTS], large=False), slugs[at % DISTRICTS]) for at in range(each)
        ]
        for number in range(1, share + 1):
            enterprise, district = larges[number % each]
            demand = maker.demand(this, district, enterprise, number)
            outcomes = STATES[demand[3]][1]
            for sme, outcome in zip(maker.random.sample(smes, len(outcomes)), outcomes, strict=True):
                maker.application(this, sme, demand, outcome)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="写出一个用于测量的虚构目录。")
    parser.add_argument("--demands", type=int, required=True, metavar="N", help="需求的项数")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到哪里；必须是新的或空的文件夹")
    parser.add_argument("--seed", type=int, default=1, help="随机数种子（默认 1）：相同的参数得到相同的文件")
    given = parser.parse_args(arguments)
    if given.demands < 1:
        parser.error("需求至少一项。")
    if given.out.exists() and (not given.out.is_dir() or any(given.out.iterdir())):
        parser.error(f"{given.out} 不是空文件夹。")
    make(given.out, given.demands, given.seed)
    print(f"已写出 {given.demands} 项需求的目录：{given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
