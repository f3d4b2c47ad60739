"""YAML text → checked records with line and column, and the whole catalogue in memory.

A file passes through in this order: `files` (may it be a record?), `decode` (bytes → text), `events` (text → `nodes`, after
`yaml_slips` for what is no YAML), `convert` (texts → values), `validate` (by the schema, told by `messages`), giving a `record`;
`catalogue` reads them all. The way back: `write` and `amend`.
"""

from jiebang.catalogue.catalogue import Catalogue, load
from jiebang.catalogue.findings import FINDINGS, Finding
from jiebang.catalogue.record import Record

__all__ = ["FINDINGS", "Catalogue", "Finding", "Record", "load"]
