"""What an editor is told: each record its schema, by its place and by its first line; nothing from elsewhere, nothing reformatted."""

from __future__ import annotations

import fnmatch
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue.files import find_records
from jiebang.catalogue.write import editor_line
from jiebang.schemas import KINDS

ROOT = Path(__file__).resolve().parents[2]


def _settings(name: str) -> dict[str, Any]:
    text = (ROOT / ".vscode" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    return loaded


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_git_takes_the_settings(name: str) -> None:
    ignored = subprocess.run(["git", "check-ignore", "-q", f".vscode/{name}"], cwd=ROOT, check=False)
    assert ignored.returncode == 1


def test_every_kind_of_record_has_its_schema() -> None:
    schemas = _settings("settings.json")["yaml.schemas"]
    assert {Path(schema).name for schema in schemas} == {f"{kind}.schema.json" for kind in KINDS}
    for schema in schemas:
        assert (ROOT / schema).is_file()


def _by_place(path: str) -> list[str]:
    """The schemas that the editor finds by a path; in its globs `*` stops at a slash, which here a count of slashes stands for."""
    schemas = _settings("settings.json")["yaml.schemas"]
    return [s for s, glob in schemas.items() if fnmatch.fnmatch(path, glob) and path.count("/") == glob.count("/")]


def test_every_record_of_the_sample_gets_the_schema_of_its_kind_and_no_other() -> None:
    files, _ = find_records(ROOT / "catalogue")
    assert files
    for file in files:
        assert _by_place(f"catalogue/{file.path}") == [f"./schemas/{file.kind}.schema.json"]


def test_the_first_line_of_every_record_leads_to_its_schema() -> None:
    for file in find_records(ROOT / "catalogue")[0]:
        target = ROOT / "catalogue" / file.path
        first = target.read_text(encoding="utf-8").splitlines()[0]
        assert first + "\n" == editor_line(target, file.kind)
        named = first.partition("$schema=")[2]
        assert (target.parent / named).resolve() == ROOT / "schemas" / f"{file.kind}.schema.json"


def test_files_are_saved_as_the_reader_wants_them() -> None:
    settings = _settings("settings.json")
    assert (settings["files.encoding"], settings["files.eol"], settings["files.insertFinalNewline"]) == (
        "utf8",
        "\n",
        True,
    )
    assert settings["[yaml]"]["editor.tabSize"] == 2 and settings["[yaml]"]["editor.insertSpaces"] is True
    editorconfig = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    for line in ("charset = utf-8", "end_of_line = lf", "insert_final_newline = true"):
        assert line in editorconfig


def test_the_editor_asks_nobody_and_reformats_nothing() -> None:
    settings = _settings("settings.json")
    assert settings["yaml.schemaStore.enable"] is False
    assert settings["redhat.telemetry.enabled"] is False
    assert settings["yaml.format.enable"] is False and settings["[yaml]"]["editor.formatOnSave"] is False


def test_the_recommended_extensions_are_the_two_that_these_settings_speak_to() -> None:
    assert _settings("extensions.json") == {"recommendations": ["redhat.vscode-yaml", "editorconfig.editorconfig"]}
