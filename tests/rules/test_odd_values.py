"""Whatever stands in any field of any record, the judgement of the catalogue, and of a change to or from it, ends in findings."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from jiebang.desk.waiting import tasks
from jiebang.proposal.change import Change, now
from jiebang.proposal.since import judge_change
from tests import plain_yaml
from tests.conftest import FIXTURES
from tests.judging import judge

BASE = FIXTURES / "base"
FILES = sorted(path.relative_to(BASE) for path in BASE.rglob("*.yml"))
ODD: tuple[Any, ...] = (
    "", None, [], {}, [None], ["x", None], 0, -1, True, "9999-99-99", "2024-02-30", "x" * 50, [{}], {"a": 1}, [[]], "null",
)  # fmt: skip
SELDOM: dict[str, dict[str, Any]] = {
    "demand": {"revisions": [{"date": "2024-09-12", "note": "更正了一处。"}]},
    "application": {"acceptance": {"result": "达到要求。", "consequences": ["深化合作"]}},
    "enterprise": {"disclosure_consent": {"date": "2024-09-02", "document": "同意函（示例）"}},
}
"""Fields that the small catalogue does not use."""


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[key], (*path, key))


def _spoilt(text: str, data: st.DataObject) -> str:
    value = plain_yaml.texts(text)
    value |= copy.deepcopy(SELDOM.get(value["schema"].partition("/")[0], {}))
    *steps, last = data.draw(st.sampled_from(sorted(_places(value), key=str)))
    holder = value
    for step in steps:
        holder = holder[step]
    holder[last] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


@given(st.data())
def test_any_value_anywhere_is_told_and_breaks_nothing(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "catalogue"
        shutil.copytree(BASE, root)
        for path in data.draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=2, unique=True)):
            (root / path).write_text(_spoilt((BASE / path).read_text(encoding="utf-8"), data), encoding="utf-8")
        before, stood = judge(BASE)
        after, found = judge(root)
        judge_change(Change(before, after, now()), stood, found, ("shili-city", "shili-zone"))
        judge_change(Change(after, before, now()), found, stood, ())
        tasks(after, "2024-11-10")


def test_a_district_without_a_word_is_told(base: Path) -> None:
    districts = base / "districts.yml"
    districts.write_text(
        districts.read_text(encoding="utf-8").replace("districts:\n", "districts:\n  -\n", 1), encoding="utf-8"
    )
    assert any(problem.path == "districts.yml" for problem in judge(base)[1])
