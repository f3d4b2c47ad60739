"""The public site: public view in, every file of the site out.

MkDocs builds the hand-written pages and one frame per kind of page; here the frames' slots are filled, one file after
another, so that ten thousand demands cost ten thousand joins of strings and never ten thousand engine pages.
"""

from jiebang.site.files import Output
from jiebang.site.frames import FrameError, Frames, load_frames, sources
from jiebang.site.memo import Memo
from jiebang.site.output import render

__all__ = ["FrameError", "Frames", "Memo", "Output", "load_frames", "render", "sources"]
