"""Full-text search that is exact: every part of every word of a demand's public texts finds it, and nothing else does."""

from jiebang.site.search.index import Index, build_index
from jiebang.site.search.texts import folded_text, public_text

__all__ = ["Index", "build_index", "folded_text", "public_text"]
