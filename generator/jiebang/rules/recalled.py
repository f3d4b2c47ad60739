"""What the map over records gave for the files of a catalogue, recalled when somebody needs more of it than records hold at hand.

Of ten thousand demands the long texts and the parts of the index of everything private would be most of the memory, and each is read once
or twice in a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from jiebang.catalogue.record import Record

FAR, FACTS = 2, 5
"""Where in a value of `jiebang.rules.facts.facts_of` the packed far fields and the facts stand."""

_T = TypeVar("_T")

_MOST_AT_HAND = 50
"""Values, of some thousands of bytes each."""
_AT_ONCE = 30
"""Records that are recalled together."""


class Recalled:
    """Values of `jiebang.rules.facts.facts_of`, by path of the file."""

    def __init__(self, ask: Callable[[Sequence[str]], Iterable[Any]]) -> None:
        self._ask = ask
        self._at_hand: dict[str, Any] = {}

    def value(self, path: str) -> Any:
        """The value of a file. Some stay at hand: who asks for one part of it asks for the next as well."""
        known = self._at_hand.get(path)
        if known is None:
            if len(self._at_hand) >= _MOST_AT_HAND:
                self._at_hand.clear()
            (known,) = self._ask([path])
            self._at_hand[path] = known
        return known

    def ahead(self, paths: Sequence[str]) -> None:
        """Has the values of these files at hand next, and no others: to recall many together takes half the time."""
        self._at_hand = dict(zip(paths, self._ask(paths), strict=True))

    def far(self, path: str) -> bytes | None:
        """The packed far fields of a file's record, as `jiebang.catalogue.record.FarKept` has it."""
        packed: bytes | None = self.value(path)[FAR]
        return packed


def recall(records: Iterable[Record]) -> None:
    """Recalls together what these records do not hold at hand, for who will ask for it next."""
    asked: dict[Recalled, list[str]] = {}
    for record in records:
        if record.facts is not None and record.facts.recalled is not None:
            asked.setdefault(record.facts.recalled, []).append(record.path)
    for recalled, paths in asked.items():
        recalled.ahead(paths)


def portions(records: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Records, or what comes with them, in portions that may be recalled together."""
    for start in range(0, len(records), _AT_ONCE):
        yield records[start : start + _AT_ONCE]


def recalled_together(records: Sequence[Record]) -> Iterator[Record]:
    """These records one by one, each with what it does not hold at hand, as long as it is the last."""
    for together in portions(records):
        recall(together)
        yield from together
