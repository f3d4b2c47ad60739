"""The declarations that the notice asks for: no secrets, no affiliation, a stamp."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Catalogue
from jiebang.problems import Problem, Severity
from jiebang.rules.registry import Report, rule


@rule(
    "R381",
    "没有声明不涉密",
    "所有需求均不得涉密；没有声明的不能进入目录。",
    "经保密审查确认不涉密后填“是”；涉密的，删除这份记录并按保密规定处理。",
    each=("demand",),
)
def no_secrets_declared(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.demands:
        if record.get("no_secrets") is False:
            yield report(record, ("no_secrets",), "不涉密声明填的是“否”。")


@rule(
    "R382",
    "没有声明无关联关系",
    "关联企业不得揭榜。",
    "请企业核实并声明；确有关联的，申请应撤回。",
    each=("application",),
)
def no_affiliation_declared(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in catalogue.applications:
        if record.get("no_affiliation") is False and record.get("status") != "withdrawn":
            yield report(record, ("no_affiliation",), "无关联关系声明填的是“否”。")


@rule(
    "R383",
    "表格没有盖章",
    "三张表格都要加盖企业公章。",
    "请企业盖章后填“是”。",
    Severity.WARNING,
    each=("enterprise", "application"),
)
def forms_are_stamped(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for record in [*catalogue.enterprises, *catalogue.applications]:
        if record.get("stamped") is False:
            yield report(record, ("stamped",), "纸质表格还没有盖章。")
