"""The site's own files: style sheets joined in one, scripts and pictures, each named after its content.

A name that changes with the content lets a web server keep files for ever and a new build never mixes with an old cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asset:
    """`name` is what templates ask for (`site.css`); `path` is where the file stands in the site."""

    name: str
    path: str
    content: bytes
    own: bool = False
    """A picture of the bureau's own pages: it is looked through like everything else that goes out."""


def hashed_path(name: str, content: bytes) -> str:
    """`list.js` → `assets/list.1f0c9a52b7.js`."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{sha256(content).hexdigest()[:10]}.{suffix}"


def _sources(folder: Path) -> Iterator[tuple[str, bytes]]:
    # Style sheets are numbered in the order of the cascade.
    yield "site.css", b"\n".join(file.read_bytes() for file in sorted((folder / "css").glob("*.css")))
    for kind in ("js", "images"):
        for file in sorted((folder / kind).iterdir()):
            yield file.name, file.read_bytes()


def collect(folder: Path) -> tuple[Asset, ...]:
    """Every asset under `site/assets`, in a stable order."""
    return tuple(Asset(name, hashed_path(name, content), content) for name, content in _sources(folder))
