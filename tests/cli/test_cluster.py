"""A check on the workers of a Dask cluster finds the same, byte for byte; a cluster that cannot be used is answered with a way out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import make_catalogue
from tests.conftest import Run


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process."""
    script = (
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        input()\n"
    )
    file = tmp_path_factory.mktemp("cluster") / "cluster.py"
    file.write_text(script, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=file.parent
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.write("\n")
        process.stdin.close()
        process.stdout.close()
        process.wait(timeout=30)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """Some hundred records, and findings of many sorts among them."""
    catalogue = tmp_path / "catalogue"
    make_catalogue.make(catalogue, 150, seed=1)
    for number, file in enumerate(sorted(catalogue.rglob("demands/*.yml"))[::4]):
        text = file.read_text(encoding="utf-8")
        changes = ("schedule: 电话 13800138000 ", "schedule: 示例第2号制造有限公司 ", "schedule: 张总 ", "schedule: [")
        file.write_text(text.replace("schedule: ", changes[number % 4], 1), encoding="utf-8")
    return catalogue


def test_a_cluster_finds_the_same(run: Run, spoilt: Path, scheduler: str, tmp_path: Path) -> None:
    here = run("check", "--catalogue", spoilt, "--format", "json", "--jobs", "1", JIEBANG_CACHE=str(tmp_path / "one"))
    there = run(
        *("check", "--catalogue", spoilt, "--format", "json", "--scheduler", scheduler),
        JIEBANG_CACHE=str(tmp_path / "two"),
    )
    assert here.returncode == there.returncode == 1
    assert here.stdout == there.stdout
    assert '"R401"' in here.stdout and '"R402"' in here.stdout and '"R421"' in here.stdout


def test_a_cluster_that_is_not_there_is_answered_with_a_way_out(
    run: Run, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiebang.cli.workers._PATIENCE", 1)
    done = run("check", "--catalogue", base, "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 1
    assert "连不上集群" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_extra_the_way_to_it_is_told(run: Run, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("check", "--catalogue", base, "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 1
    assert "jiebang[cluster]" in done.stderr


def test_a_cluster_of_another_version_is_refused(
    run: Run, base: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiebang.cli.workers.program_digest", os.getpid)
    done = run("check", "--catalogue", base, "--scheduler", scheduler)
    assert done.returncode == 1
    assert "版本不同" in done.stderr
