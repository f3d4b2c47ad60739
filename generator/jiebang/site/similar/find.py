"""The demands that share most with each, weighed by how rare the shared terms are.

Only titles and texts come in here: not who asks, not where, not when. So what links two demands is what anybody can read in both,
and one hidden enterprise's demands are no nearer to each other than their words are. Weights are whole numbers: the same on
every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from jiebang.mapping import Maps, digest, digest_of_plain, program_digest
from jiebang.site.similar.nearest import Nearest, nearest, nearest_again
from jiebang.site.similar.tokens import FIRST_HAN, folded, normal
from jiebang.site.similar.weighing import Text, Weighed, differing, portions_of, weighed

MOST = 5
"""Similar demands named for one."""
_SHOWN = 4
_ENOUGH = 3
"""So many are named where there are any; more only when they are really near."""
_NEAR = 0.12
_TELLING = 4
"""Characters from which a single shared term is reason enough."""
_ROWS = 10_000
"""Texts whose terms are at hand in the form in which reasons are told from them."""
_MOST_CHANGED = 4
"""Where more than this part of all texts changed, all are compared anew."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another demand, and what both texts say: terms as the first of them writes them, the most telling first."""

    id: str
    shared: tuple[str, ...]


Told = dict[str, list[tuple[str, tuple[str, ...]]]]
"""As `alike` tells it, in plain values."""


def _rows(weighed: Weighed) -> Callable[[int], tuple[dict[int, int], frozenset[int]]]:
    """What gives of a text (how much each of its terms counts, by the term's number; those that it is named by)."""

    # Of a large catalogue all rows in this form would be too much to hold. Not a method: what holds itself is never let go of (`no_garbage`).
    @lru_cache(maxsize=_ROWS)
    def row(me: int) -> tuple[dict[int, int], frozenset[int]]:
        chosen = slice(*weighed.bounds[me : me + 2].tolist())
        terms = weighed.terms[chosen]
        values = dict(zip(terms.tolist(), weighed.values[chosen].tolist(), strict=True))
        return values, frozenset(terms[weighed.named[chosen]].tolist())

    return row


class _Reasons:
    """Why two texts are alike."""

    def __init__(self, texts: Sequence[Text], weighed: Weighed) -> None:
        self._texts = texts
        self._weighed = weighed
        self._row = _rows(weighed)

    def values_of(self, me: int) -> Mapping[int, int]:
        """How much each term counts that a text holds, by its number."""
        return self._row(me)[0]

    def reasons(self, me: int, other: int) -> list[str]:
        """Terms that both hold, the most telling first, none a piece of another, and no more than are shown; nothing where only the
        details agree."""
        (mine, my_named), (theirs, their_named), among = self._row(me), self._row(other), len(self._weighed.words)
        if my_named.isdisjoint(their_named):
            return []
        # One number for how much and which: the greatest first, and of equals in the order of the words.
        shared = sorted(term - mine[term] * theirs[term] * among for term in mine.keys() & theirs.keys())
        named: list[str] = []
        for number in shared:
            word = self._weighed.words[number % among]
            if not any(word in one or one in word for one in named):
                named.append(word)
                if len(named) == _SHOWN:
                    break
        return named

    def quoted(self, term: str, me: int) -> str:
        """The term as a text writes it; Chinese terms are written one way only."""
        if ord(term[0]) >= FIRST_HAN:
            return term
        text = self._texts[me]
        whole = "\n".join(map(normal, (text.title, text.summary, text.details)))
        start = folded(whole).index(term)
        return whole[start : start + len(term)]

    def told(self, me: int, near: Sequence[tuple[int, float]]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The nearest first; after the first few only those that are really near."""
        named = 0
        for other, score in near:
            if named == MOST or (named >= _ENOUGH and score < _NEAR):
                return
            reasons = self.reasons(me, other)
            # A single short word in common is no reason to send a reader there.
            if len(reasons) > 1 or any(len(reason) >= _TELLING for reason in reasons):
                named += 1
                yield self._texts[other].id, tuple(self.quoted(word, me) for word in reasons)


def _before_key() -> bytes:
    return digest(program_digest(), b"similar before")


def _key(ids: Sequence[str], portions: Sequence[bytes]) -> bytes:
    return digest(program_digest(), digest_of_plain(b"similar", ids, portions))


def _told(texts: Sequence[Text], chosen: Sequence[Sequence[Text]], keys: Sequence[bytes], maps: Maps) -> Told:
    """What is alike among some texts; what an earlier build found is told again, as far as it is the same. The ids, and that the texts stand
    in the same order, decide about it as the words do."""
    ids = [text.id for text in texts]
    now = weighed(chosen, keys, maps)
    before = maps.look_up(_before_key())
    told: Told | None = maps.look_up(_key(ids, before[1])) if before is not None and before[0] == ids else None
    changed = differing(now, Weighed.of(before[2])) if told is not None else np.ones(len(texts), dtype=np.bool_)
    if told is not None and np.count_nonzero(changed) * _MOST_CHANGED <= len(texts):
        near, anew = nearest_again(now, Nearest.of(before[3]), changed)
        # Of a text that holds the same terms another capital may be quoted.
        same = [one == other for one, other in zip(keys, before[1], strict=True)]
        anew |= ~np.repeat(same, [len(some) for some in chosen])
    else:
        told, near, anew = {}, nearest(now), np.ones(len(texts), dtype=np.bool_)
    reasons = _Reasons(texts, now)
    for me in np.flatnonzero(anew).tolist():
        told[ids[me]] = list(reasons.told(me, near.listed(me)))
    maps.note(_before_key(), (ids, keys, now.plain(), near.plain()))
    return told


def alike(texts: tuple[Text, ...], maps: Maps | None = None) -> dict[str, tuple[Alike, ...]]:
    """For each text up to `MOST` others, the nearest first. `maps`: what an earlier build kept, of the texts, and of what it found for them or
    for others."""
    maps = maps or Maps(jobs=1)
    chosen, keys = portions_of(texts)
    key = _key([text.id for text in texts], keys)
    known: Told | None = maps.look_up(key)
    if known is None:
        known = _told(texts, chosen, keys, maps) if texts else {}
        maps.note(key, known)
    return {me: tuple(Alike(id_, tuple(shared)) for id_, shared in found) for me, found in known.items()}
