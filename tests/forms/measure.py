"""How a reading compares with what a case of the corpus expects: `python -m tests.forms.measure` prints the figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.findings import Finding, FormError
from jiebang.forms.reading.forms import Form, read_forms
from jiebang.schemas import fields_of
from tests.forms import test_forms, test_statements
from tests.forms.corpus import Case
from tests.forms.corpus_more import CASES

_LARGE = {**test_forms.RIGHT, "revenue": Decimal("560000.5")}
_SMALL = {
    "name": "武汉示例小微科技有限公司", "credit_code": "910000000000009320", "registered_on": "2012-05-18", "email": "sme@example.com",
    "registered_place": {"province": "吉林省", "city": "长春市", "county": "示例县"},
    "legal_representative": {"name": "示例丙", "phone": "027-00000011", "mobile": "10000000011"},
    "contact": {"name": "示例丁", "position": "总经理", "phone": "027-00000012", "mobile": "10000000012"},
    "registered_capital": 500, "employees": 45, "revenue": 1800, "size": "小型", "nature": "民营",
    "types": ["专精特新“小巨人”企业", "创新型中小企业"], "industry": {"code": "39", "name": "计算机、通信和其他电子设备制造业"},
    "address": "示例市示例区示例路 2 号", "postcode": "430001", "profile": "主要从事示例传感器的研制。\n连续三年盈利。",
}  # fmt: skip
_TITLES = {field.path: field.title for field in fields_of("enterprise")}
# Kept inside and shown to nobody: not compared, and contact data may stand there.
_INTERNAL = "original_text"


@dataclass(slots=True)
class Tally:
    """What went wrong in one case, a line each, and how many values were expected."""

    values: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unraised: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else key)
    else:
        yield path, value


def _expected(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if case.annex == "附件3":
        return {**dict(_flat(test_statements.RIGHT, "statement")), **case.values}
    found.update(_flat(_LARGE if case.annex == "附件1" else _SMALL, ""))
    for number, each in enumerate(case.demands or ()):
        found.update(_flat(each, f"demands.{number}"))
    for number, (name, code) in enumerate(case.items or ()):
        found.update({f"items.{number}.name": name, f"items.{number}.code": code})
    for path, value in case.values.items():
        found.pop(path, None)
        if value is not None:
            found[path] = value
    return found


def _read(forms: list[Form]) -> tuple[dict[str, Any], list[Finding]]:
    found: dict[str, Any] = {}
    findings: list[Finding] = []
    demands, items = 0, 0
    for form in forms:
        found.update(_flat(form.enterprise, ""))
        findings += form.findings
        for each in form.demands:
            findings += each.findings
            if each.value:
                found.update(_flat(each.value, f"demands.{demands}"))
                demands += 1
        for item in form.items:
            findings += item.findings
            if item.value:
                found.update(_flat(item.value, f"items.{items}"))
                items += 1
        if form.statement:
            found.update(_flat(form.statement.value, "statement"))
            findings += form.statement.findings
    return found, findings


def _covers(doubted: str, path: str) -> bool:
    return (
        path == doubted
        or path.startswith(f"{doubted}.")
        or (doubted.startswith("contact.name") and path == "contact.position")
    )


def measure(case: Case) -> Tally:
    """Compares a case's reading with what it expects."""
    tally = Tally()
    expected = _expected(case)
    tally.values = len(expected)
    try:
        found, findings = _read(read_forms(parse(case.kind, case.data)))
    except FormError as error:
        tally.lost.append(f"refused: {error.message}")
        return tally
    open_findings = list(findings)
    for path, piece in case.doubts:
        told = [one for one in findings if piece in one.text + one.message and one.place and _fits(one, path)]
        if not told:
            tally.unraised.append(f"{path}: {piece}")
        open_findings = [one for one in open_findings if one not in told and not _fits(one, path)]
    tally.needless = [f"{one.field} {one.place} {one.text!r} {one.message}" for one in open_findings]
    doubted = {path for path, _ in case.doubts}
    asked = {one.field for one in findings}
    for path, value in expected.items():
        covered = any(_covers(doubt, path) for doubt in doubted)
        if path not in found:
            if not covered and _TITLES.get(path, "?") not in asked:
                tally.lost.append(path)
        elif found[path] != value and not (covered and path.startswith(("demands", "items"))):
            tally.wrong.append(f"{path}: {found[path]!r}")
    for path, value in found.items():
        if path not in expected and not path.endswith(_INTERNAL) and not any(_covers(doubt, path) for doubt in doubted):
            tally.wrong.append(f"{path}: {value!r}")
    for text in case.never:
        tally.wrong += [
            f"{path} tells {text}"
            for path, value in found.items()
            if text in str(value) and not path.endswith(_INTERNAL)
        ]
    return tally


def _fits(finding: Finding, path: str) -> bool:
    """Whether a question is about a doubted path: an enterprise's by its field's name, others by their part of the form."""
    own = {title for known, title in _TITLES.items() if known and known == path}
    if path.startswith(("demands", "items", "statement", "form")):
        return finding.field not in set(_TITLES.values()) or finding.field in {"联系人", "联系电话"}
    return finding.field in own or finding.field.split("·")[-1] in own or any(title in finding.field for title in own)


def main() -> None:
    """Prints the cases that fail and the sums."""
    sums = Tally()
    failed = 0
    for case in CASES:
        tally = measure(case)
        sums.values += tally.values
        failed += bool(tally.wrong or tally.lost or tally.unraised or tally.needless)
        for kind in ("wrong", "lost", "unraised", "needless"):
            found = getattr(tally, kind)
            getattr(sums, kind).extend(found)
            for line in found:
                sys.stdout.write(f"{kind:9}{case.name}: {line}\n")
    doubts = sum(len(case.doubts) for case in CASES)
    sys.stdout.write(
        f"{len(CASES)} cases ({failed} with a fault), {sums.values} values, {doubts} doubts: {len(sums.wrong)} wrong, {len(sums.lost)} lost, "
        f"{len(sums.unraised)} doubts not raised, {len(sums.needless)} needless questions\n"
    )


if __name__ == "__main__":
    main()
