"""Sees through the disguises of names and contact data: pure text in, findings out; knows nothing of records.

Used on what staff type (rules) and on the finished site (the leak gate), so both have the same eyes. Source: safety rules 5, 6 and 12.
"""

from jiebang.disguise.contacts import Sighting, find_contacts
from jiebang.disguise.folding import Reading, fold, han_only, read_plain, readings
from jiebang.disguise.hints import find_hints
from jiebang.disguise.marks import has_mark, has_mark_in_a_row
from jiebang.disguise.names import Identity, Variant, variants
from jiebang.disguise.needles import APART, Needles, Rule
from jiebang.disguise.persons import find_honorifics
from jiebang.disguise.resemblance import Resemblance, resembles

__all__ = [
    "APART",
    "Identity",
    "Needles",
    "Reading",
    "Resemblance",
    "Rule",
    "Sighting",
    "Variant",
    "find_contacts",
    "find_hints",
    "find_honorifics",
    "fold",
    "han_only",
    "has_mark",
    "has_mark_in_a_row",
    "read_plain",
    "readings",
    "resembles",
    "variants",
]
