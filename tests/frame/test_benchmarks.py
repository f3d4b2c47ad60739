"""What is measured: made-up catalogues that are right by every check, the same work for others, edits that do what a person does; and the
measurement itself, played with tiny sizes and made-up programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import make_catalogue
import run
from edits import Edit, hidden_enterprise, text_edit
from inputs import typed
from jiebang.catalogue import load
from jiebang.problems import has_errors
from jiebang.publication import publish
from jiebang.rules import check_rules
from jiebang.rules.hidden_names import is_hidden
from jiebang.rules.judgement import judge
from measure import Cost, RunFailedError, measure
from peers import Peers, versions
from report import LINES, growth, median, ratio
from tests import plain_yaml
from tests.conftest import ROOT, SAMPLE
from tests.turns import in_turn

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def make(target: Path, demands: int, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, BENCHMARKS / "make_catalogue.py", "--demands", str(demands), "--out", target, *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")}


@pytest.mark.parametrize("demands", [1, 60])
def test_made_up_catalogue_passes_every_check(tmp_path: Path, demands: int) -> None:
    target = tmp_path / "catalogue"
    make_catalogue.make(target, demands, seed=1)
    catalogue, problems = load(target)
    assert problems == []
    assert list(check_rules(catalogue)) == []
    assert len(catalogue.demands) == demands
    choices = [e.get("disclosure") for e in catalogue.enterprises if e.get("role") == "大企业"]
    assert choices.count("公开") == choices.count("不公开")


def test_made_up_demand_weighs_like_a_real_one(tmp_path: Path) -> None:
    make_catalogue.make(tmp_path / "catalogue", 40, seed=1)
    sizes = [len(data) for path, data in contents(tmp_path / "catalogue").items() if "/demands/" in path]
    assert 3_300 < sum(sizes) / len(sizes) < 4_100


def test_same_arguments_give_the_same_files(tmp_path: Path) -> None:
    for name, options in (("one", ()), ("two", ()), ("other", ("--seed", "2"))):
        make(tmp_path / name, 8, *options)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one").keys() != contents(tmp_path / "other").keys()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").touch()
    refused = make(tmp_path, 3)
    assert refused.returncode == 2
    assert "不是空文件夹" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


@pytest.fixture(params=["sample", "made up"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    target = tmp_path / "catalogue"
    if request.param == "sample":
        shutil.copytree(SAMPLE, target)
    else:
        make_catalogue.make(target, 20, seed=1)
    return target


def _written(catalogue: Path, edit: Edit) -> None:
    (catalogue / edit.path).write_text(edit.content, encoding="utf-8")


def test_an_edited_text_is_published_with_its_new_sentence(catalogue: Path) -> None:
    before = publish(load(catalogue)[0], {}).site
    for number in (1, 2):
        edit = text_edit(catalogue, number)
        _written(catalogue, edit)
        loaded, problems = judge(catalogue)
        assert not has_errors(problems)
        after = publish(loaded, {}).site
        (changed,) = [new for old, new in zip(before.demands, after.demands, strict=True) if new not in before.demands]
        assert edit.mark in changed.effect and changed.effect.count("次改动之后再测") == 1
        assert edit.page == f"demands/{changed.id.lower()}/"
        before = after


def test_a_new_hidden_enterprise_is_hidden_and_right(catalogue: Path) -> None:
    known = {enterprise.id for enterprise in load(catalogue)[0].enterprises}
    for number in (1, 2):
        edit = hidden_enterprise(catalogue, number)
        assert not (catalogue / edit.path).exists()
        _written(catalogue, edit)
    loaded, problems = judge(catalogue)
    assert not has_errors(problems)
    new = [enterprise for enterprise in loaded.enterprises if enterprise.id not in known]
    assert len(new) == 2 and all(is_hidden(enterprise) for enterprise in new)


def test_the_same_records_are_right_for_a_program_that_guesses_types(catalogue: Path, tmp_path: Path) -> None:
    typed(catalogue, tmp_path / "typed")
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").rglob("*.json")]
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas)
    by_kind = {one["$id"].removesuffix(".schema.json"): one for one in schemas}
    assert contents(tmp_path / "typed").keys() == contents(catalogue).keys()
    for path, content in contents(tmp_path / "typed").items():
        record = plain_yaml.values(content)
        validator = Draft202012Validator(by_kind[record["schema"].partition("/")[0]], registry=registry)
        assert [error.message for error in validator.iter_errors(record)] == [], path


def test_what_a_command_costs_is_that_of_all_its_processes() -> None:
    child = "import time; kept = b'x' * 60_000_000; time.sleep(0.6); sum(range(3_000_000))"
    parent = f"import subprocess, sys; kept = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measure([sys.executable, "-c", parent])
    alone = measure([sys.executable, "-c", child])
    assert cost.seconds >= 0.6 and cost.cpu >= 0.5 * alone.cpu
    if Path("/proc").is_dir():
        # Neither what this process has, nor the largest alone.
        assert 57 < alone.mebibytes < 100
        assert alone.mebibytes + 50 < cost.mebibytes < 2 * alone.mebibytes + 20


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody adopts a worker")
def test_the_computing_of_workers_that_nobody_waited_for_counts() -> None:
    child = "import time\nwhile time.process_time() < 0.4: pass"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}])"
    assert measure([sys.executable, "-c", parent]).cpu > 0.4


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(RunFailedError, match=r"(?s)退出码 3.*不行"):
        measure([sys.executable, "-c", "print('不行'); raise SystemExit(3)"], {"PYTHONUTF8": "1"})


def test_ratios_compare_within_a_round_and_growth_without_the_start() -> None:
    def of(*cpu: float) -> list[Cost]:
        return [Cost(2 * one, one, one) for one in cpu]

    rounds = {"ours": of(1, 2, 10), "theirs": of(4, 6, 50)}
    assert median(rounds, "ours") == Cost(4, 2, 10)
    assert ratio(rounds, "ours", "theirs", lambda cost: cost.cpu) == 4
    assert ratio(rounds, "ours", "nobody's", lambda cost: cost.cpu) is None
    results = {
        0: {"ours": of(9)},
        10: {"ours": of(1)},
        110: {"ours": of(2)},
        1_010: {"ours": of(11)},
        10_010: {"ours": of(1001)},
    }
    assert growth(results, "ours", 110) is None
    assert growth(results, "ours", 1_010) == pytest.approx(1)
    assert growth(results, "ours", 10_010) == pytest.approx(2)
    assert growth(results, "theirs", 10_010) is None


FAKE = """#!{python}
import http.server, pathlib, sys

