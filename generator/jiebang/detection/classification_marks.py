"""Marks of classification: a text that bears one must not be here at all, whoever wrote it.

A record of a human decision is asked for elsewhere; this only finds the marks themselves. Source: safety rule 12.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jiebang.detection.innocent import MARKS, is_without
from jiebang.detection.lazy_patterns import LazyPattern
from jiebang.detection.normalisation import as_seen

_STARS = "★☆✩✪✫✬✭✮✯✰⭐🌟⋆＊*"
OTHERS = LazyPattern(rf"[^\w{_STARS}\n【】\[\]()（）〔〕:]|_")
MARK = LazyPattern(
    rf"绝密|[机秘]密[{_STARS}]|[机秘]密级|[【\[(（〔][机秘]密[】\])）〕]|密级:|^[机秘]密(?:文件|资料)?$|[机秘]密(?:文件|资料)(?![的之])"
    r"|内部(?:资料|文件)(?!系统|服务器|(?:管理|检索|共享|交换|传输|流转|存储)(?:系统|平台|软件))|(?:不得|严禁|禁止|不准|请勿|切勿)(?:对?外传|外泄|泄露)|不得公开",
    re.MULTILINE,
)


def may_bear(seen: str) -> bool:
    """Whether a text holds the characters of any mark, wherever they stand."""
    return (
        "密" in seen
        or "泄" in seen
        or ("传" in seen and "外" in seen)
        or ("部" in seen and "内" in seen and ("资" in seen or "文" in seen))
        or ("公" in seen and "得" in seen)
    )


def has_mark(text: str) -> bool:
    """Whether a text bears 绝密★, 机密★, 秘密★, 内部资料, 不得外传 or the like, spaced or dressed up in any way."""
    return not is_without(text, MARKS) and _has_mark(text)


@lru_cache(maxsize=256)
def _has_mark(text: str) -> bool:
    seen = as_seen(text)
    return may_bear(seen) and MARK.compiled.search(OTHERS.compiled.sub("", seen)) is not None


def has_mark_in_a_row(text: str) -> bool:
    """The same for lines that are read on without a break, as fields that stand under each other are."""
    return has_mark(in_a_row(text))


def in_a_row(text: str) -> str:
    """Lines that are read on without a break."""
    return text.replace("\n", "")
