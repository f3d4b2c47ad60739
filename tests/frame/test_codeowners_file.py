"""CODEOWNERS: a district's records wait for its own people, and the file in the repository is the generated one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from jiebang.catalogue.codeowners import PLACES, codeowners
from tests import plain_yaml
from tests.conftest import Run

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


def test_files_are_up_to_date() -> None:
    source = plain_yaml.values((ROOT / "catalogue" / "districts.yml").read_text(encoding="utf-8"))
    for forge in ("github", "gitea", "gitlab"):
        wanted = codeowners(source["districts"], source["city"], forge)
        assert (ROOT / PLACES[forge]).read_text(encoding="utf-8") == wanted, "请运行 jiebang codeowners"


CITY: Mapping[str, object] = {"github_team": "@example/shi", "staff": ["shi-a", "shi-b"]}
DISTRICTS: Sequence[Mapping[str, object]] = [
    {"slug": "jia", "github_team": "@example/sub.group/jia", "staff": ["jia-a"]},
    {"slug": "jia-xin", "github_team": "@yi-a"},
    {"slug": "bing", "staff": ["bing-a"]},
]
RECORD = "catalogue/2024/{}/demands/d-aaaaaaa1.yml"


def _asked_by_gitea(path: str) -> set[str]:
    """Who is asked for a file, as Gitea reads the file: each line a whole expression, `!` for what does not match it."""
    asked: set[str] = set()
    for line in lines(codeowners(DISTRICTS, CITY, "gitea")):
        rule, *owners = line.split(" ")
        if bool(re.fullmatch(rule.removeprefix("!"), path)) != rule.startswith("!"):
            asked.update(owners)
    return asked


def test_gitea_reads_expressions_and_asks_whoever_holds_the_file() -> None:
    assert "\\" not in codeowners(DISTRICTS, CITY, "gitea")
    assert _asked_by_gitea(RECORD.format("jia")) == {"@example/sub.group/jia"}
    assert _asked_by_gitea(RECORD.format("jia-xin")) == {"@yi-a"}
    for path in (RECORD.format("bing"), "catalogue/districts.yml", ".gitea/CODEOWNERS", "catalogue/2024/round.yml"):
        assert _asked_by_gitea(path) == {"@example/shi"}
    assert lines(codeowners([], CITY, "gitea")) == [".* @example/shi"]


def test_gitlab_has_its_place_and_takes_groups_within_groups() -> None:
    assert PLACES["gitlab"] == ".gitlab/CODEOWNERS"
    assert lines(codeowners(DISTRICTS, CITY, "gitlab"))[1] == "/catalogue/*/jia/ @example/sub.group/jia"


@pytest.mark.parametrize("forge", ["gitee", "gitcode"])
def test_gitee_and_gitcode_name_accounts(forge: str) -> None:
    assert PLACES[forge] == f".{forge}/CODEOWNERS"
    assert lines(codeowners(DISTRICTS, CITY, forge)) == [
        "* @shi-a @shi-b",
        "/catalogue/*/jia/ @jia-a",
        "/catalogue/*/jia-xin/ @yi-a",
        "/catalogue/*/bing/ @bing-a",
    ]


@pytest.mark.parametrize(
    ("team", "sound"),
    [
        ("@example/shili", True),
        ("@a/b.c", True),
        ("@a.b/c/d.e", True),
        ("@shili_zhang", True),
        ("@", False),
        ("@/a", False),
        ("@a//b", False),
        ("@a/", False),
        ("@a/.b", False),
        ("@a b", False),
        ("a/b", False),
    ],
)
def test_a_group_may_have_a_dot_and_groups_within(team: str, sound: bool) -> None:
    schema = json.loads((ROOT / "schemas" / "districts.schema.json").read_text(encoding="utf-8"))
    found = re.findall(r'"github_team".*?"pattern": ("[^\n]*")', json.dumps(schema, indent=1), re.DOTALL)
    assert len(found) == 2
    for pattern in found:
        assert bool(re.search(json.loads(pattern), team)) is sound


def test_the_command_writes_for_each_forge_whose_folder_stands_there(run: Run, base: Path) -> None:
    work = base.parent
    (work / "mkdocs.yml").touch()
    for folder in (".gitee", ".gitlab"):
        (work / folder).mkdir()
    assert run("codeowners", "--catalogue", base).returncode == 0
    assert sorted(path.parent.name for path in work.glob(".git*/CODEOWNERS")) == [".gitee", ".gitlab"]
    assert run("codeowners", "--check", "--catalogue", base).returncode == 0
    (work / ".gitee" / "CODEOWNERS").write_text("* @stranger\n", encoding="utf-8")
    told = run("codeowners", "--check", "--catalogue", base)
    assert told.returncode == 1 and ".gitee/CODEOWNERS" in told.stderr and ".gitlab" not in told.stderr
    (work / "CODEOWNERS").touch()
    told = run("codeowners", "--catalogue", base)
    assert told.returncode == 1 and "盖过" in told.stderr
