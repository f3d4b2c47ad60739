"""What the page in the browser is answered: the values that `jiebang import` writes, and a record's file changed as the desk changes it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import ahocorasick
import pytest
import python_calamine
from opencc import OpenCC

from jiebang.catalogue import events, load
from jiebang.catalogue.amend import value_of
from jiebang.catalogue.write import record_text
from jiebang.forms.browser.door import answer
from jiebang.forms.browser.form_values import written
from jiebang.forms.browser.substitutes import ahocorasick as searching
from jiebang.forms.browser.substitutes import opencc as simplifying
from jiebang.forms.browser.substitutes import yaml_parser
from jiebang.forms.importing.existing_records import open_store
from jiebang.forms.importing.plan import Said
from jiebang.forms.importing.run import import_files
from jiebang.forms.reading.document.sandbox import parse
from jiebang.rules.secrecy import digest_of, lacking_in_review
from jiebang.site.reader import packed_program
from tests.conftest import FIXTURES, SAMPLE, Run
from tests.forms import make

FORMS = sorted(
    path for path in (FIXTURES / "forms").glob("*/*") if path.suffix in {".docx", ".xlsx", ".xls", ".ods", ".doc"}
)
RECORDS = sorted([*FIXTURES.glob("base/2024/*/*/*.yml"), *SAMPLE.glob("*/*/*/*.yml")])
_ADDED = {"schema", "id", "role", "enterprise", "status", "dates", "demand"}
"""What the catalogue and the day make of a record, and no form says."""


def asked(request: str, data: bytes, **values: Any) -> dict[str, Any]:
    """An answer, unpacked."""
    told: dict[str, Any] = json.loads(answer(request, json.dumps(values), data))
    return told


@pytest.mark.parametrize("annex", ["annex1", "annex2", "annex3"])
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_page_gets_the_values_that_the_command_writes(base: Path, tmp_path: Path, annex: str, kind: str) -> None:
    files = [make.put(tmp_path, f"{annex}.{kind}", getattr(make, f"{annex}_{kind}")())]
    if annex == "annex3":
        files.append(make.put(tmp_path, "annex2.docx", make.annex2_docx()))
    store = open_store(base, "2024", "zone")
    outcomes = import_files(files, store, Said("2024-07-08"), dry_run=True, parse=parse)
    changes = [c for o in outcomes if o.file == files[0] for c in o.changes]
    (form,) = asked("form", files[0].read_bytes(), name=files[0].name)["forms"]
    assert changes
    for change, record in zip(changes, form["records"], strict=True):
        whole = written(value_of(change.kind, change.text))
        assert record["kind"] == change.kind
        told = {
            key: value for key, value in whole.items() if key not in _ADDED and (annex != "annex3" or key != "item")
        }
        assert {key: value for key, value in record["value"].items() if annex != "annex3" or key != "item"} == told
        # Written by the form it is the same text: numbers as texts stand as numbers do.
        assert value_of(change.kind, record_text(change.kind, whole)) == value_of(change.kind, change.text)


def test_every_question_of_a_form_stands_at_a_field_or_says_which_it_means() -> None:
    data = make.annex1_docx({"employees": "约三千人", "email": "没有"}, [("示例材料", "没有分项的内容")])
    (form,) = asked("form", data, name="form.docx")["forms"]
    questions = [question for record in form["records"] for question in record["questions"]]
    assert {"employees", "email"} <= {question["path"] for question in questions}
    assert "约三千人" in [question["text"] for question in questions]
    assert all(question["field"] and question["message"] and question["hint"] for question in questions)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("form.docx", b"", "空的"),
        ("form.docx", b"PK\x03\x04 broken", "打不开"),
        ("form.pdf", b"%PDF-1.7", "PDF"),
        ("form.docx", make.annex3_docx(["随便写的一页。"]), "认不出是哪一张表"),
        ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "密码"),
        ("form.docm", make.annex1_docx(), "宏"),
        ("form.docx", bytes(21 * 1024 * 1024), "20 MB"),
    ],
)
def test_what_is_no_form_is_answered_with_what_to_do(name: str, data: bytes, said: str) -> None:
    error = asked("form", data, name=name)["error"]
    assert said in error["message"]
    assert error["hint"]


def test_an_old_word_file_is_told_how_to_be_saved() -> None:
    error = asked("form", (FIXTURES / "forms" / "annex1-doc" / "form.doc").read_bytes(), name="form.doc")["error"]
    assert "另存为" in error["hint"]


def test_a_mistake_of_ours_is_told_without_the_words_of_the_file() -> None:
    error = asked("amend", b"schema: demand/1\n")["error"]
    assert "KeyError" in error["message"]


# --- records ---


def _a_demand() -> bytes:
    return next(path for path in RECORDS if path.parent.name == "demands" and path.is_relative_to(SAMPLE)).read_bytes()


def test_a_record_comes_back_as_it_was_where_nothing_was_changed() -> None:
    for path in RECORDS:
        data = path.read_bytes()
        read = asked("record", data, name=path.name)
        kind, value = read["kind"], value_of(read["kind"], data.decode())
        edited = record_text(kind, value)
        told = asked("amend", data, edited=edited, fields=list(value))
        assert (told["text"].encode(), told["differences"]) == (data, []), path


def test_a_change_keeps_comments_and_order_and_is_told() -> None:
    data = _a_demand().decode().replace("title: ", "# 这条注释要留下\ntitle: ", 1).encode()
    value = value_of("demand", data.decode())
    edited = record_text("demand", {**value, "title": "另一个示例名称", "status": "accepted"})
    told = asked("amend", data, edited=edited, fields=["title", "summary", "status"])
    assert told["text"] == data.decode().replace(f"title: {value['title']}", "title: 另一个示例名称")
    (difference,) = told["differences"]
    assert (difference["old"], difference["new"]) == (value["title"], "另一个示例名称")


def test_published_words_change_with_a_note_and_say_that_they_want_a_review(base: Path) -> None:
    data = (base / "2024/qiaokou/demands/d-aaaaaaa1.yml").read_bytes()
    value = value_of("demand", data.decode())
    asks = {"edited": record_text("demand", {**value, "title": "另一个示例名称"}), "fields": ["title"]}
    told = asked("amend", data, **asks)
    assert told["noted"] and "revisions" not in told["text"] and told["lacking"]
    noted = asked("amend", data, **asks, revision={"date": "2024-09-01", "note": "名称写漏了。"})
    assert not noted["noted"]
    assert value_of("demand", noted["text"])["revisions"] == [{"date": "2024-09-01", "note": "名称写漏了。"}]
    assert "更正说明" in asked("amend", data, **asks, revision={"date": "2024-09-01", "note": "。"})["error"]["message"]
    signed = asked(
        "reviewed", noted["text"].encode(), name="x.yml", reviewers=["示例审甲", "示例审乙"], date="2024-09-01"
    )
    demand = value_of("demand", signed["text"])
    assert demand["secrecy_review"]["date"] == "2024-09-01"
    # What nobody reads changes without a note, as does a demand that is not published.
    private = {"edited": record_text("demand", {**value, "original_text": "企业的话。"}), "fields": ["original_text"]}
    assert not asked("amend", data, **private)["noted"]
    early = data.replace(b"status: published", b"status: submitted")
    assert not asked("amend", early, **asks)["noted"]


def test_a_field_that_was_emptied_goes_and_an_unticked_box_that_was_never_there_does_not_come() -> None:
    text = "schema: demand/1\nid: D-7K3M9XQ2\nenterprise: E-4Q8ZK2MW\ntitle: 示例\nschedule: 1 年\n"
    edited = text.replace("schedule: 1 年\n", "no_secrets: 否\ncooperation: {}\n")
    told = asked("amend", text.encode(), edited=edited, fields=["title", "schedule", "no_secrets", "cooperation"])
    assert told["text"] == text.replace("schedule: 1 年\n", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "读不通"),
        ("schema: demand/1\ntitle： 全角\n".encode(), "第 2 行"),
        (b"- a\n", "不是一份记录"),
        (b"schema: districts/1\n", "不是企业、需求或申请"),
        (b"a: &x 1\nb: *x\n", "锚点"),
    ],
)
def test_what_is_no_record_is_answered_with_what_to_do(data: bytes, said: str) -> None:
    error = asked("record", data, name="x.yml")["error"]
    assert said in error["message"]
    assert error["hint"]


def test_a_review_is_that_of_the_command(base: Path, run: Run) -> None:
    path = next(base.glob("2024/*/demands/*.yml"))
    shown = asked("review", path.read_bytes(), name=path.name)
    said = run("review", path.stem.upper(), "--catalogue", base).stdout
    for text in shown["texts"]:
        assert f"【{text['title']}】\n{text['text'].rstrip()}" in said
    signed = asked("reviewed", path.read_bytes(), name=path.name, reviewers=["示例审甲", "示例审乙"], date="2026-01-05")
    path.write_text(signed["text"], encoding="utf-8")
    demand = load(base)[0].find("demand", path.stem.upper())
    assert demand is not None
    assert demand.get("secrecy_review", "digest") == shown["digest"] == digest_of(demand)
    assert lacking_in_review(demand, None) is None


@pytest.mark.parametrize(
    ("reviewers", "date", "said"),
    [
        (["示例审甲", "示例审甲"], "2026-01-05", "两名不同"),
        (["示例審甲", "示例审甲先生"], "2026-01-05", "两名不同"),
        (["示例审甲", "张某某"], "2026-01-05", "没有填写姓名"),
        (["示例审甲", "示例审乙"], "2001-01-05", "早于"),
    ],
)
def test_a_review_that_would_be_none_is_refused(base: Path, reviewers: list[str], date: str, said: str) -> None:
    path = next(base.glob("2024/*/demands/*.yml"))
    assert (
        said in asked("reviewed", path.read_bytes(), name="x.yml", reviewers=reviewers, date=date)["error"]["message"]
    )


# --- what stands in for compiled libraries ---


def test_the_substitute_for_aho_corasick_finds_the_same() -> None:
    words = ["微信", "微信号", "信号", "号", "a", "aa", "aab"]
    theirs, ours = ahocorasick.Automaton(), searching.Automaton()
    for machine in (theirs, ours):
        for word in words:
            machine.add_word(word, word)
        machine.make_automaton()
    for text in ("", "加微信号：aaab", "信号号aaaa微信微信号"):
        assert list(ours.iter(text)) == list(theirs.iter(text))


def test_the_substitute_for_libyaml_reads_every_record_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in RECORDS]
    before = [events.parse(text) for text in texts]
    monkeypatch.setattr(events, "CParser", yaml_parser.CParser)
    assert [events.parse(text) for text in texts] == before


def _unpacked(folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(packed_program())).extractall(folder)
    return folder


def test_the_substitute_for_opencc_simplifies_letters_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simplifying, "__file__", str(_unpacked(tmp_path) / "opencc.py"))
    ours, theirs = simplifying.OpenCC("t2s"), OpenCC("t2s")
    letters = [chr(code) for code in range(0x4E00, 0xA000)]
    assert [ours.convert(letter) for letter in letters] == [theirs.convert(letter) for letter in letters]
    with pytest.raises(UnicodeEncodeError):
        ours.convert("\ud800")


_ALONE = """
import json, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from jiebang.forms.browser.door import answer
for request, name, asked in json.loads(sys.stdin.read()):
    print(answer(request, json.dumps(asked), Path(name).read_bytes()))
