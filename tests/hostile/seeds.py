"""What mutation begins with: good files of each kind, and some hostile ones."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from jiebang.store import DiskStore
from tests.conftest import FIXTURES, ROOT
from tests.forms import make
from tests.hostile.corpus import contents
from tests.hostile.targets import FORMS, KEYS, RECORDS

_KINDS = [file.kind for file in RECORDS]


def _good_records() -> Iterator[bytes]:
    base = FIXTURES / "base"
    for path in sorted(base.rglob("*.yml")):
        kind = (
            path.stem
            if path.parent == base
            else "round"
            if path.stem == "round"
            else path.parent.name.removesuffix("s")
        )
        yield bytes([_KINDS.index(kind)]) + path.read_bytes()


def _records() -> Iterator[bytes]:
    yield from _good_records()
    yield from (bytes([0]) + data for data in list(contents().values())[::4])


def _forms() -> Iterator[bytes]:
    made = {
        ".docx": (make.annex1_docx, make.annex2_docx, make.annex3_docx),
        ".xlsx": (make.annex1_xlsx, make.annex2_xlsx, make.annex3_xlsx),
    }
    for ending, makers in made.items():
        yield from (bytes([FORMS.index(ending)]) + one() for one in makers)
    for ending in (".ods", ".xls"):
        for path in sorted((FIXTURES / "forms").glob(f"*/*{ending}")):
            yield bytes([FORMS.index(ending)]) + path.read_bytes()


def _archives() -> Iterator[bytes]:
    yield from (form[1:] for form in _forms() if form[1:3] == b"PK")


def _members() -> Iterator[bytes]:
    for data in _archives():
        with zipfile.ZipFile(BytesIO(data)) as opened:
            yield from (
                opened.read(name) for name in opened.namelist() if name.endswith(("document.xml", "styles.xml"))
            )


def _proposals() -> Iterator[bytes]:
    yield from (data[1:] for data in _good_records())
    yield from _archives()
    yield from ((ROOT / "site/pages" / name).read_bytes() for name in ("about.md", "index.md"))


def _own() -> Iterator[bytes]:
    yield b"\0sources:\n  - name: \xe7\x94\xb2\n    kind: \xe5\xa4\x96\xe5\x9c\xb0\n    url: https://example.org/\n    retrieved: 2030-01-01\n    demands:\n      - title: x\n"
    yield b"\1" + (ROOT / "site/synonyms.yml").read_bytes()[:4000]
    yield b"\2" + (ROOT / "districts.svg").read_bytes()[:20000]


def _stores() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        store = DiskStore.open(Path(folder))
        store.keep([(key, b"value " + key) for key in KEYS])
        store.close()
        yield (Path(folder) / "store.sqlite3").read_bytes()


SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "record": _records,
    "fix": _records,
    "form": _forms,
    "member": _members,
    "archive": _archives,
    "proposal": _proposals,
    "own": _own,
    "store": _stores,
}
