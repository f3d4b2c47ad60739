"""The file from which a browser ranks as the command does.

match/index.bin     a table (`search/container.py`) of four sections, each of names of any length:
                    tokens, with the gaps and weights of the demands that hold them
                    words of the groups of synonyms that some demand holds, with the groups' numbers
                    ids of the demands, with the last day to apply as a number (20310630)
                    one name: traditional characters and what they are read as
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from jiebang.site.characters import characters_of
from jiebang.site.files import Planned
from jiebang.site.matching.index import Index, public_index
from jiebang.site.matching.ranking import MAKING, TRADING
from jiebang.site.paths import MATCH_INDEX
from jiebang.site.search import container, encoding
from jiebang.site.search.folding import traditional
from jiebang.site.synonyms import Groups, key_of
from jiebang.view import Demand


def _section(lists: Mapping[str, Sequence[int]]) -> bytes:
    """Names in their order, each with its list of numbers."""
    numbers = np.array([number for listed in lists.values() for number in listed], dtype=np.int64)
    encoded = encoding.each(numbers)
    ends = np.concatenate(([0], encoded.ends))[np.cumsum([0, *(len(listed) for listed in lists.values())])]
    sizes = encoding.varints(np.diff(ends))
    return container.section(container.NAMED, "\n".join(lists), len(lists), sizes, encoded.content)


def _gaps(postings: Iterable[tuple[int, int]]) -> list[int]:
    told, before = [], -1
    for number, weight in postings:
        told += [number - before - 1, weight]
        before = number
    return told


def _words(index: Index) -> dict[str, list[int]]:
    held: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(index.groups):
        if f"#{number}" in index.postings:
            for key in dict.fromkeys(map(key_of, group)):
                held[key].append(number)
    return dict(sorted(held.items()))


def match_content(demands: tuple[Demand, ...], groups: Groups) -> bytes:
    """The file, of all public demands."""
    index = public_index(demands, groups)
    words = _words(index)
    due = {demand.id: int(demand.apply_by.replace("-", "")) for demand in demands}
    read = traditional(characters_of("".join((*index.postings, *words, *TRADING, *MAKING))))
    sections: tuple[dict[str, list[int]], ...] = (
        {name: _gaps(postings) for name, postings in index.postings.items()},
        words,
        {id_: [due[id_]] for id_ in index.ids},
        {"".join(old + read[old] for old in sorted(read)): []},
    )
    return container.TABLE + b"".join(map(_section, sections))


def match_file(demands: tuple[Demand, ...], groups: Groups) -> Planned:
    return Planned(MATCH_INDEX, match_content, (demands, groups))
