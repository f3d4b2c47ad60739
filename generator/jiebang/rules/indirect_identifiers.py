"""Hints at an enterprise in public texts that only a person can judge: a place, a website, a bare number, a code of a stock or a patent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from jiebang.catalogue import Catalogue
from jiebang.detection import find_contacts, find_hints
from jiebang.problems import Problem
from jiebang.rules.public_texts import all_texts, is_cleared
from jiebang.rules.registry import Report, rule


def _hints_at(kind: str, text: str) -> bool:
    return kind in find_hints(text)


@rule(
    "R407",
    "公开文字里可能有认出企业的线索",
    "厂址、网址、单独的八位数字、股票代码、专利号都可能让人认出企业，也可能只是普通内容，须由人来判断。",
    "确是线索的，删去；确认无关的，在 clearances 里写明检查编号、项目、复核人、日期和理由。",
    each=("demand",),
)
def hints(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for typed in all_texts(catalogue):
        if typed.record.kind != "demand" or is_cleared(typed, "R407") or find_contacts(typed.text):
            # Of a text with contact data R402 tells already; only a demand can be cleared, and only its enterprise is hinted at.
            continue
        for kind in find_hints(typed.text):
            yield typed.problem(report, partial(_hints_at, kind), f"像是{kind}。")
