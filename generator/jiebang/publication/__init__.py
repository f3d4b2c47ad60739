"""Records → the public view, and the look at the finished site that lets nothing private pass.

`publish` copies what is declared public (`public_part`), with days from git (`history`) and figures after `disclosure_control`. Before
rendering, `view_check` reads the view value by value; afterwards `gate` reads every finished file (`extraction` gets the texts out of it,
`search_index` those of the index). `audit` does the same for a site in a folder.
"""

from jiebang.publication.gate import File, Leak, find_leaks, find_leaks_in
from jiebang.publication.history import (
    GitHistory,
    Standpoint,
    missing_history,
    read_history,
    recalled_history,
)
from jiebang.publication.publish import HeldBack, Publication, publish
from jiebang.publication.view_check import find_in_view
from jiebang.rules.secrets import Secrets, secrets_of

__all__ = [
    "File",
    "GitHistory",
    "HeldBack",
    "Leak",
    "Publication",
    "Secrets",
    "Standpoint",
    "find_in_view",
    "find_leaks",
    "find_leaks_in",
    "missing_history",
    "publish",
    "read_history",
    "recalled_history",
    "secrets_of",
]
