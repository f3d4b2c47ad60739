"""What lies beside a form in its file: sheets that explain how to fill it in or list what can be chosen, lists of other things behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jiebang.forms.reading.document.grid import Block, Line, Table
from jiebang.forms.reading.furniture import HEAD
from jiebang.forms.reading.labels import COUNTED, label_key, title_of
from jiebang.forms.reading.text import blank, folded, says_not_valid

_HEADING = 14
"""Characters of a column's heading."""
_ASIDE = re.compile(r"(?:填[写表报])?(?:说明|须知)|.{0,4}(?:字典|代码表|选项|下拉).{0,4}")


def _sheet(table: Table) -> str:
    """The name of the sheet that a table is; empty in a Word file."""
    return table.cells[0].place.rpartition("!")[0] if table.cells else ""


def is_aside(table: Table) -> bool:
    """Whether a sheet without a form's title explains how to fill in the form, or lists what can be chosen."""
    first = next((cell.text for cell in table.cells if not blank(cell.text)), "")
    aside = _ASIDE.fullmatch(folded(_sheet(table))) or (_sheet(table) and _ASIDE.fullmatch(folded(first)))
    return bool(aside) and not any(title_of(cell.text) for cell in table.cells)


def named_not_valid(table: Table) -> list[Block]:
    """A doubt about a form on a sheet that is called 样例 or 作废."""
    name = _sheet(table)
    return [Line(name, table.cells[0].place)] if says_not_valid(name) else []


def is_list(table: Table, labels: Mapping[str, object]) -> bool:
    """Whether a table behind the form is a list of something else (专利清单): a row of short words on top, none of them below, not all known."""
    head, *rows = table.rows()
    known = [label_key(cell.text) in labels or label_key(cell.text) in COUNTED for cell in head]
    if table.inside or len(head) < 2 or not rows or all(known) or any(HEAD.match(cell.text) for cell in head):
        return False
    if any(blank(cell.text) or len(cell.text) > _HEADING for cell in head):
        return False
    columns = [(cell.column, cell.columns) for cell in head]
    return all(
        [(cell.column, cell.columns) for cell in row] == columns
        and not blank(row[0].text)
        and not any(label_key(cell.text) in labels for cell in row)
        for row in rows
    )


def as_text(table: Table) -> str:
    """A table as a person is shown it, a row a line."""
    return "\n".join(" | ".join(cell.text for cell in row) for row in table.rows())
