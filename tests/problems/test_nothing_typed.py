"""Nothing that somebody typed stands in a log: a canary in every field, key, comment, line and name of a file, and no format of `check` and
`proposal` says it. Whatever is wrong is told by its place, its shape and what is expected."""

from __future__ import annotations

import copy
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from jiebang.catalogue import Catalogue
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.files import RecordFile
from jiebang.problems import Problem
from jiebang.rules.registry import check_record
from jiebang.schemas import Privacy, fields_of
from tests import plain_yaml
from tests.conftest import FIXTURES, ROOT, Run
from tests.proposal.forge import Content, Forge, base_files

FILES = {
    "districts": "districts.yml",
    "round": "2024/round.yml",
    "enterprise": "2024/qiaokou/enterprises/e-aaaaaaa1.yml",
    "demand": "2024/qiaokou/demands/d-aaaaaaa1.yml",
    "application": "2024/qiaokou/applications/a-bbbbbbb2.yml",
}
CANARIES = ("哨兵张某某", "qxzkwvab", "13900001234")
"""A person, what could be a key, a number."""
LINES = (
    "{}", "{}: {}: {}", "\t{}: 1", "- {}", "&{} x: 1", "*{}", "!{} x", '"{}', "? {}", "%{}", "--- {}", "<<: {}", "[{}", "{}：{}", "@{}: 1",
    "{}: \u200b1", '"\\u200b{}": 1', "'{}': 1\n'{}': 2", "# {}",
)  # fmt: skip
"""Lines that are no YAML, or none that is read."""

Path_ = tuple[str | int, ...]


def _text(kind: str) -> str:
    return (FIXTURES / "base" / FILES[kind]).read_text(encoding="utf-8")


def _dump(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000_000)


def _places(value: Any, at: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    yield at, value
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from _places(inner, (*at, step))


def _with(value: Any, at: Path_, new: Any) -> str:
    if not at:
        return _dump(new)
    whole = copy.deepcopy(value)
    holder = whole
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = new
    return _dump(whole)


def _mutants(kind: str) -> Iterator[tuple[str, str]]:
    """(canary, text of the file): another value, too long, of a wrong type, nearly right; a key that does not exist; broken lines."""
    value: Any = plain_yaml.texts(_text(kind))
    for number, (at, old) in enumerate(_places(value)):
        canary = CANARIES[number % len(CANARIES)]
        for new in (canary, canary * 2000, [canary], {canary: canary}, f"{canary}\n{canary}"):
            yield canary, _with(value, at, new)
        if isinstance(old, str):
            yield canary, _with(value, at, old + canary)
        if isinstance(old, dict):
            for name in CANARIES:
                yield name, _with(value, at, {**old, name: name})
    lines = _text(kind).split("\n")
    for number, line in enumerate(LINES):
        canary, at_line = CANARIES[number % len(CANARIES)], number % len(lines)
        yield canary, "\n".join([*lines[:at_line], line.replace("{}", canary), *lines[at_line:]])


def _said(problem: Problem) -> str:
    return f"{problem.path} {problem.field} {problem.message} {problem.hint}"


@pytest.mark.parametrize("kind", FILES)
def test_of_a_spoiled_record_nothing_typed_is_said(kind: str) -> None:
    base = FIXTURES / "base"
    districts = read_record(RecordFile("districts", "districts.yml", None, None), (base / "districts.yml").read_bytes())
    folders: list[str | None] = [*FILES[kind].split("/")[:-1], None, None]
    file = RecordFile(kind, FILES[kind], folders[0], folders[1])
    refused = 0
    for canary, text in _mutants(kind):
        read = read_record(file, text.encode())
        problems = list(read.problems)
        if (record := read.record) is not None:
            around = record if kind == "districts" else districts.record
            problems += check_record(Catalogue.of_one(record, around), record)
        refused += bool(problems)
        assert [said for said in map(_said, problems) if canary[:8] in said] == []
    assert refused > 50


def _spoiled() -> dict[str, Content]:
    """A request with a canary in wrong values and keys of each kind of record, and in names of files and folders."""
    edits = {
        "enterprise": (("nature: 民营", "nature: 哨兵张某某"), ("name: 电气机械和器材制造业", "name: 哨兵张某某业")),
        "demand": (("category: 基础材料", "category: 13900001234"), ("\nstatus: ", "\nqxzkwvab: 1\nstatus: ")),
        "application": (("code: 301", "code: 13900001234"), ("\nstatus: ", "\n哨兵张某某: 1\nstatus: ")),
        "round": (("period: 年度", "period: qxzkwvab"), ("date: 2024-07-05", "date: 哨兵张某某日期")),
        "districts": (("kind: 区", "kind: 哨兵张某某"), ("phone: 000-00000001", "phone: 13900001234哨兵张某某")),
    }
    files: dict[str, Content] = {}
    for kind, pairs in edits.items():
        path = f"catalogue/{FILES[kind]}"
        text = str(base_files()[path])
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        files[path] = f"# 哨兵张某某 13900001234\n{text}"
    demand = _text("demand")
    for name in ("哨兵张某某.yml", "13900001234.yml", "qxzkwvab.yml", "Qxzkwvab.docx", "d-aaaaaaa1-13900001234.yml"):
        files[f"catalogue/2024/qiaokou/demands/{name}"] = demand
    files["catalogue/2024/qiaokou/哨兵张某某/x.yml"] = demand
    files["catalogue/13900001234/round.yml"] = _text("round")
    files["哨兵张某某13900001234.docx"] = "x"
    return files


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Forge, Path]:
    """The request in a repository, and its records in a folder."""
    folder = tmp_path_factory.mktemp("spoiled")
    forge = Forge(folder / "forge.git", base_files())
    files = _spoiled()
    forge.propose(files)
    for path, text in {**base_files(), **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(str(text), encoding="utf-8")
    return forge, folder


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_no_format_of_check_says_what_was_typed(run: Run, spoiled: tuple[Forge, Path], form: str) -> None:
    _, folder = spoiled
    summary = folder / f"summary-{form}.md"
    done = run("check", "--catalogue", "catalogue", "--format", form, cwd=folder, GITHUB_STEP_SUMMARY=str(summary))
    _assert_silent(done.stdout + done.stderr + (summary.read_text(encoding="utf-8") if summary.exists() else ""))


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "markdown", "json", "sarif"])
def test_no_format_of_proposal_says_what_was_typed(run: Run, spoiled: tuple[Forge, Path], form: str) -> None:
    forge, folder = spoiled
    summary = folder / f"summary-of-{form}.md"
    asked = ("--repository", forge.folder, "--head", "proposal", "--actor", "shili-city", "--format", form)
    done = run("proposal", *asked, GITHUB_STEP_SUMMARY=str(summary))
    _assert_silent(done.stdout + done.stderr + (summary.read_text(encoding="utf-8") if summary.exists() else ""))


