"""Texts of a form made comparable: labels and hints are recognised whatever spaces, widths, quotes and colons they are typed with."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_QUOTES = re.compile("[“”‘’\"'「」『』《》〈〉]")
_NOTHING = re.compile(r"[\s_＿﹍﹏￣…·.。，,；;、—-]*\Z")


def narrow(text: str) -> str:
    """Full-width ASCII as half-width, wide spaces as plain ones; every character stays at its place."""
    return text.translate(_WIDTH)


def folded(text: str) -> str:
    """A label or hint for comparison: no spaces, no quotes, half-width, no colon or stop at its end, lower case."""
    text = _QUOTES.sub("", narrow(text))
    return re.sub(r"[\s_]+", "", text).strip(":;,.。、，；…").lower()


def without_parentheses(text: str) -> str:
    """A label without what stands in brackets: `注册资本（万元）` → `注册资本`."""
    return re.sub(r"\([^()]*\)|〔(?:[0-9]*|图片|脚注|符号)〕", "", narrow(text))


def blank(text: str) -> bool:
    """Nothing was filled in: white space, the line to write on, a lone dash or dots."""
    return bool(_NOTHING.match(text))


_WORDS_FOR_NOTHING = re.compile(
    r"[(\[【]?(?:[/\\]|空|略|无此项|n/a|(?:以下)?空白|(?:以下)?无正文"
    r"|(?:暂时|暂|目前|本企业|我公司|我司)?(?:没有|无)(?:其[他它])?(?:技术|创新|揭榜)*(?:需求|事项|内容)?|暂?[无没]有?其[他它])[)\]】]?"
)


def says_nothing(text: str) -> bool:
    """Nothing, or a word for it: 无, 暂无, 以下空白, a stroke."""
    return blank(text) or _WORDS_FOR_NOTHING.fullmatch(folded(text)) is not None


_ELSEWHERE = re.compile(
    r"[(（]?(?:[见详参]{1,2}[见照]?|另附|附)(?:本?(?:附|表|图|后|上|前|另|下|营业执照).{0,12}|.{0,8}附件.{0,6})[)）]?[。.]?|同[上前左].{0,4}|同(?:技术|创新)*(?:需求|事项)[(]?[0-9一二三四五六七八九十①-⑳]{1,2}[)]?.{0,4}"
)
_LATER = re.compile(
    r"[(（【]?(?:暂|尚|目前)?(?:待|需)(?:定|补充?|填|补填|完善|确定|确认|明确|商|商定|协商|议|沟通|洽谈)[)）】]?|[(（]?(?:暂|尚)?未(?:定|确定|明确)[)）]?|另议|另行(?:协商|商定|约定|确定|通知)|再议|后补|tbd"
    r"|[(（【\[]?(?:请|单击|点击|单击或点击)?(?:在?此处?)?(?:如实|详细|准确)?(?:填写|输入|填入|选择)(?:此处|内容|文字|此项|本栏|日期|企业名称|名称|地址|通讯地址)?[)）】\]]?",
    re.IGNORECASE,
)


_PROMPT = re.compile(r"[(（]\s*请[^()（）]{0,8}(?:填写|填入|输入|注明)[^()（）]{0,20}[)）]")


def without_prompts(text: str) -> str:
    """An answer without what a form asks for in brackets beside it: （请填写全称）."""
    return _PROMPT.sub("", text)


def is_elsewhere(text: str) -> bool:
    """Whether an answer says only that it stands somewhere else: 见附件, 同上. No attachment is published."""
    return _ELSEWHERE.fullmatch(text.strip()) is not None


def is_for_later(text: str) -> bool:
    """Whether an answer says only that it is not known yet: 待定, 另议."""
    return _LATER.fullmatch(folded(text)) is not None


def is_without_content(text: str) -> bool:
    """Whether an answer that should be words of some length says nothing, or only where they stand, or that they come later: 待定."""
    return says_nothing(text) or is_elsewhere(text) or is_for_later(text)


_NOT_VALID = re.compile(
    r"(?:样[例表本张]|范[本例文]|填写示例|作废|无效|草稿|初稿|征求意见稿?|讨论稿|撤[回销]|[机秘绝]密|内部资料|DRAFT|SAMPLE|VOID|CONFIDENTIAL)",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"以(?!.{0,12}(?:盖章|纸质|公章|原件)).{0,20}为准|(?:代替|替换|替代|更正|重报).{0,20}(?:表|版|稿|份)|[旧原]表"
)
_SHORT = 40
"""Characters of a line that says something about the form as a whole."""


def says_not_valid(text: str) -> bool:
    """Whether a short line says that the form is a specimen, void, a draft, replaced or secret."""
    plain = folded(text)
    return len(plain) < _SHORT and bool(_NOT_VALID.search(plain) or _REPLACED.search(plain))


def one_line(text: str) -> str:
    """A short value whose line breaks are the cell's, not the writer's."""
    return re.sub(r"[ \t]+", " ", re.sub(r"(?<!\s)\s*\n\s*", "", narrow_spaces(text))).strip(" _")


def narrow_spaces(text: str) -> str:
    """Wide and hard spaces as plain ones; other characters keep their width."""
    return text.replace("\u3000", " ").replace("\xa0", " ")


@dataclass(frozen=True, slots=True)
class Unclear:
    """`reason` says what is not certain, `hint` what to do; Chinese, without the text itself."""

    reason: str
    hint: str = "对照原件核对后，在记录里填写。"
