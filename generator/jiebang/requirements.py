"""`python -m jiebang.requirements` (`seal`: for that extra): the locked list of what the program needs, with versions and hashes, as pip reads it.

The list travels in the wheel, so whoever pins the wheel pins everything. It is asked for before any dependency is installed: only the
standard library is imported here.
"""

from __future__ import annotations

import sys

from jiebang.resources import program_data


def locked(name: str = "runtime") -> str:
    """The text of `requirements/runtime.txt`, or of the extra `seal`."""
    return (program_data() / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(locked("seal" if sys.argv[1:] == ["seal"] else "runtime"))
