"""What the READMEs say is so: commands, targets, files; and the warning stands before the first command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from jiebang.cli.main import app
from tests.conftest import every_command

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", ".github/PULL_REQUEST_TEMPLATE.md")
TARGETS = set(re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words a user types after `jiebang`."""
    if isinstance(command, click.Group):
        for name, inner in every_command(command):
            yield from commands(inner, (*words, name))
    else:
        yield " ".join(words), command


COMMANDS = dict(commands(app))


@pytest.mark.parametrize("name", READMES)
def test_table_of_commands_is_complete(name: str) -> None:
    assert set(re.findall(r"^\| `jiebang ([a-z]+(?: [a-z]+)*)", text(name), re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_commands_exist(name: str) -> None:
    for named in re.findall(r"`(?:\.venv/bin/)?jiebang ([a-z]+(?: [a-z]+)*)", text(name)):
        assert any(f"{named} ".startswith(f"{command} ") for command in COMMANDS), f"jiebang {named}"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_has_help(command: click.Command) -> None:
    assert (command.help or "").strip()


@pytest.mark.parametrize("name", READMES)
def test_every_target_is_named(name: str) -> None:
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text(name), re.MULTILINE)) == TARGETS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_targets_exist(name: str) -> None:
    named = re.findall(r"(?:^|`)make ([a-z]+(?: [a-z]+)*)", text(name), re.MULTILINE)
    assert {target for targets in named for target in targets.split()} <= TARGETS


@pytest.mark.parametrize(
    ("name", "promises"),
    [
        ("README.md", ["Keep it private", "Only the folder `public/` goes out", "A person has to read these texts"]),
        ("README.zh-CN.md", ["必须设为私有", "可以对外的只有 `public/` 文件夹", "必须由人通读"]),
    ],
)
def test_privacy_warning_stands_before_the_first_command(name: str, promises: list[str]) -> None:
    head, _, _ = text(name).partition("```")
    assert "> [!WARNING]" in head
    for promise in promises:
        assert promise in head


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text(name)):
        if not target.startswith("https://"):
            assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_named_folders_exist(name: str) -> None:
    for folder in (
        "catalogue",
        "schemas",
        "generator",
        "site",
        "tests",
        "benchmarks",
        "requirements",
        ".github",
        ".ci",
    ):
        assert f"{folder}/" in text(name)
        assert (ROOT / folder).is_dir(), folder


def test_changelog_collects_what_is_not_released() -> None:
    headings = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"


def test_every_version_says_what_it_asks_of_bureaus() -> None:
    versions = re.split(r"^## \[", text("CHANGELOG.md"), flags=re.MULTILINE)[1:]
    assert versions
    for version in versions:
        asked = re.findall(r"^### For bureaus\n\n((?:(?!^#).*\n)+)", version, re.MULTILINE)
        assert len(asked) == 1, version.partition("]")[0]
        assert re.match(r"- \S|Nothing\.\n", asked[0])


def test_licence_is_apache_2() -> None:
    licence = text("LICENSE")
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert 'license = "Apache-2.0"' in text("pyproject.toml")
