"""A second, wholly fictional city: four districts, two quarterly rounds, every state. Its site says nothing of any other city."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar

from jiebang.catalogue import Catalogue, load
from jiebang.cli.new_catalogue import Pinned, repository_files
from jiebang.desk.founding import Founding
from jiebang.publication.departments import department_of
from jiebang.publication.extraction import texts_of
from jiebang.rules.judgement import judge
from jiebang.schemas.lifecycle import lifecycle
from tests.browser.take_pictures import anywhere
from tests.conftest import FIXTURES, SAMPLE, run_here

CITY = FIXTURES / "second-city"

PLACES = [
    "武汉",
    "湖北",
    "江岸",
    "江汉",
    "硚口",
    "汉阳",
    "武昌",
    "青山",
    "洪山",
    "东西湖",
    "汉南",
    "蔡甸",
    "江夏",
    "黄陂",
    "新洲",
    "东湖",
    "临空港",
    "长江新区",
]
SLUGS = [
    "wuhan",
    "jiangan",
    "jianghan",
    "qiaokou",
    "hanyang",
    "wuchang",
    "qingshan",
    "hongshan",
    "dongxihu",
    "hannan",
    "caidian",
    "jiangxia",
    "huangpi",
    "xinzhou",
    "east-lake",
    "lingkonggang",
    "changjiang",
]
ELSEWHERE = re.compile(
    rf"{'|'.join(PLACES)}|\b(?:{'|'.join(SLUGS)})|(?<!\d)027-|(?<![0-9a-f])4201\d\d(?![0-9a-f])", re.IGNORECASE
)
"""The city of the sample, its districts, their slugs, its telephone area and its codes."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau's folder with the city's records and its finished site."""
    folder = tmp_path_factory.mktemp("second")
    shutil.copytree(CITY, folder / "catalogue")
    done = run_here(("build",), folder, {})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def records() -> Catalogue:
    return load(CITY)[0]


