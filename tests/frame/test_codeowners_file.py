"""CODEOWNERS: a district's records wait for its own people, and the file in the repository is the generated one."""

from __future__ import annotations

from pathlib import Path

from jiebang.catalogue.codeowners import codeowners
from tests import plain_yaml

ROOT = Path(__file__).resolve().parents[2]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_general_owner_comes_first_and_districts_after() -> None:
    made = codeowners(
        [{"slug": "jia", "github_team": "@example/jia"}, {"slug": "yi", "github_team": "@example/yi"}],
        {"github_team": "@example/shi"},
    )
    assert lines(made) == ["* @example/shi", "/catalogue/*/jia/ @example/jia", "/catalogue/*/yi/ @example/yi"]
    assert made.endswith("@example/yi\n")


def test_district_without_a_team_is_left_to_the_city() -> None:
    assert lines(codeowners([{"slug": "jia"}], {"github_team": "@example/shi"})) == ["* @example/shi"]


def test_nobody_named_makes_a_header_only() -> None:
    made = codeowners([{"slug": "jia"}], {})
    assert lines(made) == []
    assert made.startswith("# Generated from catalogue/districts.yml")
    assert made.endswith("\n") and not made.endswith("\n\n")


def test_header_names_source_and_command() -> None:
    assert "catalogue/districts.yml" in codeowners([], {})
    assert "`jiebang codeowners`" in codeowners([], {})


def test_file_is_up_to_date() -> None:
    source = plain_yaml.values((ROOT / "catalogue" / "districts.yml").read_text(encoding="utf-8"))
    wanted = codeowners(source["districts"], source["city"])
    assert (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8") == wanted, "请运行 jiebang codeowners"
