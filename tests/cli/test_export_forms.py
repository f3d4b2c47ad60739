"""`jiebang export ID…`: the right form for each id, in a place where nobody else reads it."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import docx
import pytest

from jiebang.build.staging import MARKER
from jiebang.forms.form_fields import off_paper
from jiebang.forms.writing.private_files import DEFAULT, SITE_MARKER
from tests.conftest import ROOT, Run


def _text(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_each_id_gets_its_form(run: Run, base: Path, tmp_path: Path) -> None:
    ids = ["E-AAAAAAA1", "d-aaaaaaa1", "E-CCCCCCC3", "A-AAAAAAA1"]
    done = run("export", *ids, "--catalogue", base)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / DEFAULT
    assert sorted(file.name for file in folder.glob("*.docx")) == [
        "附件1-需求表-D-AAAAAAA1.docx",
        "附件1-需求表-E-AAAAAAA1.docx",
        "附件2-对接表-E-CCCCCCC3.docx",
        "附件3-申请书-A-AAAAAAA1.docx",
    ]
    heads = {"附件1": "大企业技术创新需求表", "附件2": "中小企业“揭榜”对接表", "附件3": "中小企业“揭榜”申请书"}
    for file in folder.glob("*.docx"):
        assert heads[file.name[:3]] in _text(file)
    assert "下一步" in done.stderr and "不要提交" in done.stderr


def test_only_the_owner_reads_it_and_git_does_not_take_it(run: Run, base: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    done = run("export", "E-AAAAAAA1", "--catalogue", base)
    (file,) = (tmp_path / DEFAULT).glob("*.docx")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert DEFAULT.name not in seen.stdout
    assert "没有被 git 忽略" not in done.stderr
    aside = run("export", "E-AAAAAAA1", "--catalogue", base, "--out", "form.docx")
    assert "没有被 git 忽略" in aside.stderr


def test_the_default_folder_is_ignored_in_this_project() -> None:
    assert f"/{DEFAULT}/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "out", ["public", "public/deep/x.docx", "online/x.docx", "catalogue", "catalogue/2024/x.docx", "link/x.docx"]
)
def test_it_never_goes_out_with_the_site_or_into_the_records(run: Run, base: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "online").mkdir()
    (tmp_path / "online" / MARKER).write_text("{}", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "online")
    before = sorted(tmp_path.rglob("*"))
    done = run("export", "E-AAAAAAA1", "--catalogue", base, "--out", out)
    assert done.returncode == 1
    assert "换一个位置" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_the_source_of_the_site_is_refused_too(run: Run, base: Path) -> None:
    done = run("export", "E-AAAAAAA1", "--catalogue", base, "--out", ROOT / "site" / "pages" / "x.docx")
    assert done.returncode == 1 and "网站的源文件" in done.stderr
    assert not (ROOT / "site" / "pages" / "x.docx").exists()


def test_a_built_site_is_known_by_the_mark_that_the_build_leaves() -> None:
    assert SITE_MARKER == MARKER


def test_a_link_in_the_place_is_replaced_and_not_followed(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "附件1-需求表-E-AAAAAAA1.docx").symlink_to(tmp_path / "elsewhere")
    assert run("export", "E-AAAAAAA1", "--catalogue", base, "--out", "out").returncode == 0
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["E-AAAAAAA2"], 1, "E-AAAAAAA2 是不是 E-AAAAAAA1？"),
        (["E-AAAAAAA1", "--form", "xlsx"], 2, "没有 xlsx"),
        (["E-AAAAAAA1", "--form", "pdf", "--out", "x.docx"], 2, "不一致"),
        (["E-AAAAAAA1", "A-AAAAAAA1", "--out", "x.docx"], 1, "写不进一个文件"),
        (["E-AAAAAAA1", "--round", "2024"], 2, "只用于需求目录"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    run: Run, base: Path, tmp_path: Path, arguments: list[str], code: int, told: str
) -> None:
    done = run("export", *arguments, "--catalogue", base)
    assert done.returncode == code
    assert told in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == [base.name]


def test_the_applications_of_a_small_enterprise_are_named(run: Run, base: Path) -> None:
    done = run("export", "E-CCCCCCC3", "--catalogue", base)
    assert "jiebang export A-AAAAAAA1" in done.stderr


def test_a_record_with_an_error_is_named_without_its_content(run: Run, base: Path) -> None:
    file = base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
    text = file.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("postcode:"))
    file.write_text(text.replace(old, "postcode: 43PRIVATE"), encoding="utf-8")
    done = run("export", "E-AAAAAAA1", "--catalogue", base)
    assert done.returncode == 0
    assert "邮编" in done.stderr and "43PRIVATE" not in done.stderr


def test_an_unknown_enterprise_stops_it(run: Run, base: Path) -> None:
    (base / "2024/qiaokou/enterprises/e-aaaaaaa1.yml").unlink()
    done = run("export", "D-AAAAAAA1", "--catalogue", base)
    assert done.returncode == 1 and "没有记录" in done.stderr


def test_the_help_names_what_the_forms_have_no_blank_for(run: Run) -> None:
    told = "".join(run("export", "--help").stdout.split())
    for annex, kind in ((1, "demand"), (2, "enterprise"), (3, "application")):
        for field in off_paper(annex, kind):
            assert field.path == "schema" or field.title in told
