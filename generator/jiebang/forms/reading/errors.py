"""Why a file is not read at all."""

from __future__ import annotations

from jiebang.errors import UserError


class FormError(UserError):
    """A file that cannot be taken as a form; the others of the folder still can."""
