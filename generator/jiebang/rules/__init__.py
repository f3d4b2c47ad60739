"""What a schema cannot say: rules across fields and records. Each has a stable code, a documented entry and a failing fixture."""

from jiebang.rules.judgement import has_errors, judge
from jiebang.rules.registry import RULES, Rule, check_rules, documented

__all__ = ["RULES", "Rule", "check_rules", "documented", "has_errors", "judge"]
