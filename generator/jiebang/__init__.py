"""jiebang: a catalogue of technology demands, checked, reduced to what may be public, poured into pages.

CONTRIBUTING.md draws the rooms and their floors; imports run downwards only (pyproject.toml, `[tool.importlinter]`).
"""

__version__ = "0.1.0"
