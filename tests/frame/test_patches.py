"""What tests put in the place of something is still there under its name: a test that waits for its turn would tell of it days later."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
_PATCHES = {"setattr", "delattr"}


def _patched() -> Iterator[tuple[str, str]]:
    """(name, where it is patched), of all names that are written out."""
    for file in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in _PATCHES
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and str(node.args[0].value).startswith("jiebang.")
            ):
                yield str(node.args[0].value), f"{file.relative_to(TESTS)}:{node.lineno}"


def _found(name: str) -> bool:
    """Whether a dotted name leads to something: a module, and what is in it."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def test_what_a_test_replaces_is_there() -> None:
    patched = dict(_patched())
    assert len(patched) > 20
    missing = {where: name for name, where in patched.items() if not _found(name)}
    if missing:
        pytest.fail(f"replaced, but not there: {missing}")


def test_a_name_that_is_gone_is_told() -> None:
    assert _found("jiebang.build.publishing.MANY")
    assert not _found("jiebang.build.publishing.GONE")
    assert not _found("jiebang.gone.MANY")
