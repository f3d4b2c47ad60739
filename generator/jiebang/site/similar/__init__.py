"""Which demands resemble each other, from their public texts alone, with the terms that both share as the reason.

`tokens` separates the texts, `terms` finds word-like terms by counting, `weighing` says how much each counts in each text, `nearest` which
texts share most, `find` tells them with the reasons.
"""

from jiebang.site.similar.find import Alike, alike
from jiebang.site.similar.weighing import Text

__all__ = ["Alike", "Text", "alike"]
