"""How a town shortens its firms: 某市钢铁 → 某钢, 甲乙汽车 → 甲汽, 某市重型机床 → 某重, 某重机.

Two characters in a row are often a part of two words, so what is a word of everyday technical language is no short form, nor what begins
or ends inside of one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.name_parts import EVERYDAY_WORDS, Words

_LETTERS = LazyPattern("(?!.?[第号])[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_PIECE = 2
_DOING = "造制炼"
"""What is made comes second: 造船 is shortened to 船."""
_FEWEST_WORDS = 3
_LONGEST_OWN = 3


def _pieces(words: Words) -> list[str]:
    """A name's own words and trades, long ones cut in two characters each."""
    own = words.own
    pieces = [own] if len(own) <= _LONGEST_OWN else [own[at : at + _PIECE] for at in range(0, len(own), _PIECE)]
    return [*pieces, *words.trades]


def _all(words: Words) -> Iterator[str]:
    pieces = [piece for piece in _pieces(words) if piece]
    towns = [place[0] for place in words.places]
    firsts = [piece[0] for piece in pieces]
    for number, piece in enumerate(pieces):
        telling = {piece[0], *piece[1:2]} if piece[0] in _DOING else {piece[0]}
        for letter in telling:
            for town in towns:
                yield town + letter
            for first in firsts[: min(number, 2)]:
                yield first + letter
    if len(pieces) >= _FEWEST_WORDS:
        yield "".join(firsts)
    if len(pieces) >= 2:
        for town in towns:
            yield town + "".join(firsts)


def short_forms(words: Words, common: str) -> tuple[str, ...]:
    """The short forms of a name that are no words themselves."""
    return tuple(
        form
        for form in dict.fromkeys(_all(words))
        if is_telling(form) and form not in common and form not in words.places
    )


def is_telling(form: str) -> bool:
    """Whether a short form is neither a word nor part of a number (第8, 三号)."""
    return form not in EVERYDAY_WORDS and len(set(form)) > 1 and _LETTERS.compiled.fullmatch(form) is not None


def stands_alone(form: str, squashed: str) -> bool:
    """Whether a short form stands in a folded text and neither begins nor ends inside of a word."""
    at = squashed.find(form)
    while at >= 0:
        behind = at + len(form)
        begins_inside = at > 0 and squashed[at - 1 : at + 1] in EVERYDAY_WORDS
        ends_inside = squashed[behind - 1 : behind + 1] in EVERYDAY_WORDS
        if not begins_inside and not ends_inside:
            return True
        at = squashed.find(form, at + 1)
    return False
