"""The file from which a browser ranks as the command does.

match/index.bin     a table (`search/container.py`) of four sections, each of names of any length:
                    tokens, with the gaps and weights of the demands that hold them
                    words of the groups of synonyms that some demand holds, with the groups' numbers
                    ids of the demands, with the last day to apply as a number (20310630)
                    one name: traditional characters and what they are read as
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jiebang.mapping import Maps, Shared, digest, digest_of_plain, unpacked
from jiebang.site.characters import characters_of
from jiebang.site.files import Planned
from jiebang.site.matching.index import Document, Weighed, counted, document_of, is_ranked, weigh
from jiebang.site.matching.ranking import MAKING, TRADING
from jiebang.site.matching.tokens import Counts, Numbers
from jiebang.site.paths import MATCH_INDEX
from jiebang.site.portions import portions
from jiebang.site.search import container, encoding
from jiebang.site.search.folding import traditional
from jiebang.site.synonyms import Groups, key_of
from jiebang.view import Demand

_FEWEST = 8
"""Portions from which on other processes help."""


def _section(lists: Mapping[str, Sequence[int]]) -> bytes:
    """Names in their order, each with its list of numbers."""
    numbers = np.array([number for listed in lists.values() for number in listed], dtype=np.uint32)
    return _named(list(lists), numbers, np.cumsum([0, *(len(listed) for listed in lists.values())]))


def _named(names: Sequence[str], numbers: NDArray[np.uint32], bounds: Numbers) -> bytes:
    """Names in their order; the numbers of name i are `numbers[bounds[i]:bounds[i + 1]]`."""
    encoded = encoding.each(numbers)
    sizes = encoding.varints(np.diff(np.concatenate(([0], encoded.ends))[bounds]))
    return container.section(container.NAMED, "\n".join(names), len(names), sizes, encoded.content)


def _tokens(weighed: Weighed) -> bytes:
    """Of each token by turns how many demands lie between, and the weight."""
    told = np.empty(2 * len(weighed.demands), dtype=np.uint32)
    told[::2] = np.diff(weighed.demands.astype(np.int64), prepend=-1) - 1
    told[2 * weighed.bounds[:-1]] = weighed.demands[weighed.bounds[:-1]]
    told[1::2] = weighed.weights
    return _named(weighed.names, told, 2 * weighed.bounds)


def _words(names: Collection[str], groups: Groups) -> dict[str, list[int]]:
    held: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if f"#{number}" in names:
            for key in dict.fromkeys(map(key_of, group)):
                held[key].append(number)
    return dict(sorted(held.items()))


def match_content(
    due: tuple[tuple[str, int], ...], told: tuple[bytes, ...], places: tuple[int, ...], groups: Groups
) -> bytes:
    """The file: `due` are the ids of the ranked demands with their last days to apply, `told` what all demands say (`counted`, packed,
    portion by portion), `places` which of these are ranked."""
    weighed = weigh([Counts.of(unpacked(counts)) for counts in told], places)
    words = _words(frozenset(weighed.names), groups)
    read = traditional(characters_of("".join((*weighed.names, *words, *TRADING, *MAKING))))
    sections: tuple[dict[str, list[int]], ...] = (
        words,
        {id_: [day] for id_, day in due},
        {"".join(old + read[old] for old in sorted(read)): []},
    )
    return container.TABLE + _tokens(weighed) + b"".join(map(_section, sections))


def match_file(demands: tuple[Demand, ...], groups: Groups, maps: Maps) -> Planned:
    """The file, of all public demands. What each portion says is a map over them: most stay as they were."""
    chosen = [demands[some] for some in portions([demand.id for demand in demands])]
    shared = Shared(digest(*(digest(*group) for group in groups)), groups)

    def documents(number: int) -> list[Document]:
        return [document_of(demand) for demand in chosen[number]]

    keys = [digest_of_plain([(d.title, d.summary, d.details) for d in documents(at)]) for at in range(len(chosen))]
    told = tuple(maps.map(counted, shared, keys, documents, _FEWEST))
    places = tuple(at for at, demand in enumerate(demands) if is_ranked(demand))
    due = tuple((demands[at].id, int(demands[at].apply_by.replace("-", ""))) for at in places)
    return Planned(MATCH_INDEX, match_content, (due, told, places, groups))