def _said(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        yield name, name
        for text in texts_of(name, file.read_bytes()):
            yield name, text.content


def _found(folder: Path) -> list[tuple[str, str]]:
    return sorted({(name, hit[0]) for name, text in _said(folder) for hit in ELSEWHERE.finditer(text)})


def test_it_is_what_it_is_meant_to_be(records: Catalogue) -> None:
    assert judge(CITY)[1] == []
    assert records.districts is not None
    assert len(records.districts.get("districts")) == 4
    assert [r.get("period") for r in records.rounds.values()] == ["季度", "季度"]
    assert {d.get("status") for d in records.demands} == set(lifecycle("demand"))
    assert {a.get("status") for a in records.applications} == set(lifecycle("application"))
    assert len(records.demands) >= 17
    assert len(records.applications) >= 22


def test_its_site_says_not_a_word_of_the_sample_city(workspace: Path) -> None:
    assert _found(workspace / "public") == []


def test_the_words_are_found_where_they_stand() -> None:
    """The search above can fail: it finds the sample's city and districts in the sample's own records."""
    assert {hit for _, hit in _found(SAMPLE)} > {"武汉", "硚口", "hongshan", "027-", "420111"}


def test_the_audit_of_its_site_finds_nothing(workspace: Path) -> None:
    done = run_here(("audit", "public"), workspace, {})
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_its_printed_forms_are_its_own(
    workspace: Path, records: Catalogue, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [records.enterprises[0].id, records.demands[0].id, records.applications[0].id]
    done = run_here(("export", *ids, "--form", form, "--out", tmp_path / "forms"), workspace, {})
    assert done.returncode == 0, done.stderr
    assert _found(tmp_path / "forms") == []


@pytest.mark.parametrize("name", ["目录.docx", "目录.xlsx", "目录.pdf"])
def test_its_printed_directory_is_its_own(workspace: Path, tmp_path: Path, name: str) -> None:
    done = run_here(("export", "catalogue", "--out", tmp_path / "out" / name), workspace, {})
    assert done.returncode == 0, done.stderr
    assert _found(tmp_path / "out") == []


def test_a_new_repository_is_of_no_city() -> None:
    files = repository_files(Founding(), Pinned("a" * 64))
    assert [(name, hit[0]) for name, text in files.items() for hit in ELSEWHERE.finditer(text)] == []


def test_pictures_of_the_guides_are_taken_of_no_city(tmp_path: Path) -> None:
    """Nobody can search a picture for words: what it shows are these records."""
    anywhere(tmp_path / "catalogue")
    assert judge(tmp_path / "catalogue")[1] == []
    assert _found(tmp_path / "catalogue") == []


def test_its_bureau_is_called_by_its_name(workspace: Path) -> None:
    """In pages, calendars and the scripts' words; the field reference explains what 经信部门 is."""
    public = workspace / "public"
    told = {name for name, text in _said(public) if "科技和工业信息化部门" in text}
    assert {"submit/index.html", "guide/apply/index.html", "about/index.html", "calendars/all.ics"} <= told
    assert {name for name, text in _said(public) if "经信" in text} == {"guide/fields/index.html"}


@pytest.mark.parametrize(
    ("city", "bureau", "department"),
    [
        ("示例市", "示例市经济和信息化局", "经信部门"),
        ("示例市", "示例市经济和信息化委员会", "经信部门"),
        ("示例市", "示例市工业和信息化局", "工信部门"),
        ("示例市", "示例市科技和工业信息化局", "科技和工业信息化部门"),
        ("示例市", "示例省示例市经济和信息化局", "经信部门"),
        ("示例市", "示例市企业服务中心", "主管部门"),
        ("示例市", "示例市", "主管部门"),
        ("示例市", "局", "主管部门"),
    ],
)
def test_a_bureau_that_says_no_more_is_called_by_what_it_does(city: str, bureau: str, department: str) -> None:
    assert department_of(city, bureau) == department


def test_what_the_bureau_wants_to_be_called_goes_first(workspace: Path, tmp_path: Path) -> None:
    shutil.copytree(CITY, tmp_path / "catalogue")
    districts = tmp_path / "catalogue" / "districts.yml"
    text = districts.read_text(encoding="utf-8")
    districts.write_text(text.replace("  contact:\n", "  department: 科工信部门\n  contact:\n", 1), encoding="utf-8")
    done = run_here(("build",), tmp_path, {})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "科工信部门" in (tmp_path / "public" / "guide" / "apply" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("department", "code"), [("示例己机重装部门", "R401"), ("电话 13800138000", "R402")])
def test_nothing_private_is_said_as_what_bureaus_are_called(tmp_path: Path, department: str, code: str) -> None:
    shutil.copytree(CITY, tmp_path / "catalogue")
    districts = tmp_path / "catalogue" / "districts.yml"
    text = districts.read_text(encoding="utf-8")
    districts.write_text(text.replace("  contact:\n", f"  department: {department}\n  contact:\n", 1), encoding="utf-8")
    found = {(p.code, p.path) for p in judge(tmp_path / "catalogue")[1]}
    assert (code, "districts.yml") in found


def _names(public: Path) -> set[str]:
    """The permanent names of everything that a reader can follow."""
    feeds = [feedparser.parse(file.read_bytes()) for file in sorted((public / "feeds").rglob("*.atom"))]
    entries = {name for feed in feeds for name in (feed.feed.id, *(entry.id for entry in feed.entries))}
    calendars = [Calendar.from_ical(file.read_bytes()) for file in sorted((public / "calendars").rglob("*.ics"))]
    return entries | {str(event["UID"]) for calendar in calendars for event in calendar.walk("VEVENT")}


def test_two_cities_without_an_address_share_no_name(workspace: Path, tmp_path: Path) -> None:
    """Whoever follows both would otherwise see one of them only."""
    ours = _names(workspace / "public")
    shutil.copytree(CITY, tmp_path / "catalogue")
    districts = tmp_path / "catalogue" / "districts.yml"
    text = districts.read_text(encoding="utf-8")
    districts.write_text(text.replace("name: 示例二市", "name: 示例三市", 1), encoding="utf-8")
    done = run_here(("build",), tmp_path, {})
    assert done.returncode == 0, done.stdout + done.stderr
    theirs = _names(tmp_path / "public")
    # The same records, so all that could be the same is; a demand's own id is random and stays in its calendar's events.
    assert {name for name in ours & theirs if not re.match(r"d-[0-9a-z]{8}\.", name)} == set()
    assert len(ours) == len(theirs) > 40
