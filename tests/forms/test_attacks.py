"""Hostile and careless files are refused with the reason, cost little, and stop nothing else (safety rule 18)."""

from __future__ import annotations

import io
import os
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jiebang.forms.reading.document import archive, read_file, sandbox
from jiebang.forms.reading.document.grid import Document, Table
from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.document.word_xml import DEEPEST, parsed
from jiebang.forms.reading.findings import FormError
from jiebang.forms.reading.forms import read_forms
from tests.conftest import FIXTURES
from tests.effort import effort
from tests.forms import biff, make

Change = Callable[[dict[str, bytes]], None]


def _add(name: str, content: bytes) -> Change:
    return lambda members: members.__setitem__(name, content)


def _edit(name: str, old: bytes, new: bytes) -> Change:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return change


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://example.com/x" TargetMode="External"/></Relationships>'
RELATIONS = "word/_rels/document.xml.rels"

REFUSED: dict[str, tuple[Change, str]] = {
    "1,000:1": (_add("word/media/x.xml", b"0" * 10_000_000), "压缩比超过 100:1"),
    "macros": (_add("word/vbaProject.bin", b"x"), "带有宏"),
    "macros by type": (_edit("[Content_Types].xml", b"wordprocessingml.document.main", b"x.macroEnabled"), "带有宏"),
    "entities": (_edit("word/document.xml", b"<w:document ", BOMB + b"<w:document "), "XML 实体"),
    "UTF-16": (lambda m: m.__setitem__("word/document.xml", m["word/document.xml"].decode().encode("utf-16")), "别的编码"),
    "broken XML": (_edit("word/document.xml", b"</w:document>", b""), "读不通"),
    "no document": (lambda m: m.__setitem__("word/documentx", m.pop("word/document.xml")), "不是 Word 或 Excel"),
    "many members": (lambda m: m.update({f"word/{n}.xml": b"<x/>" for n in range(1001)}), "上限是 1000 个"),
}  # fmt: skip


@pytest.mark.parametrize("attack", REFUSED)
def test_hostile_word_files_are_refused_with_the_reason(tmp_path: Path, attack: str) -> None:
    change, reason = REFUSED[attack]
    path = make.put(tmp_path, "form.docx", make.repacked(make.annex1_docx(), change))
    with pytest.raises(FormError) as raised:
        read_file(path, parse)
    assert reason in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    "part",
    [
        BOMB + b"<x>&b;</x>",
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "<!DOCTYPE x><x/>".encode("utf-16"),
        b"<x>&undeclared;</x>",
        b"<x>" * (DEEPEST + 1) + b"</x>" * (DEEPEST + 1),
        b"<x>" * 100_000,
        b'<?xml version="1.0" encoding="gb2312"?><x/>',
        b'<?xml version="1.0" encoding="none-such"?><x/>',
        b"<x>\xff</x>",
        b"",
    ],
)
def test_the_parser_of_word_files_refuses_by_itself_what_the_archive_might_let_pass(part: bytes) -> None:
    with pytest.raises(FormError, match="读不通"):
        parsed(part)


def test_a_document_may_be_as_deep_as_tables_in_tables_are() -> None:
    assert parsed(b"<x>" * DEEPEST + b"</x>" * DEEPEST).tag == "x"


def test_a_size_that_the_zip_lies_about_is_no_way_round(tmp_path: Path) -> None:
    """The directory says 1 KB where 10 MB come out."""
    data = make.repacked(make.annex1_docx(), _add("word/x.xml", b"0" * 10_000_000))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        size = opened.getinfo("word/x.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (1024).to_bytes(4, "little"))
    with pytest.raises(FormError):
        read_file(make.put(tmp_path, "form.docx", lying), parse)


def test_the_total_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 100_000)
    with pytest.raises(FormError, match="展开后超过"):
        archive.open_archive(make.annex1_docx())


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (_edit(RELATIONS, b"</Relationships>", OUTSIDE % b"oleObject"), "引用了外部的文件"),
        (_edit(RELATIONS, b"</Relationships>", OUTSIDE % b"attachedTemplate"), "引用了外部的文件"),
        (_add("word/embeddings/oleObject1.bin", b"x"), "嵌入的对象"),
    ],
)
def test_what_leads_outside_is_not_followed_and_told(tmp_path: Path, change: Change, note: str) -> None:
    document = read_file(make.put(tmp_path, "form.docx", make.repacked(make.annex1_docx(), change)), parse)
    assert any(note in told for told in document.notes)


def test_a_hyperlink_is_only_its_text(tmp_path: Path) -> None:
    link = '<w:hyperlink r:id="rId99"><w:r><w:t>lianxi@example.com</w:t></w:r></w:hyperlink>'
    data = make.annex1_docx({"email": make.raw_xml(link)})
    data = make.repacked(data, _edit(RELATIONS, b"</Relationships>", OUTSIDE % b"hyperlink"))
    document = read_file(make.put(tmp_path, "form.docx", data), parse)
    assert document.notes == ()
    assert any(
        cell.text == "lianxi@example.com"
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
    )


