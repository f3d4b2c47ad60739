"""What a pull request may try against the records, the program or whoever looks at it: each is refused, and the reason is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from jiebang.problems.github import annotation
from jiebang.proposal import Asked, judge_proposal
from jiebang.proposal.commits import ref_problems
from jiebang.proposal.report import as_markdown, as_text
from jiebang.proposal.repository import Repository
from jiebang.proposal.told_texts import in_page
from tests.conftest import FIXTURES, ROOT
from tests.proposal.conftest import Judge
from tests.proposal.forge import Content, Forge, Special, base_files, revised
from tests.reviews import renewed

OWN = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"
OTHERS = "catalogue/2024/zone/demands/d-ccccccc3.yml"
STAFF_OF_QIAOKOU = "shili-qiaokou"


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("需求表.txt", b"0" * 3_000_000)
    data = packed.getvalue()
    assert 900 * len(data) < 3_000_000
    return data


def _codes(files: dict[str, Content], judge: Judge, *actors: str) -> dict[str, str]:
    return {problem.code: f"{problem.message}{problem.hint}" for problem in judge(files, *actors).problems}


def test_staff_may_change_their_own_district(forge: Forge, judge: Judge) -> None:
    judged = judge({OWN: forge.read(OWN).replace("note: 等待补充。", "note: 已补充。")}, STAFF_OF_QIAOKOU)
    assert [problem.code for problem in judged.problems if problem.severity.value == "error"] == []


def test_another_district_is_refused(forge: Forge, judge: Judge) -> None:
    files: dict[str, Content] = {OTHERS: f"{forge.read(OTHERS)}# 改\n"}
    found = _codes(files, judge, STAFF_OF_QIAOKOU)
    assert "硚口区" in found["R502"]
    assert "示例开发区" in found["R502"]


def test_everybody_behind_a_pull_request_needs_the_right(forge: Forge, judge: Judge) -> None:
    files: dict[str, Content] = {OWN: f"{forge.read(OWN)}# 改\n"}
    assert "R503" in _codes(files, judge, STAFF_OF_QIAOKOU, "a-stranger")


def test_a_stranger_is_refused_and_the_city_is_not(forge: Forge, judge: Judge) -> None:
    files: dict[str, Content] = {OTHERS: f"{forge.read(OTHERS)}# 改\n"}
    assert "没有登记" in _codes(files, judge, "a-stranger")["R503"]
    assert not {"R502", "R503"} & _codes(files, judge, "@Shili-City").keys()


def test_without_any_account_the_judge_says_that_it_cannot_tell(tmp_path: Path) -> None:
    files = {path: text for path, text in base_files().items() if path != "catalogue/districts.yml"}
    nameless = (FIXTURES / "base" / "districts.yml").read_text(encoding="utf-8")
    forge = Forge(tmp_path / "nameless.git", {**files, "catalogue/districts.yml": nameless})
    forge.propose({OTHERS: f"{forge.read(OTHERS)}# 改\n"})
    judged = judge_proposal(Asked(forge.folder, "main", "proposal", ("anybody",)))
    assert [problem.severity.value for problem in judged.problems if problem.code == "R504"] == ["warning"]


def test_granting_oneself_a_district_does_not_count(forge: Forge, judge: Judge) -> None:
    districts = forge.read("catalogue/districts.yml").replace(
        "      - shili-zone\n", "      - shili-zone\n      - shili-qiaokou\n"
    )
    found = judge({"catalogue/districts.yml": districts, OTHERS: f"{forge.read(OTHERS)}# 改\n"}, STAFF_OF_QIAOKOU)
    refused = {problem.path for problem in found.problems if problem.code == "R502"}
    assert refused == {"catalogue/districts.yml", OTHERS}


@pytest.mark.parametrize(
    "program", [".github/workflows/check.yml", "generator/program.py", "schemas/demand.schema.json", ".ci/judge"]
)
def test_a_record_and_the_program_at_once_are_refused(forge: Forge, judge: Judge, program: str) -> None:
    found = _codes({OWN: f"{forge.read(OWN)}# 改\n", program: "changed\n"}, judge, "shili-city")
    assert "分成两个合并请求" in found["R501"]


def test_staff_of_a_district_may_not_change_the_program(judge: Judge) -> None:
    assert "R502" in _codes({"generator/program.py": "changed\n"}, judge, STAFF_OF_QIAOKOU)


@pytest.mark.parametrize("folder", [".github", ".gitea", ".gitlab", ".gitee", ".gitcode"])
def test_codeowners_is_not_written_by_hand(judge: Judge, folder: str) -> None:
    found = _codes({f"{folder}/CODEOWNERS": "* @example/stranger\n"}, judge, "shili-city")
    assert "jiebang codeowners" in found["R509"]


@pytest.mark.parametrize("place", ["CODEOWNERS", "docs/CODEOWNERS"])
def test_no_other_file_takes_the_place_of_the_generated_one(judge: Judge, place: str) -> None:
    assert "盖过" in _codes({place: "* @example/stranger\n"}, judge, "shili-city")["R509"]


@pytest.mark.parametrize(
    "name",
    [
        "::error::d.yml",
        "x\n::error title=a::b.yml",
        "x%0A::error::d.yml",
        "\x1b[31md.yml",
        "d-\u202egnp.yml",
        "d-aaaaaaa1.yml\r",
        b"d-\xff.yml".decode("utf-8", errors="surrogateescape"),
    ],
)
def test_a_name_cannot_command_the_forge(judge: Judge, name: str) -> None:
    judged = judge({f"catalogue/2024/qiaokou/demands/{name}": "schema: demand/1\n"}, STAFF_OF_QIAOKOU)
    assert {"F002", "F005"} & {problem.code for problem in judged.problems}
    for problem in judged.problems:
        line = annotation(problem)
        assert line.startswith("::") and "\n" not in line and "\r" not in line and "\x1b" not in line
        assert "::error::d" not in line.partition("::")[2].partition("::")[2]
    assert "\x1b" not in as_markdown(judged)
    assert not any(line.startswith("::") for line in as_markdown(judged).splitlines())
    as_markdown(judged).encode()


@pytest.mark.parametrize(
    ("path", "special", "word"),
    [
        (OWN, Special("120000", b"../../../../../../etc/passwd"), "符号链接"),
        ("catalogue/2024/qiaokou/demands/d-zzzzzzz9.yml", Special("120000", b"d-aaaaaaa1.yml"), "符号链接"),
        ("catalogue/2024/qiaokou/demands", Special("160000"), "子模块"),
        ("catalogue/2024/qiaokou/more", Special("160000"), "子模块"),
        ("site/pages/link.md", Special("120000", b"../../catalogue/districts.yml"), "符号链接"),
        (OWN, Special("100755", b"schema: demand/1\n"), "可执行"),
    ],
)
def test_links_submodules_and_programs_are_refused(
    forge: Forge, judge: Judge, path: str, special: Special, word: str
) -> None:
    files: dict[str, Content] = {path: special}
    if path.endswith("/demands"):
        files = {OWN: None, path: special}
    judged = judge(files, "shili-city")
    assert any(word in problem.message for problem in judged.problems), judged.problems
    assert judged.effect is None


@pytest.mark.parametrize(
    "path", ["catalogue/2024/qiaokou/demands/form.zip", OWN, "catalogue/2024/qiaokou/demands/d-zzzzzzz9.yml"]
)
def test_an_archive_among_the_records_is_refused_unopened(judge: Judge, path: str) -> None:
    found = _codes({path: _bomb()}, judge, "shili-city")
    assert "压缩包" in found["R506"]
    assert "倍" in found["R506"]


@pytest.mark.parametrize(
    "path",
    [
        "form.docx",
        "form",
        "wheels/form.xlsx",
        "site/pages/form.docx",
        "catalogue-old/a.csv",
        "form.docx.bak",
        "form.DOCX~",
        "form.xlsb",
        "scan.jpg",
        "letters/scan.heic",
    ],
)
def test_a_form_that_came_is_not_put_beside_the_records(judge: Judge, path: str) -> None:
    found = _codes({path: "a,b\n" if path.endswith("csv") else b"PK\x03\x04 form"}, judge, "shili-city")
    assert "收到的表格" in found["R506"]


@pytest.mark.parametrize(
    "path",
    [
        "pages/notice.pdf",
        "pages/photo.jpg",
        "site/assets/fonts/font.zip",
        "letters/reply.docx",
        "wheels/jiebang.whl",
        "tests/fixtures/a.docx",
    ],
)
def test_documents_that_belong_there_are_let_pass(judge: Judge, path: str) -> None:
    content = {"pdf": b"%PDF-1.7", "jpg": b"\xff\xd8\xff"}.get(path[-3:], b"PK\x03\x04")
    assert "R506" not in _codes({path: content}, judge, "shili-city")


@pytest.mark.parametrize("page", ["pages/visit.md", "site/pages/about.md"])
def test_a_page_gives_no_telephone_of_a_person(judge: Judge, page: str) -> None:
    found = _codes({page: "# 对接会\n\n张工，手机 138 0013 8000。\n"}, judge, "shili-city")
    assert "8000" not in found["R540"] and "手机号码" in found["R540"]
    assert "R540" not in _codes(
        {page: "# 对接会\n\n办公室电话 027-00001234，邮箱 a@example.com。\n"}, judge, "shili-city"
    )


NUMBER = "13800138000"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("pages/a.md", f"<!-- {NUMBER} -->"),
        ("pages/a.md", f"---\ntitle: {NUMBER}\n---\n"),
        ("pages/a.md", NUMBER.encode("utf-16")),
        ("pages/a.md", "电话一三八零零一三八零零零".encode("gb18030")),
        ("pages/a.svg", f"<text>{NUMBER}</text>"),
        (f"pages/{NUMBER}.md", "# 页\n"),
        ("mkdocs.yml", f"site_description: 找张工 {NUMBER}\n"),
        ("districts.svg", f"<svg><text>{NUMBER}</text></svg>"),
        ("synonyms.yml", f"- [电话, {NUMBER}]\n"),
        ("README.md", f"张工 {NUMBER}\n"),
        ("catalogue/README.md", f"张工 {NUMBER}\n"),
    ],
)
def test_no_file_that_readers_see_gives_a_persons_number(judge: Judge, path: str, content: str | bytes) -> None:
    found = _codes({path: content}, judge, "shili-city")
    assert NUMBER not in found["R540"]


@pytest.mark.parametrize("path", ["mkdocs.yml", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_what_stands_in_these_files_today_is_let_pass(path: str) -> None:
    assert in_page(path, (ROOT / path).read_bytes()) == []


def test_names_of_branches_and_messages_of_tags_give_no_telephone(forge: Forge) -> None:
    forge.git("tag", "-a", "-m", "第一版", "plain", "main")
    forge.git("tag", "-a", "-m", f"第一版，张工 {NUMBER}", "told", "main")
    with Repository(forge.folder) as repository:
        for name, revision, refused in (
            ("refs/heads/qiaokou/2026", "main", False),
            ("refs/tags/plain", "plain", False),
            ("refs/tags/told", "told", True),
            (f"refs/heads/zhang-{NUMBER}", "main", True),
        ):
            found = list(ref_problems(repository, name, forge.git("rev-parse", revision)))
            assert ([problem.code for problem in found], NUMBER in str(found)) == (["R541"] * refused, False)


def test_a_message_gives_no_telephone(forge: Forge, judge: Judge) -> None:
    forge.message = "proposal\n\n联系人手机 13800138000"
    found = _codes({OWN: forge.read(OWN).replace("note: 等待补充。", "note: 已补充。")}, judge, STAFF_OF_QIAOKOU)
    assert "13800138000" not in found["R541"] and "手机号码" in found["R541"]


def test_a_bomb_beside_the_records_is_refused(judge: Judge) -> None:
    assert "倍" in _codes({"site/assets/images/a.zip": _bomb()}, judge, "shili-city")["R506"]


def test_a_huge_file_is_refused_by_its_size(judge: Judge) -> None:
    found = _codes({OWN: b"#" * (1_048_576 + 1)}, judge, "shili-city")
    assert "1 MiB" in found["R507"]


@pytest.mark.parametrize("path", ["catalogue/.gitattributes", ".cache/store.sqlite3", ".Cache/frames/index.html"])
def test_what_changes_the_reading_of_a_change_is_refused(judge: Judge, path: str) -> None:
    assert "R508" in _codes({path: "* -diff\n"}, judge, "shili-city")


@pytest.mark.parametrize(
    "twin", ["catalogue/2024/qiaokou/demands/D-AAAAAAA1.yml", "Generator/program.py", "generator/Program.py"]
)
def test_twins_by_case_are_refused(judge: Judge, twin: str) -> None:
    codes = _codes({twin: "schema: demand/1\n"}, judge, "shili-city").keys()
    assert {"F002", "F003"} & codes


def test_a_conflict_is_told_and_nothing_else_is_judged(forge: Forge) -> None:
    forge.propose({OWN: forge.read(OWN).replace("note: 等待补充。", "note: 甲。")})
    forge.add("main", {OWN: forge.read(OWN).replace("note: 等待补充。", "note: 乙。")})
    judged = judge_proposal(Asked(forge.folder, "main", "proposal", ("shili-city",)))
    assert [problem.code for problem in judged.problems] == ["R505"]


HOSTILE = "{{ 7 * 7 }} [a](javascript:b) <img src=x> | **d** @all"


def test_a_hostile_title_stays_text_in_the_summary(forge: Forge, judge: Judge) -> None:
    text = revised(forge.read(OWN), ("title: 电池外壳用阻燃改性材料", f"title: '{HOSTILE}'"))
    application = "catalogue/2024/qiaokou/applications/a-aaaaaaa1.yml"
    answer = forge.read(application).replace("  name: 电池外壳用阻燃改性材料", f"  name: '{HOSTILE}'")
    judged = judge({OWN: renewed(text), application: answer}, STAFF_OF_QIAOKOU)
    assert judged.effect is not None, judged.problems
    shown = as_markdown(judged)
    assert "<img" not in shown
    assert "](javascript" not in shown.replace("\\]\\(", "")
    assert "49" not in shown
    assert "\\@all" in shown
    assert HOSTILE in as_text(judged)
