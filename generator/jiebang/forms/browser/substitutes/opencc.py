"""For OpenCC: traditional letters to simplified ones, each by itself, from the list beside this module that the packing makes of OpenCC."""

from __future__ import annotations

import json
from pathlib import Path

LIST = "simplified.json"
"""Letter → letter, where they differ."""


class OpenCC:
    """The one conversion that the program asks for, t2s."""

    def __init__(self, config: str) -> None:
        if config != "t2s":
            raise ValueError(config)
        listed = json.loads(Path(__file__).with_name(LIST).read_text(encoding="utf-8"))
        self._letters = str.maketrans(listed)

    def convert(self, text: str) -> str:
        """The text in simplified letters. UnicodeEncodeError for half a surrogate pair, as OpenCC has it."""
        text.encode()
        return text.translate(self._letters)
