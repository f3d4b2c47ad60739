"""What stands in each letter's blanks, from the records. Names of the blanks are those of the templates.

The name of who asks stands in a letter only where it is open to the public: the letter goes to another enterprise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiebang.catalogue import Record
from jiebang.catalogue.messages import nearest
from jiebang.desk.choice import chinese_day, district_named
from jiebang.desk.remaining import time_left
from jiebang.desk.reports.scope import Scope, status_title
from jiebang.desk.reports.tables import SUPPORTED, agrees_to_be_named, announced
from jiebang.desk.waiting import Task, tasks
from jiebang.errors import UserError
from jiebang.forms.writing.content import lines
from jiebang.rules.hidden_names import is_hidden
from jiebang.rules.states import is_winner
from jiebang.schemas.lifecycle import Role

Blanks = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """`kind` names the template, `title` the file; `blanks` are what stands in it."""

    kind: str
    title: str
    blanks: Blanks


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: its name, what people call it, what it is for, to whom it goes by the words on the command line."""

    name: str
    title: str
    help: str
    letters: Callable[[Scope, Sequence[str]], list[Letter]]
    public: bool = False


def _city(scope: Scope) -> Mapping[str, Any]:
    districts = scope.catalogue.districts
    found: Mapping[str, Any] = (districts.get("city") if districts is not None else None) or {}
    return found


def _bureau_of(scope: Scope, slug: str | None) -> str:
    """The bureau of a district, as the letter is addressed."""
    districts = scope.catalogue.districts
    listed = (districts.get("districts") if districts is not None else None) or ()
    return next((d.get("bureau") or d["name"] for d in listed if d.get("slug") == slug), slug or "")


def common(scope: Scope, day: str, number: str) -> Blanks:
    """What may stand in every letter. `day`: YYYY-MM-DD; `number`: 文号, empty where there is none."""
    contact = _city(scope).get("contact") or {}
    notice = scope.settings.get("notice") or {}
    numbered = f"（{notice['number']}）" if notice.get("number") else ""
    return {
        "城市": scope.city[0],
        "发文机关": scope.city[1],
        "轮次": scope.round_title,
        "通知": f"《{notice.get('title') or scope.round_title}》{numbered}",
        "日期": chinese_day(day),
        "文号": number,
        "联系部门": contact.get("office") or "",
        "联系电话": contact.get("phone") or "",
        "联系邮箱": contact.get("email") or "",
        "联系地址": contact.get("address") or "",
    }


def _applications(scope: Scope, words: Sequence[str]) -> list[Record]:
    """The applications that ids name: their own, or those of their demands. All of the scope where nothing is named."""
    if not words:
        return list(scope.applications)
    found: list[Record] = []
    for word in words:
        id_ = word.strip().upper()
        if (application := scope.catalogue.find("application", id_)) is not None:
            found.append(application)
        elif scope.catalogue.find("demand", id_) is not None:
            found += scope.answers.get(id_, ())
        else:
            scope.catalogue.refuse_unreadable(id_)
            known = [r.id for r in (*scope.catalogue.applications, *scope.catalogue.demands)]
            near = nearest(id_, known)
            raise UserError(f"没有编号为 {word} 的申请或需求。", f"是不是 {near}？" if near else "核对编号。")
    return list({application.id: application for application in found}.values())


def _in_state(
    scope: Scope, words: Sequence[str], fits: Callable[[Record], bool], what: str
) -> list[tuple[Record, Record]]:
    """(application, demand) of those that a letter is for. One that is named itself and does not fit is refused."""
    named = {word.strip().upper() for word in words}
    chosen = []
    for application in _applications(scope, words):
        demand = scope.demand_of(application)
        if demand is not None and fits(application):
            chosen.append((application, demand))
        elif application.id in named:
            raise UserError(
                f"{application.id} 现在是“{status_title(application)}”，写不了{what}。",
                "先用 jiebang move 办理，再写。",
            )
    if not chosen:
        raise UserError(f"没有要写{what}的申请。", "核对编号、轮次和区；用 jiebang todo 看还有什么等着办。")
    return chosen


def _about(scope: Scope, application: Record, demand: Record) -> dict[str, Any]:
    enterprise = scope.enterprise_of(demand)
    open_ = enterprise is not None and not is_hidden(enterprise)
    return {
        "企业": scope.name_of(application),
        "需求": demand.get("title") or "",
        "代码": demand.get("code") or "",
        "申请编号": application.id,
        "发榜企业": scope.name_of(demand) if open_ else "",
        "区级主管部门": _bureau_of(scope, application.district),
    }


