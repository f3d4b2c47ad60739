"""`jiebang new enterprise|demand|application`: asks for a record in Chinese and writes it, commented, where it belongs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from jiebang.catalogue import Catalogue, Record, load
from jiebang.catalogue.sealing import contents_of_records
from jiebang.cli.clerk import write_all_or_tell
from jiebang.cli.options import catalogue_option, from_here
from jiebang.cli.output import results, say
from jiebang.cli.prompts import Asker, asker, choose
from jiebang.cli.questionnaire import Interview, Steps
from jiebang.errors import UserError
from jiebang.forms.questionnaire import Draft, Question, questions
from jiebang.forms.questionnaire.questions import LARGE, SMALL
from jiebang.problems.text import show
from jiebang.rules.judgement import judge
from jiebang.schemas import published_statuses

_STOPPED = 130

F = TypeVar("F", bound=Callable[..., Any])


def _place_options(function: F) -> F:
    for option in (
        click.option("--district", metavar="SLUG", help="区的网址名或名称；不写时会问。"),
        click.option("--round", "round_", metavar="ID", help="轮次；不写时会问。"),
        catalogue_option,
    ):
        function = option(function)
    return function


def _given(what: str, given: str | None, options: Sequence[tuple[str, str]]) -> str | None:
    """What the command line names, by value or name."""
    if given is None:
        return None
    for value, name in options:
        if given in {value, name}:
            return value
    listed = "、".join(value if value == name else f"{value}（{name}）" for value, name in options)
    raise UserError(f"没有“{given}”这个{what}。", f"可以写：{listed}。")


def _round(ask: Asker, catalogue: Catalogue, given: str | None) -> str:
    rounds = sorted(catalogue.rounds.items(), reverse=True)
    options = [(key, str(record.get("title") or key)) for key, record in rounds]
    if not options:
        raise UserError("目录里还没有轮次。", "先建好轮次文件夹和 round.yml；空白目录：jiebang new catalogue DIR。")
    opened = next((key for key, record in rounds if record.get("status") == "open"), options[0][0])
    chosen = _given("轮次", given, options)
    return chosen or (options[0][0] if len(options) == 1 else choose(ask, "轮次", options, opened))


def _district(ask: Asker, catalogue: Catalogue, given: str | None) -> str:
    known = catalogue.districts.get("districts") if catalogue.districts else None
    options = [(d["slug"], d["name"]) for d in known or () if isinstance(d, dict) and {"slug", "name"} <= d.keys()]
    if not options:
        raise UserError("districts.yml 里没有区。", "先运行 jiebang check 并改正 districts.yml。")
    return _given("区", given, options) or choose(ask, "区（报送单位）", options)


def _record(ask: Asker, title: str, records: Sequence[Record], name: Callable[[Record], str], lacking: str) -> Record:
    if not records:
        raise UserError(f"没有可选的{title}。", lacking)
    by_id = {record.id: record for record in records}
    return by_id[choose(ask, f"{title}（写名称或编号）", [(record.id, name(record)) for record in records])]


def _enterprise(ask: Asker, catalogue: Catalogue, place: tuple[str, str], role: str) -> Record:
    """One of the district's own: what it hands in belongs to its district."""
    known = [r for r in catalogue.enterprises if (r.round, r.district) == place and r.get("role") == role]
    title = "发榜企业" if role == LARGE else "揭榜企业"
    return _record(
        ask,
        title,
        known,
        lambda r: str(r.get("name") or r.id),
        "本区本轮还没有登记这样的企业；先登记：jiebang new enterprise。",
    )


def _applies(draft: Draft, question: Question) -> bool:
    """Whether a question makes sense after the answers so far."""
    if question.path[0] == "aliases":
        # Only a name that is not shown has to be found in texts.
        return bool(draft.get(("disclosure",)) != "公开")
    if question.path == ("type",):
        of_round = draft.catalogue.rounds.get(draft.round)
        return of_round is not None and bool(of_round.get("demand_types"))
    needs_modes = draft.kind == "demand" and question.path == ("cooperation", "note")
    return not needs_modes or draft.get(("cooperation", "modes")) is not None


