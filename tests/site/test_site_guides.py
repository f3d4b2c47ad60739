"""What the guides promise: their example is a valid record, the references name every field and rule, commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import samples
import yaml
from jsonschema import Draft202012Validator
from markup import Markup

from jiebang.schemas import KINDS, fields_of, resolved_schema

HOME = Path(__file__).resolve().parents[2]
_SUBMIT = (HOME / "site" / "pages" / "guide" / "submit.md").read_text(encoding="utf-8")


def test_the_commented_example_is_a_valid_record() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", _SUBMIT, re.DOTALL)
    record = yaml.load(example, yaml.BaseLoader)  # noqa: S506  keeps every scalar as text, as the reader of records does
    # Booleans are written 是 and 否; everything else is text already.
    record["no_secrets"] = {"是": True, "否": False}[record["no_secrets"]]
    errors = [error.message for error in Draft202012Validator(resolved_schema("demand")).iter_errors(record)]
    assert errors == []


def test_the_example_shows_every_field_of_a_demand() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", _SUBMIT, re.DOTALL)
    rare = {"returned_reason", "note", "clearances"}
    for field in fields_of("demand"):
        if "." not in field.path and field.path not in rare:
            assert re.search(rf"^{field.path}:", example, re.MULTILINE), field.path


def test_field_reference_is_complete(rich: dict[str, bytes]) -> None:
    page = Markup(rich["guide/fields/index.html"])
    for kind in KINDS:
        assert kind in page.ids
        for field in fields_of(kind):
            assert field.path in page.text
            assert field.description in page.text


def test_rule_reference_is_complete(rich: dict[str, bytes]) -> None:
    page = Markup(rich["guide/rules/index.html"])
    for rule in samples.RULES:
        assert rule.code in page.ids
        assert rule.remedy in page.text
