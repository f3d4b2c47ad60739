"""Doubts that a file itself raises about a text: a change that nobody has accepted, a comment, struck or hidden words, a text box over it.

While a Word file passes through its converter a doubt stands in the text, between two signs that no file may use; afterwards it stands
beside the text (`Cell.doubts`), so that labels and values are recognised as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

INSERTED, DELETED, MOVED_IN, MOVED_AWAY = "修订新增", "修订删去", "修订移入", "修订移走"
ROW_DELETED, BREAK = "修订删去整行", "修订改动换行"
COMMENT, STRUCK, HIDDEN, BOX, TABLE, STORED = "批注", "划去", "隐藏", "文本框", "表格", "存的数"
CROWDED, CONTINUED, NOT_VALID, SWAPPED, LED, ERROR = "一格两栏", "续行", "字样", "左右颠倒", "连写", "出错"
LEFT_BEHIND, PALE, VERSIONS = "程序留下的文字", "看不见的字", "两个版本"

_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}]")
_RECEIPT = re.compile(r"收\s*(?:文|件|讫|发|到|迄)|签\s*收|受\s*理|归\s*档|来\s*文")

_REASONS = {
    INSERTED: "有没有接受的修订", DELETED: "有没有接受的修订", MOVED_IN: "有没有接受的修订", MOVED_AWAY: "有没有接受的修订",
    ROW_DELETED: "有没有接受的修订", BREAK: "有没有接受的修订", COMMENT: "有批注", STRUCK: "有划去的文字", HIDDEN: "有隐藏的文字", BOX: "上面盖着文本框",
    TABLE: "里面还有表格", STORED: "单元格里存的数和显示的不一样", CROWDED: "一格里写了两栏的内容",
    CONTINUED: "接在下面的一行没有栏目名，看不出是不是这一栏的",
    NOT_VALID: "写着样例、作废一类的字样，看不出这份表是不是正式的",
    SWAPPED: "这一行像是内容写在栏目名的左边",
    PALE: "有白色或小得看不见的字",
    VERSIONS: "文件里有新旧两个版本，写的不一样",
    LEFT_BEHIND: "这里是 Word 自己的提示或出错的文字",
    ERROR: "单元格里的公式出错，看不到内容",
    LED: "栏目名和内容连写在一格里，看不出从哪里起是内容",
}  # fmt: skip
_HINTS = {
    INSERTED: "在 Word 的“审阅”里接受或拒绝修订，存盘后再读一次",
    COMMENT: "按批注核对，改好后删去批注",
    STRUCK: "核对划去的是不是作废",
    HIDDEN: "核对隐藏的文字要不要",
    BOX: "核对文本框里的文字属于哪里",
    TABLE: "核对表格里的内容",
    PALE: "纸上看不见这些字，核对要不要",
    VERSIONS: "按盖章的纸质表填写",
    STORED: "按盖章的纸质表填写",
    CROWDED: "对照原件，把两栏分开填写",
    CONTINUED: "对照原件，核对跨页的内容接得对不对",
    NOT_VALID: "向企业核实，用正式报送的一份",
    SWAPPED: "对照原件，核对每项内容属于哪一栏",
    LEFT_BEHIND: "向企业核实后填写",
    LED: "对照原件，只填写内容",
    ERROR: "按盖章的纸质表填写，或请企业改好公式",
}
_CHANGES = {INSERTED, DELETED, MOVED_IN, MOVED_AWAY, ROW_DELETED, BREAK}


def marked(kind: str, text: str) -> str:
    """A doubt as it stands in a text while that is converted."""
    return f"{_OPEN}{doubt(kind, _SIGNS.sub('', text))}{_CLOSE}"


def doubt(kind: str, text: str) -> str:
    """A doubt as it stands beside a text: its kind and what it is about."""
    return f"{kind}：{text.strip()}"


def without_signs(text: str) -> str:
    """A file's own text without the two signs; each leaves the mark of a lost character."""
    return _SIGNS.sub("\ufffd", text)


def pieces(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a doubt."""
    parts = _MARK.split(text)
    return [(part, number % 2 == 1) for number, part in enumerate(parts) if part]


def kind_of(told: str) -> str:
    """The kind of a doubt."""
    return told.partition("：")[0]


def settled(text: str, told: list[str]) -> tuple[str, tuple[str, ...]]:
    """A text and its doubts: a text box alone is the text, a receipt stamp is nobody's answer."""
    others = [one for one in dict.fromkeys(told) if kind_of(one) != BOX]
    answers = [words for one in told if kind_of(one) == BOX and not _RECEIPT.search(words := one.partition("：")[2])]
    if not text.strip() and not others and len(answers) == 1:
        return answers[0], ()
    return text, (*others, *boxes(answers))


def boxes(texts: Iterable[str]) -> tuple[str, ...]:
    """The doubts that text boxes raise, each once; a receipt stamp raises none."""
    return tuple(doubt(BOX, words) for words in dict.fromkeys(texts) if words.strip() and not _RECEIPT.search(words))


def reason(told: tuple[str, ...]) -> str:
    """Why a text with doubts is not taken."""
    return "、".join(dict.fromkeys(_REASONS[kind_of(one)] for one in told)) + "，没有录入。"


def hint(told: tuple[str, ...]) -> str:
    """What to do about doubts."""
    kinds = dict.fromkeys(INSERTED if kind_of(one) in _CHANGES else kind_of(one) for one in told)
    return "；".join(_HINTS[kind] for kind in kinds) + "。"


def of_the_whole(told: tuple[str, ...]) -> tuple[str, str]:
    """Why a person has to look at doubts about a whole form, and what to do: one that may not be valid is read all the same."""
    if any(kind_of(one) != NOT_VALID for one in told):
        return reason(told), hint(told)
    return f"{_REASONS[NOT_VALID]}，表里的内容照样录入了。", "向企业核实；不是正式报送的一份，不要提交它的记录。"


def quoted(text: str, told: tuple[str, ...]) -> str:
    """A text with its doubts, as a person is shown it."""
    return text + "".join(f"〔{one}〕" for one in told)