name, given = pathlib.Path(sys.argv[0]).name, sys.argv[1:]
with open(pathlib.Path(sys.argv[0]).parent / "said", "a") as log:
    log.write(f"{{name}} {{len(given)}} {{given[:2]}}\\n")


def value(option):
    return pathlib.Path(given[given.index(option) + 1])


def build(sources, out):
    for source in sources.rglob("*.md"):
        target = out / source.relative_to(sources).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())


if name == "mkdocs":
    build(value("--config-file").parent / "docs", value("--site-dir"))
elif name == "hugo" and "server" not in given:
    build(value("--source") / "content", value("--destination"))
elif name == "hugo":
    content = value("--source") / "content"

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write((content / (self.path.strip("/") + ".md")).read_bytes())

    server = http.server.HTTPServer(("127.0.0.1", int(given[given.index("--port") + 1])), Pages)
    print(f"Web Server is available at //localhost:{{server.server_port}}/", flush=True)
    server.serve_forever()
"""


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Programs that only look as if they did the work."""
    programs = tmp_path / "environment" / "bin"
    programs.mkdir(parents=True)
    for name in ("check-jsonschema", "hugo", "mkdocs", "python"):
        (programs / name).write_text(FAKE.format(python=sys.executable), encoding="utf-8")
        (programs / name).chmod(0o755)
    return programs.parent


def bench(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, BENCHMARKS / "run.py", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "160", "PYTHONUTF8": "1"},
    )


def test_the_measurement_tells_every_line_and_writes_it_down(tmp_path: Path, environment: Path) -> None:
    if not in_turn(1 / 4):
        return
    out = tmp_path / "RESULTS.md"
    done = bench("--sizes", "4", "--repeat", "1", "--peers", environment, "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    told = out.read_text(encoding="utf-8")
    for line in LINES:
        assert line.said.split("，")[0] in done.stdout
        (row,) = [row for row in told.splitlines() if row.startswith(f"| {line.name} |")]
        assert all(beside in row for beside in line.beside)
    for name, version in versions().items():
        assert f"{name} {version}" in told
    assert "## 4 demands" in told and "## Growth" not in told
    said = (environment / "bin" / "said").read_text(encoding="utf-8").splitlines()
    # A call for each of the five kinds of record; the others' two sites, their index and their server once each.
    assert [line.split()[0] for line in said] == [*["check-jsonschema"] * 5, "hugo", "python", "mkdocs", "hugo"]


def test_more_records_than_a_call_takes_are_judged_in_several(
    tmp_path: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(SAMPLE, tmp_path / "inputs" / "typed")
    monkeypatch.setattr("peers._MOST_ARGUMENTS", 2_000)
    Peers(environment, tmp_path / "inputs").check_jsonschema()
    said = (environment / "bin" / "said").read_text(encoding="utf-8").splitlines()
    assert len(said) > 5
    # Beside the records, each call names a schema and where it stands.
    assert sum(int(line.split()[1]) - 4 for line in said) == len(contents(SAMPLE))


def test_work_left_out_is_no_measurement(
    tmp_path: Path, environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (environment / "bin" / "mkdocs").write_text("#!/bin/sh\n", encoding="utf-8")
    docs = tmp_path / "inputs" / "mkdocs" / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# 示例\n", encoding="utf-8")
    # In a round this program comes behind all of ours, whose times are not the question here.
    monkeypatch.setattr(run.Bench, "round", lambda bench, number: bench._add("", bench.peers.mkdocs_material(number)))
    monkeypatch.setattr(run, "Peers", lambda environment, _: Peers(environment, tmp_path / "inputs"))
    out = tmp_path / "RESULTS.md"
    given = ["--sizes", "sample", "--repeat", "1", "--peers", str(environment), "--out", str(out)]
    assert run.main(given) == 1
    assert "只有 0 页" in capsys.readouterr().out
    assert not out.exists()


@pytest.mark.parametrize("arguments", [["--sizes", "1"], ["--sizes", "十"], ["--repeat", "0"]])
def test_sizes_that_cannot_be_are_refused(arguments: list[str]) -> None:
    assert bench(*arguments).returncode == 2


def test_every_line_beside_ours_is_measured() -> None:
    names = {line.name for line in LINES}
    assert {beside for line in LINES for beside in line.beside} == names - {line.name for line in LINES if line.beside}
