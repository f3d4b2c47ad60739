"""Even where a file cannot be parsed, a message names the field of the form that its line belongs to."""

from __future__ import annotations

import pytest

from jiebang.catalogue.record import field_name, field_on_line

ENTERPRISE = (
    "id: E-1\ncontact:\n  name: 甲\n  phone: 1\naffiliates:\n  - name: 乙\n    relation: 供应商\nnote: |\n  一\n  二\n"
)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (1, "企业编号"),
        (3, "联系人"),
        (4, "联系人·联系电话"),
        (6, "关联企业·关联企业名称"),
        (7, "关联企业·关联关系"),
        (9, "工作备注"),
        (10, "工作备注"),
    ],
)
def test_a_line_names_its_field(line: int, field: str) -> None:
    assert field_on_line("enterprise", ENTERPRISE, line) == field


def test_lines_of_nothing_known_are_the_content_of_the_file() -> None:
    assert field_on_line("enterprise", "what: ever\n", 1) == "文件内容"
    assert field_on_line("enterprise", "", 1) == "文件内容"


def test_a_path_reads_like_the_form() -> None:
    assert field_name("enterprise", ("contact", "phone")) == "联系人·联系电话"
    assert field_name("enterprise", ("affiliates", 1, "name")) == "关联企业（第 2 条）·关联企业名称"
    assert field_name("demand", ()) == "文件"
