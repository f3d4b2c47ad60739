"""The lock files: every package by version and hash, from nowhere in particular, and the smaller lock inside the larger."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "requirements"
LOCKS = ("runtime", "build", "seal", "dev", "bench", "browser", "audit", "engines", "fuzz")


def requirements(name: str) -> dict[str, str]:
    """`name==version ; marker` → everything that follows it up to the next requirement."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    parts = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].rstrip(" \\"): part for part in parts}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    found = requirements(name)
    assert found
    for requirement, text in found.items():
        assert re.match(r"[A-Za-z0-9._-]+==[^ ;]+", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", text), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_in_a_lock(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash)", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_asked_for_is_locked(name: str) -> None:
    source = (FOLDER / f"{name}.in").read_text(encoding="utf-8")
    lines = {line for line in source.splitlines() if line and not line.startswith(("#", "-r "))}
    # A line may say for which version of Python another version of the package is taken.
    asked = {re.split(r"[<>=; ]", line)[0] for line in lines}
    assert asked <= {requirement.split("==")[0] for requirement in requirements(name)}


def test_dev_holds_all_of_runtime_and_build_in_the_same_versions() -> None:
    """`make` takes an environment made for development as one made for running. What one lock needs on some machines
    only, the other may need on all."""
    dev = requirements("dev").keys()
    small = [*requirements("runtime"), *requirements("build"), *requirements("seal")]
    missing = {one for one in small if one not in dev and one.partition(" ;")[0] not in dev}
    assert not missing, "请运行 make lock"


def test_a_form_is_read_by_the_same_version_in_the_browser_and_on_the_desk() -> None:
    assert requirements("browser").keys() <= requirements("runtime").keys(), "请运行 make lock"


def node_packages() -> dict[str, dict[str, Any]]:
    """What npm installs, by its place in `node_modules`."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    return {place: package for place, package in lock["packages"].items() if place}


def test_every_node_package_is_pinned_with_its_integrity() -> None:
    packages = node_packages()
    assert len(packages) > 50
    for place, package in packages.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", package["version"]), place
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"]), place


def test_no_node_package_says_where_it_comes_from() -> None:
    for place, package in node_packages().items():
        assert "resolved" not in package and "link" not in package, place
        # Where its makers ask for money is no place to fetch it from.
        assert "://" not in json.dumps({key: value for key, value in package.items() if key != "funding"}), place


def test_what_is_asked_of_npm_is_locked_in_that_version() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert asked["private"] is True
    assert "dependencies" not in asked, "what is published needs nothing of npm"
    packages = node_packages()
    assert asked["devDependencies"] == {
        name: packages[f"node_modules/{name}"]["version"] for name in asked["devDependencies"]
    }
