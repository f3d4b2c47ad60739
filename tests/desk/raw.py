"""Records as plain YAML without a line of the program, a catalogue that is made up, and files read as bare XML: what the tests of the desk
compute with a second time."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import yaml

from tests import plain_yaml

Raw = dict[str, Any]


def raw_records(catalogue: Path, kind: str) -> list[Raw]:
    """All records of a kind (`demands`, …), every scalar as text; `_round` and `_district` tell the folder."""
    found = []
    for path in sorted(catalogue.glob(f"*/*/{kind}/*.yml")):
        value = plain_yaml.texts(path.read_text(encoding="utf-8"))
        found.append({**value, "_round": path.parts[-4], "_district": path.parts[-3]})
    return found


def raw_file(path: Path) -> Raw:
    value: Raw = plain_yaml.texts(path.read_text(encoding="utf-8"))
    return value


# --- a catalogue that is made up --------------------------------------------------------------------------------------------

DISTRICTS = {"dong": "示例东区", "xi": "示例西区", "nan": "示例南区", "bei": "示例北区"}
ROUNDS = {"2030-q1": "2030-01-05", "2030-q3": "2030-07-05", "2031-q1": "2031-01-05", "2031-q3": "2031-07-05"}
TODAY = "2031-11-20"
SCHEDULES = {
    "14 个月，第 6 个月交样。": 14,
    "两年半，其中 8 月须停产检修。": 30,
    "2 年 6 个月。": 30,
    "18—24 个月。": 24,
    "十二个月完成。": 12,
    "半年。": 6,
    "2032年12月底前完成。": None,
    "错过则顺延至下一年同期。": None,
    "尽快。": None,
    "第 1—3 月备料，第 4—9 月试制。": 9,
    "1.5年": 18,
}
"""What is said of the time, and the months that a person reads out of it."""
_DEMANDS = (
    "submitted",
    "returned",
    "recommended",
    *["published"] * 4,
    "selected",
    "accepted",
    "failed",
    "unmet",
    "withdrawn",
)
_APPLICATIONS = ("submitted", "forwarded", "selected", "declined", "accepted", "failed", "withdrawn")
_TYPES = ("专精特新“小巨人”企业", "省级专精特新中小企业", "创新型中小企业", "其他")


def _id(letter: str, number: int) -> str:
    return f"{letter}-{number:08d}"


def _write(path: Path, value: Raw) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _days(start: str, names: tuple[str, ...], chance: random.Random) -> Raw:
    day, told = date.fromisoformat(start), {}
    for name in names:
        told[name] = day.isoformat()
        day += timedelta(days=chance.randrange(1, 40))
    return told


def make_up(root: Path, seed: int) -> Path:
    """A catalogue of four rounds in two years, at random: states need not agree, and some records lack what they should have."""
    chance = random.Random(seed)  # noqa: S311 - a test's own dice
    contact = {"office": "示例处", "phone": "000-00000000"}
    _write(
        root / "districts.yml",
        {
            "schema": "districts/1",
            "city": {"name": "示例市", "bureau": "示例市经济和信息化局", "contact": contact},
            "districts": [
                {"slug": slug, "name": name, "kind": "区", "bureau": f"{name}经信局", "contact": contact}
                for slug, name in DISTRICTS.items()
            ],
        },
    )
    number = 0
    for round_, opens in ROUNDS.items():
        deadlines = {"submit_by": opens[:8] + "20", "apply_by": "2031-11-30", "select_by": "2031-12-31"}
        _write(
            root / round_ / "round.yml",
            {"schema": "round/1", "id": round_, "title": f"{round_} 轮", "status": "open", "opens_on": opens, "deadlines": deadlines},
        )  # fmt: skip
        large, small, demands = [], [], []
        for _ in range(6):
            number += 1
            district = chance.choice([*DISTRICTS][:3])
            large.append(_id("E", number))
            value = {
                "schema": "enterprise/1", "id": large[-1], "role": "大企业", "name": f"示例大企业{number}",
                "disclosure": chance.choice(["公开", "不公开"]), "credit_code": f"L{number % 5}",
                "industry": {"code": chance.choice(["36", "39", "01", "65"])},
            }  # fmt: skip
            _write(root / round_ / district / "enterprises" / f"{large[-1].lower()}.yml", value)
        for place in range(10):
            number += 1
            small.append((_id("E", number), chance.choice([*DISTRICTS])))
            value = {
                "schema": "enterprise/1", "id": small[-1][0], "role": "中小企业", "name": f"示例小企业{number}",
                "credit_code": _codes(place), "types": chance.sample(_TYPES, chance.randrange(0, 4)),
                "contact": {"name": "示例甲", "phone": f"000-0{number:07d}"},
            }  # fmt: skip
            if not value["types"]:
                del value["types"]
            _write(root / round_ / small[-1][1] / "enterprises" / f"{small[-1][0].lower()}.yml", value)
        for _ in range(chance.randrange(14, 22)):
            number += 1
            id_, district = _id("D", number), chance.choice([*DISTRICTS][:3])
            demands.append(id_)
            days = _days(opens, ("submitted", "recommended", "published", "selected", "concluded", "withdrawn"), chance)
            if chance.random() < 0.7:
                days["apply_by"] = chance.choice(["2031-11-19", TODAY, "2031-11-25", "2032-02-01"])
            value = {
                "schema": "demand/1", "id": id_, "enterprise": chance.choice(large), "code": f"Q-{number}",
                "title": f"=示例需求{number}", "schedule": chance.choice([*SCHEDULES]),
                "status": chance.choice(_DEMANDS), "dates": days,
            }  # fmt: skip
            _write(root / round_ / district / "demands" / f"{id_.lower()}.yml", value)
        for _ in range(chance.randrange(20, 30)):
            number += 1
            id_, (enterprise, district) = _id("A", number), chance.choice(small)
            value = {
                "schema": "application/1", "id": id_, "enterprise": enterprise, "demand": chance.choice(demands),
                "status": chance.choice(_APPLICATIONS), "feedback": "示例意见。",
                "dates": _days(opens, ("submitted", "forwarded", "decided", "concluded"), chance),
            }  # fmt: skip
            _write(root / round_ / district / "applications" / f"{id_.lower()}.yml", value)
    return root


def _codes(place: int) -> str:
    """Credit codes that are valid and the same in each round: an enterprise comes again."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"9100000000000{place:03d}0"
    body = (body + "0" * 17)[:17]
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


