"""`jiebang move ID… STATE`: takes records to their next state, asks for what is missing, shows the difference and writes it."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from jiebang.catalogue import Catalogue, Record, load
from jiebang.catalogue.sealing import contents_of_records
from jiebang.cli.clerk import write_all_or_tell
from jiebang.cli.options import catalogue_option, day_option, from_here
from jiebang.cli.output import in_ci, results, say
from jiebang.cli.prompts import Asker, asker, choose
from jiebang.desk.moves import find, judge_steps, today_of
from jiebang.errors import UserError
from jiebang.problems import has_errors
from jiebang.problems.text import show
from jiebang.rules.secrecy import entitled_reviewers, reviewed_text
from jiebang.rules.steps import (
    CONSEQUENCES,
    LONG_TEXTS,
    RESULT,
    REVIEW,
    Rewritten,
    Step,
    consequences_after,
    described,
    follow_up,
    question_title,
    questions_of,
    review_by,
    rewritten,
    step_to,
    target_named,
    waiting_applications,
)
from jiebang.schemas import field_at

_STOPPED = 130


def _is_no_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() != text
    except ValueError:
        return True


class _Answers:
    """What the command line says beforehand, and a person is asked for otherwise."""

    def __init__(self, ask: Asker, given: dict[str, Any]) -> None:
        self._ask = ask
        self._given = given

    def value(self, step: Step, path: str, default: str = "") -> Any:
        given = self._given.get(path)
        if given:
            return given
        if path == CONSEQUENCES:
            return self._consequences(step)
        title = question_title(step, path)
        field = field_at(step.record.kind, path)
        say(f"\n{title}{f'（直接回车：{default}）' if default else ''}", "bold")
        if field is not None:
            say(f"  {field.description}")
        while True:
            typed = self._ask.text() if path in LONG_TEXTS else self._ask.line(default=default)
            typed = typed.strip()
            if typed and not (path.startswith("dates.") and _is_no_day(typed)):
                return typed
            say("  写成 2026-03-05 这样的日期。" if typed else "  这一项要填。", "red")

    def _consequences(self, step: Step) -> list[str]:
        possible = consequences_after(step.move.target)
        if len(possible) == 1:
            return possible
        return [choose(self._ask, f"{step.record.id} 验收之后", [(value, value) for value in possible])]

    def reviewers(self, catalogue: Catalogue, step: Step) -> list[str]:
        """The two people who have read the words that will be public."""
        say(f"\n{step.record.id} 将要公开的文字，请两名审查人读过再署名：", "bold")
        for title, text in reviewed_text(step.record):
            results().print(Text(f"\n【{title}】", style="bold"))
            results().print(Text(text.rstrip()), soft_wrap=True)
        given = list(self._given.get("reviewers") or ())
        if given:
            return given
        entitled = entitled_reviewers(catalogue.districts)
        if len(entitled) < 2:
            raise UserError("districts.yml 没有指定保密审查人。", "请市级维护人先填写 city 的 reviewers（至少两人）。")
        first = choose(self._ask, "第一名审查人", [(name, name) for name in entitled])
        others = [(name, name) for name in entitled if name != first]
        return [first, choose(self._ask, "第二名审查人", others)]


def _fill(catalogue: Catalogue, step: Step, answers: _Answers) -> None:
    for path in questions_of(step):
        if path == REVIEW:
            day = step.get("dates.published") or today_of(catalogue, step.record)
            step.put(path, review_by(step, answers.reviewers(catalogue, step), day))
            continue
        default = ""
        if path == "dates.apply_by":
            of_round = catalogue.rounds.get(step.record.round or "")
            default = (of_round.get("deadlines", "apply_by") if of_round is not None else None) or ""
        step.put(path, answers.value(step, path, default))


def _winners(catalogue: Catalogue, demand: Record, ask: Asker, given: Sequence[str]) -> list[Record]:
    """The applications that the large enterprise has chosen."""
    waiting = [a for a in waiting_applications(demand, catalogue.applications) if a.get("status") == "forwarded"]
    if given:
        chosen = [find(catalogue, id_) for id_ in given]
        for one in chosen:
            if one.get("demand") != demand.id:
                raise UserError(f"{one.id} 不是揭 {demand.id} 的申请。", "核对申请编号。")
        return chosen
    if not waiting:
        raise UserError(
            f"{demand.id} 没有已转送的申请，选不出揭榜企业。", "先转送申请，或把需求改为无人揭榜（unmet）。"
        )
    of_round = catalogue.rounds.get(demand.round or "")
    most = (of_round.get("winners", "max") if of_round is not None else None) or 1
    options = [(a.id, _name_of(catalogue, a)) for a in waiting]
    picked = [choose(ask, f"{demand.id} 的揭榜企业", options)]
    while len(picked) < min(most, len(options)):
        left = [option for option in options if option[0] not in picked]
        more = choose(ask, "还有一家吗", [("没有", "没有"), *left], "没有")
        if more == "没有":
            break
        picked.append(more)
    return [find(catalogue, id_) for id_ in picked]


def _name_of(catalogue: Catalogue, application: Record) -> str:
    party = catalogue.find("enterprise", application.get("enterprise"))
    return str(party.get("name") if party is not None else application.get("enterprise"))


def _difference(file: Rewritten, catalogue: Path) -> Iterator[Text]:
    """What is written, line by line; in a log that others read the file alone."""
    before, after = file.before.splitlines(), file.after.splitlines()
    yield Text(f"{catalogue / file.path}", style="bold")
    if in_ci():
        return
    for line in list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]:
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        yield Text(f"  {line}", style=style)


def _write(files: Sequence[Rewritten], catalogue: Catalogue) -> None:
    texts = {file.path: file.after for file in files}
    write_all_or_tell(contents_of_records(catalogue.root, texts, catalogue.districts))


@click.command("move", options_metavar="[选项]")
@catalogue_option
@day_option("--day", "办理这一步的日期；默认今天。")
@click.option("--code", metavar="CODE", help="发榜：上级下达的代码。")
@day_option("--apply-by", "发榜：揭榜截止日期；默认是本轮的期限。")
@click.option("--reviewer", "reviewers", multiple=True, metavar="NAME", help="发榜：保密审查人；写两次。")
@click.option("--reason", metavar="TEXT", help="退回的原因。")
@click.option("--winner", "winners", multiple=True, metavar="ID", help="选定揭榜企业：选中的申请；可以写几次。")
@click.option("--feedback", metavar="TEXT", help="未选中：大企业的反馈意见。")
@click.option("--result", metavar="TEXT", help="验收：验收结果。")
@click.option(
    "--consequence",
    "consequences",
    multiple=True,
    metavar="TEXT",
    help="验收之后：进入供应商目录、深化合作；可以写几次。",
)
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="按这个账号核对每一步由谁办理。")
@click.option("--yes", is_flag=True, help="不再询问，没有错误就写入。")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.argument("state", metavar="STATE")
def move_command(
    catalogue: Path,
    day: str | None,
    code: str | None,
    apply_by: str | None,
    reviewers: tuple[str, ...],
    reason: str | None,
    winners: tuple[str, ...],
    feedback: str | None,
    result: str | None,
    consequences: tuple[str, ...],
    actors: tuple[str, ...],
    yes: bool,
    ids: tuple[str, ...],
    state: str,
) -> None:
    """办理需求或申请的下一步：填好日期和这一步必须写明的内容，给人看过改了哪里，再写入记录。

    STATE 是要改成的状态，写英文名或中文名，例如 recommended 或 市推荐。缺什么问什么；选定揭榜企业、验收、撤回时，有关的申请一起改。

    判断与合并请求的检查一样；有错误不写入，退出码为 1。
    """
    loaded, _ = load(catalogue)
    ask = asker()
    given = {
        "code": code,
        "dates.apply_by": apply_by,
        "returned_reason": reason,
        "feedback": feedback,
        RESULT: result,
        CONSEQUENCES: list(consequences),
        "reviewers": reviewers,
    }
    answers = _Answers(ask, given)
    try:
        steps = list(_steps(loaded, [find(loaded, id_) for id_ in ids], state, day, ask, winners))
        for step in steps:
            _fill(loaded, step, answers)
        files = [rewritten(step) for step in steps]
        for step in steps:
            say(described(step), "bold")
        for file in files:
            for line in _difference(file, catalogue):
                results().print(line, soft_wrap=True)
        problems = from_here(judge_steps(loaded, files, actors), catalogue)
        if problems:
            results().print()
            show(problems, results())
        if has_errors(problems):
            say("\n没有写入；改正后再办理。", "bold red")
            sys.exit(1)
        if not yes and choose(ask, "写入吗", [("是", "是"), ("否", "否")], "是") != "是":
            say("没有写入。")
            sys.exit(1)
    except (EOFError, KeyboardInterrupt):
        say("\n没有写入。")
        sys.exit(_STOPPED)
    _write(files, loaded)
    say(f"已写入 {len(files)} 份记录。下一步：jiebang check --base main，再提交合并请求。", "bold green")


def _steps(
    catalogue: Catalogue, records: Sequence[Record], state: str, day: str | None, ask: Asker, winners: Sequence[str]
) -> Iterator[Step]:
    """The steps of the records named, and of the applications that go with them; each record once."""
    seen: set[str] = set()
    for record in records:
        target = target_named(record.kind, state)
        wanted = [(record, target)]
        # A step that does not exist is refused before anybody is asked for anything.
        step_to(record, target, None)
        if record.kind == "demand":
            if target == "selected":
                wanted += [(winner, "selected") for winner in _winners(catalogue, record, ask, winners)]
            wanted += follow_up(record, catalogue.applications, target)
        for one, goal in wanted:
            if one.id not in seen:
                seen.add(one.id)
                yield step_to(one, goal, day or today_of(catalogue, one))
