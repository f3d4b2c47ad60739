"""Printed and read back: every record of the sample comes back from its official form as it was, in every field that the form has a blank for;
at night all records, by day those that hang on a third of the enterprises."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import Catalogue, Record, load
from jiebang.forms.form_fields import on_paper
from jiebang.forms.importing.existing_records import open_store
from jiebang.forms.importing.plan import Said
from jiebang.forms.importing.run import Outcome, import_files
from jiebang.forms.reading.demands import CONTENT, Demand, _cooperation
from jiebang.forms.reading.document.grid import Document
from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.evidence import is_heading, read_evidence
from jiebang.forms.reading.layout import Pair
from jiebang.forms.reading.values.demand_content import modes
from jiebang.forms.writing import forms_of, to_word
from jiebang.forms.writing.content import content
from tests.conftest import SAMPLE
from tests.turns import by_day

SAID = Said("2024-07-01", stamped=True, no_secrets=True, no_affiliation=True)


_THIRDS = by_day(range(3), 1)


@pytest.fixture(scope="module")
def taken(sample: Catalogue) -> Catalogue:
    """Enterprises, all that they ask and apply for, and who asks for what they apply for: forms tell of no others."""
    chosen = {record.id for number, record in enumerate(sample.enterprises) if number % 3 in _THIRDS}
    applications = [record for record in sample.applications if record.get("enterprise") in chosen]
    answered = {record.get("demand") for record in applications}
    chosen |= {record.get("enterprise") for record in sample.demands if record.id in answered}
    return replace(
        sample,
        enterprises=[record for record in sample.enterprises if record.id in chosen],
        demands=[record for record in sample.demands if record.get("enterprise") in chosen],
        applications=applications,
    )


@pytest.fixture(scope="module")
def handed_in(
    sample: Catalogue, taken: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], list[Path]]:
    """The forms of all these enterprises and applications, by round and district."""
    folder = tmp_path_factory.mktemp("printed")
    owners = {record.id: record for record in (*taken.enterprises, *taken.applications)}
    files: dict[tuple[str, str], list[Path]] = {}
    for form in forms_of(sample, list(owners)):
        if (record := owners.get(form.id)) is not None:
            file = folder / f"{form.file_name}.docx"
            file.write_bytes(to_word(form))
            files.setdefault((str(record.round), str(record.district)), []).append(file)
    assert sum(map(len, files.values())) == len(owners)
    return files


@cache
def _parsed(kind: str, data: bytes) -> Document:
    """Both tests read the same forms."""
    return parse(kind, data)


def _imported(root: Path, files: dict[tuple[str, str], list[Path]]) -> list[Outcome]:
    # In this process: the forms are ours, and a process a file is what takes the time.
    return [
        outcome
        for (round_, district), paths in sorted(files.items())
        for outcome in import_files(paths, open_store(root, round_, district), SAID, parse=_parsed)
    ]


def _told(record: Record) -> Any:
    """What the record's forms tell of it, flat, by path."""
    annexes = {"enterprise": (1,) if record.get("role") == "大企业" else (2,), "demand": (1,), "application": (2, 3)}
    paths = {
        path
        for annex in annexes[record.kind]
        for path in on_paper(annex, record.kind)
        if "[]" not in path and path != "item.code"
    }
    told = {path: value for path in paths if (value := record.get(*path.split("."))) is not None}
    return {**told, "types": sorted(told["types"])} if "types" in told else told


def test_forms_of_a_catalogue_tell_it_nothing_new(
    taken: Catalogue, handed_in: dict[tuple[str, str], list[Path]], tmp_path: Path
) -> None:
    root = tmp_path / "catalogue"
    shutil.copytree(SAMPLE, root)
    outcomes = _imported(root, handed_in)
    for outcome in outcomes:
        assert outcome.error is None and outcome.findings == [], outcome
        for change in outcome.changes:
            assert change.differences == [] and change.findings == [], (
                change.path,
                change.differences,
                change.findings,
            )
    seen = {change.path for outcome in outcomes for change in outcome.changes}
    assert seen == {r.path for r in (*taken.demands, *taken.enterprises, *taken.applications)}
    for path in seen:
        assert (root / path).read_bytes() == (SAMPLE / path).read_bytes()


def test_an_empty_catalogue_is_filled_with_the_same_records(
    taken: Catalogue, handed_in: dict[tuple[str, str], list[Path]], tmp_path: Path
) -> None:
    root = tmp_path / "catalogue"
    root.mkdir()
    shutil.copy(SAMPLE / "districts.yml", root)
    for path in taken.rounds:
        (root / path).mkdir()
        shutil.copy(SAMPLE / path / "round.yml", root / path)
    for outcome in _imported(root, handed_in):
        assert outcome.error is None
    made = load(root)[0]
    names = {record.id: str(record.get("name")) for catalogue in (taken, made) for record in catalogue.enterprises}

    def comparable(catalogue: Catalogue) -> list[Any]:
        records = [*catalogue.enterprises, *catalogue.demands, *catalogue.applications]
        owners = {record.id: names.get(record.get("enterprise") or record.id) for record in records}
        return sorted(
            ((r.round, r.district, r.kind, owners[r.id], sorted(_told(r).items(), key=lambda item: item[0])) for r in records), key=repr
        )  # fmt: skip

    assert comparable(made) == comparable(taken)
    originals = {str(demand.get("title")): "\n".join(content(demand.value)) for demand in taken.demands}
    for demand in made.demands:
        assert demand.get("original_text") == originals[demand.get("title")], "the cell is kept as it stood on the form"


def test_cooperation_is_read_in_the_forms_order_with_its_explanation_below() -> None:
    assert modes("采购供货、联合研发") == ["采购供货", "联合研发"]
    assert modes("采购供货、联合研发\n首年不低于 80 吨。") is None
    pair = Pair("需求内容", (CONTENT,), (), "第 1 行")
    demand = Demand(1)
    _cooperation(demand, pair, "采购供货、联合研发\n首年不低于 80 吨。\n另议。")
    assert demand.value == {"cooperation": {"modes": ["采购供货", "联合研发"], "note": "首年不低于 80 吨。\n另议。"}}
    assert demand.findings == []
    _cooperation(demand, pair, "技术合伙\n另议。")
    assert demand.value["cooperation"] == {"note": "技术合伙\n另议。"} and demand.findings


def test_evidence_is_read_as_printed_and_in_no_other_way() -> None:
    lines = [
        "1. 专利：甲：乙（参与起草）（编号：示例-1）",
        "2．标准:丙（960 h）",
        "",
        "3. 论文：丁",
        "随附复印件",
        "1. 专利：甲：乙（参与起草）（编号：示例-1）",
    ]
    assert read_evidence(lines) == (
        [{"kind": "专利", "title": "甲：乙（参与起草）", "number": "示例-1"}, {"kind": "标准", "title": "丙（960 h）"}],
        ["3. 论文：丁", "随附复印件"],
    )
    assert is_heading("附：技术创新能力佐证材料") and not is_heading("附：技术创新能力佐证材料见光盘")
