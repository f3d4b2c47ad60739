"""What stands on a form and is nobody's answer: its titles and headings, numbers of rows, notes, seals, and the lines that a bureau signs on.

Only what is printed, and what is signed behind it, is furniture. A note that says something (备注：需求1已签约) is somebody's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jiebang.forms.reading.labels import title_of
from jiebang.forms.reading.text import blank, folded, says_not_valid

_NUMBER = "[0-9一二三四五六七八九十①-⑳ⅰ-ⅻ]"
_DAY = "[0-9〇一二三四五六七八九十]*年[0-9〇一二三四五六七八九十]*月[0-9〇一二三四五六七八九十]*日?|[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}"
_WHO = (
    "(?:(?:填表|填报|填写|申报|推荐|报送|审核|审批|经办|制表|发榜|揭榜|主管|所属|所在|法定|授权|单位|企业|公司|法人|项目)*"
    "(?:单位|企业|公司|部门|机关|代表人|代表|法人|负责人|经办人|表人|报人|写人|审核人|推荐人|报送人|申报人|联系人|名称)){1,3}"
)
_SEAL = "[(]?(?:加?盖?(?:单位|企业|部门)?公?章|签字|签名|签章|签字(?:或|及|、|/|并)?(?:加?盖公?章|签章))[)]?"
_SIGNED = "(?![不未无没否已待拟])[\u4e00-\u9fff]{2,4}"
"""Who has signed: a name and nothing else."""
_LINE = re.compile(
    r"[一二三四五六]、(?:(?:企业|单位)?(?:基本)?(?:情况|概况|信息)|(?:企业|技术|创新)*需求(?:情况|内容|信息|清单)?|(?:拟|揭榜)*(?:事项|需求)(?:情况)?)(?:[(](?:可.{0,8}|共.{1,4})[)])?"
    rf"|(?:(?:技术|创新)*需求|(?:拟?揭榜)?事项)?[(]?{_NUMBER}{{1,3}}[)]?|[(]?[a-z][)]?|第{_NUMBER}{{1,3}}[项个条]|序号|编号|no"
    rf"|(?:(?:{_WHO})?[:;]?(?:{_SEAL}){{1,2}}(?:[:;](?:{_SIGNED})?)?){{1,3}}(?:(?:日期|时间)[:;])?(?:{_DAY})?|{_DAY}"
    rf"|(?:填表|填报|审核|经办|制表|报送|填写|申报)人[:;]?{_SIGNED}|(?:填表|填报|审核|经办|制表|报送|填写|申报)(?:人|日期|时间|单位)"
    rf"|(?:填表|填报|审核|经办|制表|报送|填写|申报)?(?:日期|时间)[:;](?:{_DAY})"
    r"|(?:填表|填报|填写)?日期|附件?[0-9一二三]{1,2}|编号[:;][0-9a-z()〔〕\[\]号-]{0,12}|单位[:;]万元"
    r"|[(]?(?:续表?|接上页|下页续|续上表|转下页|续下页)[0-9一二三]?[)]?|第[0-9]+页(?:[,，]?共[0-9]+页)?|[-—–]{1,2}[0-9]{1,3}[-—–]{1,2}"
    r"|[(]?(?:注|备注|说明|填[表报写]说明|填[表报写]须知)[)]?"
)
_SHORT = 60
"""Characters of a line that may be such furniture."""
_DATED = re.compile(_DAY)
_OF_THE_NOTICE = re.compile(
    "所有需求均?不得涉密|公开企业名称有利于吸引更多优质企业揭榜|是否公开尊重企业意愿|可揭榜多个事项|每个事项均?需附揭榜申请书"
)
_AROUND_A_NOTE = re.compile(r"[(]?(?:注|备注|说明|填[表报写]说明)?[:;]?[0-9]{0,2}[)]?[、.)]?|[\s,，.。;；、:()]+")
_NOTE = re.compile(
    r"[(（]?\s*(?:注|备\s*注|说\s*明|附|附件?\s*[0-9一二三]{1,2}|填[表报写]说明|(?:填表|填报|审核|经办|制表|报送|填写|推荐|申报)\S{0,8}|编号|单位|日期)\s*[:：]"
    r"|[^:：]{0,12}(?:盖章|公章|签字)"
)
_HEAD = r"\s{0,4}(?:(?:技术|创新)\s{0,4})*需\s{0,4}求\s{0,4}[(（]?\s{0,4}(?P<number>[0-9０-９]+(?:[.．-][0-9]+)?|[一二三四五六七八九十]+|[①-⑳])\s{0,4}[)）]?"
HEAD = re.compile(
    rf"{_HEAD}\s{{0,4}}(?:[(（][^()（）]{{0,12}}[)）])?\s{{0,4}}[:：]?\s{{0,4}}\Z|\s{{0,4}}第\s{{0,4}}(?P<item>[0-9一二三四五六七八九十]+)\s{{0,4}}[项个]\s{{0,4}}\Z"
)
"""What begins a demand: 需求 2."""
NAMED_HEAD = re.compile(rf"{_HEAD}\s{{0,4}}[:：、.．\s]\s{{0,4}}(?P<words>[^\s\d(（].{{1,60}})\Z")
"""The same with words behind it: 需求 2：示例材料."""
OTHER_HEAD = re.compile(
    r"(?:重点|技术|创新|企业|需求|项目|课题|任务|榜单|题目|攻关|发榜|揭榜)*第?[(（]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])?[)）]?[项个]?"
)
"""Other words that number a demand, of a text that is folded: 项目 2."""
PLAIN_HEAD = re.compile(r"\s{0,4}(?:(?:企业|技术|创新)\s{0,4})*需\s{0,4}求\s{0,4}[:：]?\s{0,4}\Z")
"""The same without a number."""
REMARK = re.compile(r"[(（]([^()（）]+)[)）]\s*[:：]?\s*\Z")
"""What a person added to such a head: 需求 2（暂缓）."""
RANKS = {"重点", "核心", "关键", "一般", "主要", "紧急", "必选", "可选", "续"}
"""Words beside such a head that change nothing."""
DEMANDS = re.compile(
    r"[(]?(?:[一二三四五六][)]?[、.]?)(?:企业|技术|创新)*需求(?:情况|内容|信息|清单)?(?:[(].*[)])?|(?:企业|技术|创新)+需求"
)
ITEM_HEAD = re.compile(r"(?:拟?揭榜)?事项[0-9一二三四五六七八九十]{1,2}")
"""What begins an item, and a text that is folded."""
ITEMS = re.compile(r"[(]?(?:[一二三四五六][)]?[、.]?)(?:拟|揭榜)*(?:事项|需求)(?:情况)?(?:[(].*[)])?|拟?揭榜事项")
"""Headings of the parts behind the enterprise's own, of a text that is folded."""