def feedback_letters(scope: Scope, words: Sequence[str]) -> list[Letter]:
    """To each enterprise that was not chosen: what the large enterprise says."""
    chosen = _in_state(scope, words, lambda a: a.get("status") == "declined" and bool(a.get("feedback")), "反馈函")
    return [
        Letter(
            "feedback",
            f"反馈函-{application.id}",
            {**_about(scope, application, demand), "反馈意见": [line for line in lines(application.get("feedback")) if line.strip()]},
        )
        for application, demand in chosen
    ]  # fmt: skip


def award_letters(scope: Scope, words: Sequence[str]) -> list[Letter]:
    """To each enterprise that was chosen; without ids, to those whose work is under way."""
    fits = is_winner if words else (lambda a: a.get("status") == "selected")
    made = []
    for application, demand in _in_state(scope, words, fits, "揭榜通知"):
        enterprise = scope.enterprise_of(application)
        types = (enterprise.get("types") if enterprise is not None else None) or ()
        more = {
            "时间要求": " ".join((demand.get("schedule") or "见需求目录。").split()),
            "已同意公示": agrees_to_be_named(application),
            "企业类型": "、".join(type_ for type_ in SUPPORTED if type_ in types),
        }
        made.append(Letter("award", f"揭榜通知-{application.id}", {**_about(scope, application, demand), **more}))
    return made


def announcement_letters(scope: Scope, words: Sequence[str]) -> list[Letter]:
    """The 公示 of a round: nothing in it that is not public or agreed to."""
    _no_words(words, "公示")
    listed = announced(scope)
    if not listed:
        raise UserError("没有可以公示的揭榜企业。", "企业书面同意后，在申请里填写 announcement_consent。")
    names = ("代码", "需求", "发榜企业", "揭榜企业")
    return [
        Letter(
            "announcement", f"公示-{scope.round}", {"名单": [dict(zip(names, entry, strict=True)) for entry in listed]}
        )
    ]


def _no_words(words: Sequence[str], what: str) -> None:
    if words:
        raise UserError(f"{what}按轮次写，不写编号。", "用 --round、--district 选择。")


def _told(task: Task, scope: Scope) -> str:
    """`补正后重新报送：示例需求（D-…），期限 2026年5月31日，已过 182 天。`"""
    what = f"{task.what}：{task.title}（{task.record}）"
    if not task.due:
        return f"{what}。"
    return f"{what}，期限 {chinese_day(task.due)}，{time_left(scope.days_to(task.due))}。"


def _districts_of(found: Iterable[Task]) -> list[str]:
    return list(dict.fromkeys(task.district for task in found))


def reminder_letters(scope: Scope, words: Sequence[str]) -> list[Letter]:
    """To each district that has something to do in the round; districts are named by slug or name."""
    waiting = [
        task
        for task in tasks(scope.catalogue, scope.today)
        if task.who is Role.DISTRICT and task.path.startswith(f"{scope.round}/") and scope.district in {None, task.district}
    ]  # fmt: skip
    named = [district_named(scope.catalogue, word) for word in words]
    made = []
    for slug in named or _districts_of(waiting):
        own = [task for task in waiting if task.district == slug]
        if not own:
            raise UserError(f"{_bureau_of(scope, slug)}没有等着办的事。", "不用催办。")
        blanks = {
            "区级主管部门": _bureau_of(scope, slug),
            "需求数": sum(d.district == slug for d in scope.demands),
            "申请数": sum(a.district == slug for a in scope.applications),
            "事项数": len(own),
            "过期数": sum(task.is_late(scope.today) for task in own),
            "事项": [_told(task, scope) for task in own],
        }
        made.append(Letter("reminder", f"催办函-{scope.round}-{slug}", blanks))
    if not made:
        raise UserError("没有要催办的区。", "用 jiebang todo 看还有什么等着办。")
    return made


LETTERS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("feedback", "反馈函", "给未选中的企业，写明反馈意见；写申请或需求的编号，不写时是本轮全部", feedback_letters),
        Kind("award", "揭榜通知", "给选中的企业；写申请或需求的编号，不写时是本轮全部", award_letters),
        Kind("announcement", "公示", "揭榜企业名单的公示；只含可以公开的内容", announcement_letters, public=True),
        Kind("reminder", "催办函", "给还有事没办的区；写区的网址名或名称，不写时是全部", reminder_letters),
    )
}  # fmt: skip


def letter_named(name: str) -> Kind:
    """The kind of letter that its name (`feedback`) or its title (反馈函) calls. Raises UserError."""
    for kind in LETTERS.values():
        if name.strip() in {kind.name, kind.title}:
            return kind
    listed = "、".join(f"{kind.name}（{kind.title}）" for kind in LETTERS.values())
    raise UserError(f"没有“{name}”这种公文。", f"可以写：{listed}。")
