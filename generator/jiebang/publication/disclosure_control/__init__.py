"""Which numbers of applications and winners may be said: statistical disclosure control over small tables. Source: safety rule 9.

`suppression` withholds small numbers (primary) and what would give them away (complementary); `audit` lets the `attacker` try to
compute them from `released_tables`, this build's and earlier ones', and withholds totals until nothing is found. Both start from the same
`prior_knowledge`. `appearance` and `integer_program` are the attacker's means.
"""

from jiebang.publication.disclosure_control.audit import AuditedView, suppress_until_safe
from jiebang.publication.disclosure_control.released_tables import ReleasedTables
from jiebang.publication.disclosure_control.suppression import Truth, suppressed_figures

__all__ = ["AuditedView", "ReleasedTables", "Truth", "suppress_until_safe", "suppressed_figures"]
