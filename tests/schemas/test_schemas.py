"""Our own schemas, linted: closed, bounded, described, and every field of the three forms is there."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from jiebang.resources import schema_folder
from jiebang.schemas import KINDS, Privacy, fields_of, resolved_schema
from jiebang.schemas.lint import lint
from jiebang.schemas.registry import raw

Schema = dict[str, Any]


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_sound(kind: str) -> None:
    assert lint(kind, raw(f"{kind}.schema.json"), resolved_schema(kind)) == []


def _open(schema: Schema) -> None:
    del schema["additionalProperties"]


def _unbounded(schema: Schema) -> None:
    del schema["properties"]["title"]["maxLength"]


def _undeclared(schema: Schema) -> None:
    del schema["properties"]["title"]["x-privacy"]


def _misspelt(schema: Schema) -> None:
    schema["properties"]["title"]["maxLenght"] = 5


def _bare_end(schema: Schema) -> None:
    schema["properties"]["code"]["pattern"] = "^[0-9]+$"


def _wide_digits(schema: Schema) -> None:
    schema["properties"]["code"]["pattern"] = "^\\d+$(?!\\n)"


def _catastrophic(schema: Schema) -> None:
    schema["properties"]["code"]["pattern"] = "^([0-9]+)+$(?!\\n)"


def _lost_reference(schema: Schema) -> None:
    schema["properties"]["status"]["$ref"] = "codelists/programme.json#/$defs/nothing"


def _unknown_format(schema: Schema) -> None:
    schema["properties"]["code"]["format"] = "telephone"


def _false_example(schema: Schema) -> None:
    schema["properties"]["code"]["examples"] = ["不合格 式"]


def _phantom_required(schema: Schema) -> None:
    schema["required"].append("nothing")


def _nested_public(schema: Schema) -> None:
    schema["properties"]["dates"]["x-privacy"] = "internal"


@pytest.mark.parametrize(
    "spoil",
    [
        _open,
        _unbounded,
        _undeclared,
        _misspelt,
        _bare_end,
        _wide_digits,
        _catastrophic,
        _lost_reference,
        _unknown_format,
        _false_example,
        _phantom_required,
        _nested_public,
    ],
)
def test_the_lint_finds_each_pitfall(spoil: Callable[[Schema], None]) -> None:
    schema = copy.deepcopy(raw("demand.schema.json"))
    resolved = copy.deepcopy(resolved_schema("demand"))
    spoil(schema)
    if spoil is _false_example:
        spoil(resolved)
    assert lint("demand", schema, resolved)


# Every cell of the three forms of the notice → the field that keeps it.
FORMS = {
    "enterprise": (
        "stamped name disclosure credit_code registered_place.province registered_place.city registered_place.county registered_on "
        "legal_representative.name legal_representative.phone legal_representative.mobile contact.name contact.position contact.phone "
        "contact.mobile fax email registered_capital employees revenue size nature types industry.code industry.name channel.kind "
        "channel.name address postcode profile"
    ),
    "demand": "title original_text summary parameters effect schedule cooperation.modes no_secrets code",
    "application": (
        "item.name item.code stamped profile capability plan.team plan.goals plan.route plan.schedule plan.risks cooperation evidence"
    ),
}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_no_field_of_the_forms_is_dropped(kind: str) -> None:
    known = {field.path for field in fields_of(kind)}
    assert set(FORMS[kind].split()) - known == set()


def test_identity_and_people_are_declared_private() -> None:
    for path in (
        "name",
        "credit_code",
        "address",
        "postcode",
        "email",
        "fax",
        "contact.phone",
        "legal_representative.name",
        "aliases.brands",
    ):
        field = next(f for f in fields_of("enterprise") if f.path == path)
        assert field.privacy in {Privacy.IDENTITY, Privacy.PERSONAL}
    assert {f.privacy for f in fields_of("application")} <= {Privacy.INTERNAL, Privacy.IDENTITY}


def test_only_the_name_follows_the_enterprises_choice() -> None:
    shown = [(kind, field.path) for kind in KINDS for field in fields_of(kind) if field.shown_when]
    assert shown == [("enterprise", "name")]


def test_code_lists_hold_the_whole_standards() -> None:
    industry = raw("codelists/gbt4754-2017.json")["$defs"]
    assert (len(industry["section"]["oneOf"]), len(industry["division"]["oneOf"])) == (20, 97)
    foundation = raw("codelists/foundation-catalogue-2021.json")["$defs"]
    assert (len(foundation["field"]["oneOf"]), len(foundation["category"]["oneOf"])) == (21, 5)
    assert len(raw("codelists/size-2011-300.json")["x-size-groups"]) == 16


def test_every_file_of_the_folder_is_used() -> None:
    names = {path.relative_to(schema_folder()).as_posix() for path in schema_folder().rglob("*.json")}
    assert names == {f"{kind}.schema.json" for kind in KINDS} | {
        "codelists/gbt4754-2017.json",
        "codelists/foundation-catalogue-2021.json",
        "codelists/programme.json",
        "codelists/size-2011-300.json",
    }
