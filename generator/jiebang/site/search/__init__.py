"""Full-text search that is exact: every part of every word of a demand's public texts finds it, and nothing else does.

`texts` says what may be searched, `folding` gives it one form, `corpus` makes one row of characters of it, `grams` the pieces and where
they stand, `portions` the partial index of a portion of the demands (with `lists`), `shards` (with `encoding` and `container`) the files; `pinyin` and `vocabulary` (with `segmentation`) help with slips.
`index` makes all of it.
"""

from jiebang.site.search.index import Index, build_index, recalled_index
from jiebang.site.search.texts import folded_text, public_text

__all__ = ["Index", "build_index", "folded_text", "public_text", "recalled_index"]
