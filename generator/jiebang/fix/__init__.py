"""Corrects what of a record's file is a slip of the keyboard or the editor and has one meaning only; everything else stays as it is.

The order in which a file passes through: its bytes (`encoding`), the values of its fields (`values`, where `positions` says they stand),
the spaces and the order of its lines (`order`). `record` runs these passes and makes sure that a valid record stays valid.
"""

from jiebang.fix.record import FixedRecord, fix_record
from jiebang.fix.values import Change, corrected

__all__ = ["Change", "FixedRecord", "corrected", "fix_record"]
