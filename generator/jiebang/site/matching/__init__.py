"""Which demands suit what an enterprise says of itself, from public texts alone, each with the words that carried it.

`tokens` takes a text apart, `index` weighs what each demand says, `ranking` compares a text with it, `reasons` tells where a demand says
what the text says, `files` makes the file from which `match/` of the page scripts ranks the same in the browser: whole numbers, so both
agree to the last. BM25 over pairs of characters, with words that mean the same counted as one (`benchmarks/matching.md`).
"""

from jiebang.site.matching.index import Document, Index, document_of, index_of, public_index
from jiebang.site.matching.ranking import Match, Text, matches
from jiebang.site.matching.reasons import Reason, reasons

__all__ = [
    "Document",
    "Index",
    "Match",
    "Reason",
    "Text",
    "document_of",
    "index_of",
    "matches",
    "public_index",
    "reasons",
]
