"""What people call the bureaus of a city and of its districts together: 经信部门, 工信部门, 科技和工业信息化部门."""

from __future__ import annotations

import re

_USUAL = {"经济和信息化": "经信", "经济信息化": "经信", "工业和信息化": "工信", "工业信息化": "工信"}
"""Names that have a usual short form."""
_BODY = re.compile(r"(?P<what>.+?)(?:工作)?(?:委员会|办公室|局|厅|委)")
_UNKNOWN = "主管部门"


def department_of(city: str, bureau: str) -> str:
    """`经信部门` for the 经济和信息化局 of a city; 主管部门 where the name is not that of a bureau."""
    body = _BODY.fullmatch(bureau.rpartition(city)[2])
    return f"{_USUAL.get(body['what'], body['what'])}部门" if body else _UNKNOWN
