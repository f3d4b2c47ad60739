"""For pyahocorasick: the calls of it that `jiebang.detection` makes, each word looked for by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Automaton:
    """Words, each with a value."""

    def __init__(self) -> None:
        self._words: dict[str, Any] = {}

    def add_word(self, word: str, value: Any) -> None:
        """Takes a word; a later value takes the place of an earlier one."""
        self._words[word] = value

    def make_automaton(self) -> None:
        """Nothing has to be made."""

    def iter(self, text: str) -> Iterator[tuple[int, Any]]:
        """(place of its last letter, value) of every word in a text, in the order of these places, longer words first."""
        found = []
        for word, value in self._words.items():
            start = text.find(word)
            while start >= 0:
                found.append((start + len(word) - 1, -len(word), value))
                start = text.find(word, start + 1)
        found.sort(key=lambda hit: hit[:2])
        return ((end, value) for end, _, value in found)
