"""The program for the browser as files of the site: the same bytes each time, programs alone, and a site without it where it was not fetched."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from jiebang.mapping import Maps
from jiebang.resources import READER_VARIABLE
from jiebang.site import load_frames, reader
from jiebang.workspace import cache_folder
from tests.conftest import ROOT

PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "python_calamine-0.0-cp0.whl")


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as `make reader` fills it, with next to nothing in its files."""
    folder = tmp_path / "reader"
    folder.mkdir()
    for name in PARTS:
        (folder / name).write_bytes(b'import("pyodide.asm.mjs")\n//# sourceMappingURL=x.map\n' + name.encode())
    monkeypatch.setenv(READER_VARIABLE, str(folder))
    return folder


def test_the_program_is_packed_the_same_each_time_and_holds_programs_alone() -> None:
    first = reader.packed_program()
    reader.packed_program.cache_clear()
    assert reader.packed_program() == first
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert names == sorted(set(names))
    for name in names:
        known = name.startswith("jiebang/data/schemas/") or name == "simplified.json"
        assert name.endswith(".json" if known else ".py"), name


def test_modules_go_in_as_they_were_compiled_unless_they_were_changed_since(tmp_path: Path) -> None:
    plain = zipfile.ZipFile(io.BytesIO(reader.packed_program()))
    names = ("jiebang/forms/browser/door.py", "jiebang/errors.py")
    ready = tmp_path / "program_compiled.zip"
    with zipfile.ZipFile(ready, "w") as target:
        for name, source in zip(names, (plain.read(names[0]), b"changed since"), strict=True):
            target.writestr(f"{hashlib.sha256(name.encode() + bytes(1) + source).hexdigest()}.pyc", b"compiled")
    packed = zipfile.ZipFile(io.BytesIO(reader.packed_program(ready)))
    assert set(plain.namelist()) ^ set(packed.namelist()) == {names[0], f"{names[0]}c"}
    assert packed.read(f"{names[0]}c") == b"compiled"
    assert packed.read(names[1]) == plain.read(names[1])


def test_a_started_program_goes_out_only_where_it_is_the_one_that_is_packed(fetched: Path) -> None:
    (fetched / f"started-{'0' * 64}.bin").write_bytes(b"of another program")
    assert not [asset for asset in reader.reader_assets(Maps(jobs=1)) if asset.name.endswith(reader.STARTED)]
    (fetched / f"started-{reader.program_state()}.bin").write_bytes(b"of this one")
    reader._files.cache_clear()
    reader._assets.cache_clear()
    (started,) = (asset for asset in reader.reader_assets(Maps(jobs=1)) if asset.name.endswith(reader.STARTED))
    assert started.content == b"of this one"
    told = json.loads(reader.reader_assets(Maps(jobs=1))[0].content)
    assert told["files"][reader.STARTED] == len(started.content)


def test_the_state_of_the_program_follows_its_content_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict(reader._program_files())
    first = reader.program_state()
    monkeypatch.setattr(reader, "_program_files", lambda: reversed(list(files.items())))
    assert reader.program_state() == first
    name = "jiebang/errors.py"
    monkeypatch.setattr(reader, "_program_files", lambda: {**files, name: files[name] + b"#"}.items())
    assert reader.program_state() != first


def test_every_file_is_listed_with_its_size_in_a_folder_named_after_what_it_holds(fetched: Path) -> None:
    listed, *files = reader.reader_assets(Maps(jobs=1))
    told = json.loads(listed.content)
    assert listed.path == "assets/reader.json"
    assert {f"assets/{told['folder']}{name}": size for name, size in told["files"].items()} == {
        file.path: len(file.content) for file in files
    }
    # Servers that do not know .mjs would give a type that no browser runs.
    assert not any(file.path.endswith((".mjs", ".map")) for file in files)
    start = next(file.content for file in files if file.name == "reader/pyodide.js")
    assert start == b'import("pyodide.asm.js")'
    (fetched / "pyodide.asm.wasm").write_bytes(b"other")
    reader._files.cache_clear()
    reader._assets.cache_clear()
    assert json.loads(reader.reader_assets(Maps(jobs=1))[0].content)["folder"] != told["folder"]


@pytest.mark.parametrize("missing", [True, False])
def test_the_start_page_says_whether_it_can_read_forms(
    fetched: Path, monkeypatch: pytest.MonkeyPatch, missing: bool
) -> None:
    if missing:
        monkeypatch.setenv(READER_VARIABLE, "")
    frames = load_frames(ROOT, cache_folder(ROOT))
    pages = {path: "".join(frame.parts) for path, frame in frames.pages.items()}
    told = {path for path, page in pages.items() if "jiebang-reader" in page}
    assert told == (set() if missing else {"submit/index.html"})
    # Programs may be compiled on the one page that starts the worker, and nowhere else.
    allowed = {path for path, page in pages.items() if "wasm-unsafe-eval" in page}
    assert allowed == told
    assert any(asset.name == "reader/pyodide.js" for asset in frames.assets) is not missing


def test_the_reader_changes_no_other_page(fetched: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader = load_frames(ROOT, cache_folder(ROOT))
    monkeypatch.setenv(READER_VARIABLE, "")
    without = load_frames(ROOT, cache_folder(ROOT))
    differing = {path for path in without.pages if without.pages[path].parts != with_reader.pages[path].parts}
    assert differing == {"submit/index.html"}


def test_what_was_fetched_is_what_is_locked() -> None:
    """Of the folder that the browser's tests read with; the lock of the packages holds the hash of the one that is compiled."""
    (wheel,) = (ROOT / "reader").glob("*.whl")
    lock = (ROOT / "requirements" / "browser.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() in lock
    locked = ROOT / "node_modules" / "pyodide"
    for name in PARTS[:3]:
        assert (ROOT / "reader" / name).read_bytes() == (locked / name).read_bytes()
    # Of the library some modules are compiled ahead; nothing else is other.
    ours, theirs = (zipfile.ZipFile(folder / PARTS[3]) for folder in (ROOT / "reader", locked))
    compiled = {name.removesuffix("c") for name in ours.namelist() if name.endswith(".pyc")}
    assert {name.removesuffix("c") if name.endswith(".pyc") else name for name in ours.namelist()} == {
        *theirs.namelist()
    }
    assert {"dataclasses.py", "html/parser.py", "xml/etree/ElementTree.py"} <= compiled
    assert all(ours.read(name) == theirs.read(name) for name in theirs.namelist() if name not in compiled)
