"""Whatever is wrong with a seal is found, and each gate has a case that only it catches."""

from __future__ import annotations

import pytest

from jiebang.catalogue import load
from jiebang.catalogue.keys import identities_from
from jiebang.catalogue.sealed import sealed as sealed_bytes
from jiebang.problems.places import with_places
from tests.conftest import FIXTURES
from tests.hostile.corpus import CANARY, contents
from tests.judging import outputs
from tests.sealed import breaking as broken
from tests.sealed.breaking import Breaking
from tests.sealing import APPLICATION, ENTERPRISE, OTHER, Sealed

_NOTHING = ""


@pytest.mark.parametrize(
    ("breaking", "without", "working", "both"),
    [
        (broken.cut, "F009", "F009", "F009"),
        (broken.more_behind, "F009", "F009", "F009"),
        (broken.not_filled_up, "F009", "F009", "F009"),
        (broken.not_ours, _NOTHING, "F009", "F009"),
        (broken.more_in_front, "F010", "F010", "F010"),
        (broken.not_a_choice, "S204", "F012", "F012"),
        (broken.other_disclosure, _NOTHING, "F012", "F012"),
        (broken.swapped, _NOTHING, "F012", "F012"),
        (broken.told_otherwise, _NOTHING, "F012", "F012"),
        (broken.to_strangers, _NOTHING, "F011", "F011"),
        (broken.to_one_more, "F011", "F011", "F011"),
        (broken.to_one_less, "F011", "F011", "F011"),
        (broken.recovery_is_a_stranger, _NOTHING, _NOTHING, "F011"),
        (broken.by_another_list, "F011", "F011", "F011"),
        (broken.by_password, "F011", "F011", "F011"),
        (broken.twin, "F013", "F013", "F013"),
        (broken.plain, "R325", "R325", "R325"),
        (broken.no_recipients, "F011", "F011", "F011"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_is_wrong_with_a_seal_is_found(
    sealed: Sealed, breaking: Breaking, without: str, working: str, both: str
) -> None:
    breaking(sealed)
    keys = (sealed.working, sealed.recovery)
    for given, wanted in (((), without), (keys[:1], working), (keys, both)):
        found = sealed.found(*given)
        if wanted:
            assert wanted in found
        else:
            assert not [p for p in sealed.problems(*given) if p.path.endswith(f"{ENTERPRISE}.age")]


@pytest.mark.parametrize(
    "breaking",
    [broken.more_behind, broken.not_filled_up, broken.more_in_front, broken.to_one_more, broken.by_another_list],
)
def test_a_gate_is_the_only_one_to_find_its_case(sealed: Sealed, breaking: Breaking) -> None:
    breaking(sealed)
    codes = {p.code for p in sealed.problems() if p.path.endswith(f"{ENTERPRISE}.age")}
    assert len(codes) == 1


def test_a_public_part_that_contradicts_other_records_is_found_without_a_key(sealed: Sealed) -> None:
    """The rules that need no more than the public part see it."""
    broken.other_role(sealed)
    assert "R306" in sealed.found()


def test_a_record_that_is_there_twice_is_not_given_another_id(sealed: Sealed) -> None:
    """As an interrupted `unseal` leaves it."""
    (sealed.catalogue / ENTERPRISE).write_bytes((FIXTURES / "base" / ENTERPRISE).read_bytes())
    for keys in ((), (sealed.working,)):
        (told,) = (problem for problem in sealed.problems(*keys) if problem.code == "R303")
        assert "不要换编号" in told.hint and "jiebang new id" not in told.hint


def test_any_flipped_byte_is_found(sealed: Sealed) -> None:
    whole = sealed.path(ENTERPRISE).read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        sealed.path(ENTERPRISE).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with identities_from([sealed.working.file, sealed.recovery.file]):
            _, problems = load(sealed.catalogue)
        told = {p.code for p in problems} | (sealed.found(sealed.working) if not problems else set())
        assert told, f"byte {at}"


def test_whatever_stands_under_a_sealed_name_is_told_and_not_said(sealed: Sealed) -> None:
    """Every hostile file as the whole, as the public part in front of a seal, behind one, and in a seal."""
    whole = sealed.path(ENTERPRISE).read_bytes()
    at = whole.index(b"-----BEGIN")
    public, seal = whole[:at], whole[at:]
    sealed_well, written = set(), {}
    for number, (name, data) in enumerate(contents().items()):
        path = f"2024/qiaokou/enterprises/e-{number:08d}.yml.age"
        written[path] = name
        if number % 5:
            data = (data, data + seal, whole + data, public + data + seal)[number % 5 - 1]
        else:
            sealed_well.add(path)
            data = _sealed_text(sealed, number, data.decode("utf-8", errors="replace").encode())
        (sealed.catalogue / path).write_bytes(data)
    for keys in ((), (sealed.working,)):
        problems = sealed.problems(*keys)
        unseen = written.keys() - {problem.path for problem in problems}
        # Of these only what is sealed is wrong.
        assert {written[path] for path in unseen - (set() if keys else sealed_well)} == set()
        for name, output in outputs(with_places(problems)):
            assert CANARY not in output and "Traceback" not in output, name


def _sealed_text(sealed: Sealed, number: int, text: bytes) -> bytes:
    """A text sealed as it has to be, by somebody who has the public keys."""
    id_ = f"E-{number:08d}"
    values = {"schema": "enterprise/1", "id": id_, "role": "大企业"}
    return sealed_bytes("enterprise", id_, values, text, sealed.recipients)


@pytest.mark.parametrize(
    ("breaking", "code"),
    [
        (broken.rewrapped, "F009"),
        (broken.for_another_id, "F012"),
        (broken.more_in_the_filling, "F009"),
        (broken.to_a_shell_key_as_well, "F011"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_opens_well_and_is_not_as_we_write_it_is_found(sealed: Sealed, breaking: Breaking, code: str) -> None:
    breaking(sealed)
    assert {p.code for p in sealed.problems(sealed.working) if p.path.endswith(f"{ENTERPRISE}.age")} == {code}


@pytest.mark.parametrize(
    ("breaking", "said"),
    [
        (broken.with_line_ends_of_windows, "CRLF"),
        (broken.in_conflict, "合并冲突"),
        (broken.plain_under_a_sealed_name, "里面却是明文"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_tools_and_people_do_to_a_sealed_file_is_told_with_the_way_back(
    sealed: Sealed, breaking: Breaking, said: str
) -> None:
    breaking(sealed)
    for keys in ((), (sealed.working,)):
        (told,) = (p for p in sealed.problems(*keys) if p.path.endswith(f"{ENTERPRISE}.age"))
        assert told.code == "F009" and said in told.message


def test_a_key_that_opens_and_is_no_recipient_is_told(sealed: Sealed) -> None:
    sealed.put(ENTERPRISE, sealed.opened(ENTERPRISE), sealed.stranger.public, sealed.recovery.public)
    told = [p.message for p in sealed.problems(sealed.stranger) if p.path.endswith(f"{ENTERPRISE}.age")]
    assert told == ["打开它的密钥不在 districts.yml 里。"]


def test_records_of_all_usual_lengths_look_alike(sealed: Sealed) -> None:
    lengths = {len(sealed.opened(name)) for name in (ENTERPRISE, OTHER, APPLICATION)}
    assert lengths <= {4096, 8192}
