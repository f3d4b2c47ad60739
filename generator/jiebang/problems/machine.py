"""Problems for programs: JSON of our own, and SARIF 2.1.0 for code hosts and editors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from jiebang.problems.problem import Problem, Severity, count_by_severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def to_json(problems: Sequence[Problem], records: int) -> str:
    """`{"problems": [{code, severity, path, line, column, field, message, hint}], "summary": {records, problems, error, warning, hint}}`."""
    summary = {"records": records, "problems": len(problems), **count_by_severity(problems)}
    return json.dumps({"problems": [asdict(p) for p in problems], "summary": summary}, ensure_ascii=False, indent=2)


def _result(problem: Problem) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.path)}}
    if problem.line:
        location["region"] = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{problem.field}：{problem.message}{problem.hint}"},
        "locations": [{"physicalLocation": location}],
        "properties": {
            "code": problem.code,
            "severity": problem.severity.value,
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "field": problem.field,
            "message": problem.message,
            "hint": problem.hint,
        },
    }


def _uri(path: str) -> str:
    """A relative path as an RFC 3986 reference."""
    return quote(path)


def to_sarif(problems: Sequence[Problem], titles: Mapping[str, tuple[str, str]], version: str) -> str:
    """A SARIF 2.1.0 log (OASIS). `titles` maps each code to its title and remedy."""
    rules = [
        {"id": code, "shortDescription": {"text": titles[code][0]}, "help": {"text": titles[code][1]}}
        for code in sorted({p.code for p in problems})
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "jiebang", "semanticVersion": version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(p) for p in problems],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)
