"""The browser ranks as the command does: the same demands, scores, words and places, on a hundred descriptions put together at random."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

import matching as bench
from jiebang.catalogue import load
from jiebang.desk.matching import demands_for
from jiebang.mapping import Maps
from jiebang.publication import publish
from jiebang.publication.search_index import names_of
from jiebang.site import Frames, portions
from jiebang.site.matching import Text, matches, public_index
from jiebang.site.matching.ranking import MAKING, TRADING
from jiebang.site.matching.reasons import FIELDS
from jiebang.site.output import planned
from jiebang.site.paths import MATCH_INDEX
from jiebang.view import PublicSite
from tests.conftest import ROOT, SAMPLE
from tests.site.samples import match_content
from tests.turns import at_night

NODE = ROOT / ".venv" / "bin" / "node"
TODAY = "2026-11-20"
_ODD = (
    "",
    " ",
    "。",
    "𠮷野家🦀",
    "ＰＡ６６",
    "PA-66",
    "壓縮機",
    "維修",
    "零售",
    "sell",
    "a1 66pa",
    "e\u0301",
    "\n\n",
    "-",
    "α粒子",
    "ﬁber",
)
_TOLD_APART = (
    "Our workshop: laser beam shaping optics for glass via etching.",
    "We make and sell laser beam shaping optics for glass via etching.",
    "我们不做激光加工，也不涉及五轴机床和几何内核，生产钠离子电池硬碳负极。",
    "激光加工、几何内核我们不做，只做北斗测量天线",
    "不再从事钠离子电池只做碳陶制动盘；没有硬碳业务",
    "We don’t make carbon-ceramic brake discs but optical fiber preforms. Not involved in RFID.",
)


@pytest.fixture(scope="module")
def sample() -> PublicSite:
    return publish(load(SAMPLE)[0], {}).site


def _descriptions(site: PublicSite, count: int) -> list[str]:
    """Pieces of profiles, of demands, synonyms and oddities, in any order; and the profiles themselves."""
    numbers = Random(11)  # noqa: S311 - a seeded sample, no secret
    profiles = [profile.text for profile in bench.profiles()]
    words = [word for group in bench.GROUPS for word in group]
    made = []
    for _ in range(count):
        parts = []
        for _ in range(numbers.randint(1, 9)):
            source = numbers.choice(
                (numbers.choice(profiles), numbers.choice(site.demands).summary, numbers.choice(words))
            )
            start = numbers.randrange(max(1, len(source)))
            parts.append(
                numbers.choice(
                    (source[start : start + numbers.randint(1, 30)], numbers.choice(words), numbers.choice(_ODD))
                )
            )
        made.append(numbers.choice(("", "，", " ", "\n")).join(parts))
    return [*made, *profiles, *_ODD, *_TOLD_APART]


@pytest.fixture(scope="module")
def answers(
    sample: PublicSite, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], list[list[dict[str, Any]]]]:
    folder = tmp_path_factory.mktemp("matched")
    (folder / "index.bin").write_bytes(match_content(sample.demands, bench.GROUPS))
    texts = _descriptions(sample, 1000 if at_night() else 100)
    demands = {demand.id: {name: getattr(demand, name) for name, _ in FIELDS} for demand in sample.demands}
    done = subprocess.run(
        [NODE, ROOT / "tests" / "scripts" / "matched.js", folder / "index.bin"],
        input=json.dumps({"texts": texts, "today": TODAY, "demands": demands}),
        capture_output=True,
        check=True,
        timeout=120,
        encoding="utf-8",
    )
    return texts, json.loads(done.stdout)


def test_browser_and_command_agree_on_a_hundred_descriptions(
    sample: PublicSite, answers: tuple[list[str], list[list[dict[str, Any]]]]
) -> None:
    texts, told = answers
    index = public_index(sample.demands, bench.GROUPS)
    named = 0
    for text, there in zip(texts, told, strict=True):
        here = [
            {
                "id": suited.id,
                "score": suited.score,
                "reasons": [asdict(reason) for reason in suited.reasons],
            }
            for suited in demands_for(sample, index, text, TODAY, 1000)
        ]
        assert [{key: one[key] for key in ("id", "score", "reasons")} for one in there] == here, text
        wanted = frozenset(one["id"] for one in there)
        words = [[asdict(word) for word in match.words] for match in matches(Text(text, index), index, wanted)]
        assert [one["words"] for one in there] == words, text
        named += bool(here)
    assert named >= len(texts) // 3
    assert named < len(texts)


def test_words_of_trade_and_making_are_the_same_in_the_script() -> None:
    script = (ROOT / "site/assets/js/match/ranking.js").read_text(encoding="utf-8")
    for words in (TRADING, MAKING):
        han, latin = [w for w in words if not w.isascii()], [w for w in words if w.isascii()]
        assert f'"{" ".join(han)}"' in script
        assert f'"{" ".join(latin)}"' in script


def test_the_file_holds_public_words_alone_and_can_be_looked_through(sample: PublicSite) -> None:
    content = match_content(sample.demands, bench.GROUPS)
    assert content == match_content(sample.demands, bench.GROUPS)
    names = names_of(content)
    assert "硬碳" in names
    loaded = load(SAMPLE)[0]
    private = [one.get("profile") for one in loaded.enterprises if one.get("profile")]
    assert private
    assert not any(text[:12] in names for text in private)
    assert len(content) < 60_000


def test_the_file_is_the_same_however_demands_are_portioned(
    sample: PublicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decided ones among them, which are not ranked but make words common."""
    decided = tuple(replace(d, status="selected") if at % 3 == 0 else d for at, d in enumerate(sample.demands))
    whole = match_content(decided, bench.GROUPS)
    monkeypatch.setattr(portions, "ABOUT", 2)
    assert match_content(decided, bench.GROUPS) == whole != match_content(sample.demands, bench.GROUPS)


def test_a_site_without_demands_has_the_file_too() -> None:
    content = match_content((), bench.GROUPS)
    assert names_of(content) is not None


def test_the_page_names_the_file(frames: Frames, sample: PublicSite) -> None:
    files = {file.path: file for file in planned(sample, frames, Maps(jobs=1))}
    assert MATCH_INDEX in files
    assert f'data-src="../{MATCH_INDEX}"'.encode() in files["match/index.html"].content(frames)


def test_the_index_is_made_from_the_public_view_alone(base: Path) -> None:
    site = publish(load(base)[0], {}).site
    before = match_content(site.demands, bench.GROUPS)
    for file in base.rglob("enterprises/*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("profile: |\n", "profile: |\n  乌金粉秘法炭。\n"), encoding="utf-8")
    assert match_content(publish(load(base)[0], {}).site.demands, bench.GROUPS) == before
