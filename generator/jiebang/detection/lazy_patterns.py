"""Regular expressions that are compiled at their first use: most runs never need most of them, and compiling costs more than searching."""

from __future__ import annotations

import re
from functools import cached_property


class LazyPattern:
    """What `re.compile` is given, and what it gives."""

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.source, self.flags = source, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.source, self.flags)
