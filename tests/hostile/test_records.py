"""Any bytes in a record's file end in a finding or a record: no traceback, no hang, nothing private told, and the others are still judged."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from jiebang.catalogue import Catalogue
from jiebang.catalogue.events import MOST_REFUSALS, parse
from jiebang.catalogue.files import RecordFile
from jiebang.fix import fix_record
from jiebang.problems import Problem
from jiebang.problems.places import with_places
from tests.conftest import FIXTURES, ROOT, Run
from tests.hostile.corpus import CANARY, HEAVIEST, contents, heavy
from tests.judging import judge, outputs
from tests.turns import at_night

_SPOILT = "2024/zone/demands/d-bbbbbbb2.yml"
_PLACES = ("demands/d", "enterprises/e", "applications/a")


def _written(root: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Each file at a record's place, the kinds in turn; its path by what is hostile in it."""
    paths = {}
    for number, (name, data) in enumerate(files.items()):
        paths[name] = f"2024/qiaokou/{_PLACES[number % len(_PLACES)]}-{number:08d}.yml"
        (root / paths[name]).write_bytes(data)
    return paths


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Catalogue, list[Problem]]:
    """Every hostile file in one catalogue, beside the good ones, of which one has a slip."""
    root = tmp_path_factory.mktemp("hostile") / "catalogue"
    shutil.copytree(FIXTURES / "base", root)
    spoilt = (root / _SPOILT).read_text(encoding="utf-8")
    (root / _SPOILT).write_text(spoilt.replace("no_secrets: 是\n", ""), encoding="utf-8")
    paths = _written(root, contents())
    return paths, *judge(root)


def test_the_corpus_is_large() -> None:
    assert len(contents()) > 600
    assert sum(CANARY.encode() in data for data in contents().values()) > 600


def test_every_hostile_file_is_told(judged: tuple[dict[str, str], Catalogue, list[Problem]]) -> None:
    paths, _, problems = judged
    found = {problem.path for problem in problems}
    assert [name for name, path in paths.items() if path not in found] == []


def test_the_others_are_still_judged(judged: tuple[dict[str, str], Catalogue, list[Problem]]) -> None:
    paths, catalogue, problems = judged
    base, _ = judge(FIXTURES / "base")
    read = {record.path for record in catalogue.records()}
    assert {record.path for record in base.records()} <= read
    own = {(p.code, p.path) for p in problems if p.path not in set(paths.values()) and p.severity.name == "ERROR"}
    assert ("S202", _SPOILT) in own
    assert {path for _, path in own} == {_SPOILT}


def test_no_output_holds_what_stood_in_a_hostile_file(
    judged: tuple[dict[str, str], Catalogue, list[Problem]],
) -> None:
    # The same words at another place are told alike.
    problems = list({(p.code, p.field, p.message, p.hint): p for p in judged[2]}.values())
    assert len(problems) > 100
    for name, output in outputs(with_places(problems)):
        assert CANARY not in output, name
        assert "Traceback" not in output
        assert not any(0xD800 <= ord(c) < 0xE000 or (ord(c) < 32 and c != "\n") for c in output), name


def test_fix_mends_or_leaves_every_hostile_file() -> None:
    for number, (name, data) in enumerate(contents().items()):
        kind = ("demand", "enterprise", "application")[number % 3]
        file = RecordFile(kind, f"2024/qiaokou/{kind}s/{kind[0]}-{number:08d}.yml", "2024", "qiaokou")
        fixed = fix_record(file, data)
        if fixed.text is not None:
            assert fix_record(file, fixed.text.encode()).text == fixed.text, name
            assert not any(CANARY in change.why for change in fixed.changes), name


def test_a_key_that_is_a_secret_is_not_said_when_fields_are_moved(run: Run, base: Path) -> None:
    path = base / _SPOILT
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{rest}{CANARY}: x\n{first}\n", encoding="utf-8")
    done = run("fix", "--catalogue", base)
    assert "按字段说明的顺序排列" in done.stdout
    assert CANARY not in done.stdout + done.stderr


def test_fix_reads_no_giant_and_no_file_that_is_closed(run: Run, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (base / _SPOILT).open("r+b") as stream:
        stream.truncate(8 * 1024**3)

    def refused(path: Path) -> tuple[bytes, int]:
        if path.name == "d-aaaaaaa1.yml":
            raise PermissionError(13, "Permission denied")
        with path.open("rb") as opened:
            return opened.read(2_000_000), 0

    monkeypatch.setattr("jiebang.cli.fix.read_bytes", refused)
    done = run("fix", "--catalogue", base)
    assert "2 个文件的编码认不准，或读不出" in done.stderr


def test_a_mistake_made_a_thousand_times_is_told_some_times() -> None:
    for line in ("a: &x b\n", "a: b # c\n", "? [a]\n: b\n", "<<: b\n", "a: *b\n"):
        assert len(parse(line * 1000)[1]) == MOST_REFUSALS


_MEASURE = """
import json, sys
from jiebang.catalogue.catalogue import read_bytes, read_record
from jiebang.catalogue.files import RecordFile
from jiebang.fix import fix_record
from jiebang.rules.judgement import judge
from jiebang.mapping import Maps
from pathlib import Path
from tests.effort import effort
root = Path(sys.argv[1])
read_record(RecordFile("round", "2024/round.yml", "2024", None), b"a: b")
efforts = {}
for path in sys.argv[2:]:
    file = RecordFile("demand", path, "2024", "qiaokou")
    with effort() as reading:
        data, size = read_bytes(root / path)
        read_record(file, data, size)
    with effort() as mending:
        fix_record(file, data)
    efforts[path] = max(reading.units, mending.units)
problems = judge(root, Maps(jobs=1))[1]
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
print(json.dumps([efforts, peak, sorted({p.path for p in problems if p.severity == "error"})]))
"""


def test_the_heaviest_files_cost_little_time_and_memory(base: Path) -> None:
    """In a process of its own, for its memory is measured: what reading, mending and judging take with Python and all libraries."""
    for path in (base / "2024/qiaokou").rglob("*.yml"):
        path.unlink()
    files = {name: data for name, data in heavy().items() if name in HEAVIEST or at_night()}
    paths = []
    for number, data in enumerate(files.values()):
        paths.append(f"2024/qiaokou/demands/d-{number:08d}.yml")
        (base / paths[-1]).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(base), *paths], capture_output=True, text=True, check=False, cwd=ROOT, timeout=300
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    efforts, peak, found = json.loads(done.stdout)
    slow = {name: efforts[path] for name, path in zip(files, paths, strict=True) if efforts[path] > 40}
    assert slow == {}
    # Linux alone tells it of this process; what `getrusage` says may be that of the one which started it.
    assert peak < 200_000
    assert set(paths) <= set(found)
