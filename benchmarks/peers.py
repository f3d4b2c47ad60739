"""What `jiebang` is measured beside, in the same run: programs that people would take for a part of the work, from `requirements/bench.txt`.

check-jsonschema judges the same records by the same schemas (no positions, no rules across records, no names looked for). hugo with
pagefind makes as many pages with the same text in the same shell, and a full-text index (no leak gate, no exports). MkDocs with the theme
Material makes a page a demand, outside the menu.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from measure import Cost, RunFailedError, measure

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
_LOCK = Path(__file__).resolve().parents[1] / "requirements" / "bench.txt"
_MOST_ARGUMENTS = 1_500_000
"""Bytes of file names in one call: systems refuse more than about two million."""
_FOLDERS = {"application": "applications", "demand": "demands", "enterprise": "enterprises"}


def versions() -> dict[str, str]:
    """The locked versions of what is measured."""
    lock = _LOCK.read_text(encoding="utf-8")
    named = ("check-jsonschema", "hugo", "pagefind-bin-extended", "mkdocs", "mkdocs-material")
    return {name: version for name, version in re.findall(r"^([a-z-]+)==(\S+)", lock, re.MULTILINE) if name in named}


def _calls(files: list[str]) -> list[list[str]]:
    """The files in as few calls as the system takes."""
    calls: list[list[str]] = [[]]
    size = 0
    for file in files:
        size += len(file.encode()) + 9
        if size > _MOST_ARGUMENTS:
            calls.append([])
            size = len(file.encode()) + 9
        calls[-1].append(file)
    return calls


def _count(site: Path, sources: Path) -> None:
    """Raises RunFailedError where a site has fewer pages than there are sources: work left out is not fast."""
    wanted, made = (sum(1 for _ in folder.rglob(f"*.{ending}")) for folder, ending in ((sources, "md"), (site, "html")))
    if made < wanted:
        raise RunFailedError(f"{site.name} 应有 {wanted} 页，只有 {made} 页。")


@dataclass(frozen=True, slots=True)
class Peers:
    """The programs in an environment (`.venv/bench`), fed from `inputs` (see `inputs.py`), which also takes what they write."""

    environment: Path
    inputs: Path

    def program(self, name: str) -> Path:
        return self.environment / "bin" / name

    def missing(self) -> list[str]:
        return [
            name
            for name in ("check-jsonschema", "hugo", "mkdocs", "python")
            if shutil.which(self.program(name)) is None
        ]

    def check_jsonschema(self) -> Cost:
        """One call a kind of record, as the program takes one schema a call."""
        records = self.inputs / "typed"
        files = sorted(path.relative_to(records).as_posix() for path in records.rglob("*.yml"))
        by_kind = {kind: [file for file in files if f"/{folder}/" in file] for kind, folder in _FOLDERS.items()}
        by_kind |= {kind: [file for file in files if file.endswith(f"{kind}.yml")] for kind in ("districts", "round")}
        total = Cost(0, 0, 0)
        for kind, named in by_kind.items():
            schema = SCHEMAS / f"{kind}.schema.json"
            command: list[str | Path] = [self.program("check-jsonschema"), "--schemafile", schema]
            command += ["--base-uri", f"{SCHEMAS.as_uri()}/"]
            for call in _calls(named):
                # A catalogue without a single application has no call for them.
                total += measure([*command, *call], cwd=records) if call else Cost(0, 0, 0)
        return total

    def hugo_command(self) -> list[str | Path]:
        return [self.program("hugo"), "--source", self.inputs / "hugo"]

    def hugo_environment(self) -> dict[str, str]:
        return {"HUGO_CACHEDIR": str(self.inputs / "hugo-cache")}

    def hugo_pagefind(self, number: int) -> Cost:
        out = self.inputs / f"hugo-site-{number}"
        made = measure([*self.hugo_command(), "--destination", out, "--quiet"], self.hugo_environment())
        _count(out, self.inputs / "hugo" / "content")
        index: list[str | Path] = [self.program("python"), "-m", "pagefind_bin_extended", "--site", out, "--silent"]
        return made + measure(index)

    def mkdocs_material(self, number: int) -> Cost:
        settings = self.inputs / "mkdocs" / "mkdocs.yml"
        out = self.inputs / f"mkdocs-site-{number}"
        made = measure([self.program("mkdocs"), "build", "--quiet", "--config-file", settings, "--site-dir", out])
        _count(out, settings.parent / "docs")
        return made
