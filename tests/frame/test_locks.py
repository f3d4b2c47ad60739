"""The lock files: every package by version and hash, from nowhere in particular, and the smaller lock inside the larger."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
LOCKS = ("runtime", "build", "dev")


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
    asked = {line for line in source.splitlines() if line and not line.startswith(("#", "-r "))}
    assert asked <= {requirement.split("==")[0] for requirement in requirements(name)}


def test_dev_holds_all_of_runtime_and_build_in_the_same_versions() -> None:
    """`make` takes an environment made for development as one made for running. What one lock needs on some machines
    only, the other may need on all."""
    dev = requirements("dev").keys()
    small = [*requirements("runtime"), *requirements("build")]
    missing = {one for one in small if one not in dev and one.partition(" ;")[0] not in dev}
    assert not missing, "请运行 make lock"
