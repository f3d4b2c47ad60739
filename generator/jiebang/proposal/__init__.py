"""A pull request seen from its base: what it changes, what of that the public will see, and what it may not change."""

from jiebang.proposal.judgement import Asked, Judged, judge_proposal

__all__ = ["Asked", "Judged", "judge_proposal"]