print(json.dumps(sorted(sys.modules)))
"""


def test_what_is_packed_runs_with_nothing_else_beside_it(tmp_path: Path) -> None:
    """Not on this machine's libraries but on what goes to the browser; of compiled libraries only the one that is compiled for it, too."""
    folder = _unpacked(tmp_path)
    (folder / "python_calamine").symlink_to(Path(python_calamine.__file__).parent)
    long = make.put(
        tmp_path, "long.docx", make.annex1_docx(demands=[("示例材料", "需求内容：" + "研发示例材料，" * 400)])
    )
    demand = next(path for path in RECORDS if path.parent.name == "demands")
    application = FIXTURES / "base/2024/qiaokou/applications/a-aaaaaaa1.yml"
    beside: dict[str, Any] = {"others": []}
    step = {"target": "forwarded", "day": "2024-11-05", "answers": {}, "winners": []}
    requests: list[tuple[str, Path, dict[str, Any]]] = [
        *(("form", file, {"name": file.name}) for file in [*FORMS, long]),
        ("review", demand, {"name": demand.name}),
        ("moves", demand, {"name": demand.name, **beside}),
        ("moved", application, {"name": application.name, **beside, **step}),
    ]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _ALONE, str(folder)],
        input=json.dumps([(request, str(file), values) for request, file, values in requests]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    *answers, modules = done.stdout.splitlines()
    for (request, file, values), told in zip(requests, answers, strict=True):
        assert told == answer(request, json.dumps(values), file.read_bytes()), (request, file)
    assert "files" in json.loads(answers[-1])
    tops = {name.partition(".")[0] for name in json.loads(modules)}
    assert not tops & {
        "lxml",
        "rpds",
        "jsonschema",
        "jsonschema_rs",
        "highspy",
        "numpy",
        "mkdocs",
        "git",
        "click",
        "rich",
    }
