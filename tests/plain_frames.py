"""The site's frames of the program alone: without what the sample's bureau adds, whose map knows the sample's districts only."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jiebang.build.making import frames
from jiebang.site import Frames


@cache
def plain_frames() -> Frames:
    """Read once by each process of a run."""
    return frames(Path(__file__).parent)
