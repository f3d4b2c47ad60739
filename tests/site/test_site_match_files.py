"""A form that a visitor drops is compared by what the command compares of the record: what the enterprise does, not who and where it is."""

from __future__ import annotations

import gzip
import json
import subprocess
from base64 import b64encode
from collections.abc import Iterator

from jiebang.catalogue import Record, load
from jiebang.desk.matching import APPLICANT_SAYS
from jiebang.forms.writing import forms_of, to_word
from jiebang.schemas import Privacy, fields_of
from jiebang.site.assets import collect
from tests.conftest import FIXTURES, ROOT

_NODE = ROOT / ".venv" / "bin" / "node"
_KIB = 1024
_TOLD = {"profile", *(".".join(path) for path in APPLICANT_SAYS)}


def _read(files: list[bytes], rows: list[list[str]]) -> tuple[list[str], list[str]]:
    done = subprocess.run(
        [_NODE, ROOT / "tests" / "scripts" / "read-files.js"],
        input=json.dumps({"files": [b64encode(file).decode() for file in files], "rows": rows}),
        capture_output=True,
        check=True,
        timeout=60,
        encoding="utf-8",
    )
    answers = json.loads(done.stdout)
    return answers["files"], answers["rows"]


def _lines(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if line.strip())


def _told(record: Record) -> str:
    paths = [("profile",)] if record.kind == "enterprise" else APPLICANT_SAYS
    return "\n".join(record.get(*path) or "" for path in paths)


def _labels() -> Iterator[tuple[str, str]]:
    """What becomes of the answer behind a label of Annex 2 or 3: it is compared, or it is never shown."""
    for kind in ("enterprise", "application"):
        for field in fields_of(kind):
            private = field.path not in _TOLD and field.privacy in (Privacy.IDENTITY, Privacy.PERSONAL)
            if field.path in _TOLD or private:
                for label in field.labels:
                    yield label, "" if private else "某种材料"


def test_forms_that_the_program_prints_and_labels_of_the_schemas_are_read_as_the_command_reads_records() -> None:
    catalogue = load(FIXTURES / "base")[0]
    small = [one for one in catalogue.enterprises if one.get("role") == "中小企业"]
    records = [*small, *catalogue.applications]
    forms = [to_word(form) for form in forms_of(catalogue, [record.id for record in records])]
    labels = list(_labels())
    assert {told for _, told in labels} == {"", "某种材料"}
    hints = [(f"{label}{hint}", "某种材料") for kind in ("enterprise", "application") for field in fields_of(kind)
             if field.path in _TOLD for label in field.labels for hint in field.hints]  # fmt: skip
    assert hints
    files, rows = _read(forms, [[label, "某种材料"] for label, _ in (*labels, *hints)])
    assert [_lines(text) for text in files] == [_lines(_told(record)) for record in records]
    assert all(files)
    for (label, told), row in zip((*labels, *hints), rows, strict=True):
        assert row == told, label


def test_scripts_are_small_and_what_reads_files_comes_with_a_file() -> None:
    assets = {asset.path: asset for asset in collect(ROOT / "site" / "assets")}
    sizes = {path: len(gzip.compress(asset.content, mtime=0)) for path, asset in assets.items()}
    main, reading = (next(a for a in assets.values() if a.name == f"match/{name}.js") for name in ("main", "file"))
    assert sum(sizes[path] for path in (main.path, *main.imports)) <= 16 * _KIB
    assert sum(sizes[path] for path in (reading.path, *reading.imports)) <= 7 * _KIB
    assert reading.path not in main.imports
    assert not {*reading.imports} & {*main.imports}
