"""Where a demand says what a text says, in its own words. `match/reasons.js` does the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiebang.site.matching.ranking import Word
from jiebang.site.matching.tokens import Tokens
from jiebang.site.search.folding import fold

FIELDS = (
    ("title", "名称"),
    ("summary", "需求内容"),
    ("parameters", "参数要求"),
    ("effect", "需达到的效果"),
    ("schedule", "时间要求"),
    ("cooperation_note", "合作方式"),
)
"""The texts of a demand that are compared, as the public view calls them, with their titles."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`word` is the text's, `said` what the demand says for it (the same, or a synonym), `field` the title of the field."""

    word: str
    said: str
    field: str


def _said(word: Word, folded: str, tokens: Tokens) -> str:
    """What a folded text says for a word; empty where it says nothing."""
    if word.text in folded:
        return word.text
    if not word.token.startswith("#"):
        return word.token if word.token in folded else ""
    return next((folded[t.start : t.end] for t in tokens.synonyms(folded) if t.name == word.token), "")


def reasons(words: Sequence[Word], fields: Sequence[tuple[str, str]], tokens: Tokens) -> list[Reason]:
    """For each word the first field, as (title, text), that says it, or says something for it."""
    folded = [(title, fold(text)) for title, text in fields]
    told = []
    for word in words:
        for title, text in folded:
            if said := _said(word, text, tokens):
                told.append(Reason(word.text, said, title))
                break
    return told