# --- files, as bare XML -----------------------------------------------------------------------------------------------------

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(data: bytes) -> Xml.Element:
    """A part of a file that the program made."""
    return Xml.fromstring(data)  # noqa: S314 - it is our own


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(data: bytes, number: int = 1) -> dict[str, str | float]:
    """Cell (`A1`) → its text or number. A formula anywhere is an error."""
    parts = parts_of(data)
    texts = parsed(parts["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in parts else ()
    shared = ["".join(text.text or "" for text in entry.iter(f"{_SHEET}t")) for entry in texts]
    cells: dict[str, str | float] = {}
    for cell in parsed(parts[f"xl/worksheets/sheet{number}.xml"]).iter(f"{_SHEET}c"):
        assert cell.find(f"{_SHEET}f") is None, cell.attrib
        value = cell.find(f"{_SHEET}v")
        if value is not None and value.text is not None:
            cells[cell.attrib["r"]] = shared[int(value.text)] if cell.get("t") == "s" else float(value.text)
    return cells


def paragraphs_of(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of each paragraph, those in tables too, in their order."""
    root = parsed(parts_of(data)[part])
    return ["".join(text.text or "" for text in p.iter(f"{WORD}t")) for p in root.iter(f"{WORD}p")]


def tables_of(data: bytes) -> Iterator[list[list[str]]]:
    """The rows of each table."""
    for table in parsed(parts_of(data)["word/document.xml"]).iter(f"{WORD}tbl"):
        yield [
            ["".join(text.text or "" for text in cell.iter(f"{WORD}t")) for cell in row.iter(f"{WORD}tc")]
            for row in table.iter(f"{WORD}tr")
        ]
