"""The forms as PDF: from the filled Word form alone, by whichever program the machine has."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from jiebang.catalogue import load
from jiebang.errors import UserError
from jiebang.forms.writing import forms_of, pdf, to_pdf, to_word
from jiebang.forms.writing.typesetting import sheet
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def words() -> list[bytes]:
    sample = load(SAMPLE)[0]
    large = next(e for e in sample.enterprises if e.get("role") == "大企业")
    small = next(e for e in sample.enterprises if e.get("role") == "中小企业")
    return [to_word(form) for form in forms_of(sample, [large.id, small.id, sample.applications[0].id])]


def test_a_sheet_covers_the_grid_without_holes_or_overlap(words: list[bytes]) -> None:
    for word in words[:2]:
        (table,) = [block for block in sheet(word)["blocks"] if block["kind"] == "table"]
        covered = [
            (cell["x"] + dx, cell["y"] + dy)
            for cell in table["cells"]
            for dx in range(cell["columns"])
            for dy in range(cell["rows"])
        ]
        height = max(y for _, y in covered) + 1
        assert sorted(covered) == sorted((x, y) for x in range(6) for y in range(height))
        assert table["widths"] == [76.55] * 6


def test_a_sheet_says_size_typeface_and_place(words: list[bytes]) -> None:
    number, title, stamp = sheet(words[0])["blocks"][:3]
    assert (number["text"], number["points"], number["heading"], number["centred"]) == ("附件 1", 14, True, False)
    assert (title["points"], title["heading"], title["centred"], title["after"]) == (18, True, True, 10)
    assert (stamp["text"], stamp["points"], stamp["heading"]) == ("企业名称：（盖章）", 12, False)
    assert [block["kind"] for block in sheet(words[2])["blocks"]].count("page") == 1


def test_typst_makes_the_same_pdf_every_time(words: list[bytes]) -> None:
    for word in words:
        made = pdf._by_typst(word)
        assert made.startswith(b"%PDF-")
        assert made == pdf._by_typst(word)


def _without_typst(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "typst" else found(name, *more)
    )
    monkeypatch.setenv("PATH", str(path))


def _program(folder: Path, body: str) -> None:
    script = folder / "soffice"
    script.write_text(f"#!{sys.executable}\nimport pathlib, sys\n{body}\n", encoding="utf-8")
    script.chmod(0o755)


def test_libreoffice_is_asked_where_typst_is_not(
    words: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _without_typst(monkeypatch, tmp_path)
    _program(
        tmp_path, "s = pathlib.Path(sys.argv[-1]); s.with_suffix('.pdf').write_bytes(b'%PDF ' + s.read_bytes()[:4])"
    )
    assert to_pdf(words[0]) == b"%PDF PK\x03\x04"


@pytest.mark.parametrize("body", ["sys.exit(1)", "pass"])
def test_a_failed_conversion_is_said(
    words: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str
) -> None:
    _without_typst(monkeypatch, tmp_path)
    _program(tmp_path, body)
    with pytest.raises(UserError, match="没有转换成功"):
        to_pdf(words[0])


def test_a_machine_with_neither_gets_a_plain_hint(
    words: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _without_typst(monkeypatch, tmp_path)
    with pytest.raises(UserError) as caught:
        to_pdf(words[0])
    assert "--form docx" in caught.value.hint and os.sep + "tmp" not in caught.value.hint


def test_typst_without_a_chinese_typeface_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    class Few:
        def families(self) -> list[str]:
            return ["Libertinus Serif"]

    monkeypatch.setattr(typst, "Fonts", Few)
    assert not pdf._typst_is_here()