def _is_note_of_the_notice(plain: str) -> bool:
    """Whether a line is made of the notice's own notes and nothing else."""
    found = _OF_THE_NOTICE.search(plain)
    return found is not None and not _AROUND_A_NOTE.sub("", _OF_THE_NOTICE.sub("", plain))


def printed_lines(lines: Iterable[str]) -> Iterator[bool]:
    """Whether each line is such furniture."""
    for line in lines:
        plain = folded(line)
        known = title_of(line) or (len(plain) < _SHORT and _LINE.fullmatch(plain)) or _is_note_of_the_notice(plain)
        yield not says_not_valid(line) and bool(blank(line) or known)


def is_printed(text: str) -> bool:
    """Whether a text is such furniture, line by line, or in a narrow cell (事项, 1) as a whole."""
    return all(printed_lines(text.split("\n"))) or all(printed_lines([text]))


_NUMBER_ALONE = re.compile(rf"{_NUMBER}{{1,3}}")


def is_number(text: str) -> bool:
    """Whether a text is a short number: in front of a row that of the row, behind words somebody's answer."""
    return _NUMBER_ALONE.fullmatch(folded(text)) is not None


_FILED_BY = re.compile(
    r"(?:填报|申报|报送|填表)(?:单位|企业|公司)(?:名称)?(?:[(]?(?:加?盖公?章|公章)[)]?)?[:;](?P<name>.+)"
)


def names_only(text: str, name: str) -> bool:
    """Whether a line says only who filed the form, and that is the form's own enterprise."""
    found = _FILED_BY.fullmatch(folded(text))
    return found is not None and found["name"] == folded(name)


def is_day(text: str) -> bool:
    """Whether a text is a day and nothing else: beside a seal that of signing, elsewhere an answer."""
    return _DATED.fullmatch(folded(text)) is not None and bool(re.search(r"[0-9]", folded(text)))


def is_remark(text: str) -> bool:
    """Whether a text begins as a note or a bureau's line does: about the form, no part of what stands above it."""
    return _NOTE.match(text) is not None
