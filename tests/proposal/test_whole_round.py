"""A whole round through git commits, from call to acceptance: every legal move, each by whose part it is; at night with 40 demands and 100
applications, by day with half."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import Record
from jiebang.catalogue.amend import value_of
from jiebang.catalogue.write import record_text
from jiebang.problems import has_errors
from jiebang.proposal import Asked, judge_proposal
from jiebang.rules.secrecy import digest_of
from jiebang.schemas.lifecycle import START, Role, lifecycle
from tests.conftest import FIXTURES
from tests.proposal.forge import Content, Forge, base_files, credit_code
from tests.turns import at_night

BASE = FIXTURES / "base" / "2024"
ROUND = "2025"
DISTRICTS = ("qiaokou", "zone")
DEMANDS, APPLICATIONS = (40, 100) if at_night() else (20, 50)

# When a state is reached: the days of the round, in the order of its year.
DAYS = {
    "handed in": "2025-01-20",
    "looked at": "2025-02-01",
    "handed in again": "2025-02-10",
    "looked at again": "2025-02-15",
    "published": "2025-03-01",
    "applied": "2025-04-10",
    "taken back": "2025-04-20",
    "handed on": "2025-05-06",
    "let go": "2025-05-20",
    "chosen": "2025-06-10",
    "left": "2025-07-01",
    "ended": "2025-10-20",
    "taken down": "2025-11-10",
    "over": "2025-12-20",
}
PUBLISHED = {"handed in": "submitted", "looked at": "recommended", "published": "published"}
ACCEPTED = {**PUBLISHED, "chosen": "selected", "ended": "accepted"}
SPECIAL: tuple[dict[str, str], ...] = (
    {"handed in": "submitted", "looked at": "withdrawn"},
    {"handed in": "submitted", "looked at": "returned", "handed in again": "withdrawn"},
    {"handed in": "submitted", "looked at": "recommended", "looked at again": "withdrawn"},
    {"handed in": "submitted", "looked at": "recommended", "looked at again": "returned", "published": "withdrawn"},
    {
        "handed in": "submitted",
        "looked at": "returned",
        "handed in again": "submitted",
        "looked at again": "recommended",
        "published": "published",
        "chosen": "selected",
        "ended": "accepted",
    },
    {**PUBLISHED, "taken back": "withdrawn"},
    {**PUBLISHED, "chosen": "unmet"},
    {**PUBLISHED, "chosen": "unmet", "taken down": "withdrawn"},
    {**PUBLISHED, "chosen": "selected", "left": "withdrawn"},
    {**PUBLISHED, "chosen": "selected", "ended": "failed"},
    {**PUBLISHED, "chosen": "selected", "ended": "failed", "taken down": "withdrawn"},
    {**ACCEPTED, "taken down": "withdrawn"},
)


def _template(kind: str, path: str) -> dict[str, Any]:
    return value_of(kind, (BASE / path).read_text(encoding="utf-8"))


@dataclass
class Bureau:
    """The records as they stand, by path in the repository, and what changed since the last request."""

    values: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def put(self, kind: str, path: str, value: dict[str, Any]) -> None:
        self.values[path] = kind, value
        self.touched.add(path)

    def change(self, path: str, **fields: Any) -> None:
        kind, value = self.values[path]
        dates = {**value["dates"], **fields.pop("dates", {})}
        self.put(kind, path, {**value, **fields, "dates": dates})

    def take(self, districts: Iterable[str]) -> dict[str, Content]:
        """The files changed in these districts' folders."""
        wanted = {path for path in self.touched if path.split("/")[2] in districts}
        self.touched -= wanted
        return {path: record_text(*self.values[path]) for path in sorted(wanted)}


def _path(district: str, kind: str, id_: str) -> str:
    return f"catalogue/{ROUND}/{district}/{kind}/{id_.lower()}.yml"


def _enterprise(bureau: Bureau, number: int, district: str, template: str) -> str:
    value = _template("enterprise", template)
    id_ = f"E-{number:08d}"
    value |= {
        "id": id_,
        "name": f"示例{number}号试验设备有限公司",
        "credit_code": credit_code(5_000 + number),
        "legal_representative": {"name": f"示例法{number}"},
        "contact": {
            **value["contact"],
            "name": f"示例联{number}",
            "phone": f"000-3{number:07d}",
            "mobile": f"1000{number:07d}",
        },
        "email": f"party{number}@example{number}.com",
        "address": f"示例市示例大道 {1000 + number} 号",
    }
    for name in ("aliases", "affiliates", "withholding_consulted"):
        value.pop(name, None)
    bureau.put("enterprise", _path(district, "enterprises", id_), value)
    return id_


