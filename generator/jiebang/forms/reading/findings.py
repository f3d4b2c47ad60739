"""What a person has to look at: the field, where it stands in the file, what stands there, and why it was not taken.

The text is quoted because the finding goes to the desk of the person who has the form; it belongs in the terminal and the report of
`jiebang import` and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.errors import UserError

CHECK = "请人工核对"


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` is the field's name on the form, `place` the cell, `text` what stands in it (empty where nothing does)."""

    field: str
    place: str
    text: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read."""

    place: str
    text: str


class FormError(UserError):
    """A file that cannot be taken as a form; the others of the folder still can."""
