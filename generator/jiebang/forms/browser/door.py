"""The one way in for the page: the name of a request, its values as JSON, and a file's bytes; the answer is JSON, also where it fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from jiebang.errors import UserError
from jiebang.forms.browser.form_values import values_of_forms
from jiebang.forms.browser.moves import moved, moves_of
from jiebang.forms.browser.records import amended, read_record, review_of, reviewed

_ANSWERS: dict[str, Callable[[dict[str, Any], bytes], dict[str, Any]]] = {
    "form": lambda asked, data: values_of_forms(asked["name"], data),
    "record": lambda asked, data: read_record(asked["name"], data),
    "amend": lambda asked, data: amended(data, asked["edited"], asked["fields"], asked.get("revision")),
    "review": lambda asked, data: review_of(asked["name"], data),
    "reviewed": lambda asked, data: reviewed(asked["name"], data, asked["reviewers"], asked["date"]),
    "moves": lambda asked, data: moves_of(asked["name"], data, asked["others"]),
    "moved": lambda asked, data: moved(
        asked["name"], data, asked["others"], asked["target"], asked["day"], asked["answers"], asked["winners"]
    ),
}


def answer(request: str, asked: str, data: bytes) -> str:
    """The answer to `request`, or `{"error": {"message", "hint"}}` with what is wrong and what to do, in Chinese."""
    try:
        told = _ANSWERS[request](json.loads(asked), data)
    except UserError as error:
        told = {"error": {"message": error.message, "hint": error.hint}}
    except (Exception, RecursionError) as error:  # noqa: BLE001 - one file that meets a mistake of ours must not end the work on the others
        told = {
            "error": {
                "message": f"程序读这个文件时出了错（{type(error).__name__}）。",
                "hint": "请用 Word 或 Excel 打开后另存一份再试；仍不行的，告诉维护人。",
            }
        }
    return json.dumps(told, ensure_ascii=False)
