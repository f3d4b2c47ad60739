"""Whether a text may hold something private is told by numbers: all that the careful search finds, of the same owners, wherever they travel."""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from jiebang.catalogue import Record, load
from jiebang.detection import readings
from jiebang.mapping import Maps
from jiebang.rules import secret_index as secret_index_module
from jiebang.rules.allowlist import NOTHING_ALLOWED, Allowlist, covers_of
from jiebang.rules.judgement import judge_whole
from jiebang.rules.secret_index import SecretIndex, secret_index
from jiebang.rules.secrets import Secrets
from jiebang.rules.settings import Settings, settings_of
from tests.conftest import FIXTURES, SAMPLE
from tests.judging import judge
from tests.rules.records import catalogue, record

OPENLY = record(
    "E-AAAAAAA1", name="样本甄示范光电有限公司", disclosure="公开", contact={"name": "甄示范", "phone": "02712345670"}
)
SILENT = record("E-AAAAAAA2", name="样本静默有限公司", disclosure="公开")
HIDDEN = record("E-AAAAAAA3", name="样本重工有限公司", disclosure="不公开", contact={"name": "佘样本"})
DEMAND = record("D-AAAAAAA1", enterprise="E-AAAAAAA1", title="要一种只有这里才说的示例材料")
OTHER = record("D-AAAAAAA2")
ANSWERS = [
    record("A-AAAAAAA1", demand="D-AAAAAAA1", profile="要一种只有这里才说的示例材料"),
    record(
        "A-AAAAAAA2", demand="D-AAAAAAA1", profile="要一种只有这里才说的示例材料", note="一句只在申请书里才说的话语"
    ),
    record("A-AAAAAAA3", demand="D-AAAAAAA2", profile="第二项需求的申请书里才说的话语"),
    record("A-AAAAAAA4", profile="没有需求的申请书里面才说的话语"),
]
MADE = catalogue(OPENLY, SILENT, HIDDEN, DEMAND, OTHER, *ANSWERS)
TEXTS = [
    ("甄示范", OPENLY),
    ("致电 027-12345670", OPENLY),
    ("样本重工", HIDDEN),
    ("佘样本", HIDDEN),
    ("E-AAAAAAA1", DEMAND),
    ("一句只在申请书里才说的话语", ANSWERS[1]),
    ("第二项需求的申请书里才说的话语", ANSWERS[2]),
    ("没有需求的申请书里面才说的话语", ANSWERS[3]),
    ("要一种只有这里才说的示例材料", None),
    ("样本静默有限公司", None),
    ("912345670", None),
    ("无事", None),
]


def _owners(index: SecretIndex, *texts: str, covers: Allowlist = NOTHING_ALLOWED) -> list[tuple[int, str]]:
    read = [(number, reading) for number, text in enumerate(texts) for reading in readings(text)]
    found = index.owners_in([(reading, covers) for _, reading in read])
    return sorted({(read[at][0], owner) for at, owner in found})


def test_what_stands_in_a_text_is_told_with_its_owner() -> None:
    index = secret_index(MADE)
    told = [(number, owner.path) for number, (_, owner) in enumerate(TEXTS) if owner is not None]
    assert _owners(index, *(text for text, _ in TEXTS)) == told
    secrets = Secrets(MADE)
    for text, owner in TEXTS:
        found = {secret.record for reading in readings(text) for secret in secrets.search(reading)}
        assert found == ({owner.path} if owner is not None else set())
    assert index.doubts([text for text, _ in TEXTS]) >= {number for number, _ in told}
    assert len(TEXTS) - 1 not in index.doubts([text for text, _ in TEXTS])


@pytest.mark.parametrize("travel", [lambda index: copy.copy(index), lambda index: SecretIndex.of_plain(index.plain())])
def test_an_index_that_travelled_finds_the_same(travel: Any) -> None:
    index = secret_index(MADE)
    again = travel(index)
    assert again.key == index.key and len(again) == len(index) and again.longest == index.longest
    assert _owners(again, *(text for text, _ in TEXTS)) == _owners(index, *(text for text, _ in TEXTS))
    assert again.doubts(["佘样本", "无事"]) == {0}


def test_what_a_tag_cuts_up_between_long_texts_is_in_doubt() -> None:
    before, behind = ("".join(map(chr, range(first, first + 40))) for first in (0x5300, 0x5400))
    index = secret_index(MADE)
    for text, at in (("样本重工", 1), ("样本重工", 3), ("佘样本", 1), ("一句只在申请书里才说的话语", 6)):
        cut = f"<p>{before}{text[:at]}<b>{text[at:]}{behind}</b>"
        assert index.doubts([cut, f"<p>{before}<b>{behind}</b>"]) == {0}


