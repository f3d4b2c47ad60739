"""`jiebang new round`: the next round from the last one's settings, shown and written as commented YAML."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from jiebang.catalogue import Catalogue, Record, load
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.commented import commented_text
from jiebang.catalogue.files import RecordFile
from jiebang.catalogue.write import editor_line
from jiebang.cli.clerk import write_or_tell
from jiebang.cli.options import catalogue_option, day_option, from_here
from jiebang.cli.output import results, say
from jiebang.cli.prompts import Asker, asker, choose
from jiebang.desk.rounds import next_round, notice_title
from jiebang.errors import UserError
from jiebang.problems import Problem, has_errors
from jiebang.problems.text import show
from jiebang.rules.registry import check_across, check_record
from jiebang.schemas import field_at
from jiebang.whole_files import clear_left

_STOPPED = 130
_ASKED = (
    "id",
    "title",
    "notice.title",
    "notice.number",
    "notice.date",
    "notice.url",
    "opens_on",
    "deadlines.submit_by",
    "deadlines.apply_by",
    "deadlines.select_by",
    "closes_on",
)
"""What differs from round to round, in the order of the questions; the rest is as in the last round."""
_MAY_LACK = frozenset({"notice.number", "notice.url", "deadlines.select_by"})
_DAYS = frozenset(path for path in _ASKED if path.endswith(("_on", "_by", ".date")))


def _is_no_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() != text
    except ValueError:
        return True


def _get(value: Mapping[str, Any], path: str) -> str:
    first, _, rest = path.partition(".")
    return str(value.get(first, {}).get(rest) or "") if rest else str(value.get(first) or "")


def _put(value: dict[str, Any], path: str, told: str) -> None:
    first, _, rest = path.partition(".")
    holder, name = (value[first], rest) if rest else (value, first)
    if told:
        holder[name] = told
    else:
        holder.pop(name, None)


def _ask(ask: Asker, path: str, proposed: str) -> str:
    field = field_at("round", path)
    if field is None:
        raise LookupError(path)
    lacking = "" if path not in _MAY_LACK else "；没有就写 无" if proposed else "（直接回车：没有）"
    say(f"\n{field.title}{f'（直接回车：{proposed}{lacking}）' if proposed else lacking}", "bold")
    say(f"  {field.description}")
    while True:
        typed = ask.line(default=proposed)
        if path in _MAY_LACK and typed in {"", "无"}:
            return ""
        if typed and not (path in _DAYS and _is_no_day(typed)):
            return typed
        say("  写成 2026-03-05 这样的日期。" if typed else "  这一项要填。", "red")


def _last(catalogue: Catalogue, given: str | None) -> Record:
    if given is not None and given not in catalogue.rounds:
        raise UserError(f"没有“{given}”这一轮。", f"可以写：{'、'.join(sorted(catalogue.rounds))}。")
    records = [catalogue.rounds[given]] if given is not None else list(catalogue.rounds.values())
    if not records:
        raise UserError(
            "目录里还没有轮次，没有可以照着做的。", "第一轮由 jiebang new catalogue 建好，或照字段说明手写 round.yml。"
        )
    last = max(records, key=lambda record: (str(record.get("opens_on")), record.id or ""))
    if not last.sound:
        raise UserError(f"{last.path} 有错误，不能照着做下一轮。", "先运行 jiebang check 并改正。")
    return last


def _judged(catalogue: Catalogue, file: RecordFile, text: str) -> Sequence[Problem]:
    """What would be wrong with the new round, alone and beside the others."""
    read = read_record(file, text.encode())
    if read.record is None:
        return read.problems
    catalogue.add(read.record)
    alone = Catalogue.of_one(read.record, catalogue.districts)
    found = [*read.problems, *check_record(alone, read.record), *check_across(catalogue)]
    return [problem for problem in found if problem.path == file.path]


@click.command("round", options_metavar="[选项]")
@catalogue_option
@click.option("--from", "last_id", metavar="ID", help="照哪一轮做；默认是最近的一轮。")
@click.option("--id", "id_", metavar="ID", help="轮次编号，也是文件夹名；默认是下一年、下一季度。")
@click.option("--title", metavar="TEXT", help="轮次名称。")
@click.option("--notice", metavar="TEXT", help="通知标题。")
@click.option("--number", metavar="TEXT", help="通知文号。")
@day_option("--date", "通知的发文日期。")
@click.option("--url", metavar="URL", help="通知网址。")
@day_option("--opens-on", "本轮开始。")
@day_option("--submit-by", "需求报送截止。")
@day_option("--apply-by", "揭榜截止。")
@day_option("--select-by", "遴选截止。")
@day_option("--closes-on", "本轮结束。")
@click.option("--yes", is_flag=True, help="不再询问：没有写的用推算的，没有错误就写入。")
def round_command(
    catalogue: Path,
    last_id: str | None,
    id_: str | None,
    title: str | None,
    notice: str | None,
    number: str | None,
    date: str | None,
    url: str | None,
    opens_on: str | None,
    submit_by: str | None,
    apply_by: str | None,
    select_by: str | None,
    closes_on: str | None,
    yes: bool,
) -> None:
    """照上一轮的规则新建下一轮：年度的推后一年，季度的推后三个月；通知按新的填写，其余规则不变。

    缺什么问什么，写入之前给人看全文；已有的轮次不改动。
    """
    loaded, _ = load(catalogue, whole=False)
    last = _last(loaded, last_id)
    try:
        value = next_round(last.value)
    except ValueError as error:
        raise UserError(f"{last.path} 的日期推算不出下一轮的日期。", "核对年份。") from error
    given = dict(
        zip(
            _ASKED,
            (id_, title, notice, number, date, url, opens_on, submit_by, apply_by, select_by, closes_on),
            strict=True,
        )
    )
    ask = asker()
    say(f"照 {last.get('title')}（{last.id}）新建下一轮。", "bold")
    try:
        for path in _ASKED:
            proposed = _get(value, path)
            if path == "notice.title" and _get(last.value, path) == proposed:
                proposed = notice_title(value["title"])
            told = given[path]
            _put(value, path, told if told is not None else proposed if yes else _ask(ask, path, proposed))
        text, file = _written(catalogue, value)
        results().print(Text(text.rstrip("\n")), soft_wrap=True)
        problems = from_here(_judged(loaded, file, text), catalogue)
        if problems:
            results().print()
            show(problems, results())
        if has_errors(problems):
            say("\n没有写入；改正后再新建。", "bold red")
            sys.exit(1)
        if not yes and choose(ask, "写入吗", [("是", "是"), ("否", "否")], "是") != "是":
            say("没有写入。")
            sys.exit(1)
    except (EOFError, KeyboardInterrupt):
        say("\n没有写入。")
        sys.exit(_STOPPED)
    target = catalogue / file.path
    write_or_tell(target, text)
    say(f"\n已写入 {target}。", "bold green")
    say("下一步：对照通知核对期限和规则，提交合并请求；之后各区报送：jiebang new enterprise。")


def _written(catalogue: Path, value: dict[str, Any]) -> tuple[str, RecordFile]:
    """The text of the new round and its place, which must be free."""
    id_ = value.get("id")
    if not id_ or not value.get("title"):
        raise UserError("上一轮的编号看不出年份和季度，推算不出下一轮。", "写明 --id 和 --title。")
    folder = catalogue / id_
    # A run that was killed may have left the folder, empty or with what it was writing.
    clear_left(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{catalogue / id_} 已经存在。", "换一个 --id，或用 --from 指明照哪一轮做。")
    path = f"{id_}/round.yml"
    head = editor_line(catalogue / path, "round")
    try:
        return commented_text("round", value, head), RecordFile("round", path, id_, None)
    except ValueError as error:
        raise UserError("有看不见的字符，记录里不能写。", "重新输入这一项，不要从网页上复制。") from error
