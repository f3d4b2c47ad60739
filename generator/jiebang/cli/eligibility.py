"""`jiebang eligibility`: whether SMEs may apply, with figures, bounds and what binds them to those whose demands they answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from jiebang.catalogue import load
from jiebang.cli.options import catalogue_option, district_option, round_option
from jiebang.cli.output import results, say
from jiebang.desk.choice import district_named, round_named
from jiebang.desk.eligibility import Answer, Applicant, applicants

_VERDICTS = {
    True: ("属于中小企业", "bold green"),
    False: ("不是中小企业", "bold red"),
    None: ("不能判定", "bold yellow"),
}


def _plain(applicant: Applicant) -> dict[str, Any]:
    explanation = applicant.explanation
    return {
        "id": applicant.id,
        "name": applicant.name,
        "path": applicant.path,
        "district": applicant.district,
        "verdict": _VERDICTS[explanation.is_sme][0],
        "declared": applicant.declared,
        "sizes": explanation.sizes,
        "steps": explanation.lines(),
        "conclusion": explanation.conclusion,
        "applications": [
            {
                "id": answer.application,
                "demand": answer.demand,
                "title": answer.title,
                "state": answer.state,
                "demand_state": answer.demand_state,
                "won": answer.won,
                "findings": [{"code": t.code, "message": t.message, "detail": t.detail} for t in answer.ties],
            }
            for answer in applicant.answers
        ],
    }


def _show_answer(answer: Answer) -> None:
    line = Text(
        f"    {answer.application} → {answer.demand} {answer.title}（需求{answer.demand_state}）：{answer.state}"
    )
    if answer.won:
        line.append("（揭榜企业）", style="bold")
    results().print(line, soft_wrap=True)
    for tie in answer.ties:
        detail = f"：{tie.detail}" if tie.detail else ""
        results().print(
            Text(f"      {tie.code} {tie.message.removesuffix('。')}{detail}。", style="yellow"), soft_wrap=True
        )


def _show(applicant: Applicant) -> None:
    explanation = applicant.explanation
    word, style = _VERDICTS[explanation.is_sme]
    head = Text(f"\n{applicant.id} {applicant.name}  ", style="bold")
    head.append(word, style=style)
    results().print(head, soft_wrap=True)
    for line in explanation.lines():
        results().print(Text(f"  {line}"), soft_wrap=True)
    agrees = not applicant.declared or not explanation.sizes or applicant.declared in explanation.sizes
    results().print(Text(f"  {explanation.conclusion}"), soft_wrap=True)
    if applicant.declared:
        own = Text(f"  企业自填：{applicant.declared}")
        own.append("" if agrees else "，与数据不符", style="yellow")
        results().print(own, soft_wrap=True)
    count = len(applicant.answers)
    results().print(Text(f"  本轮申请 {count} 份：" if count else "  本轮没有申请。"))
    for answer in applicant.answers:
        _show_answer(answer)


def _summary(found: Sequence[Applicant]) -> str:
    counts = [
        f"{sum(a.explanation.is_sme is verdict for a in found)} 家{word}" for verdict, (word, _) in _VERDICTS.items()
    ]
    tied = sum(bool(answer.ties) for applicant in found for answer in applicant.answers)
    return f"\n共 {len(found)} 家：{'，'.join(counts)}；{tied} 份申请要人核实是否关联。"


@click.command("eligibility", options_metavar="[选项]")
@click.argument("ids", nargs=-1, metavar="[编号]…")
@catalogue_option
@round_option
@district_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
def eligibility_command(
    ids: tuple[str, ...], catalogue: Path, round_: str | None, district: str | None, form: str
) -> None:
    """说明中小企业有没有揭榜资格：按工信部联企业〔2011〕300号逐项对照数据和下限，列出与发榜企业的关联线索和本轮的全部申请。

    编号可以是企业、申请或需求；不写编号就列出整个轮次。含有企业的数据、电话等不公开的内容，只供内部使用，不要贴到公开的地方。
    """
    loaded, problems = load(catalogue)
    wanted = round_named(loaded, round_) if round_ is not None else None
    slug = district_named(loaded, district) if district is not None else None
    found = applicants(loaded, ids, wanted, slug)
    if form == "json":
        click.echo(json.dumps([_plain(applicant) for applicant in found], ensure_ascii=False, indent=2))
        return
    for applicant in found:
        _show(applicant)
    results().print(Text(_summary(found) if found else "没有符合条件的中小企业。"), soft_wrap=True)
    if problems:
        say("有的记录有问题，可能没有列全；运行 jiebang check 查看。", "yellow")
