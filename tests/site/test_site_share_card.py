"""The QR code of a demand's address, its card, and what its page says of who may apply."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest
import segno

from jiebang.publication import secrets_of
from jiebang.publication.gate import find_leaks
from jiebang.rules.sizes import LARGE, TIERS
from jiebang.schemas import applicant_sizes, relations
from jiebang.site import Frames, render
from jiebang.site.config import SiteConfig
from jiebang.site.qr import QUIET, qr_code
from jiebang.site.share_card import Face, balanced_lines, card_path, card_svg, face_of
from jiebang.view import Demand
from tests.site import samples

URL = "https://catalogue.example.org/needs/"
CONFIG = SiteConfig("需求目录（示例）", "", URL)
SITE = samples.make_site(12)


@pytest.fixture(scope="module")
def addressed(frames: Frames) -> dict[str, bytes]:
    """A site that knows its address."""
    known = replace(frames, config=replace(frames.config, url=URL))
    return {file.path: file.content for file in render(SITE, known)}


def _open() -> Demand:
    return next(demand for demand in SITE.demands if demand.status == "published")


def _face(title: str = "无卤阻燃母粒（示例）") -> Face:
    return face_of(replace(_open(), title=title), "江北示例区", samples.CITY, CONFIG)


def _modules(path: str, size: int) -> list[list[int]]:
    """What a path draws: 1 for a dark module."""
    drawn = [[0] * size for _ in range(size)]
    for x, y, steps in re.findall(r"M(\d+) (\d+)\.5((?:h\d+|m\d+ 0)+)", path):
        at = int(x)
        for length, gap in re.findall(r"h(\d+)|m(\d+) 0", steps):
            if length:
                drawn[int(y)][at : at + int(length)] = [1] * int(length)
            at += int(length or gap)
    return drawn


@pytest.mark.parametrize("address", [f"{URL}demands/d-7k3m9q2x/", "http://a.example/", f"{URL}{'x' * 120}/"])
def test_the_path_draws_the_code_of_the_address(address: str) -> None:
    qr = qr_code(address)
    drawn = _modules(qr.path, qr.size)
    # What segno makes of the address, with the mask that its own search would not always choose.
    code = segno.make(address, error="m", boost_error=False, micro=False, mask=3)
    inner = [row[QUIET:-QUIET] for row in drawn[QUIET:-QUIET]]
    assert inner == [list(row) for row in code.matrix]
    assert sum(map(sum, drawn)) == sum(map(sum, inner))


def test_the_code_of_a_page_and_of_its_card_is_that_of_its_address(addressed: dict[str, bytes]) -> None:
    demand = _open()
    page = addressed[f"demands/{demand.id.lower()}/index.html"].decode()
    card = addressed[card_path(demand.id)].decode()
    address = f"{URL}demands/{demand.id.lower()}/"
    for text in (page, card):
        assert qr_code(address).path in text
        assert f">{address}<" in text
    assert 'src="card.svg"' in page


def test_only_demands_that_can_be_applied_for_have_a_card(addressed: dict[str, bytes]) -> None:
    wanted = {card_path(demand.id) for demand in SITE.demands if demand.status == "published"}
    assert {path for path in addressed if path.endswith("card.svg")} == wanted
    ended = next(demand for demand in SITE.demands if demand.status != "published")
    assert "card.svg" not in addressed[f"demands/{ended.id.lower()}/index.html"].decode()


def test_a_site_that_knows_no_address_has_neither(rich: dict[str, bytes]) -> None:
    pages = [content for path, content in rich.items() if path.startswith("demands/d-")]
    assert not any(path.endswith("card.svg") for path in rich)
    assert not any(b"paper-address" in content or b"card.svg" in content for content in pages)


def test_a_card_tells_nothing_of_the_enterprise() -> None:
    named = next(d for d in SITE.demands if d.enterprise.name)
    face = face_of(named, "江北示例区", samples.CITY, CONFIG)
    card = card_svg(face).decode()
    assert named.enterprise.name is not None and named.enterprise.name not in card
    assert face_of(replace(named, enterprise=_open().enterprise), "江北示例区", samples.CITY, CONFIG) == face


def test_a_card_says_title_day_district_and_code() -> None:
    face = _face()
    text = "".join(re.findall(r">([^<]+)<", card_svg(face).decode()))
    year, month, day = (int(part) for part in face.apply_by.split("-"))
    for said in (face.title, f"{year} 年 {month} 月 {day} 日", face.district, face.code, face.heading, face.foot):
        assert said in text


def test_texts_stay_texts_on_a_card() -> None:
    card = card_svg(_face("<script>alert(1)</script>&\"'"))
    assert b"<script" not in card
    assert b"&lt;script" in card


@pytest.mark.parametrize(
    "title",
    [
        "短",
        "示例" * 30,
        "800V 高压平台碳化硅（SiC）电驱动总成关键部件研发及 0.5 μm 级装配工艺验证",
        "x" * 60,
        "（" * 60,
        "，" * 60,
    ],
)
def test_every_title_stands_whole_on_its_card(title: str) -> None:
    drawn = card_svg(_face(title)).decode()
    sizes = {(float(y), float(size)) for y, size in re.findall(r'y="([\d.]+)" font-size="([\d.]+)" font-weight', drawn)}
    assert "".join(re.findall(r'font-weight="600">([^<]+)<', drawn)).replace(" ", "").find(title.replace(" ", "")) >= 0
    assert all(y < 652 for y, size in sizes if size >= 52)


def test_lines_end_and_begin_as_chinese_lines_do() -> None:
    for width in range(4, 16):
        lines = balanced_lines("面向“双碳”目标的氢能（含储运）、光伏，以及 0.5 mm 薄板、12 kW 电源等技术", width)
        assert not any(line[0] in "，、）”。" for line in lines), lines
        assert not any(line[-1] in "（“" for line in lines), lines
        assert any("0.5 mm" in line for line in lines), lines


def test_no_code_is_taken_for_a_private_value() -> None:
    """The gate reads the digits of a path; those of the sample's records stand in none."""
    from jiebang.rules.judgement import judge
    from tests.conftest import ROOT

    secrets = secrets_of(judge(ROOT / "catalogue")[0])
    for number in range(40):
        face = replace(_face(), address=f"{URL}demands/d-{number * 7919:08d}/")
        assert find_leaks("demands/d-00000000/card.svg", card_svg(face), secrets) == []


def test_the_sizes_that_may_apply_are_those_below_the_largest() -> None:
    assert sorted(applicant_sizes()) == sorted(TIERS[:LARGE])


def test_a_page_says_who_may_apply(rich: dict[str, bytes]) -> None:
    demand = next(d for d in samples.make_site(70).demands if d.status == "published")
    page = rich[f"demands/{demand.id.lower()}/index.html"].decode()
    panel = page[page.index('id="apply"') :]
    panel = panel[: panel.index("</section>")]
    for said in (*applicant_sizes(), *(one.value for one in relations()[:-1]), demand.apply_by, demand.code):
        assert said in panel
    for way in (f"match/#demand={demand.id}", "guide/eligibility/#size", "guide/apply/"):
        assert way in panel
    ended = next(d for d in samples.make_site(70).demands if d.status != "published")
    assert 'id="apply"' not in rich[f"demands/{ended.id.lower()}/index.html"].decode()


def test_what_a_code_adds_to_a_page_is_little() -> None:
    qr = qr_code(f"{URL}demands/d-7k3m9q2x/")
    assert len(zlib.compress(qr.path.encode())) < 600
