"""Check → publication → pages → verification → switch, and the same for a preview that follows edits."""

from jiebang.build.pipeline import BuildOptions, Built, Steps, build
from jiebang.build.preview import Preview

__all__ = ["BuildOptions", "Built", "Preview", "Steps", "build"]
