"""Mends what of a record's file is a slip of the keyboard or the editor and has one meaning only; everything else stays, byte for byte."""

from jiebang.mending.mend import Mended, mend
from jiebang.mending.values import Change, better

__all__ = ["Change", "Mended", "better", "mend"]
