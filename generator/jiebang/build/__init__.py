"""The build: check, publication, pages, verification, switch; and the same for a preview that follows edits.

`pipeline` runs the steps: `staging` gives a folder beside the site in place, `verify` reads every file that goes into it, and the switch
replaces the site. `preview`, `server` and `watch` are `jiebang serve`; `document` writes a single document with the same care.
"""

from jiebang.build.pipeline import BuildOptions, Built, Past, Steps, Summary, build, summary_of
from jiebang.build.preview import Preview

__all__ = ["BuildOptions", "Built", "Past", "Preview", "Steps", "Summary", "build", "summary_of"]