def _assert_silent(output: str) -> None:
    assert all(code in output for code in ("S203", "S204", "R321", "F002")), output[:2000]
    assert [canary for canary in CANARIES if canary.casefold() in output.casefold()] == []
    escaped = [canary.encode("unicode_escape").decode() for canary in CANARIES[:1]]
    assert [canary for canary in escaped if canary in output] == []


_SHAPES = (
    "哨兵机密第{}号，写得长一些，好让它像一段话。", "赵{}哨兵", "0711-81{}11", "13912345{}", "431{}", "qxzk{}@wqz.example.com", "qxzk{}.example.net",
)  # fmt: skip
"""A text, a person, a telephone, a mobile, a postcode, an address for mail, a domain: the first that a field takes."""


def _codes(file: RecordFile, text: str) -> set[str]:
    read = read_record(file, text.encode())
    around = read_record(RecordFile("districts", "districts.yml", None, None), _text("districts").encode()).record
    found = check_record(Catalogue.of_one(read.record, around), read.record) if read.record is not None else ()
    return {problem.code for problem in (*read.problems, *found)}


def _filled(path: str, text: str, number: Iterator[int]) -> tuple[str, list[str]]:
    """A record with a canary of its own in each private field that takes one, and the canaries."""
    _, round_, district, folder, _ = path.split("/")
    kind = folder.removesuffix("s")
    file = RecordFile(kind, path.removeprefix("catalogue/"), round_, district)
    value: Any = plain_yaml.texts(text)
    schema: Any = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))["properties"]
    private = {field.path.replace("[]", "") for field in fields_of(kind) if field.privacy is not Privacy.PUBLIC}
    value = {name: value.get(name, part["examples"][0] if name in _ADDED else None) for name, part in schema.items()}
    value = {name: part for name, part in value.items() if part is not None}
    known = _codes(file, _dump(value))
    canaries: list[str] = []
    for at, old in list(_places(value)):
        plain = ".".join(step for step in at if isinstance(step, str))
        if plain not in private or not isinstance(old, str) or at[0] in _TIED:
            continue
        for shape in _SHAPES:
            count = next(number)
            canary = shape.format(chr(0x4E00 + count) if shape.startswith("赵") else count)
            whole = _with(value, at, canary)
            if _codes(file, whole) <= known:
                value, canaries = plain_yaml.texts(whole), [*canaries, canary]
                break
    return f"# 哨兵机密第{next(number)}号\n{_dump(value)}", canaries


_ADDED = frozenset(("profile", "capability", "cooperation", "evidence", "note", "fax", "address", "aliases", "affiliates", "returned_reason"))  # fmt: skip
_TIED = frozenset(("schema", "id", "enterprise", "demand", "item", "secrecy_review", "dates", "industry", "disclosure_consent", "city", "employees", "revenue", "total_assets"))  # fmt: skip
"""What other records and the page's own state hang on."""


def test_no_file_of_a_preview_holds_a_private_value(run: Run, tmp_path: Path) -> None:
    number = itertools.count(100)
    files: dict[str, Content] = dict(base_files())
    canaries: list[str] = []
    for path, text in base_files().items():
        if path.count("/") == 4 and "disclosure: 公开" not in str(text):
            files[path], found = _filled(path, str(text), number)
            canaries += found
    assert len(canaries) > 60
    forge = Forge(tmp_path / "forge.git", files)
    demand = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
    assert "2024-10-31" in str(files[demand])
    forge.propose({demand: str(files[demand]).replace("2024-10-31", "2024-11-30").replace("哨兵机密", "哨兵机密二")})
    asked = ("--repository", forge.folder, "--head", "proposal", "--actor", "shili-city")
    done = run("preview", *asked, "--out", tmp_path / "preview")
    assert (done.returncode, (tmp_path / "preview/changes.html").exists()) == (0, True), done.stdout + done.stderr
    looked = re.compile("|".join(map(re.escape, ["哨兵", *canaries])))
    for file in sorted(path for path in (tmp_path / "preview").rglob("*") if path.is_file()):
        said = _unpacked(file.read_bytes())
        assert looked.findall(file.name + said) == [], file
    assert looked.findall(done.stdout + done.stderr) == []


def _unpacked(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())
