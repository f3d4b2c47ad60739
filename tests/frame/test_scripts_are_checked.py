"""Each tool that looks at page scripts and styles finds its kind of mistake, without a browser: planted in a copy, it fails; without, it passes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / ".venv" / "bin" / "node"
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("NODE")}
SETTINGS = ("package.json", "tsconfig.json", "eslint.config.js", "stylelint.config.js")

TYPES = ("typescript/bin/tsc", "--project", ".")
SCRIPTS = ("eslint/bin/eslint.js", "--max-warnings", "0")
STYLES = ("stylelint/bin/stylelint.mjs",)
TESTS = ("--test",)


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake: `old` of a file becomes `new` (or `new` is added at its end), `tool` fails and says `said`."""

    file: str
    old: str
    new: str
    tool: tuple[str, ...]
    said: str


JS = "site/assets/js/"
PLANTED = {
    "a type": Planted(f"{JS}common/days.js", "Date.parse(until) -", "until -", TYPES, "error TS2362"),
    "a value that may be missing": Planted(
        f"{JS}list/cards.js", "if (demand.field) made", "made", TYPES, "not assignable to parameter of type 'string'"
    ),
    "a key that the data do not have": Planted(
        f"{JS}export/table.js", "demand.apply_by", "demand.deadline", TYPES, "Property 'deadline' does not exist"
    ),
    "syntax": Planted(f"{JS}common/days.js", "", "let day = null;\nday ??= today();\n", SCRIPTS, "ES2021"),
    "syntax of a classic script": Planted(f"{JS}theme.js", "", 'window.name ??= "a";\n', SCRIPTS, "ES2021"),
    "private fields": Planted(f"{JS}common/days.js", "", "export class Day { #day = 1; }\n", SCRIPTS, "ES2022"),
    "a method of the language": Planted(
        f"{JS}common/days.js", "", "export const last = () => [1].at(-1);\n", SCRIPTS, "`at` is not in the oldest"
    ),
    "an interface of the browser": Planted(
        f"{JS}page/wall.js", "", "document.body.checkVisibility();\n", SCRIPTS, "`checkVisibility` is not in the oldest"
    ),
    "a global name": Planted(
        f"{JS}page/wall.js", "", "structuredClone({});\n", SCRIPTS, "`structuredClone` is not in the oldest"
    ),
    "a feature of styles": Planted(
        "site/assets/css/40-parts.css", "", "@container (min-width: 9em) { p { margin: 0; } }\n", STYLES, "container"
    ),
    "a selector": Planted(
        "site/assets/css/40-parts.css", "", ":is(h1, h2) { margin: 0; }\n", STYLES, "selector-pseudo-class"
    ),
    "logic of the search": Planted(
        f"{JS}search/postings.js", "places[middle] < place", "places[middle] <= place", TESTS, "a word is whole"
    ),
    "logic of the encoding": Planted(
        f"{JS}search/encoding.js", "shift *= 128", "shift *= 64", TESTS, "one, two and five"
    ),
    "logic of the export": Planted(f"{JS}export/table.js", "＝＋", "＋", TESTS, "a cell as the exports have it"),
    "logic of the filters": Planted(f"{JS}list/columns.js", "left <= WEEK", "left < WEEK", TESTS, "the day decides"),
    "a field that no record has": Planted(
        f"{JS}submit/validation.js",
        "enterprise.profile",
        "enterprise.profil",
        TYPES,
        "Property 'profil' does not exist",
    ),
    "logic of the form's rules": Planted(
        f"{JS}submit/rules.js", "Math.min(highest,", "Math.max(highest,", TESTS, "the size is the lowest"
    ),
    "logic of the form's schemas": Planted(
        f"{JS}submit/json-schema.js", "length > maxLength", "length >= maxLength", TESTS, "maxLength takes its own"
    ),
    "logic of the form's files": Planted(
        f"{JS}submit/yaml.js", '"|2"', '"|"', TESTS, "a block that begins with a space"
    ),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the tools read, in a folder of its own."""
    for name in SETTINGS:
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    shutil.copytree(ROOT / "site" / "assets", tmp_path / "site" / "assets", ignore=shutil.ignore_patterns("images"))
    shutil.copytree(ROOT / "tests" / "scripts", tmp_path / "tests" / "scripts")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def _run(folder: Path, tool: tuple[str, ...]) -> tuple[int, str]:
    command: list[str | Path] = (
        [NODE, *tool] if tool[0].startswith("--") else [NODE, f"node_modules/{tool[0]}", *tool[1:]]
    )
    done = subprocess.run(command, cwd=folder, env=CLEAN, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def _plant(copy: Path, planted: Planted) -> None:
    file = copy / planted.file
    text = file.read_text(encoding="utf-8")
    assert planted.old in text
    changed = text.replace(planted.old, planted.new, 1) if planted.old else text + planted.new
    file.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize("tool", [TYPES, SCRIPTS, STYLES, TESTS], ids=lambda tool: tool[0])
def test_every_mistake_is_found_and_nothing_else(copy: Path, tool: tuple[str, ...]) -> None:
    """All mistakes of a tool's kind at once: starting it costs seconds. Without them, and in all other files, it finds nothing, or `make lint`
    and `make test` fail; so each is given the files with mistakes alone, but the tool for types, which takes the project.

    That one names the files that it has read: every module is among them.
    """
    mistakes = {name: one for name, one in PLANTED.items() if one.tool == tool}
    for one in mistakes.values():
        _plant(copy, one)
    if tool == TYPES:
        given = ["--listFiles"]
    elif tool == TESTS:
        tests = sorted((copy / "tests" / "scripts").glob("*.test.js"))
        given = [str(test) for test in tests if any(one.said in test.read_text("utf-8") for one in mistakes.values())]
    else:
        given = sorted({one.file for one in mistakes.values()})
    status, said = _run(copy, (*tool, *given))
    assert status != 0
    if tool == TYPES:
        read = {line for line in said.splitlines() if line.startswith(f"{copy}/")}
        said = "\n".join(line for line in said.splitlines() if line not in read)
        modules = {str(file) for file in (copy / JS).glob("*/**/*.js")}
        assert modules and modules - read == set()
    assert [name for name, one in mistakes.items() if one.said not in said] == [], said[-4000:]
    # A file at the start of a line, whole or within the folder of the copy.
    told = {
        Path(line.split("(")[0].strip()).name for line in said.splitlines() if re.match(r"\S*site/assets/\S+", line)
    }
    assert told <= {Path(one.file).name for one in mistakes.values()}


def test_the_oldest_browsers_stand_in_one_place() -> None:
    """Raised there, what is refused today is taken."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert package["browserslist"] == ["chrome 87", "firefox 78"]
    for name in ("eslint.config.js", "stylelint.config.js", "tsconfig.json", ".ci/oldest-browsers.js", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8").lower()
        assert "chrome 87" not in text and "firefox 78" not in text, name


def test_newer_browsers_may_use_more(copy: Path) -> None:
    package = copy / "package.json"
    text = package.read_text(encoding="utf-8")
    package.write_text(text.replace("chrome 87", "chrome 120").replace("firefox 78", "firefox 120"), encoding="utf-8")
    added = {
        "common/days.js": "export class Day { #day = 1; get day() { return [this.#day].at(-1); } }\n",
        "theme.js": 'window.name ??= "a";\n',
    }
    for name, new in added.items():
        with (copy / JS / name).open("a", encoding="utf-8") as file:
            file.write(new)
    _, said = _run(copy, (*SCRIPTS, *(f"{JS}{name}" for name in added)))
    assert "days.js" not in said and "theme.js" not in said, said


def test_no_module_gets_round_its_types() -> None:
    for file in (ROOT / JS).glob("*/**/*.js"):
        text = file.read_text(encoding="utf-8")
        for hatch in ("@ts-ignore", "@ts-nocheck", "@ts-expect-error", "{any}", "<any>", "any[]"):
            assert hatch not in text, f"{file.name}: {hatch}"


def test_nothing_hangs_on_the_window() -> None:
    for file in (ROOT / JS).glob("*/**/*.js"):
        assert "window.jiebang" not in file.read_text(encoding="utf-8"), file.name
