"""A site that is built again and again, and what tests ask of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiebang.build import BuildOptions, Built, build
from jiebang.mapping import Maps
from jiebang.store import DiskStore
from tests.reviews import renew_reviews

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"


class Silent:
    def step(self, what: str, total: int) -> Callable[[int], None]:
        return lambda done: None


def build_site(catalogue: Path, out: Path, store: Path | None, jobs: int = 1) -> Built:
    with Maps(DiskStore.open(store) if store is not None else None, jobs) as maps:
        return build(BuildOptions(catalogue, out, allow_shrink=True), Silent(), maps)


def files_of(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def inodes_of(out: Path) -> dict[str, int]:
    return {path.relative_to(out).as_posix(): path.stat().st_ino for path in out.rglob("*") if path.is_file()}


def edit(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    renew_reviews(base)
