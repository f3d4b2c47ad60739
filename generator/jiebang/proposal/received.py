"""A push to a repository without a forge, judged before it is taken: what `proposal` says of a pull request is said of every ref at once.

Who pushes is what the server says (`JIEBANG_ACCOUNT`, from the forced command of the key), never what a commit says of itself. The main
branch, which HEAD of the bare repository names, goes forward only and by what `proposal` lets pass; other branches belong to the account
whose name they begin with. Git keeps the objects of a push apart until the hook has let it pass (`GIT_QUARANTINE_PATH`): its commands
find them there by the environment that the hook is started with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.files import RecordFile
from jiebang.errors import UserError
from jiebang.problems import Problem, has_errors
from jiebang.proposal.checkout import CATALOGUE
from jiebang.proposal.effect import Effect
from jiebang.proposal.judgement import Asked, judge_proposal
from jiebang.proposal.permissions import Staff, staff_of
from jiebang.proposal.repository import LINK, SUBMODULE, Repository
from jiebang.schemas.lifecycle import Role

ACCOUNT_VARIABLE = "JIEBANG_ACCOUNT"
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_UPDATE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S+)", re.ASCII)
_BRANCH = re.compile(r"refs/heads/([A-Za-z0-9][A-Za-z0-9._-]*)/[A-Za-z0-9][A-Za-z0-9._/-]*", re.ASCII)
_LISTS = "districts.yml"
_ADMINISTRATOR = "请服务器管理员处理，见指南“没有代码托管平台”。"


@dataclass(frozen=True, slots=True)
class Update:
    """A ref that a push would move; `old` and `new` are all zeros where it comes or goes."""

    old: str
    new: str
    ref: str

    @property
    def comes(self) -> bool:
        """Whether the ref is not there yet."""
        return not self.old.strip("0")

    @property
    def goes(self) -> bool:
        """Whether the ref is to be deleted."""
        return not self.new.strip("0")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one ref: `reason` and `hint` where the ref may not be moved so, else `problems` of the judgement."""

    ref: str
    reason: str = ""
    hint: str = ""
    problems: tuple[Problem, ...] = ()
    effect: Effect | None = None

    @property
    def refused(self) -> bool:
        """Whether the push must not be taken for this ref."""
        return bool(self.reason) or has_errors(self.problems)


def updates_in(lines: Iterable[str]) -> list[Update]:
    """What git tells a pre-receive hook on its standard input. Raises UserError for a line that git would not write."""
    found = []
    for line in lines:
        told = _UPDATE.fullmatch(line.rstrip("\n"))
        if told is None:
            raise UserError("看不懂 git 给出的推送内容。", "这个命令由服务器上的 pre-receive 钩子调用，不用手工运行。")
        found.append(Update(*told.groups()))
    return found


def judge_push(folder: Path, updates: Sequence[Update], account: str) -> list[Answer]:
    """An answer for each ref, in the order of the push: it may be taken when none refuses. Raises UserError where nothing can be judged:
    the account is not told, or the main branch does not say whose it is.
    """
    account = account.strip()
    if not _ACCOUNT.fullmatch(account):
        raise UserError(
            "服务器给出的账号不合规定。" if account else "服务器没有说明推送的人是谁，没有核对权限。",
            f"请服务器管理员在 authorized_keys 里为这把钥匙写上 {ACCOUNT_VARIABLE}=账号，账号与 districts.yml 的 staff 一致。",
        )
    with Repository(folder) as repository:
        main = repository.main_branch()
        if not repository.has(main):
            raise UserError(
                "这个仓库还是空的：谁能改什么，要看主分支上的 districts.yml，现在没有。",
                "请服务器管理员用 git clone --bare 从准备好的文件夹建立仓库，不要向空仓库推送。",
            )
        staff = _staff_on(repository, main)
        if staff.part_of(account) is None:
            raise UserError(
                f"{account} 没有登记在主分支的 districts.yml 里，不能推送。",
                "请市级维护人先把这个账号写进 districts.yml 的 staff；已经写了的，核对大小写以外的每个字符。",
            )
        return [_answer(repository, folder, main, update, account, staff) for update in updates]


def _staff_on(repository: Repository, main: str) -> Staff:
    """Whom the main branch names."""
    entry = repository.tree(repository.commit(main)).get(f"{CATALOGUE}/{_LISTS}")
    plain = entry is not None and entry.mode not in {LINK, SUBMODULE} and entry.size <= MAX_BYTES
    record = (
        read_record(RecordFile("districts", _LISTS, None, None), repository.read(entry)).record
        if entry and plain
        else None
    )
    staff = staff_of(record)
    if staff is None or staff.nobody:
        raise UserError("主分支上的 districts.yml 缺失、有错误，或没有登记任何账号，无法核对推送的人。", _ADMINISTRATOR)
    return staff


def _answer(repository: Repository, folder: Path, main: str, update: Update, account: str, staff: Staff) -> Answer:
    if refusal := _refusal(repository, main, update, account, staff):
        return Answer(update.ref, *refusal)
    if update.goes:
        return Answer(update.ref)
    base = update.old if update.ref == main else main
    judged = judge_proposal(Asked(folder, base, update.new, (account,), actors_needed=True))
    return Answer(update.ref, problems=judged.problems, effect=judged.effect)


def _refusal(repository: Repository, main: str, update: Update, account: str, staff: Staff) -> tuple[str, str] | None:
    """Why a ref may not be moved at all, and what to do; None where it may be."""
    name = main.removeprefix("refs/heads/")
    if update.ref == main:
        if update.goes:
            return "主分支不能删除。", "要撤回一项需求，改它的状态；不要删除分支。"
        if update.old != repository.commit(main):
            return "主分支刚刚变了。", "先 git pull --rebase，再推送。"
        if not repository.has(update.new):
            return "主分支只能指向一个提交。", f"推送提交：git push origin HEAD:{name}。"
        if not repository.reaches(update.old, update.new):
            return (
                "主分支只能向前，不能改写历史（强制推送），也不能换成别的历史。",
                "先 git pull --rebase，再推送，不要加 --force。",
            )
        return None
    branch = _BRANCH.fullmatch(update.ref)
    if branch is None or ".." in update.ref or update.ref.endswith((".lock", "/", ".")):
        what = "标签" if update.ref.startswith("refs/tags/") else "这样的名称"
        return (
            f"这个仓库只收主分支和“账号/名称”这样的分支，不收{what}。",
            f"推送到主分支：git push origin HEAD:{name}；或 git push origin HEAD:{account}/名称。",
        )
    if branch[1].casefold() != account.casefold() and not (update.goes and staff.part_of(account) is Role.CITY):
        return f"这个分支名以 {branch[1]} 开头，是别人的。", f"推送到自己的分支：git push origin HEAD:{account}/名称。"
    if not update.goes and not repository.has(update.new):
        return "分支只能指向一个提交。", f"推送提交：git push origin HEAD:{account}/名称。"
    return None
