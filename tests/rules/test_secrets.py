"""What a record keeps private is found in every way to write it; what everybody says, and what a demand says in public, is no secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from jiebang.catalogue import Catalogue, Record
from jiebang.detection import readings
from jiebang.detection.matching import Rule
from jiebang.rules.allowlist import PublicNames
from jiebang.rules.secrets import Secret, Secrets, private_needles_of, said_in_public, secrets_of, words_of
from jiebang.rules.settings import settings_of
from tests.rules.records import catalogue, districts, record

OWNER = "E-AAAAAAA1"


def _found(made: Catalogue, text: str, **asked: Any) -> list[Secret]:
    secrets = Secrets(made, **asked)
    return [secret for reading in readings(text) for secret in secrets.search(reading)]


def _kept(field: str, value: Any, kind: str = "E") -> Record:
    """A record that says nothing but this; the enterprise is named openly, so that its names are no secrets."""
    path, _, last = field.rpartition(".")
    more = {path: {last: value}} if path else {last: value}
    return record(f"{kind}-AAAAAAA1", **({"disclosure": "公开"} if kind == "E" else {}), **more)


TELEPHONES = [
    ("027-1234 5670", "致电 027-12345670", True),
    ("027-1234 5670", "致电 1234-5670", True),
    ("027 1234 5670", "12345670", True),
    ("02712345670", "12345670", True),
    ("02712345670", "+862712345670", True),
    ("02712345670", "07654321720", True),
    ("02712345670", "2712345670", False),
    # Of so few digits other numbers read backwards are as likely.
    ("027-12345670", "07654321", False),
    ("02712345670", "912345670", False),
    ("01012345678", "12345678", True),
    ("0755-1234567", "1234567", True),
    ("07551234567", "1234567", True),
    ("07551234567", "51234567", False),
    ("07551234567", "234567", False),
    ("0000-0000001", "0000001", True),
    ("0000-000001", "000001", False),
    ("000-1111", "0001111", True),
    ("00-1111", "001111", False),
    # An extension, a country and a second number hide nothing.
    ("027-12345670转801", "02712345670", True),
    ("027-12345670转801", "12345670 转 801", True),
    ("027-12345670转801", "02712345670801", True),
    ("+86 138 0000 1234", "13800001234", True),
    ("0086-13800001234", "1380000 1234", True),
    ("+86 27 12345670", "02712345670", True),
    ("+86 27 12345670", "12345670", True),
    ("+86 755 12345670", "075512345670", True),
    ("02712345670 13800001234", "02712345670", True),
    ("02712345670 13800001234", "13800001234", True),
    ("13800001234 02712345670", "12345670", True),
    ("13800001234", "3800001234", False),
]


@pytest.mark.parametrize(("number", "text", "is_found"), TELEPHONES)
def test_a_number_is_found_as_people_dial_and_write_it(number: str, text: str, is_found: bool) -> None:
    assert bool(_found(catalogue(_kept("contact.phone", number)), text)) is is_found


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("legal_representative.phone", "027-12345670", "12345670"),
        ("legal_representative.mobile", "138-00001234", "13800001234"),
        ("contact.phone", "027-12345670", "12345670"),
        ("contact.mobile", "138-00001234", "13800001234"),
        ("fax", "027-12345670", "12345670"),
        ("email", "jishubu@example.com", "jishubu艾特example点com"),
        ("email", "jishubu@example.com", "jishubu at example dot com"),
        ("email", "jishubu@example.com", "jishubu(a)example.com"),
        ("address", "示例市示例大道 100 号", "示例大道100号"),
    ],
)
def test_what_leads_to_somebody_is_found_in_each_field_and_told_as_such(field: str, value: str, text: str) -> None:
    (told, *_) = _found(catalogue(_kept(field, value)), text)
    assert told.is_contact and not told.is_name
    assert told.owner == ("2024/qiaokou/enterprises/e-aaaaaaa1.yml", told.title)
    assert not told.title.isascii()


@pytest.mark.parametrize(
    ("value", "text", "is_found"),
    [
        ("1234567@qq.example", "QQ 1234567", True),
        ("123456@qq.example", "QQ 123456", False),
        ("a1234567@qq.example", "QQ 1234567", False),
        ("abc@cd.example", "xabc@cd.example", True),
        ("ab@cd.example", "xab@cd.example", False),
        ("ab@cd.example", "ab@cd.example", True),
        ("jishubu", "jishubu", False),
        ("jishubu@example.com", "jishubu", False),
    ],
)
def test_a_mailbox_is_found_as_a_word_where_it_is_short(value: str, text: str, is_found: bool) -> None:
    assert bool(_found(catalogue(_kept("email", value)), text)) is is_found


@pytest.mark.parametrize(
    ("value", "text", "is_found"),
    [
        ("示例省示例市示例区示例镇示例街道样本路5号", "样本路 5 号", True),
        ("示例市样本大道100号样本高新区5栋", "样本大道100号样本高新区5栋", True),
        ("示例市一路5号", "一路5号", False),
        ("示例市十一路5号", "十一路5号", True),
        ("示例市样本大路旁", "样本大路旁", False),
        ("样本路15号", "样本路15号", True),
        ("样本路5号", "样本路5号", False),
    ],
)
def test_street_and_number_are_enough_of_an_address(value: str, text: str, is_found: bool) -> None:
    assert bool(_found(catalogue(_kept("address", value)), f"送到{text}。")) is is_found


@pytest.mark.parametrize(
    ("kind", "field", "value", "text", "is_found"),
    [
        ("E", "contact.name", "甄示范", "与甄示范商定", True),
        ("E", "contact.name", "甄示", "与甄示商定", False),
        ("E", "contact.name", "甄示", "联系人甄示", True),
        ("E", "contact.name", "Zhen", "with Zhen", True),
        ("E", "contact.name", "Zhe", "with Zhe", False),
        ("E", "legal_representative.name", "甄示范", "甄示范认可", True),
        ("E", "profile", "专做样本", "他们专做样本。", True),
        ("E", "profile", "专做ab样本", "X专做ab样本Y", True),
        ("E", "profile", "做样本", "他们做样本。", False),
        ("E", "credit_code", "91000000000010022K", "91000000000010022K", True),
        ("D", "secrecy_review.reviewers", ["甄示范"], "甄示范看过", True),
        ("D", "enterprise", OWNER, "发榜企业 E-AAAAAAA1", True),
        ("A", "profile", "甲乙丙丁戊己庚辛壬癸子丑", "有甲乙丙丁戊己庚辛壬癸子丑之称", True),
        ("A", "profile", "甲乙丙丁戊己庚辛壬癸子", "有甲乙丙丁戊己庚辛壬癸子之称", False),
        ("A", "note", "SL2024777", "编号 SL2024777", True),
        ("A", "note", "SL202477", "编号 SL202477", False),
        ("A", "note", "SL2024777", "编号 XSL2024777", False),
        ("A", "note", "polymeric", "polymeric", False),
        ("A", "note", "示例2024777号", "示例2024777号", False),
        ("A", "note", "a" * 29, "x" + "a" * 29, False),
        ("A", "note", "a" * 30, "x" + "a" * 30, True),
        ("A", "acceptance.consequences", ["与示例伙伴继续合作三年以上"], "与示例伙伴继续合作三年以上", True),
        # What everybody says.
        ("E", "schema", "enterprise/1", "enterprise/1", False),
        ("A", "schema", "application/1", "application/1", False),
        ("E", "registered_place.province", "示例自治区", "示例自治区", False),
        ("E", "registered_place.city", "示例自治州", "示例自治州", False),
        ("E", "registered_place.county", "示例自治县", "示例自治县", False),
        ("E", "contact.position", "技术部主任", "技术部主任", False),
        ("E", "postcode", "0123456", "0123456", False),
        ("E", "registered_on", "2001-02-03", "2001-02-03", False),
        ("E", "affiliates", [{"relation": "其他关联企业"}], "其他关联企业", False),
        ("E", "note", "原件已经核对", "原件已经核对", False),
        ("E", "nature", "其他民营企业", "其他民营企业", False),
        ("E", "aliases.short_names", ["示例简称"], "示例简称", False),
        ("E", "name", "示例公开有限公司", "示例公开有限公司", False),
        ("D", "summary", "研发一款示例材料", "研发一款示例材料", False),
        ("D", "no_secrets", "没有任何秘密", "没有任何秘密", False),
    ],
)
def test_a_private_value_is_found_where_it_proves_something(
    kind: str, field: str, value: Any, text: str, is_found: bool
) -> None:
    found = _found(catalogue(_kept(field, value, kind)), text)
    assert bool(found) is is_found
    assert not any(secret.is_contact or secret.is_name or secret.manner for secret in found)


@pytest.mark.parametrize("begins", ["", "_" * 130, "。" * 130, "&nbsp;" * 30, "e\u0301" * 25, "<b>示</b>" * 30])
@pytest.mark.parametrize("beginning", ["研发", "R&D "])
def test_a_long_text_is_found_by_its_beginning(begins: str, beginning: str) -> None:
    words = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    made = catalogue(_kept("profile", f"{begins}{beginning}{words}"))
    assert _found(made, f"前面的话{begins}{beginning}{words[:60]}。")


def test_forty_letters_of_a_long_text_are_enough_and_fewer_are_not() -> None:
    words = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    made = catalogue(_kept("profile", words))
    assert _found(made, f"{words[:40]}等") and not _found(made, f"{words[:39]}等")


def test_of_one_field_many_values_are_found_and_of_many_records_each() -> None:
    records = [_kept("contact.name", "甄示范"), record("E-AAAAAAA2", disclosure="公开", contact={"name": "佘样本"})]
    told = private_needles_of(records, settings_of(None))
    assert [[needle.text for needle in needles][:1] for needles in told] == [["甄示范"], ["佘样本"]]
    assert {secret.record for secret in _found(catalogue(*records), "甄示范、佘样本")} == {one.path for one in records}


def test_a_person_is_called_by_the_whole_name_in_latin_letters_as_well() -> None:
    made = catalogue(_kept("contact.name", "甄示范"))
    assert all(_found(made, text) for text in ("由 Zhen Shifan 牵头", "Shifan ZHEN", "zhenshifan", "Shì-fàn Zhēn"))
    assert not any(_found(made, text) for text in ("shifan", "zhenshifang", "xzhenshifan", "zhen-2 shifan"))
    double = catalogue(_kept("contact.name", "司徒示范"))
    assert all(_found(double, text) for text in ("Situ Shifan", "Shifan Situ"))
    assert not _found(catalogue(_kept("contact.name", "甄示")), "zhenshi")


def test_a_name_of_two_characters_is_told_beside_what_people_do() -> None:
    made = catalogue(_kept("contact.name", "甄示"))
    assert all(_found(made, f"由甄示{what}") for what in ("牵头", "负责", "带队", "团队", "主持", "对接"))
    assert not any(_found(made, text) for text in ("由甄示的样件", "甄示材料"))


# --- names -----------------------------------------------------------------------------------------------------------------------------------


def _hidden(id_: str = OWNER, **more: Any) -> Record:
    return record(id_, name="示例重工集团有限公司", disclosure="不公开", **more)


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("", "", "示例重工"),
        ("credit_code", "91000000000010014Q", "91000000000010014Q"),
        ("aliases", {"former_names": ["示例机器总厂"]}, "示例机器总厂"),
        ("aliases", {"brands": ["示例鼎牌"]}, "示例鼎牌"),
        ("affiliates", [{"name": "样本控股有限公司", "relation": "母公司"}], "样本控股有限公司"),
    ],
)
def test_a_hidden_name_is_told_as_one_with_its_field_and_manner(source: str, value: Any, text: str) -> None:
    made = catalogue(_hidden(**({source: value} if source else {})))
    told = [secret for secret in _found(made, text) if secret.is_name]
    assert told
    for secret in told:
        assert secret.manner and not secret.is_contact and not secret.title.isascii()


@pytest.mark.parametrize(("name", "is_found"), [("甲乙丙丁戊己", True), ("甲乙丙丁戊", False)])
@pytest.mark.parametrize("is_former", [False, True])
def test_a_registered_name_is_found_even_where_a_bureau_bears_it(name: str, is_found: bool, is_former: bool) -> None:
    bureaus = districts(city={"name": "示例市", "bureau": name})
    names = {"name": "示例重工集团有限公司", "aliases": {"former_names": [name]}} if is_former else {"name": name}
    told = _found(catalogue(bureaus, record(OWNER, disclosure="不公开", **names)), f"与{name}合作")
    assert bool(told) is is_found
    for secret in told:
        assert secret.is_name and secret.manner == "原样"
        assert secret.title == ("曾用名" if is_former else "企业名称")


def test_who_gave_no_name_is_still_looked_for_by_the_rest() -> None:
    made = catalogue(record(OWNER, disclosure="不公开", credit_code="91000000000010014Q", contact={"name": "甄示范"}))
    assert [secret.is_name for secret in _found(made, "91000000000010014Q")] == [True]
    assert [secret.is_name for secret in _found(made, "甄示范")] == [False]
    assert not _found(made, "xx XX")


def test_only_what_certain_records_keep_is_looked_for_where_that_is_asked() -> None:
    hidden = _hidden(contact={"name": "甄示范"})
    other = record("E-AAAAAAA2", name="样本光电有限公司", disclosure="不公开", contact={"name": "佘样本"})
    openly = record("E-AAAAAAA3", name="公开光电有限公司", disclosure="公开")
    made = catalogue(hidden, other, openly)
    text = "示例重工与甄示范，样本光电与佘样本，公开光电"
    assert {secret.record for secret in _found(made, text)} == {hidden.path, other.path}
    assert {secret.record for secret in _found(made, text, owners={other.path})} == {other.path}
    assert {secret.is_name for secret in _found(made, text, owners={other.path})} == {True, False}
    assert _found(made, text, owners=frozenset()) == [] == _found(made, text, owners={openly.path})


# --- what a demand says itself ---------------------------------------------------------------------------------------------------------------

SAID = "研发一款用于新能源整车的示例部件"


def _answered(**demand: Any) -> Iterator[Catalogue]:
    for asked in ({"demand": "D-AAAAAAA1"}, {"demand": "D-AAAAAAA2"}, {}):
        answer = record("A-AAAAAAA1", profile=SAID, note="另有一句只有申请书才说的话", **asked)
        yield catalogue(record("D-AAAAAAA1", **demand), record("D-AAAAAAA2"), answer)


def test_an_applicant_may_repeat_its_own_demand_and_no_other() -> None:
    own, other, none = _answered(summary=f"要{SAID}。")
    assert not _found(own, SAID) and _found(other, SAID) and _found(none, SAID)
    for made in (own, other, none):
        assert _found(made, "另有一句只有申请书才说的话")
        assert not _found(made, "xx D-AAAAAAA1") or made is not own


def test_an_application_may_name_its_demand_by_the_id() -> None:
    demand = record("D-AAAAAAA1", title="电池外壳")
    assert words_of(demand) == ["D-AAAAAAA1", "电池外壳"]
    assert not _found(catalogue(demand, record("A-AAAAAAA1", demand="D-AAAAAAA1")), "见 D-AAAAAAA1")


def test_a_line_of_its_own_is_said_as_a_code_only() -> None:
    demand = record("D-AAAAAAA1", schedule="甄示", title="见 kg 为准")
    assert said_in_public([("甄示", Rule.PERSON)], demand) == set()
    assert said_in_public([("xx", Rule.ANYWHERE), ("甄示见", Rule.ANYWHERE)], demand) == set()
    assert said_in_public([("甄示", Rule.CODE), ("kg", Rule.CODE), ("g", Rule.CODE)], demand) == {"甄示", "kg"}


def test_of_a_text_that_two_records_keep_by_two_rules_the_wider_one_tells() -> None:
    # One keeps 甄示 as a person, of whom a text without 联系人 says nothing; the other as what counts wherever it stands.
    demand = record("D-AAAAAAA1", title="由甄示为准")
    person, anywhere = ("甄示", Rule.PERSON), ("甄示", Rule.ANYWHERE)
    assert said_in_public([person], demand) == set()
    for needles in ([person, anywhere], [anywhere, person], [anywhere, person, person]):
        assert said_in_public(needles, demand) == {"甄示"}


def test_what_excuses_a_value_is_asked_of_the_names_that_somebody_has_already() -> None:
    openly = record(OWNER, name="样本光电有限公司", disclosure="公开", contact={"name": "甄示范"})
    made = catalogue(openly, record("D-AAAAAAA1", enterprise=OWNER))
    public = PublicNames(made)
    secrets = Secrets(made, public=public)
    assert secrets.public is public and Secrets(made).public is not public
    assert secrets.doubts(["甄示范", "无事"]) == {0}
    assert [secret.title for reading in readings("甄示范") for secret in secrets.search_in_file(reading, "index.html")]


def test_what_is_secret_in_a_catalogue_is_found_out_once() -> None:
    first, second = catalogue(_hidden()), catalogue(_kept("contact.name", "甄示范"))
    kept = secrets_of(first)
    assert secrets_of(first) is kept
    assert [secret.title for reading in readings("甄示范") for secret in secrets_of(second).search(reading)]
    assert not [secret for reading in readings("示例重工") for secret in secrets_of(second).search(reading)]