def test_a_sheet_whose_cells_lie_far_apart_costs_no_memory(tmp_path: Path) -> None:
    far = _edit(
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    started = time.monotonic()
    with pytest.raises(FormError, match="工作表太大"):
        read_file(make.put(tmp_path, "form.xlsx", make.repacked(make.annex1_xlsx(), far)), parse)
    assert time.monotonic() - started < 5


def test_a_file_that_is_not_what_its_name_says_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"以 \.docx 结尾，内容却是 Excel"):
        read_file(make.put(tmp_path, "form.docx", make.annex1_xlsx()), parse)
    with pytest.raises(FormError, match="内容是 PDF"):
        read_file(make.put(tmp_path, "form.docx", b"%PDF-1.7 x"), parse)
    with pytest.raises(FormError, match="旧版 Excel"):
        read_file(make.put(tmp_path, "form.doc", (FIXTURES / "forms/annex1-xls/form.xls").read_bytes()), parse)
    with pytest.raises(FormError, match="可以带宏"):
        read_file(make.put(tmp_path, "form.DOCM", make.annex1_docx()), parse)
    with pytest.raises(FormError, match="不是 Word 或 Excel"):
        read_file(make.put(tmp_path, "form.xlsx", b"hello"), parse)
    with pytest.raises(FormError, match="0 字节"):
        read_file(make.put(tmp_path, "form.xlsx", b""), parse)
    with pytest.raises(FormError, match="损坏"):
        read_file(make.put(tmp_path, "form.xlsx", make.annex1_xlsx()[:3000]), parse)


def test_a_password_is_named(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    with pytest.raises(FormError, match="密码"):
        read_file(make.put(tmp_path, "form.docx", locked), parse)


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    real = make.put(tmp_path, "real.docx", make.annex1_docx())
    (tmp_path / "link.docx").symlink_to(real)
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(FormError, match="符号链接"):
        read_file(tmp_path / "link.docx", parse)
    with pytest.raises(FormError, match="不是普通文件"):
        read_file(tmp_path / "pipe.docx", parse)


def test_a_file_is_parsed_in_a_process_of_its_own() -> None:
    assert isinstance(sandbox.parse_apart("docx", make.annex1_docx()), Document)
    assert sandbox.parse_apart("docx", make.annex1_docx()) == parse("docx", make.annex1_docx())
    with pytest.raises(FormError, match="读不通"):
        sandbox.parse_apart("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))


def test_a_process_that_dies_or_hangs_is_one_failed_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in = tmp_path / "python"
    monkeypatch.setattr(sys, "executable", str(stand_in))
    stand_in.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    stand_in.chmod(0o755)
    with pytest.raises(FormError, match="限制"):
        sandbox.parse_apart("docx", b"")
    stand_in.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    monkeypatch.setattr(sandbox, "TIMEOUT", 0.2)
    with pytest.raises(FormError, match="已停止"):
        sandbox.parse_apart("docx", b"")
    assert sys.executable == str(stand_in)


def test_signs_that_nobody_sees_leave_a_mark() -> None:
    rows = [("企业名称", 1), ("武汉\u202e示例有限公司", 5)]
    document = parse("xlsx", make.xlsx({"表": [rows]}))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["企业名称", "武汉〔符号〕示例有限公司"]


def _repeated(members: dict[str, bytes]) -> None:
    """One cell of an .ods, said to stand 17,179,869,184 times."""
    row = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    place = members["content.xml"].index(b"<table:table-row")
    members["content.xml"] = members["content.xml"][:place] + row + members["content.xml"][place:]


def test_sheets_that_unfold_to_any_size_cost_one_file_only() -> None:
    ods = (FIXTURES / "forms/annex1-ods/form.ods").read_bytes()
    with pytest.raises(FormError):
        sandbox.parse_apart("ods", make.repacked(ods, _repeated))
    with pytest.raises(FormError):
        sandbox.parse_apart("xls", biff.xls("表", {(0, 0): "甲", (65535, 255): "乙"}))


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (_add("xl/ctrlProps/ctrlProp1.xml", b"<formControlPr/>"), "控件"),
        (_add("xl/externalLinks/externalLink1.xml", b"<externalLink/>"), "别的工作簿"),
        (_edit("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="2" hidden="1"'), "隐藏的行或列"),
        (_edit("xl/styles.xml", b"<fonts ", b"<x><strike/></x><fonts "), "删除线"),
        (
            _edit(
                "xl/workbook.xml", b"</sheets>", b'<sheet name="x" sheetId="2" state="hidden" r:id="rId1"/></sheets>'
            ),
            "隐藏的，没有读",
        ),
    ],
)
def test_what_a_workbook_holds_beside_its_cells_is_told(tmp_path: Path, change: Change, note: str) -> None:
    document = read_file(make.put(tmp_path, "form.xlsx", make.repacked(make.annex1_xlsx(), change)), parse)
    assert any(note in told for told in document.notes)


def test_hidden_words_of_a_word_file_are_left_out_and_told() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>示例</w:t></w:r><w:r><w:t>430001</w:t></w:r>"
    document = parse("docx", make.annex1_docx({"postcode": make.raw_xml(hidden)}))
    assert document.notes == ("文件里有隐藏的文字，没有读。",)
    assert any(cell.text == "430001" for block in document.blocks if isinstance(block, Table) for cell in block.cells)


def test_a_cell_full_of_spaces_is_read_at_once() -> None:
    """A pattern that began at each of 10,000 spaces and ran to their end took ten seconds."""
    document = parse("docx", make.annex1_docx({"capital": "1" + " " * 10_000 + "("}))
    with effort() as reading:
        read_forms(document)
    assert reading.units < 60
