"""Which demands resemble each other, from their public texts alone, with the terms that both share as the reason.

`tokens` separates the texts, `terms` finds word-like terms by counting, `find` weighs what two demands share.
"""

from jiebang.site.similar.find import Alike, Text, alike, recalled_alike

__all__ = ["Alike", "Text", "alike", "recalled_alike"]