def _finish(draft: Draft) -> None:
    """Writes the file, and says what a check finds in it and what comes next."""
    into = draft.catalogue
    write_all_or_tell(contents_of_records(into.root, {draft.path: draft.text()}, into.districts))
    say(f"\n已写入 {draft.file}", "bold green")
    _, problems = judge(draft.catalogue.root, whole=False)
    show(from_here([p for p in problems if p.path == draft.path], draft.catalogue.root), results())
    following = {
        "enterprise": f"jiebang new {'demand' if draft.get(('role',)) == LARGE else 'application'} --round {draft.round} --district {draft.district}",
        "demand": f"jiebang check {draft.file}，再由两人审查：jiebang review {draft.value['id']}",
        "application": f"jiebang check {draft.file}；打印盖章用 jiebang export {draft.value['id']}",
    }
    say(f"下一步：{following[draft.kind]}")


def _interview(make: Callable[[Asker, Catalogue], tuple[Draft, dict[Steps, str]]], catalogue: Path) -> None:
    """Everything from the first question to the file; nothing is written before the last answer."""
    loaded, _ = load(catalogue, whole=False)
    ask = asker()
    say("按提示填写；按 Ctrl+C 随时可以中止，不会写入任何文件。")
    try:
        draft, suggestions = make(ask, loaded)
        asked = questions(draft.kind, str(draft.get(("role",)) or ""))
        draft.remember()
        Interview(ask, draft, suggestions).run(asked, lambda question: _applies(draft, question))
    except (KeyboardInterrupt, EOFError):
        say("\n已中止，没有写入任何文件。", "bold red")
        sys.exit(_STOPPED)
    _finish(draft)


@click.command("enterprise", options_metavar="[选项]")
@_place_options
def enterprise_command(catalogue: Path, round_: str | None, district: str | None) -> None:
    """按提问登记一家企业：大企业填附件1第一部分的内容，中小企业填附件2第一、二部分的内容。"""

    def make(ask: Asker, loaded: Catalogue) -> tuple[Draft, dict[Steps, str]]:
        place = _round(ask, loaded, round_), _district(ask, loaded, district)
        role = choose(ask, "企业角色", [(LARGE, "发榜，填附件1"), (SMALL, "揭榜，填附件2")])
        return Draft(loaded, "enterprise", *place, value={"role": role}), {}

    _interview(make, catalogue)


@click.command("demand", options_metavar="[选项]")
@_place_options
def demand_command(catalogue: Path, round_: str | None, district: str | None) -> None:
    """按提问登记一项需求（附件1第二部分）。企业须先登记。"""

    def make(ask: Asker, loaded: Catalogue) -> tuple[Draft, dict[Steps, str]]:
        place = _round(ask, loaded, round_), _district(ask, loaded, district)
        enterprise = _enterprise(ask, loaded, place, LARGE)
        return Draft(loaded, "demand", *place, [enterprise], {"enterprise": enterprise.id}), {}

    _interview(make, catalogue)


@click.command("application", options_metavar="[选项]")
@_place_options
def application_command(catalogue: Path, round_: str | None, district: str | None) -> None:
    """按提问登记一份揭榜申请（附件2第三部分的一个事项和它的附件3）。企业须先登记，需求须已发榜。"""

    def make(ask: Asker, loaded: Catalogue) -> tuple[Draft, dict[Steps, str]]:
        place = _round(ask, loaded, round_), _district(ask, loaded, district)
        enterprise = _enterprise(ask, loaded, place, SMALL)
        published = [r for r in loaded.demands if r.round == place[0] and r.get("status") in published_statuses()]
        demand = _record(
            ask,
            "所揭需求",
            published,
            lambda r: f"{r.get('code') or ''} {r.get('title') or ''}".strip(),
            "需求发榜以后才能揭榜。",
        )
        poster = loaded.find("enterprise", demand.get("enterprise"))
        around = [record for record in (enterprise, demand, poster) if record is not None]
        value = {"enterprise": enterprise.id, "demand": demand.id}
        item: dict[Steps, str] = {
            ("item", "name"): demand.get("title") or "",
            ("item", "code"): demand.get("code") or "",
        }
        return Draft(loaded, "application", *place, around, value), item

    _interview(make, catalogue)
