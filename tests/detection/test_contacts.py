"""Contact data, people and marks are seen in every disguise; technical texts are left in peace."""

from __future__ import annotations

import pytest

from jiebang.catalogue import load
from jiebang.detection import find_contacts, find_honorifics, has_mark
from jiebang.rules.public_texts import public_texts
from tests.conftest import FIXTURES, SAMPLE
from tests.detection.names import listed

DISGUISES = listed("disguised-contacts.yml")
INNOCENT = (FIXTURES / "innocent.txt").read_text(encoding="utf-8").splitlines()
TOLERATED = 4


def findings(text: str) -> list[str]:
    """Everything that is seen in a text."""
    found = [sighting.kind for sighting in find_contacts(text)] + list(find_honorifics(text))
    return [*found, "标志"] if has_mark(text) else found


def test_there_are_many_disguises_each_named_once() -> None:
    assert len(DISGUISES) >= 60
    assert len({entry["how"] for entry in DISGUISES}) == len(DISGUISES)


@pytest.mark.parametrize("entry", DISGUISES, ids=lambda entry: entry["how"])
def test_disguised_contact_data_is_found(entry: dict[str, str]) -> None:
    for text in (entry["text"], f"研发一款材料，{entry['text']}，用于外壳。"):
        assert entry["kind"] in [sighting.kind for sighting in find_contacts(text)]


def test_two_hundred_technical_texts_are_left_in_peace() -> None:
    assert len(set(INNOCENT)) >= 200
    found = [text for text in INNOCENT if findings(text)]
    assert len(found) <= TOLERATED, found


def test_no_technical_parameter_of_the_sample_is_taken_for_a_person_or_a_number() -> None:
    catalogue, _ = load(SAMPLE)
    records = [*catalogue.rounds.values(), *catalogue.demands]
    texts = [typed.text for record in records for typed in public_texts(record)]
    assert len(texts) > 200
    assert [text for text in texts if findings(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "请与张工联系", "联系王总", "找李经理，面谈", "欧阳总：", "张　总", "张·总", "赵主任电话", "请致电陈老师", "刘先生收", "（王工）",
        "样件寄周部长处", "<b>张</b>总", "&#24352;总", "張總", "联系人见附件", "联 系 人：", "对接人", "聯繫人", "Contact: X",
    ],
)  # fmt: skip
def test_people_are_seen(text: str) -> None:
    assert find_honorifics(text)


@pytest.mark.parametrize(
    "text",
    [
        "绝密★", "机密★1年", "秘密★5年", "绝 密 ★", "机　密★", "秘·密·★", "機密★", "机密☆", "绝密", "【机密】", "(秘密)", "秘密级", "内部资料", "内 部 资 料，注意保存",
        "不得外传", "不 得 外 传", "严禁外传", "<b>机</b>密★", "&#26426;密★", "机\u200b密★", "密级：秘密",
    ],
)  # fmt: skip
def test_marks_are_seen(text: str) -> None:
    assert has_mark(text)


@pytest.mark.parametrize("text", ["商业秘密", "机密计算", "保密协议", "密封", "技术秘密的归属另行约定", "内部缺陷"])
def test_words_that_are_no_marks_pass(text: str) -> None:
    assert not has_mark(text)
