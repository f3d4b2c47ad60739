"""Letters: laid out as official papers are, saying what the records say to whom it concerns, and nothing of anybody else."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from jiebang.catalogue import Catalogue, Record, load
from jiebang.desk.letters.content import LETTERS, Letter, common
from jiebang.desk.letters.layout import TEMPLATES, templates
from jiebang.desk.letters.printing import letter_docx, template_of
from jiebang.desk.papers.markup import OFFICIAL
from jiebang.desk.reports import Scope
from jiebang.errors import UserError
from tests.conftest import SAMPLE
from tests.desk.raw import WORD, Raw, paragraphs_of, parsed, parts_of, raw_records, tables_of
from tests.desk.test_papers import HOSTILE

DAY = "2026-11-29"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(SAMPLE)[0]


def _scope(catalogue: Catalogue, round_: str, district: str | None = None) -> Scope:
    return Scope.of(catalogue, round_, district, DAY)


def _printed(scope: Scope, letter: Letter, number: str = "") -> bytes:
    return letter_docx(letter, common(scope, DAY, number), TEMPLATES / f"{letter.kind}.docx")


def _said(data: bytes) -> str:
    return "\n".join(paragraphs_of(data))


# --- layout -------------------------------------------------------------------------------------------------------------------


def test_the_templates_are_those_of_the_layout() -> None:
    """Run `python -m jiebang.desk.letters` after changing `layout.py`."""
    made = templates()
    assert (
        sorted(made) == sorted(file.name for file in TEMPLATES.iterdir()) == sorted(f"{name}.docx" for name in LETTERS)
    )
    for name, data in made.items():
        assert (TEMPLATES / name).read_bytes() == data, name


@pytest.mark.parametrize("name", LETTERS)
def test_the_page_is_that_of_gb_t_9704(name: str) -> None:
    """A4; 37, 35, 28 and 26 mm around; 22 lines of 28.95 pt, 28 characters of 16 pt between the margins."""
    parts = parts_of(templates()[f"{name}.docx"])
    root = parsed(parts["word/document.xml"])
    section = next(root.iter(f"{WORD}sectPr"))
    size, margins = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
    assert size is not None and margins is not None
    in_mm = {side: int(margins.get(f"{WORD}{side}") or 0) * 25.4 / 1440 for side in ("top", "bottom", "left", "right")}
    assert (size.get(f"{WORD}w"), size.get(f"{WORD}h")) == ("11906", "16838")
    for side, expected in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
        assert abs(in_mm[side] - expected) < 0.05, side
    styles = parts["word/styles.xml"].decode()
    assert 'w:line="579" w:lineRule="exact"' in styles  # 28.95 pt
    assert '<w:sz w:val="32"/>' in styles and 'w:eastAsia="仿宋"' in styles
    closer = int(re.findall(r'<w:spacing w:val="(-?\d+)"/>', styles)[0])
    assert 28 * (320 + closer) <= OFFICIAL.inside < 29 * (320 + closer)
    height = OFFICIAL.height - OFFICIAL.margins[0] - OFFICIAL.margins[2]
    assert 22 * 579 <= height < 23 * 579


@pytest.mark.parametrize("name", LETTERS)
def test_typefaces_have_others_to_stand_in_for_them(name: str) -> None:
    parts = parts_of(templates()[f"{name}.docx"])
    used = set(
        re.findall(
            r'w:eastAsia="([^"]+)"', "".join(data.decode() for part, data in parts.items() if part.endswith(".xml"))
        )
    )
    fonts = parts["word/fontTable.xml"].decode()
    used.discard("zh-CN")
    assert {"方正小标宋简体", "仿宋", "宋体"} <= used
    for face in used:
        assert re.search(f'w:name="{face}"><w:altName w:val="[^"]+,', fonts), face
    titles = [
        p
        for p in parsed(parts["word/document.xml"]).iter(f"{WORD}p")
        if 'w:val="44"' in Xml.tostring(p, encoding="unicode").replace("ns0", "w")
    ]
    assert titles  # 小标宋 二号
    assert all("方正小标宋简体" in Xml.tostring(p, encoding="unicode") for p in titles)


def test_page_numbers_stand_outside_and_a_letters_first_page_has_none() -> None:
    parts = parts_of(templates()["feedback.docx"])
    assert b" PAGE " in parts["word/footer-default.xml"] and b'w:jc w:val="right"' in parts["word/footer-default.xml"]
    assert b" PAGE " in parts["word/footer-even.xml"] and b'w:jc w:val="left"' in parts["word/footer-even.xml"]
    assert b" PAGE " not in parts["word/footer-first.xml"]
    assert b"<w:titlePg/>" in parts["word/document.xml"] and b"evenAndOddHeaders" in parts["word/settings.xml"]
    plain = parts_of(templates()["announcement.docx"])
    assert b"<w:titlePg/>" not in plain["word/document.xml"] and b" PAGE " in plain["word/footer-default.xml"]


# --- what they say --------------------------------------------------------------------------------------------------------------


class Others:
    """What of the raw records must not stand in a letter to one enterprise."""

    def __init__(self) -> None:
        self.enterprises: dict[str, Raw] = {e["id"]: e for e in raw_records(SAMPLE, "enterprises")}
        self.demands: dict[str, Raw] = {d["id"]: d for d in raw_records(SAMPLE, "demands")}
        self.applications: dict[str, Raw] = {a["id"]: a for a in raw_records(SAMPLE, "applications")}

    def names_but(self, *ids: str) -> set[str]:
        kept = {self.enterprises[id_]["name"] for id_ in ids}
        return {e["name"] for e in self.enterprises.values()} - kept

    def contacts(self) -> set[str]:
        found = set()
        for e in self.enterprises.values():
            for person in (e["contact"], e["legal_representative"]):
                found |= {person[key] for key in ("phone", "mobile") if key in person}
            found |= {e["email"], e["credit_code"], e["address"]}
        return found


OTHERS = Others()


def _holds_nothing_of_others(text: str, application: Raw) -> None:
    asks = OTHERS.demands[application["demand"]]["enterprise"]
    open_ = OTHERS.enterprises[asks].get("disclosure") == "公开"
    allowed = [application["enterprise"], *([asks] if open_ else [])]
    assert not [name for name in OTHERS.names_but(*allowed) if name in text]
    assert not [value for value in OTHERS.contacts() if value in text]


@pytest.mark.parametrize("round_", ["2024", "2026"])
def test_each_enterprise_that_was_not_chosen_gets_its_feedback(catalogue: Catalogue, round_: str) -> None:
    scope = _scope(catalogue, round_)
    declined = {id_: a for id_, a in OTHERS.applications.items() if a["status"] == "declined" and a["_round"] == round_}
    letters = {letter.title.removeprefix("反馈函-"): letter for letter in LETTERS["feedback"].letters(scope, ())}
    assert letters.keys() == declined.keys()
    for id_, application in declined.items():
        said = _said(_printed(scope, letters[id_]))
        demand = OTHERS.demands[application["demand"]]
        for told in (
            OTHERS.enterprises[application["enterprise"]]["name"],
            demand["title"],
            demand["code"],
            id_,
            "2026年11月29日",
        ):
            assert told in said
        for line in application["feedback"].strip().split("\n"):
            assert line in said
        _holds_nothing_of_others(said.replace(application["feedback"], ""), application)


@pytest.mark.parametrize("round_", ["2024", "2026"])
def test_each_winner_gets_its_notice(catalogue: Catalogue, round_: str) -> None:
    scope = _scope(catalogue, round_)
    won = {id_: a for id_, a in OTHERS.applications.items() if a["status"] == "selected" and a["_round"] == round_}
    letters = {letter.title.removeprefix("揭榜通知-"): letter for letter in LETTERS["award"].letters(scope, ())}
    assert letters.keys() == won.keys()
    for id_, application in won.items():
        said = _said(_printed(scope, letters[id_]))
        demand = OTHERS.demands[application["demand"]]
        asks, gets = OTHERS.enterprises[demand["enterprise"]], OTHERS.enterprises[application["enterprise"]]
        assert gets["name"] in said and demand["title"] in said and " ".join(demand["schedule"].split()) in said
        assert (asks["name"] in said) is (asks["disclosure"] == "公开")
        assert ("没有公开名称" in said) is (asks["disclosure"] != "公开")
        assert ("已书面同意公示" in said) is ("announcement_consent" in application)
        assert ("政策支持" in said) is bool(set(gets.get("types", [])) - {"其他"})
        _holds_nothing_of_others(said, application)


def test_the_announcement_names_who_agreed(catalogue: Catalogue) -> None:
    scope = _scope(catalogue, "2026")
    (letter,) = LETTERS["announcement"].letters(scope, ())
    data = _printed(scope, letter)
    (table,) = tables_of(data)
    agreed = [a for a in OTHERS.applications.values() if "announcement_consent" in a]
    assert {row[4] for row in table[1:]} == {OTHERS.enterprises[a["enterprise"]]["name"] for a in agreed}
    assert [row[0] for row in table[1:]] == [str(n) for n in range(1, len(agreed) + 1)]
    open_ = {e for e, value in OTHERS.enterprises.items() if value.get("disclosure") == "公开"}
    said = _said(data)
    assert not [name for name in OTHERS.names_but(*open_, *(a["enterprise"] for a in agreed)) if name in said]
    assert not [value for value in OTHERS.contacts() if value in said]
    assert "5 个工作日" in said
    with pytest.raises(UserError, match="没有可以公示"):
        LETTERS["announcement"].letters(_scope(catalogue, "2024"), ())


def test_a_district_is_reminded_of_what_waits_for_it(catalogue: Catalogue) -> None:
    scope = _scope(catalogue, "2026")
    letters = {letter.title: letter for letter in LETTERS["reminder"].letters(scope, ())}
    handed_on = {"submitted"}
    waiting = {
        r["_district"]
        for r in (*OTHERS.applications.values(), *OTHERS.demands.values())
        if r["_round"] == "2026" and r["status"] in (handed_on if r["id"][0] == "A" else {"returned"})
    }
    assert {title.removeprefix("催办函-2026-") for title in letters} == waiting
    said = _said(_printed(scope, letters["催办函-2026-hannan"]))
    assert "补正后重新报送" in said and "D-JWAMV48F" in said and "期限 2026年5月31日，已过 182 天" in said
    demands = [d for d in OTHERS.demands.values() if (d["_round"], d["_district"]) == ("2026", "hannan")]
    assert f"报送需求 {len(demands)} 项" in said
    with pytest.raises(UserError, match="没有等着办的事"):
        LETTERS["reminder"].letters(scope, ["jianghan"])


def test_a_number_stands_only_where_there_is_one(catalogue: Catalogue) -> None:
    scope = _scope(catalogue, "2026")
    letter = LETTERS["feedback"].letters(scope, ())[0]
    assert "示例函〔2026〕7号" in paragraphs_of(_printed(scope, letter, "示例函〔2026〕7号"))
    assert "〔" not in _said(_printed(scope, letter))


def test_ids_choose_and_what_does_not_fit_is_refused(catalogue: Catalogue) -> None:
    scope = _scope(catalogue, "2026")
    declined = next(a for a in OTHERS.applications.values() if a["status"] == "declined" and a["_round"] == "2026")
    (letter,) = LETTERS["feedback"].letters(scope, [declined["id"].lower()])
    assert letter.title == f"反馈函-{declined['id']}"
    of_demand = LETTERS["feedback"].letters(scope, [declined["demand"]])
    assert {one.title for one in of_demand} == {
        f"反馈函-{a['id']}"
        for a in OTHERS.applications.values()
        if a["demand"] == declined["demand"] and a["status"] == "declined"
    }
    with pytest.raises(UserError, match="写不了揭榜通知"):
        LETTERS["award"].letters(scope, [declined["id"]])
    with pytest.raises(UserError, match="没有编号为 A-XXXXXXXX"):
        LETTERS["feedback"].letters(scope, ["A-XXXXXXXX"])


# --- hostile values and the bureau's own templates ------------------------------------------------------------------------------


def _hostile(text: str) -> Scope:
    catalogue = Catalogue(Path())
    catalogue.add(
        Record(
            "round",
            "2024/round.yml",
            "2024",
            None,
            {"id": "2024", "title": text, "notice": {"title": text}},
            b"",
            sound=True,
        )
    )
    for kind, value in (
        ("enterprise", {"id": "E-AAAAAAA1", "name": text, "disclosure": "公开", "types": ["创新型中小企业"]}),
        ("demand", {"id": "D-AAAAAAA1", "enterprise": "E-AAAAAAA1", "title": text, "code": text, "schedule": text, "status": "selected"}),
        ("application", {"id": "A-AAAAAAA1", "enterprise": "E-AAAAAAA1", "demand": "D-AAAAAAA1", "status": "declined", "feedback": text}),
        ("application", {"id": "A-BBBBBBB2", "enterprise": "E-AAAAAAA1", "demand": "D-AAAAAAA1", "status": "selected"}),
    ):  # fmt: skip
        catalogue.add(Record(kind, f"2024/zone/{kind}s/x.yml", "2024", "zone", value, b"", sound=True))
    return _scope(catalogue, "2024")


@pytest.mark.parametrize("text", [*HOSTILE, "{{ 企业 }}", "{%p if x %}", "{# #}", "a\x07b\x0cc", "</w:t></w:r>"])
@pytest.mark.parametrize("name", ["feedback", "award"])
def test_a_hostile_value_stays_text(name: str, text: str) -> None:
    scope = _hostile(text)
    (letter,) = LETTERS[name].letters(scope, ())
    data = _printed(scope, letter, number=text)
    said = paragraphs_of(data)
    shown = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text)
    assert f"{shown}：" in said and shown in said
    assert any(f"“{shown}”（代码：{shown}" in line for line in said)
    assert len(said) == len(
        paragraphs_of(_printed(_hostile("甲"), LETTERS[name].letters(_hostile("甲"), ())[0], number="甲"))
    )


def _own(workspace: Path, text: str, name: str = "feedback") -> Path:
    """A bureau's own template: the program's, with this in the place of the last sentence."""
    (workspace / "mkdocs.yml").write_text("site_name: 示例\n", encoding="utf-8")
    (workspace / "letters").mkdir(exist_ok=True)
    target = workspace / "letters" / f"{name}.docx"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, data in parts_of(templates()[f"{name}.docx"]).items():
            archive.writestr(part, data.replace("特此函告。".encode(), text.encode()))
    target.write_bytes(stream.getvalue())
    return target


def test_a_bureaus_own_template_wins(tmp_path: Path, catalogue: Catalogue) -> None:
    own = _own(tmp_path, "本局自己的话，{{ 企业 }}。")
    (tmp_path / "catalogue").mkdir()
    assert template_of("feedback", tmp_path / "catalogue") == own
    assert template_of("award", tmp_path / "catalogue") == TEMPLATES / "award.docx"
    scope = _scope(catalogue, "2026")
    letter = LETTERS["feedback"].letters(scope, ())[0]
    assert f"本局自己的话，{letter.blanks['企业']}。" in paragraphs_of(letter_docx(letter, common(scope, DAY, ""), own))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 企业", "写法不对"),
        ("{% if 企业 %}", "写法不对"),
        ("{{ 企业名 }}", "不认识的项目"),
        ("{{ 企业.__class__.__mro__ }}", "用不了"),
        ("{{ 企业 | tojsn }}", "写法不对"),
        ("{% for x in range(1000000000) %}{% endfor %}", "用不了"),
        ("{{ 1 / 0 }}", "用不了"),
    ],
)
def test_a_faulty_template_is_told_in_chinese(tmp_path: Path, catalogue: Catalogue, text: str, told: str) -> None:
    scope = _scope(catalogue, "2026")
    letter = LETTERS["feedback"].letters(scope, ())[0]
    own = _own(tmp_path, text)
    with pytest.raises(UserError, match=told) as error:
        letter_docx(letter, common(scope, DAY, ""), own)
    assert "feedback.docx" in str(error.value)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_template_that_is_no_word_file_is_told_in_chinese(tmp_path: Path, catalogue: Catalogue, data: bytes) -> None:
    scope = _scope(catalogue, "2026")
    letter = LETTERS["feedback"].letters(scope, ())[0]
    own = _own(tmp_path, "")
    own.write_bytes(data)
    with pytest.raises(UserError, match="打不开"):
        letter_docx(letter, common(scope, DAY, ""), own)
