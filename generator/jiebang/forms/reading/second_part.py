"""Where a form's first part ends: a label like 名称 or 代码 up to there is none of a demand's or an item's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiebang.forms.reading.layout import Pair, Row
from jiebang.forms.reading.text import folded


def _has(row: Row, pattern: re.Pattern[str]) -> bool:
    texts = [*(cell.text for cell in row.loose), *(pair.label for pair in row.pairs if not pair.keys)]
    return any(pattern.fullmatch(folded(text)) for text in texts)


def _of_the_enterprise(pair: Pair) -> bool:
    return any(kind == "enterprise" for kind, _ in pair.keys)


def begin(rows: Sequence[Row], heading: re.Pattern[str], head: re.Pattern[str]) -> int:
    """The number of the first row behind the first part: of the second one's heading; else behind the last field above its first head."""
    headed = next((number for number, row in enumerate(rows) if _has(row, heading)), None)
    if headed is not None:
        return headed
    first = next((number for number, row in enumerate(rows) if _has(row, head)), 0)
    fields = [number for number, row in enumerate(rows[:first]) if any(map(_of_the_enterprise, row.pairs))]
    return fields[-1] + 1 if fields else 0


def of_the_first_part(rows: Sequence[Row], start: int) -> list[Row]:
    """The rows; up to `start`, and behind an enterprise's field in the same row, a label of another part is one that nobody knows."""
    read = []
    for number, row in enumerate(rows):
        pairs: list[Pair] = []
        for pair in row.pairs:
            fields = any(map(_of_the_enterprise, pairs))
            other = bool(pair.keys) and not _of_the_enterprise(pair)
            short = not start and fields and folded(pair.label) in _SHORT
            pairs.append(replace(pair, keys=()) if other and (number < start or short) else pair)
        read.append(replace(row, pairs=pairs))
    return read


_SHORT = {"名称", "代码"}
"""Labels that other fields have beside them, too."""
