"""What a schema cannot say: rules across fields and records. Each has a stable code, a documented entry and a failing fixture.

`registry` collects the rules. A catalogue is judged in this order: `reading` (which files, what names their contents), `facts` (the map
over records: each by itself), `suspicion` (the map over public texts: which may hold something private) and `judgement`, which puts
together what these and the comparison of records found; `verdict` is that alone. Shared by rules and publication: `settings`,
`hidden_names` (who is hidden), `anonymity_sets` (among how many), `public_texts` (what is public), `secrets` and `secret_index` (what must
not be found), `earlier_looks` (what of a look for it is true still), `allowlist` (what may be all the same). `steps` takes one record to its
next state.
"""

from jiebang.rules.registry import RULES, Rule, check_rules, documented, titles_of_findings

__all__ = ["RULES", "Rule", "check_rules", "documented", "titles_of_findings"]
