"""The public site: public view in, every file of the site out.

`frames` are the hand-written pages, built once by `engine` (MkDocs) with slots in them; `grouping` sorts the view; `pages`, `exports`,
`search` and `submit` plan every file, and `output` renders them, one after another: ten thousand demands cost ten thousand joins of
strings and never ten thousand engine pages.
"""

from jiebang.site.files import Output
from jiebang.site.frames import Frames, load_frames
from jiebang.site.output import render

__all__ = ["Frames", "Output", "load_frames", "render"]
