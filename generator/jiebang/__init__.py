"""jiebang: a catalogue of technology demands, checked, reduced to what may be public, poured into pages.

Floors, from the cellar up; imports run downwards only (pyproject.toml, `[tool.importlinter]`):
problems → schemas → catalogue → rules → publication, beside them view → site, and on top build and cli.
"""

__version__ = "0.1.0"
