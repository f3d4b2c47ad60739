"""`jiebang report` and `jiebang letter`: where their files go, who may read them, and that neither site nor git ever gets them."""

from __future__ import annotations

import re
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from jiebang.build.staging import MARKER
from jiebang.desk.letters.content import LETTERS
from jiebang.desk.papers.files import LETTERS as LETTER_FOLDER
from jiebang.desk.papers.files import REPORTS as REPORT_FOLDER
from jiebang.desk.papers.files import file_name
from jiebang.desk.reports import REPORTS
from tests.conftest import ROOT, SAMPLE, Run
from tests.desk.raw import paragraphs_of

ASKED = {"report": ("report", "progress"), "letter": ("letter", "feedback")}
both = pytest.mark.parametrize(
    ("asked", "folder"), [(ASKED["report"], REPORT_FOLDER), (ASKED["letter"], LETTER_FOLDER)]
)
GUIDE = ROOT / "site" / "pages" / "guide" / "desk.md"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@both
def test_only_the_owner_reads_it_and_git_does_not_take_it(
    run: Run, base: Path, tmp_path: Path, asked: tuple[str, ...], folder: Path
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    done = run(*asked, "--catalogue", base)
    assert done.returncode == 0, done.stderr
    made = [file for file in _files(tmp_path / folder) if file.suffix in {".xlsx", ".docx"}]
    assert made and all(_mode(file) == 0o600 for file in made) and _mode(tmp_path / folder) == 0o700
    command = ["git", "status", "--porcelain", "-uall"]
    seen = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert folder.name not in seen.stdout
    assert "不要提交到仓库" in done.stderr


def test_the_default_folders_are_ignored_here_and_in_new_repositories_and_images() -> None:
    for ignored in (".gitignore", "generator/jiebang/starter/dot-gitignore"):
        lines = (ROOT / ignored).read_text(encoding="utf-8").splitlines()
        assert {f"/{REPORT_FOLDER}/", f"/{LETTER_FOLDER}/"} <= {*lines}
    assert {REPORT_FOLDER.name, LETTER_FOLDER.name} <= {
        *(ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    }


@pytest.mark.parametrize(
    "out", ["public", "public/deep", "online/x", "catalogue", "catalogue/2024/zone", "link", "pages/x"]
)
@both
def test_it_never_goes_out_with_the_site_or_into_the_records(
    run: Run, base: Path, tmp_path: Path, asked: tuple[str, ...], folder: Path, out: str
) -> None:
    (tmp_path / "online").mkdir()
    (tmp_path / "online" / MARKER).write_text("{}", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "online")
    before = sorted(tmp_path.rglob("*"))
    done = run(*asked, "--catalogue", base, "--out", out)
    assert done.returncode == 1 and "里面有不公开的内容" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path / folder).exists()


@pytest.mark.parametrize("out", ["here", "docs/deep"])
@both
def test_what_git_would_commit_is_refused(
    run: Run, base: Path, tmp_path: Path, asked: tuple[str, ...], folder: Path, out: str
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    done = run(*asked, "--catalogue", base, "--out", out)
    assert done.returncode == 1 and "没有被 git 忽略" in done.stderr
    assert not (tmp_path / out).exists()


@both
def test_a_default_folder_that_leads_into_the_site_is_refused(
    run: Run, base: Path, tmp_path: Path, asked: tuple[str, ...], folder: Path
) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / folder).symlink_to(tmp_path / "public")
    done = run(*asked, "--catalogue", base)
    assert done.returncode == 1 and "会公开" in done.stderr
    assert _files(tmp_path / "public") == []


def test_all_reports_in_both_forms(run: Run, base: Path, tmp_path: Path) -> None:
    for form in ("xlsx", "docx"):
        done = run("report", "all", "--catalogue", base, "--format", form, "--out", "out")
        assert done.returncode == 0, done.stderr
    names = {file.name for file in _files(tmp_path / "out")}
    assert names == {f"示例市2024年度{kind.title}.{form}" for kind in REPORTS.values() for form in ("xlsx", "docx")}


def test_a_district_is_named_by_its_slug_or_its_name(run: Run, base: Path, tmp_path: Path) -> None:
    for district in ("zone", "示例开发区"):
        done = run("report", "各区报送进度", "--catalogue", base, "--district", district, "--out", district)
        assert done.returncode == 0, done.stderr
        assert [file.name for file in _files(tmp_path / district)] == ["示例开发区2024年度各区报送进度.xlsx"]


def test_without_a_name_both_commands_tell_what_there_is(run: Run, base: Path) -> None:
    told = run("report", "--catalogue", base).stdout
    assert all(kind.name in told and kind.title in told for kind in REPORTS.values())
    told = run("letter", "--catalogue", base).stdout
    assert all(kind.name in told and kind.title in told for kind in LETTERS.values())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "nothing"], "没有“nothing”这种报表"),
        (["report", "progress", "--round", "1999"], "没有轮次“1999”"),
        (["report", "progress", "--district", "nowhere"], "没有“nowhere”这个区"),
        (["letter", "nothing"], "没有“nothing”这种公文"),
        (["letter", "award", "A-CCCCCCC3"], "写不了揭榜通知"),
        (["letter", "announcement"], "没有可以公示的揭榜企业"),
        (["letter", "announcement", "A-CCCCCCC3"], "不写编号"),
        (["letter", "reminder", "nowhere"], "没有“nowhere”这个区"),
    ],
)
def test_what_cannot_be_is_said_in_chinese_and_nothing_is_written(
    run: Run, base: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    done = run(*arguments, "--catalogue", base)
    assert done.returncode == 1 and told in done.stderr and "→" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == [base.name]


@pytest.mark.parametrize("asked", [("report", "winners"), ("letter", "announcement")])
def test_the_announcement_needs_a_catalogue_without_errors(
    run: Run, base: Path, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    file = base / "2024/zone/enterprises/e-ddddddd4.yml"
    file.write_text(
        re.sub("(?m)^credit_code: .*", "credit_code: 91000000MA00100A46", file.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    done = run(*asked, "--catalogue", base)
    assert done.returncode == 1 and "没有写" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == [base.name]


def test_who_is_not_named_is_told_on_the_screen_by_id_alone(run: Run, base: Path) -> None:
    done = run("report", "winners", "--catalogue", base)
    assert done.returncode == 0
    assert "A-BBBBBBB2" in done.stderr and "示例新材料" not in done.stderr + done.stdout


def test_templates_are_copied_once_and_then_used(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", encoding="utf-8")
    assert run("letter", "--copy-templates", "--catalogue", base).returncode == 0
    assert sorted(file.stem for file in (tmp_path / "letters").iterdir()) == sorted(LETTERS)
    own = tmp_path / "letters" / "feedback.docx"
    shutil.copyfile(tmp_path / "letters" / "reminder.docx", own)
    again = run("letter", "--copy-templates", "--catalogue", base)
    assert "已经有了，没有动" in again.stderr
    done = run("letter", "feedback", "--catalogue", base)
    # The other letter's blanks are none of this one's: so it was this template that was used.
    assert done.returncode == 1 and "不认识的项目" in done.stderr and "letters/feedback.docx" in done.stderr


def test_a_number_is_for_one_letter(run: Run) -> None:
    done = run("letter", "feedback", "--catalogue", SAMPLE, "--round", "2026", "--number", "示例函〔2026〕1号")
    assert done.returncode == 1 and "一个文号只能用于一份" in done.stderr


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("甲/乙", "甲-乙.docx"),
        ("../../x", "-..-x.docx"),
        ("a\nb", "a-b.docx"),
        ('x:"*?<>|y', "x-y.docx"),
        ("甲" * 200, "甲" * 80 + ".docx"),
    ],
)
def test_a_title_makes_a_plain_file_name(title: str, name: str) -> None:
    assert file_name(title, "docx") == name


def test_the_build_never_reads_them(run: Run, base: Path, tmp_path: Path, built_base: Path) -> None:
    """With reports, letters and own templates beside the catalogue, and consents in it, the site is byte for byte the same."""
    file = base / "2024/qiaokou/applications/a-bbbbbbb2.yml"
    consent = "announcement_consent:\n  date: 2024-12-12\n  document: 企业盖章的同意函（示例）\ndates:\n"
    file.write_text(file.read_text(encoding="utf-8").replace("dates:\n", consent), encoding="utf-8")
    for asked in (("report", "all"), ("letter", "feedback"), ("letter", "award"), ("letter", "--copy-templates")):
        assert run(*asked, "--catalogue", "catalogue").returncode == 0
    done = run("build", "--catalogue", "catalogue", "--out", "public")
    assert done.returncode == 0, done.stderr
    before = {path.relative_to(built_base): path.read_bytes() for path in _files(built_base)}
    after = {path.relative_to(tmp_path / "public"): path.read_bytes() for path in _files(tmp_path / "public")}
    assert after == before
    assert not [
        name
        for name in after
        if name.suffix in {".docx"} or "private-" in name.as_posix() or "letters" in name.as_posix()
    ]


EXAMPLES = [
    shlex.split(line, comments=True)[1:]
    for line in GUIDE.read_text(encoding="utf-8").splitlines()
    if re.match(r"jiebang (report|letter)\b", line)
]


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_every_example_of_the_guide_runs(run: Run, base: Path, tmp_path: Path, words: list[str]) -> None:
    """The guide's catalogue: the small one of the tests, with the ids that the guide names and a consent to be named."""
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", encoding="utf-8")
    file = base / "2024/qiaokou/applications/a-bbbbbbb2.yml"
    consent = "announcement_consent:\n  date: 2024-12-12\n  document: 企业盖章的同意函（示例）\ndates:\n"
    file.write_text(file.read_text(encoding="utf-8").replace("dates:\n", consent), encoding="utf-8")
    renamed = {"A-9N5T1C6H": "A-CCCCCCC3", "区代号": "qiaokou"}
    done = run(*(renamed.get(word, word) for word in words), "--catalogue", base)
    assert done.returncode == 0, done.stderr


def test_the_guide_names_every_report_and_letter() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named = [(kind.name, kind.title) for kind in REPORTS.values()] + [
        (kind.name, kind.title) for kind in LETTERS.values()
    ]
    assert all(f"| `{name}` | {title} |" in text for name, title in named)
    assert {words[1] for words in EXAMPLES if words[0] == "letter" and len(words) > 1} >= {*LETTERS}


def test_the_guide_names_every_blank_of_the_templates() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name in LETTERS:
        template = ROOT / "generator/jiebang/desk/letters/templates" / f"{name}.docx"
        for part in ("word/document.xml", *(["word/header-first.xml"] if name != "announcement" else [])):
            for line in paragraphs_of(template.read_bytes(), part):
                for blank in re.findall(r"\{\{ ([^ .]+) \}\}|\{%p? if (\S+) %\}|\{%p for \S+ in (\S+) %\}", line):
                    told = "".join(blank)
                    assert told in {"行", "事"} or f"`{told}`" in text, (name, told)
