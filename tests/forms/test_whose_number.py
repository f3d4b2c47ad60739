"""A telephone is the contact's only where it stands behind the contact: that of a person whom the form does not ask for is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import Finding
from jiebang.forms.reading.forms import Form, read_forms
from tests.forms import make
from tests.forms import word_xml as w

CONTACT = ("联系人\n及职务", 1), ("示例乙 技术部主任", 1)
OTHERS = "10000000009"


def _form(*rows: make.Row, annex: int = 1, **answers: Any) -> Form:
    """An annex with rows instead of that of the persons."""
    whole = w.basics(answers) if annex == 1 else make.annex2_rows(answers)
    at = next(number for number, row in enumerate(whole) if row[0][0] == "法人代表")
    whole[at : at + 1] = rows
    body = [*whole, *make.demand_rows(make.DEMANDS)] if annex == 1 else whole
    (form,) = read_forms(parse("docx", w.docx((w.TITLE_1 if annex == 1 else w.TITLE_2) + w.table(body))))
    return form


def _asked(form: Form, text: str) -> list[Finding]:
    return [one for one in form.findings if text in one.text]


@pytest.mark.parametrize(
    "row",
    [
        [("技术负责人", 1), ("示例丙", 2), ("手机", 1), (OTHERS, 2)],
        [("财务负责人", 1), ("示例丙", 1), ("职务", 1), ("经理", 1), ("联系电话", 1), (OTHERS, 1)],
        [("财务主管", 1), ("示例丙", 2), ("联系电话", 1), (OTHERS, 2)],
        [("第二联系人", 1), ("示例丙", 2), ("手机", 1), (OTHERS, 2)],
        [("填表人", 1), ("", 2), ("手机", 1), (OTHERS, 2)],
    ],
)
def test_the_number_of_another_person_is_asked_about(row: make.Row) -> None:
    form = _form([("法人代表", 1), ("示例甲", 1), *CONTACT[:1], (CONTACT[1][0], 3)], row, mobile="", phone="")
    assert form.enterprise["contact"] == {"name": "示例乙", "position": "技术部主任"}
    (asked,) = _asked(form, OTHERS)
    assert row[0][0] in asked.message and asked.hint


def test_the_contacts_own_number_stays() -> None:
    """Of two numbers the one behind the contact counts, wherever the other stands."""
    persons = [("法人代表", 1), ("示例甲", 1), *CONTACT, ("联系电话", 1), ("027-00000002", 1)]
    other = [("技术负责人", 1), ("示例丙", 2), ("联系电话", 1), (OTHERS, 2)]
    for rows in ([persons, other], [other, persons]):
        form = _form(*rows)
        assert form.enterprise["contact"]["phone"] == "027-00000002"
        assert len(_asked(form, OTHERS)) == 1


@pytest.mark.parametrize(
    "row",
    [
        [("法人代表", 1), ("示例甲", 1), *CONTACT, ("联系电话", 1), ("027-00000002", 1)],
        [("企业负责人", 1), ("示例丙", 1), *CONTACT, ("联系电话", 1), ("027-00000002", 1)],
        [*CONTACT[:1], ("示例乙", 1), ("职务", 1), ("技术部主任", 1), ("联系电话", 1), ("027-00000002", 1)],
        [*CONTACT[:1], ("示例乙", 1), ("技术部经理", 2), ("联系电话", 1), ("027-00000002", 1)],
        [("联系方式", 1), *CONTACT, ("联系电话", 1), ("027-00000002", 2)],
    ],
)
def test_a_number_behind_the_contact_is_the_contacts(row: make.Row) -> None:
    form = _form(row)
    assert form.enterprise.get("contact", {}).get("phone") == "027-00000002"
    assert _asked(form, "027-00000002") == []


def test_another_person_between_the_representative_and_a_number() -> None:
    row = [("法人代表", 1), ("示例丙", 1), ("财务负责人", 1), ("示例戊", 1), ("手 机", 1), (OTHERS, 1)]
    form = _form(row, annex=2)
    assert "legal_representative" not in form.enterprise
    assert len(_asked(form, OTHERS)) == 1 and len(_asked(form, "示例戊")) == 1


@pytest.mark.parametrize("annex", [1, 2])
@pytest.mark.parametrize("label", ["业务对接人", "授权代表", "财务部", "CEO"])
def test_a_person_in_words_that_nobody_knows_has_the_number_behind_it(label: str, annex: int) -> None:
    row = [("法人代表", 1), ("示例丙", 1), (label, 1), ("示例戊 主管", 1), ("联系电话", 1), (OTHERS, 1)]
    form = _form(row, annex=annex)
    assert "phone" not in form.enterprise.get("legal_representative", {})
    assert form.enterprise.get("contact", {}).get("phone") != OTHERS
    (asked,) = _asked(form, OTHERS)
    assert asked.hint


@pytest.mark.parametrize("label", ["项目联系人", "联系人、职务", "联系人/职务", "联系人姓名、职务"])
def test_the_contact_in_other_words(label: str) -> None:
    form = _form([("法人代表", 1), ("示例甲", 1), (label, 1), *CONTACT[1:], ("联系电话", 1), ("027-00000002", 1)])
    assert form.enterprise["legal_representative"] == {"name": "示例甲"}
    assert form.enterprise["contact"]["name"] == "示例乙" and form.enterprise["contact"]["phone"] == "027-00000002"
