"""Which demands resemble each other, from their public texts alone, with the terms that both share as the reason."""

from jiebang.site.similar.find import Alike, Text, alike

__all__ = ["Alike", "Text", "alike"]