def test_equal_keys_find_the_same_and_no_others_are_equal() -> None:
    key = secret_index(MADE).key
    assert secret_index(catalogue(OPENLY, SILENT, HIDDEN, DEMAND, OTHER, *ANSWERS)).key == key
    moved = Record("enterprise", "2025/x.yml", "2025", None, HIDDEN.near, b"", sound=True)
    assert secret_index(catalogue(OPENLY, SILENT, moved, DEMAND, OTHER, *ANSWERS)).key != key
    assert secret_index(catalogue(OPENLY, SILENT, DEMAND, OTHER, *ANSWERS)).key != key


def test_what_is_excused_is_not_told_and_hides_nothing_behind_it() -> None:
    index = secret_index(MADE)
    covers = covers_of(OPENLY, None, settings_of(None))
    # Excused because its own record keeps it.
    assert _owners(index, "样本甄示范光电有限公司", covers=covers) == [(0, "")]
    told = _owners(index, "样本甄示范光电有限公司与样本重工、佘样本", covers=covers)
    assert told == [(0, ""), (0, HIDDEN.path)]
    # The name of another may stand within a name that was chosen; what that other one keeps may not.
    within = record("E-AAAAAAA1", name="样本重工佘样本配件有限公司", disclosure="公开")
    assert {
        owner for _, owner in _owners(index, within.near["name"], covers=covers_of(within, None, settings_of(None)))
    } == {HIDDEN.path}
    without = secret_index(catalogue(record("E-AAAAAAA3", name="样本重工有限公司", disclosure="不公开")))
    assert _owners(without, within.near["name"], covers=covers_of(within, None, settings_of(None))) == []


def test_a_catalogue_without_secrets_has_none_anywhere() -> None:
    index = secret_index(catalogue(SILENT))
    assert (len(index), index.longest, index.doubts(["无事"]), _owners(index, "无事")) == (0, 0, set(), [])


def test_facts_that_are_known_and_facts_that_are_worked_out_anew_are_the_same() -> None:
    anew = load(FIXTURES / "base")[0]
    texts = [str(value) for one in anew.records() for value in one.value.values()]
    wanted = secret_index(anew)
    known, problems = judge(FIXTURES / "base")
    assert problems == [] and all(one.facts is not None for one in known.enterprises)
    index = secret_index(known)
    assert index.key == wanted.key
    assert _owners(index, *texts) == _owners(wanted, *texts) != []
    assert index.doubts(texts) == wanted.doubts(texts)


def _edited(root: Path, how: str) -> None:
    """An edit that changes what is private in one folder, or who is hidden in another."""
    enterprises = sorted(root.glob("*/*/enterprises/*.yml"))
    hidden = next(file for file in enterprises if "disclosure: 不公开" in file.read_text(encoding="utf-8"))
    shown = next(file for file in enterprises if "disclosure: 公开" in file.read_text(encoding="utf-8"))
    application = sorted(root.glob("*/*/applications/*.yml"))[0]
    demand = sorted(root.glob("*/*/demands/*.yml"))[0]
    if how == "another enterprise":
        text = hidden.read_text(encoding="utf-8")
        (hidden.parent / "e-zzzzzzz1.yml").write_text(re.sub(r"id: \S+", "id: E-ZZZZZZZ1", text), encoding="utf-8")
    elif how == "hidden from now on":
        shown.write_text(shown.read_text(encoding="utf-8").replace("disclosure: 公开", "disclosure: 不公开"), "utf-8")
    elif how == "shown from now on":
        hidden.write_text(hidden.read_text(encoding="utf-8").replace("disclosure: 不公开", "disclosure: 公开"), "utf-8")
    elif how == "an application less":
        application.unlink()
    elif how == "an application to nothing":
        text = application.read_text(encoding="utf-8")
        application.write_text(re.sub(r"demand: \S+", "demand: D-ZZZZZZZ9", text), encoding="utf-8")
    else:
        demand.unlink()


@pytest.mark.parametrize(
    "how",
    [
        "another enterprise",
        "hidden from now on",
        "shown from now on",
        "an application less",
        "an application to nothing",
        "a demand less",
    ],
)
def test_after_an_edit_the_index_is_that_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """A large catalogue's folders are kept, each for itself; who is hidden in one may follow from another."""
    monkeypatch.setattr("jiebang.rules.secret_index._MANY", 1)
    monkeypatch.setattr("jiebang.rules.secret_index._MANY_TOGETHER", 1)
    root, maps = tmp_path / "catalogue", Maps(jobs=1)
    shutil.copytree(SAMPLE, root)
    before = judge_whole(root, maps).around.value.secrets
    _edited(root, how)
    made = []
    values_of = secret_index_module._values_of

    def counted(portion: Any, told: Settings) -> Any:
        made.append(portion)
        return values_of(portion, told)

    monkeypatch.setattr(secret_index_module, "_values_of", counted)
    index = judge_whole(root, maps).around.value.secrets
    folders = {file.parent.parent for file in root.glob("*/*/*/*.yml")}
    assert 1 <= len(made) < len(folders) / 2
    assert index.key != before.key
    assert index.key == secret_index(load(root)[0]).key
