"""What a schema cannot say: rules across fields and records. Each has a stable code, a documented entry and a failing fixture.

`registry` collects the rules and runs them, `judgement` adds what reading and the schemas find. Shared by rules and publication:
`hidden_names` (who is hidden), `anonymity_sets` (among how many), `public_texts` (what is public), `secrets` (what must not be found)
and `allowlist` (what may be all the same).
"""

from jiebang.rules.judgement import has_errors, judge
from jiebang.rules.registry import RULES, Rule, check_rules, documented

__all__ = ["RULES", "Rule", "check_rules", "documented", "has_errors", "judge"]
