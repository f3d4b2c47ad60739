"""The program that reads official forms in the browser: Python for browsers and this program's own modules, as files of the site.

Python comes with `make reader` (`reader/` in a checkout, `data/reader/` in a wheel); without it the site is made without and says so. Our
own part is packed here, from the modules as they are installed: nothing but programs and schemas, the same bytes for the same program.
Everything stands in one folder whose name follows from its content; `assets/reader.json` alone has a fixed name and tells the folder.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from jiebang.mapping import Maps, digest
from jiebang.resources import reader_folder, schema_folder
from jiebang.site.assets import Asset

LISTED = "assets/reader.json"
"""Names the folder, and each file in it with its size in bytes."""
PROGRAM = "program.zip"
_COMPILED = "program_compiled.zip"
"""Our modules as `make reader` compiled them, see `.ci/compile-reader.js`."""
STARTED = "started.bin"
"""The memory of our program once it was started, for browsers that have been here; without it they start it themselves."""
_START, _RUNTIME, _MACHINE, _LIBRARY = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"
_WHEEL = "python_calamine-*.whl"

OURS = (
    "__init__.py",
    "errors.py",
    "memory.py",
    "resources.py",
    "catalogue/*.py",
    "detection/*.py",
    "detection/tables/__init__.py",
    "detection/tables/japanese.py",
    "detection/tables/lookalikes.py",
    "forms/__init__.py",
    "forms/browser/*.py",
    "forms/importing/__init__.py",
    "forms/importing/difference.py",
    "forms/reading/**/*.py",
    "problems/*.py",
    "rules/__init__.py",
    "rules/dates.py",
    "rules/identities.py",
    "rules/proposals.py",
    "rules/public_texts.py",
    "rules/registry.py",
    "rules/secrecy.py",
    "rules/states.py",
    "rules/steps.py",
    "schemas/*.py",
)
"""What of `jiebang` goes in; a test runs the packed program with nothing else beside it."""
_NOT_OURS = frozenset(f"jiebang/catalogue/{name}.py" for name in ("keys", "sealed", "sealing"))
"""What of these folders stays outside: a page opens no sealed record, and asks for no key."""
OTHERS = {
    "cobble": ("*.py",),
    "mammoth": ("**/*.py",),
    "stdnum": ("__init__.py", "exceptions.py", "util.py", "cn/__init__.py", "cn/ric.py", "cn/uscc.py"),
    "yaml": ("*.py",),
}
"""Libraries that are Python alone, as they are installed."""
_SUBSTITUTES = {
    "ahocorasick": "ahocorasick.py",
    "letter_searches": "jiebang/detection/letter_searches.py",
    "letter_tables": "jiebang/detection/letter_tables.py",
    "opencc": "opencc.py",
    "yaml_parser": "yaml/_yaml.py",
}
"""What `jiebang.forms.browser.substitutes` has for libraries that are not, and for modules that need one: where it goes in."""
_HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480))
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _package(name: str) -> Path:
    """The folder of an installed package, which is not imported: pages cannot see the modules that read records."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent


def _found(folder: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for file in sorted({file for pattern in patterns for file in folder.glob(pattern)}):
        yield f"{folder.name}/{file.relative_to(folder).as_posix()}", file.read_bytes()


@cache
def _simplified() -> bytes:
    """OpenCC's letters that have a simplified form."""
    from opencc import OpenCC

    letters = [chr(code) for start, end in _HAN for code in range(start, end)]
    simple = OpenCC("t2s").convert("\n".join(letters)).split("\n")
    listed = {letter: other for letter, other in zip(letters, simple, strict=True) if letter != other}
    return json.dumps(listed, ensure_ascii=False).encode()


def _program() -> list[tuple[str, bytes]]:
    return sorted(dict(_program_files()).items())


def _program_files() -> Iterator[tuple[str, bytes]]:
    ours = _package("jiebang")
    yield from ((name, content) for name, content in _found(ours, OURS) if name not in _NOT_OURS)
    for path in sorted(schema_folder().rglob("*.json")):
        yield f"jiebang/data/schemas/{path.relative_to(schema_folder()).as_posix()}", path.read_bytes()
    for name, patterns in OTHERS.items():
        yield from _found(_package(name), patterns)
    for name, place in _SUBSTITUTES.items():
        yield place, (ours / "forms" / "browser" / "substitutes" / f"{name}.py").read_bytes()
    yield "simplified.json", _simplified()


@cache
def packed_program(compiled: Path | None = None) -> bytes:
    """Our own modules and schemas and the pure libraries that they need, as a zip file; the same bytes for the same files. A module that
    stands in `compiled` as it is now goes in compiled; one that was changed since goes in as it is, to be compiled by the browser."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(compiled or _no_files()) as ready,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        known = frozenset(ready.namelist())
        for name, content in _program():
            module = f"{_state_of(name, content).hex()}.pyc"
            placed = (f"{name}c", ready.read(module)) if module in known else (name, content)
            target.writestr(zipfile.ZipInfo(placed[0], _EPOCH), placed[1], zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _state_of(name: str, content: bytes) -> bytes:
    return sha256(name.encode() + bytes(1) + content).digest()


def program_state() -> str:
    """Of what is packed, however it is packed."""
    parts = (_state_of(name, content) for name, content in _program())
    return sha256(b"".join(parts)).hexdigest()


def _no_files() -> io.BytesIO:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    return stream


@cache
def _files(folder: Path, program: bytes, state: str) -> tuple[tuple[str, bytes], ...]:
    (wheel,) = folder.glob(_WHEEL)
    start = (folder / _START).read_text(encoding="utf-8")
    started = folder / f"started-{state}.bin"
    # Many servers do not know .mjs, and a module of an unknown type is not run.
    renamed = start.replace(_RUNTIME, "pyodide.asm.js")
    return (
        ("pyodide.js", renamed.partition("\n//# sourceMappingURL")[0].encode()),
        ("pyodide.asm.js", (folder / _RUNTIME).read_bytes()),
        (_MACHINE, (folder / _MACHINE).read_bytes()),
        (_LIBRARY, (folder / _LIBRARY).read_bytes()),
        (wheel.name, wheel.read_bytes()),
        (PROGRAM, program),
        *(((STARTED, started.read_bytes()),) if started.is_file() else ()),
    )


def reader_assets(maps: Maps) -> tuple[Asset, ...]:
    """The files of the reader; none where it was not fetched. No record reaches them: they are the same for every catalogue."""
    folder = reader_folder()
    if folder is None:
        return ()
    compiled = folder / _COMPILED
    ready = compiled.read_bytes() if compiled.is_file() else None
    # The program's own modules go into every key of the maps.
    key = digest("packed program", ready or b"")
    made = maps.recall(key, lambda: (packed_program(compiled if ready is not None else None), program_state()))
    return _assets(folder, *made)


@cache
def _assets(folder: Path, program: bytes, started_from: str) -> tuple[Asset, ...]:
    files = _files(folder, program, started_from)
    state = sha256(b"".join(sha256(content).digest() for _, content in files)).hexdigest()[:10]
    where = f"assets/reader/{state}/"
    listed = {"folder": f"reader/{state}/", "files": {name: len(content) for name, content in files}}
    return (
        Asset("reader.json", LISTED, json.dumps(listed, separators=(",", ":")).encode()),
        *(Asset(f"reader/{name}", f"{where}{name}", content) for name, content in files),
    )
