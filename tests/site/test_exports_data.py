"""The JSON files of the data: each fits its published schema, every key is documented, and what they say is what the view says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from jiebang.site.exports.json.header import last_day
from jiebang.site.exports.json.keys import Key
from jiebang.site.exports.json.schema import LISTS, ONE_DEMAND, WITHDRAWN, Listed
from jiebang.site.grouping import group_demands
from tests.site import samples

SITES = {"rich": samples.make_site(70), "empty": samples.empty_site(), "hostile": samples.hostile_site()}


@pytest.fixture(params=SITES)
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    found: dict[str, bytes] = request.getfixturevalue(request.param)
    return found


def _validator(files: dict[str, bytes], path: str) -> Draft202012Validator:
    schema = json.loads(files[path])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.name)
def test_every_list_fits_its_schema(files: dict[str, bytes], listed: Listed) -> None:
    value = json.loads(files[listed.path])
    assert [error.message for error in _validator(files, listed.schema_path).iter_errors(value)] == []
    assert value["count"] == len(value[listed.name])
    # The list stands last, below what says whose it is.
    assert list(value)[-1] == listed.name


def test_every_line_and_every_file_of_a_demand_fits_the_schema(files: dict[str, bytes]) -> None:
    validator = _validator(files, ONE_DEMAND)
    lines = [json.loads(line) for line in files["data/v1/demands.ndjson"].decode().splitlines()]
    assert [error.message for line in lines for error in validator.iter_errors(line)] == []
    assert lines == json.loads(files["data/v1/demands.json"])["demands"]
    for line in lines:
        assert json.loads(files[f"data/v1/demands/{line['id'].lower()}.json"]) == line


def test_a_value_that_does_not_fit_is_refused(rich: dict[str, bytes]) -> None:
    validator = _validator(rich, ONE_DEMAND)
    demand = json.loads(rich["data/v1/demands.ndjson"].splitlines()[0])
    for key, wrong in (("status", "submitted"), ("published_on", "2030-13-01"), ("applications", -1), ("more", 1)):
        assert list(validator.iter_errors({**demand, key: wrong})), key
    assert list(validator.iter_errors({key: value for key, value in demand.items() if key != "code"}))


@pytest.mark.parametrize("name", SITES)
def test_demands_stand_in_the_order_of_the_list(name: str, request: pytest.FixtureRequest) -> None:
    files = request.getfixturevalue(name)
    listed = [demand["id"] for demand in json.loads(files["data/v1/demands.json"])["demands"]]
    assert listed == [demand.id for demand in group_demands(SITES[name]).all]


def _walk(keys: tuple[Key, ...]) -> list[Key]:
    return [found for key in keys for found in (key, *_walk(key.inner))]


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.name)
def test_every_key_has_a_name_and_a_meaning(listed: Listed) -> None:
    for key in _walk(listed.keys()):
        assert key.title.strip() and key.description.endswith("。"), key.name


def test_sums_are_those_of_the_view(rich: dict[str, bytes]) -> None:
    totals = {(total.scope, total.key): total.counts for total in SITES["rich"].totals}
    for scope, name, id_ in (("district", "districts", "slug"), ("round", "rounds", "id")):
        rows: list[dict[str, Any]] = json.loads(rich[f"data/v1/{name}.json"])[name]
        assert rows
        for row in rows:
            counts = totals[scope, row[id_]]
            assert (row["applications"], row["winners"]) == (counts.applications, counts.winners)


def test_of_a_withdrawn_demand_nothing_is_said_but_code_round_and_day(rich: dict[str, bytes]) -> None:
    for stone in json.loads(rich[WITHDRAWN.path])["withdrawn"]:
        assert set(stone) == {"code", "round", "round_title", "withdrawn_on"}


def test_updated_is_a_day_of_the_data_and_never_today() -> None:
    assert last_day(SITES["rich"]) == "2032-05-28"
    assert last_day(SITES["empty"]) is None