def _demand(bureau: Bureau, number: int, district: str, enterprise: str) -> str:
    value = _template("demand", "qiaokou/demands/d-aaaaaaa1.yml")
    for name in ("code", "secrecy_review", "note"):
        value.pop(name)
    id_ = f"D-{number:08d}"
    value |= {
        "id": id_,
        "enterprise": enterprise,
        "title": f"第{number}号试验台用材料",
        "summary": f"研发第{number}号试验台用的阻燃材料。",
        "status": START,
        "dates": {"submitted": DAYS["handed in"]},
    }
    path = _path(district, "demands", id_)
    bureau.put("demand", path, value)
    return path


def _reviewed(value: dict[str, Any]) -> dict[str, Any]:
    record = Record("demand", "x", None, None, value, b"", sound=True)
    return {
        "reviewers": ["示例审甲", "示例审乙"],
        "date": "2025-02-20",
        "conclusion": "不涉密",
        "digest": digest_of(record),
    }


def _move_demand(bureau: Bureau, path: str, state: str, day: str) -> None:
    number = int(path[-12:-4])
    more: dict[str, Any] = {"status": state}
    mark = lifecycle("demand")[state].date
    dates = {mark: day} if mark is not None and state != START else {}
    if state == "returned":
        more["returned_reason"] = "请补充测试条件。"
    if state == "published":
        more["code"] = f"Q5-{number:04d}"
        dates["apply_by"] = "2025-04-30"
        more["secrecy_review"] = _reviewed(bureau.values[path][1])
    bureau.change(path, dates=dates, **more)


def _move_application(bureau: Bureau, path: str, state: str, day: str) -> None:
    more: dict[str, Any] = {"status": state}
    if state == "declined":
        more["feedback"] = "方案可行，但中试条件不足，建议下一轮再报。"
    if state in {"accepted", "failed"}:
        ends = "深化合作" if state == "accepted" else "未通过"
        more["acceptance"] = {"result": "按需求逐项验收，结论见验收报告。", "consequences": [ends]}
    bureau.change(path, dates={lifecycle("application")[state].date: day}, **more)


class Year:
    """Plays the round: what happens on a day is proposed by whose part it is, judged, and merged."""

    def __init__(self, folder: Path) -> None:
        files = {"catalogue/districts.yml": base_files()["catalogue/districts.yml"]}
        of_round = _template("round", "round.yml") | {
            "id": ROUND,
            "title": "2025年度",
            "opens_on": "2025-01-06",
            "closes_on": "2025-12-31",
            "deadlines": {"submit_by": "2025-02-28", "apply_by": "2025-04-30", "select_by": "2025-06-30"},
            "winners": {"min": 1, "max": 2},
            "show": {"applications": False, "winners": False},
        }
        self.round = of_round
        files[f"catalogue/{ROUND}/round.yml"] = record_text("round", of_round)
        self.forge = Forge(folder, files)
        self.bureau = Bureau()
        self.moves: set[tuple[str, str, str]] = set()
        self.numbers = iter(range(1, 1000))

    def request(self, day: str, actor: str, files: dict[str, Content]) -> None:
        if not files:
            return
        self.forge.today = day
        branch = f"request-{next(self.numbers)}"
        self.forge.propose(files, branch)
        judged = judge_proposal(Asked(self.forge.folder, "main", branch, (actor,)))
        assert not has_errors(judged.problems), (day, actor, [(p.code, p.path, p.message) for p in judged.problems][:5])
        self.forge.merge(branch)

    def by_districts(self, day: str) -> None:
        for district in DISTRICTS:
            self.request(day, f"shili-{district}", self.bureau.take([district]))

    def by_the_city(self, day: str) -> None:
        self.request(day, "shili-city", self.bureau.take(DISTRICTS))


def _part(kind: str, was: str, now: str) -> Role:
    """Who plays a move: the district where it may."""
    move = lifecycle(kind)[was].move_to(now)
    assert move is not None, (kind, was, now)
    return move.by[0]


