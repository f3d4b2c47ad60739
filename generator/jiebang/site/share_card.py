"""A demand as a card, upright 3:4: what is wanted, where and until when, with the QR code of its page. To print, to put up, to send as a
picture; a file of its own, so that it can be taken away without a script.

Nothing stands on it that its page does not say, and nothing of the enterprise. It is for demands that can be applied for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from jiebang.site import labels, paths
from jiebang.site.config import SiteConfig
from jiebang.site.escaping import escaped
from jiebang.site.files import Planned
from jiebang.site.grouping import GroupedDemands
from jiebang.site.qr import QUIET, qr_code
from jiebang.view import City, Demand, PublicSite

_WIDTH, _HEIGHT, _MARGIN = 900, 1200, 72
_INSIDE = _WIDTH - 2 * _MARGIN
_QR = 369
_TITLES = ((80, 2), (64, 4), (52, 6))
"""Sizes of the title's type, and how many lines of it there is room for."""
_FONTS = "PingFang SC,HarmonyOS Sans SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif"
_PIECE = re.compile(r"[0-9.]+ [A-Za-zμ℃°%]{1,4}(?![A-Za-z])|[A-Za-z0-9.,+\-/%℃°μ]+|\s+|.", re.DOTALL)
"""What no line ends within: a number with its unit, a word of Latin letters."""
_CLOSING = frozenset("，。、；：！？）】》”’〉」』％")
_OPENING = frozenset("（【《“‘〈「『")


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a card. `heading` is the site, `foot` who answers for it; `address` is the demand's, whole."""

    heading: str
    title: str
    type: str | None
    code: str
    district: str
    field: str | None
    apply_by: str
    address: str
    foot: str


def card_path(demand_id: str) -> str:
    return f"{paths.demand_path(demand_id)}card.svg"


def has_card(demand: Demand, config: SiteConfig) -> bool:
    """Whether a demand has a card: it can be applied for, and the site knows its own address."""
    return bool(config.url) and demand.status == "published"


def face_of(demand: Demand, district: str, city: City, config: SiteConfig) -> Face:
    """`district` is what the demand's is called."""
    return Face(
        f"{city.name} {config.name}",
        demand.title,
        demand.type,
        demand.code,
        district,
        demand.field,
        demand.apply_by,
        config.address(paths.demand_path(demand.id)),
        city.bureau,
    )


def card_files(site: PublicSite, grouped: GroupedDemands, config: SiteConfig) -> Iterator[Planned]:
    """The card of every demand that has one."""
    for demand in site.demands:
        if has_card(demand, config):
            district = labels.NO_DISTRICT if demand.district is None else grouped.districts[demand.district].name
            yield Planned(card_path(demand.id), card_svg, (face_of(demand, district, site.city, config),))


def _width(text: str) -> float:
    """About how wide a text is, in ems: Han characters and full-width signs fill one."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.58 for letter in text)


def _filled(pieces: list[str], width: float) -> list[str]:
    """Lines of at most this width (ems). Closing signs may hang over the end; opening ones go to the next line."""
    lines = [""]
    for number, piece in enumerate(pieces):
        follows = pieces[number + 1] if piece in _OPENING and number + 1 < len(pieces) else ""
        if lines[-1] and piece not in _CLOSING and _width(lines[-1] + piece + follows) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
    return lines


def balanced_lines(text: str, width: float) -> list[str]:
    """A text in as few lines of this width (ems) as it takes, all of about one length; what has no place to break is cut."""
    longest = int(width / 0.58)
    pieces = [
        piece[start : start + longest] for piece in _PIECE.findall(text) for start in range(0, len(piece), longest)
    ]
    lines = _filled(pieces, width)
    narrow = width
    while len(closer := _filled(pieces, narrow := narrow - 0.5)) == len(lines) and narrow > width / 2:
        lines = closer
    return lines


def _title_lines(title: str) -> tuple[int, list[str]]:
    """The size of the type, and the lines."""
    for size, most in _TITLES:
        lines = balanced_lines(title, _INSIDE / size)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], f"{lines[most - 1]}…"]


def _text(x: int, y: float, size: float, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y:g}" font-size="{size:g}"{more}>{escaped(words)}</text>'


def _fitting(words: str, size: float, width: float) -> float:
    """The size of type, at most this, at which words fit into a width."""
    return min(size, width / _width(words))


def _facts(face: Face) -> Iterator[str]:
    """Label over value, beside the QR code."""
    day = "{} 年 {} 月 {} 日".format(*(int(part) for part in face.apply_by.split("-")))
    others = (("所在区", face.district), ("领域", face.field), ("代码", face.code))
    facts = [("揭榜截止", day, 38, ' font-weight="600"'), *((label, value, 32, "") for label, value in others if value)]
    for number, (label, value, size, weight) in enumerate(facts):
        y = 712 + number * 106
        yield _text(_MARGIN, y, 24, label, ' fill="#51616a"')
        yield _text(_MARGIN, y + 46, _fitting(value, size, _INSIDE - _QR - 24), value, weight)


def card_svg(face: Face) -> bytes:
    """The card. Sizes are units of 900 by 1200; printed as it is, it is 18 cm wide."""
    qr = qr_code(face.address)
    size, lines = _title_lines(face.title)
    # Its white margin stands outside the card's.
    left = _WIDTH - _MARGIN - _QR * (1 - QUIET / qr.size)
    drawn = [
        (f'<svg xmlns="http://www.w3.org/2000/svg" width="180mm" height="240mm" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="{_FONTS}" fill="#1a2326"><title>{escaped(face.title)}</title>'),
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/><rect width="{_WIDTH}" height="128" fill="#12495c"/>',
        _text(_MARGIN, 76, _fitting(face.heading, 34, _INSIDE), face.heading, ' fill="#fff" font-weight="600"'),
        _text(_MARGIN, 200, 28, f"技术需求 · {face.type}" if face.type else "技术需求", ' fill="#0e5368"'),
        *(_text(_MARGIN, 232 + size + number * size * 1.3, size, line, ' font-weight="600"') for number, line in enumerate(lines)),
        f'<path d="M{_MARGIN} 652.5h{_INSIDE}" stroke="#d9e0df"/>',
        *_facts(face),
        (f'<svg x="{left:g}" y="666" width="{_QR}" height="{_QR}" viewBox="0 0 {qr.size} {qr.size}" '
        f'shape-rendering="crispEdges"><path d="{qr.path}" stroke="#000"/></svg>'),
        f'<text x="{left + _QR / 2:g}" y="1062" font-size="26" text-anchor="middle">扫码看全文和揭榜办法</text>',
        f'<path d="M{_MARGIN} 1104.5h{_INSIDE}" stroke="#d9e0df"/>',
        _text(_MARGIN, 1140, _fitting(face.address, 22, _INSIDE), face.address, ' fill="#51616a"'),
        _text(_MARGIN, 1172, _fitting(face.foot, 22, _INSIDE), face.foot, ' fill="#51616a"'),
        "</svg>\n",
    ]  # fmt: skip
    return "".join(drawn).encode()
