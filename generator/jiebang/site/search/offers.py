"""Synonyms for the search: groups of which some word stands in the public texts, those words apart from the others.

The scripts look up what was typed among all words of a group, and offer those that stand. A word of Latin letters is only taken to
stand where it is never a piece of another one (`ev` in `level`): what is searched for are pieces.

    synonyms.json       [[[words that stand], [other words]], …]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import ahocorasick

from jiebang.site.search.folding import fold_all
from jiebang.site.synonyms import Groups


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a piece begins or ends in the middle of a Latin word or a number."""
    return (_is_latin(text[start]) and _is_latin(text[start - 1])) or (
        _is_latin(text[end]) and _is_latin(text[end + 1])
    )


def standing(terms: Iterable[str], texts: Sequence[str]) -> set[str]:
    """Those of some folded terms that stand in one of the folded texts, and nowhere as a piece of another word."""
    automaton = ahocorasick.Automaton()
    for term in terms:
        automaton.add_word(term, term)
    if not len(automaton):
        return set()
    automaton.make_automaton()
    text = "\n".join(("", *texts, ""))
    found: set[str] = set()
    cut: set[str] = set()
    for end, term in automaton.iter(text):
        if term not in cut:
            (cut if _cuts(text, end - len(term) + 1, end) else found).add(term)
    return found - cut


def synonyms_file(groups: Groups, texts: Sequence[str]) -> tuple[str, bytes]:
    """The file, of the folded public texts."""
    folded = iter(fold_all(term for group in groups for term in group))
    keyed = [[(term, next(folded)) for term in group] for group in groups]
    stand = standing((key for group in keyed for _, key in group), texts)
    told = [
        [[term for term, key in group if key in stand], [term for term, key in group if key not in stand]]
        for group in keyed
    ]
    kept = [group for group in told if group[0]]
    return "synonyms.json", json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
