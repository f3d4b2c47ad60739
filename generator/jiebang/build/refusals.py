"""What the last look says where it lets a site not go out: what was found where, and what to do; places, never values."""

from __future__ import annotations

from collections.abc import Sequence

from jiebang.build.verify import Verifier
from jiebang.errors import UserError
from jiebang.publication import Leak
from jiebang.publication.extraction import REMEDY
from jiebang.publication.gate import UNREADABLE

MOST_NAMED = 20
_PRIVATE = "检查需求的公开文字，自己的网页、图片和设置（pages/、mkdocs.yml），删去企业名称、人名和联系方式。"

_DOCUMENT = "导出的需求太多时，用 --round、--district 分几次导出。"


def refusal(leaks: Sequence[Leak], what: str) -> UserError:
    """Of findings, at least one; `what` is held back for them."""
    unread = sorted({(leak.file, leak.field) for leak in leaks if leak.record == UNREADABLE})
    found = sorted({(leak.record, leak.field, leak.file) for leak in leaks if leak.record != UNREADABLE})
    said, hints = [], []
    if found:
        listed = _listed([f"{record} 的“{field}”出现在 {file}" for record, field, file in found])
        said.append(f"不应公开的内容出现在{'网页' if what == '网站' else what}里，{what}没有更新：{listed}")
        hints.append(_PRIVATE)
    if unread:
        listed = _listed([f"{file}：{why}" for file, why in unread])
        said.append(f"有文件无法检查，不能确定里面没有不应公开的内容，{what}没有更新：{listed}")
        hints.append(REMEDY + (_DOCUMENT if what == "文件" else ""))
    return UserError("\n".join(said), "".join(hints))


def _listed(lines: Sequence[str]) -> str:
    more = [f"…… 共 {len(lines)} 处"] if len(lines) > MOST_NAMED else []
    return "".join(f"\n  {line}" for line in [*lines[:MOST_NAMED], *more])


def refuse_unsafe(verifier: Verifier, what: str = "网站") -> None:
    """Raises UserError where a finished site (or `what` else) holds something private or leads nowhere."""
    verifier.read_index()
    refuse_leaks(verifier.leaks, what)
    refuse_broken(verifier.broken_links())


def refuse_leaks(leaks: Sequence[Leak], what: str = "网站") -> None:
    """Raises UserError where something private was found, or could not be looked for."""
    if leaks:
        raise refusal(leaks, what)


def refuse_broken(broken: Sequence[tuple[str, str]]) -> None:
    """Raises UserError where a link of the site leads nowhere."""
    if broken:
        listed = "\n".join(f"  {page} → {target}" for page, target in broken[:MOST_NAMED])
        raise UserError(
            f"网页里有打不开的站内链接，网站没有更新：\n{listed}",
            "检查自己的网页（pages/）和设置（mkdocs.yml）最近的改动；程序的网页在 site/。",
        )
