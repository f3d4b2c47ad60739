"""The program's own data: schemas, code lists, the site's pages, templates, styles and scripts, and the files of a new repository.

The one place that knows where they lie. A wheel carries them in the package's folder `data` (setup.py puts them there); in a checkout
they stand at its root, where they are edited, and a change is seen at once. Nothing is ever written there: what belongs to a bureau
lies in its workspace (`jiebang.workspace`).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from jiebang.errors import UserError

PACKED = "data"
READER_VARIABLE = "JIEBANG_READER"


@cache
def program_data() -> Path:
    """The folder that holds `schemas/`, `site/`, `mkdocs.yml` and `requirements/runtime.txt`."""
    # Slow to import, and most commands that print help need no data.
    from importlib.resources import files

    package = files("jiebang")
    if not isinstance(package, Path):
        raise UserError("程序装在压缩包里，读不到它的数据文件。", "用 pip 安装到文件夹里：pip install jiebang-*.whl。")
    packed = package / PACKED
    return packed if packed.is_dir() else package.parents[1]


def schema_folder() -> Path:
    """`schemas/`: a JSON Schema for each kind of record; code lists in `codelists/`."""
    return program_data() / "schemas"


def reader_folder() -> Path | None:
    """Python for browsers as `make reader` fetched it, or as the wheel brings it; None where there is none. The environment may name
    another folder, or none by an empty name."""
    named = os.environ.get(READER_VARIABLE)
    folder = program_data() / "reader" if named is None else Path(named).resolve()
    return folder if named != "" and (folder / "pyodide.asm.wasm").is_file() else None


def starter_folder() -> Path:
    """The files of a bureau's new repository that the program's own repository does not have."""
    # Beside the modules in a checkout and in a wheel alike.
    return Path(__file__).parent / "starter"
