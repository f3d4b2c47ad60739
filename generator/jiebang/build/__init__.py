"""The build: check, publication, pages, verification, switch; and the same for a preview that follows edits.

`pipeline` checks, and where anything changed since the site in place was made (`sources`, `commit`, `standing`) has it made by `making`:
`staging` gives a folder beside the site in place, `verify` reads every file that goes into it, and the switch
replaces the site. `preview`, `server` and `watch` are `jiebang serve`; `document` writes a single document with the same care.
"""

from jiebang.build.pipeline import BuildOptions, Built, Past, Steps, Summary, build, summary_of

__all__ = ["BuildOptions", "Built", "Past", "Steps", "Summary", "build", "summary_of"]
