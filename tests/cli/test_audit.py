"""`jiebang audit`: clean 0, leaks 1, usage 2; names file, record and field, never the value."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.conftest import Run

HIDDEN = "示例重工（武汉）集团有限公司"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text("<p>一款材料</p>", encoding="utf-8")
    return folder


def test_a_clean_folder(run: Run, base: Path, site: Path) -> None:
    done = run("audit", site, "--catalogue", base)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 处" in done.stdout


def test_leaks_are_named_without_their_values(run: Run, base: Path, site: Path) -> None:
    (site / "data" / "a.json.gz").write_bytes(gzip.compress(json.dumps([HIDDEN]).encode()))
    (site / f"{HIDDEN}.txt").write_text("02712345670", encoding="utf-8")
    for form in ("text", "json"):
        done = run("audit", site, "--catalogue", base, "--format", form)
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert "data/a.json.gz" in said and "e-aaaaaaa1.yml" in said and "企业名称" in said
        for private in ("示例重工", "12345670", "Traceback"):
            assert private not in said
    report = json.loads(run("audit", site, "--catalogue", base, "--format", "json").stdout)
    assert report["summary"]["leaks"] == len(report["leaks"]) >= 3
    assert set(report["leaks"][0]) == {"file", "record", "field"}


def test_a_link_is_a_finding(run: Run, base: Path, site: Path) -> None:
    (site / "link").symlink_to(base)
    assert run("audit", site, "--catalogue", base).returncode == 1


def test_a_catalogue_that_cannot_be_read_gives_no_clean_bill(run: Run, base: Path, site: Path) -> None:
    (base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml").write_text(f"name: [{HIDDEN}", encoding="utf-8")
    done = run("audit", site, "--catalogue", base)
    assert done.returncode == 1
    assert "查找不会完整" in done.stderr
    assert "示例重工" not in done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [[], ["no-such-folder"], ["--format", "xml", "."]])
def test_wrong_usage(run: Run, base: Path, arguments: list[str]) -> None:
    assert run("audit", "--catalogue", base, *arguments).returncode == 2
