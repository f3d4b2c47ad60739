"""Detection and normalisation of names and contact data, however they are disguised: text in, findings out; no record is known here.

`normalisation` gives every reading of a text (after `escapes`, `mojibake`, `confusables`, `variant_characters`, `digits`, `picked_letters`); `name_variants`
lists how an enterprise can be named (from its `name_parts`), `resemblance` what only reminds of it; `contacts`, `honorifics`, `indirect_identifiers` and
`classification_marks` find what is private whoever it belongs to (in the `legible` text, through a `sieve`); `matching` looks for many values at once,
of long texts in `segments`; `trigrams` tell where a value cannot stand. Used on what staff type (rules) and on the finished site (the leak
gate). Source: safety rules 5, 6 and 12.
"""

from jiebang.detection.classification_marks import has_mark, has_mark_in_a_row
from jiebang.detection.contacts import Sighting, find_contacts
from jiebang.detection.honorifics import find_honorifics, without_honorific
from jiebang.detection.indirect_identifiers import find_hints
from jiebang.detection.letters import APART
from jiebang.detection.matching import PatternSet, Rule
from jiebang.detection.name_variants import Identity, Variant, variants
from jiebang.detection.normalisation import Reading, fold, han_only, read_plain, readings
from jiebang.detection.resemblance import Resemblance, resembles

__all__ = [
    "APART",
    "Identity",
    "PatternSet",
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
    "without_honorific",
]
