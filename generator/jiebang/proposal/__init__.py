"""A pull request seen from its base: what it changes, what of that the public will see, and what it may not change.

`repository` reads both states through git; `contents`, `permissions` and `moves` judge the change, `preexisting` tells apart what stood
wrong before, `effect` what the public will see; `judgement` puts it together, `report` and `preview` tell it.
"""

from jiebang.proposal.judgement import Asked, Judged, judge_proposal

__all__ = ["Asked", "Judged", "judge_proposal"]
