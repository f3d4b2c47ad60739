"""The texts of a demand, told by its schema: a new one there is asked, read from forms, printed, compared, exported and searched."""

from __future__ import annotations

from functools import cache

from jiebang.schemas.fields import Privacy, fields_of

_CELL = "附件1 二、技术创新需求 需求内容"
"""The cell of Annex 1 that holds all parts of a demand; `x-form` names a part behind `·`."""
_NO_PROSE = {"code"}


@cache
def content_parts() -> tuple[tuple[str, str], ...]:
    """(field, its label in the cell 需求内容), in the form's order. 研发什么 comes first and has no label."""
    return tuple(
        (field.path, place.removeprefix(_CELL).removeprefix("·"))
        for field in fields_of("demand")
        for place in field.form
        if (place == _CELL or place.startswith(f"{_CELL}·")) and field.privacy is Privacy.PUBLIC
    )


@cache
def public_prose() -> tuple[str, ...]:
    """Paths of the texts that people write and readers search, the title first, e.g. `cooperation.note`."""
    return tuple(
        field.path
        for field in fields_of("demand")
        if field.type == "文本" and "search" in field.shown_on and field.path not in _NO_PROSE
    )


def attribute(path: str) -> str:
    """What the public view calls a field: `cooperation.note` → `cooperation_note`."""
    return path.replace(".", "_")
