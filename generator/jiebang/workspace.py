"""A bureau's workspace: the folder with its catalogue, its settings (`mkdocs.yml`), its own pages and what is kept between runs.

In a bureau's own repository that is the repository's root; in a checkout of the program, the checkout.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

SETTINGS = "mkdocs.yml"
PAGES = "pages"
SYNONYMS = "synonyms.yml"
EXTERNAL = "external.yml"
DISTRICT_MAP = "districts.svg"
CACHE = ".cache"
CACHE_VARIABLE = "JIEBANG_CACHE"


def workspace_of(catalogue: Path) -> Path:
    """The folder that holds the catalogue where it has settings, else the one in which the command runs."""
    beside = catalogue.resolve().parent
    return beside if (beside / SETTINGS).is_file() else Path.cwd()


def cache_folder(workspace: Path) -> Path:
    """Where frames are kept between builds: the workspace's cache; the system's place for temporary files where there is none."""
    folder = writable_cache(workspace)
    return folder if folder is not None else Path(tempfile.mkdtemp(prefix="jiebang-cache-"))


def writable_cache(workspace: Path | None) -> Path | None:
    """What is kept between runs: in the folder that the environment names, else in the workspace. None where that is read-only, and where
    there is neither."""
    named = os.environ.get(CACHE_VARIABLE)
    # Absolute: the engine takes a relative path from its own settings, which lie in the program.
    if named:
        folder = Path(named).resolve()
    elif workspace is not None:
        folder = workspace.resolve() / CACHE
    else:
        return None
    try:
        folder.mkdir(mode=0o700, parents=bool(named), exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None