def _chosen(applications: list[str]) -> Iterator[tuple[str, str]]:
    """Outcome of the applications for a demand that is selected: one or two winners, the others get an answer."""
    winners = 2 if len(applications) > 3 else 1
    for number, path in enumerate(applications):
        yield path, "selected" if number < winners else "declined"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    year = Year(tmp_path_factory.mktemp("year") / "forge.git")
    bureau = year.bureau
    larges = [_enterprise(bureau, n, DISTRICTS[n % 2], "zone/enterprises/e-bbbbbbb2.yml") for n in range(1, 9)]
    plans: dict[str, dict[str, str]] = {}
    for number in range(DEMANDS):
        path = _demand(bureau, number, DISTRICTS[(number + 1) % 2], larges[number % 8])
        plans[path] = SPECIAL[number] if number < len(SPECIAL) else ACCEPTED
    year.by_districts(DAYS["handed in"])

    smes = [(_enterprise(bureau, n, DISTRICTS[n % 2], _SME), DISTRICTS[n % 2]) for n in range(101, 126)]
    year.by_districts(DAYS["looked at"])
    answers: dict[str, list[str]] = defaultdict(list)
    status = dict.fromkeys(plans, START)

    def to(kind: str, path: str, now: str, day: str) -> None:
        was = bureau.values[path][1]["status"]
        year.moves.add((kind, was, now))
        (_move_demand if kind == "demand" else _move_application)(bureau, path, now, day)

    def play(step: str) -> None:
        """The demands' moves of a day: those of the districts first, then those of the city with the applications that go with them."""
        day = DAYS[step]
        due = [(path, plan[step]) for path, plan in plans.items() if step in plan and step != "handed in"]
        # Winners lie in other districts' folders: what takes them along is the city's.
        parts = {path: Role.CITY if step == "left" else _part("demand", status[path], now) for path, now in due}
        for part in (Role.DISTRICT, Role.CITY):
            for path, now in due:
                if parts[path] is part:
                    to("demand", path, now, day)
                    for application, outcome in _with_the_demand(path, now):
                        to("application", application, outcome, day)
                    status[path] = now
            (year.by_districts if part is Role.DISTRICT else year.by_the_city)(day)

    def _with_the_demand(path: str, now: str) -> Iterator[tuple[str, str]]:
        standing = [a for a in answers[path] if bureau.values[a][1]["status"] == "forwarded"]
        winners = [a for a in answers[path] if bureau.values[a][1]["status"] == "selected"]
        if now == "selected":
            yield from _chosen(standing)
        elif now == "unmet":
            yield from ((a, "declined") for a in standing)
        elif now in {"accepted", "failed"}:
            # Of two winners one may fail.
            yield from ((a, now if n == 0 else "failed") for n, a in enumerate(winners))
        elif now == "withdrawn":
            yield from ((a, "withdrawn") for a in winners)

    for step in ("looked at", "handed in again", "looked at again", "published"):
        play(step)
    open_now = [path for path in plans if status[path] == "published"]
    # Each demand is answered by neighbours in the list of SMEs, so that no SME answers one twice.
    pairs = [(smes[(place + 7 * turn) % len(smes)], path) for turn in range(4) for place, path in enumerate(open_now)]
    for number, ((sme, district), path) in enumerate(pairs[:APPLICATIONS]):
        demand = bureau.values[path][1]
        value = _template("application", "qiaokou/applications/a-aaaaaaa1.yml")
        value |= {
            "id": f"A-{number:08d}",
            "enterprise": sme,
            "demand": demand["id"],
            "item": {"name": demand["title"], "code": demand["code"]},
            "dates": {"submitted": DAYS["applied"]},
        }
        file = _path(district, "applications", value["id"])
        bureau.put("application", file, value)
        answers[path].append(file)
    year.by_districts(DAYS["applied"])
    everything = [file for files in answers.values() for file in files]
    assert len(everything) == APPLICATIONS
    play("taken back")
    for path in plans:
        if status[path] == "withdrawn":
            for file in answers[path]:
                to("application", file, "withdrawn", DAYS["taken back"])
    last = {answers[path][-1] for path in open_now if len(answers[path]) > 2}
    last = {file for file in last if bureau.values[file][1]["status"] == START}
    for file in sorted(last)[:2]:
        to("application", file, "withdrawn", DAYS["taken back"])
    year.by_districts(DAYS["taken back"])
    for file in everything:
        if bureau.values[file][1]["status"] == START:
            to("application", file, "forwarded", DAYS["handed on"])
    year.by_districts(DAYS["handed on"])
    to("application", sorted(last)[2], "withdrawn", DAYS["let go"])
    year.by_districts(DAYS["let go"])
    for step in ("chosen", "left", "ended", "taken down"):
        play(step)
    closed = record_text("round", {**year.round, "status": "closed"})
    year.request(DAYS["over"], "shili-city", {f"catalogue/{ROUND}/round.yml": closed})
    return year


_SME = "qiaokou/enterprises/e-ccccccc3.yml"


def test_every_legal_move_was_played(year: Year) -> None:
    legal = {
        (kind, state.value, move.target)
        for kind in ("demand", "application")
        for state in lifecycle(kind).values()
        for move in state.moves
    }
    assert year.moves == legal


def test_the_round_is_over_and_stays_so(year: Year) -> None:
    ended = {value["status"] for kind, value in year.bureau.values.values() if kind == "demand"}
    assert ended == {"accepted", "failed", "unmet", "withdrawn"}
    path = next(p for p, (kind, v) in year.bureau.values.items() if kind == "demand" and v["status"] == "accepted")
    kind, value = year.bureau.values[path]
    year.forge.propose({path: record_text(kind, {**value, "schedule": "2 年"})}, "late")
    judged = judge_proposal(Asked(year.forge.folder, "main", "late", ("shili-city",)))
    assert {"R527", "R521"} <= {problem.code for problem in judged.problems}
