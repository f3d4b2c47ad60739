"""Codes, telephones, postcodes, mail: repaired only where nothing is lost (width, spaces, case), else left to a person."""

from __future__ import annotations

import re

from jiebang.catalogue.formats import is_email
from jiebang.forms.reading.text import Unclear, is_without_content, narrow, narrow_spaces, one_line
from jiebang.rules.identities import slips

_PHONE = re.compile(r"[0-9+() -]+(?:转[0-9]+)?\Z")
_TWO = re.compile(r"[0-9]{14,}|(?<![0-9])[0-9]{7,}\)?[ -]+(?:\(?0[0-9]{2,3}\)?[ -]?)?[0-9]{7,}|-[0-9]\Z")
"""Two numbers that only a space, a stroke or nothing parts; 85317106-7 is two numbers too, or one with an extension."""
_MANY = re.compile(r"[0-9]\s*[/、，,;；或]\s*[0-9(+]|\n")
_SEVERAL = re.compile(r"[、;；/／]|[（(]\s*(?:原[^子则料]|曾用|更名|前身|现名)|曾用名|原名")
_LETTERS = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2}")
_SPACED = re.compile(r"\S(?: +\S){3,}")
_AS_REGISTERED = re.compile(r"同(?:注册|营业执照|企业|公司|通[讯信])|[见详]营业")
_BEHIND_AN_ADDRESS = re.compile(
    r"(?:地\s*址|收件人|收货人|联系人)\s*[:：]|(?:邮\s*编|邮政编码|电\s*话|手\s*机|传\s*真)\s*(?:[:：]|[(（]?[0-9]{3})|(?<![0-9])1[0-9]{10}(?![0-9])"
)
_DASHES = str.maketrans("－–—―‐‑−～", "--------")


def credit_code(text: str, number: bool) -> str | Unclear:
    """18 characters without spaces, in capitals. A wrong check character is the form's own and stays; a letter that no code has does not."""
    if number:
        return Unclear(
            "单元格是数字格式，Excel 只保留前 15 位，后面的已经不准。", "对照营业执照重新填写，单元格设为文本格式。"
        )
    code = re.sub(r"[\s_]", "", narrow(text)).upper()
    if not re.fullmatch("[0-9A-HJ-NPQRTUWXY]{18}", code):
        message = "".join(message for message, _ in slips(code))
        return Unclear(message or "不是 18 位代码。", "对照营业执照核对 18 位代码。")
    return code


def postcode(text: str, number: bool) -> str | Unclear:
    """Six digits. A number in a spreadsheet has lost its leading zero, if it had one: then there are five."""
    code = re.sub(r"[\s_]", "", narrow(text))
    if re.fullmatch("[0-9]{6}", code):
        return code
    if number and re.fullmatch("[0-9]{5}", code):
        return Unclear("单元格是数字格式，开头的 0 可能丢了。", "核对邮编，按六位文本填写。")
    return Unclear("邮编应为 6 位数字。")


def phone(text: str, number: bool) -> str | Unclear:
    """One telephone number as it was typed."""
    plain = re.sub("-{2,}", "-", narrow(text).strip(" _\n").translate(_DASHES))
    if _MANY.search(plain) or _TWO.search(plain):
        return Unclear("不止一个号码。", "选定一个号码填写。")
    plain = re.sub(r"\s+", " ", re.sub(r"\s*转\s*", "转", plain))
    if not _PHONE.match(plain) or len(re.sub("[^0-9]", "", plain)) < 5:
        return Unclear("不是一个电话号码，或带有说明文字。")
    if re.fullmatch("1[0-9]{9}|1[0-9]{11,12}", re.sub(r"[\s-]", "", plain)):
        return Unclear("像是手机号码，但不是 11 位。", "向企业核实号码。")
    if number and not re.fullmatch("1[0-9]{10}|[2-9][0-9]{6,7}", plain):
        return Unclear("单元格是数字格式，开头的 0 可能丢了。", "核对号码，按文本填写。")
    return plain


_BLANK_MAILBOX = re.compile(r"[x*]{3,}@.*|x+@x+\..*", re.IGNORECASE)
"""Of a specimen: xxx@163.com."""


def email(text: str) -> str | Unclear:
    """One mailbox."""
    plain = re.sub(r"\s", "", narrow(text)).strip("_;,。、").removeprefix("mailto:")
    real = is_email(plain) and not _BLANK_MAILBOX.fullmatch(plain)
    return plain if real else Unclear("不是一个电子邮箱地址。")


_DAY = r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})\s{0,5}(?:年|[-./．])\s{0,5}[0-9０-９一二三四五六七八九十]{1,3}\s{0,5}(?:月|[-./．])\s{0,5}(?:[0-9０-９一二三四五六七八九十]{1,3}\s{0,5}日?)?"
_BEHIND_A_NAME = re.compile(
    rf"(?:\A|(?<!\s)\s+)(?:(?:(?:填[表报写]|制表|报送|申报|经办|审核|报出)(?:人|日期|时间)?|日\s*期|时\s*间|(?:金额)?单位(?=\s*[:：]\s*万元))\s*[:：][^\n]*|(?:{_DAY}|年\s{{0,20}}月\s{{0,20}}日)\s*)\Z"
)
"""What is printed on the line of a name: 填表人 and the day, which are nobody's answer."""


def alone(text: str) -> str:
    """The line of an enterprise's name without 填表人, 填表日期 and a day behind it: 盖章 2024年7月8日 填表人：示例乙."""
    return _BEHIND_A_NAME.sub("", _BEHIND_A_NAME.sub("", text))


_SEAL = re.compile(r"[（(]?\s{0,20}(?:加盖)?公?盖?章处?\s{0,20}[）)]?\Z")


def unsealed(text: str) -> str:
    """An enterprise's name without its seal: the printed 盖章, and the picture of a seal laid over it."""
    return _SEAL.sub("", text.replace("〔图片〕", "").strip()).strip()


_LABEL = re.compile(r"\A(?:企业|单位|公司)?(?:名\s*称|全\s*称)\s*[:：]\s*")
_IN_QUOTES = re.compile(r"\A[“\"「『《]([^“”\"「」『』《》]+)[”\"」』》]\Z")
_BESIDE_A_NAME = re.compile(
    r"(?<!\s)\s*(?:[（(，,;；]?\s*(?:统一社会信用代码|信用代码)?\s*[:：]?\s*(?<![0-9A-Za-z])[0-9]{2}[0-9A-Z]{16}"
    r"|[（(，,;；]\s*(?:(?:股票|证券)(?:代码|简称)|(?:以下)?简称|下称|英文名称?)\s*[:：为“\"]?[^（）()]{1,30})\s*[)）]?\s*\Z"
)


def beside_a_name(text: str) -> str:
    """What stands behind an enterprise's name and is none of it: its credit code, stock code or short name. Empty for nothing."""
    found = _BESIDE_A_NAME.search(one_line(text))
    return found.group().strip() if found else ""


def name(text: str) -> str | Unclear:
    """An enterprise's name, exactly as typed but for the cell's line breaks, spaces between all of its letters, and 盖章."""
    plain = re.sub(r"[（(]\s*(?:加盖)?(?:公)?(?:盖)?章处?\s*[）)]", "", one_line(text)).strip()
    plain = _BESIDE_A_NAME.sub("", _LABEL.sub("", plain))
    plain = _IN_QUOTES.sub(r"\1", plain.rstrip("。．")).strip()
    if _SEVERAL.search(plain):
        return Unclear("不止一个名称，或带有曾用名。", "名称按营业执照填写；曾用名写在记录的 former_names 里。")
    if _SPACED.fullmatch(plain):
        plain = plain.replace(" ", "")
    if is_without_content(plain) or not _LETTERS.search(plain) or plain.startswith("#"):
        return Unclear("没有填写企业名称，或只说在别处。" if is_without_content(plain) else "不像企业的名称。")
    return plain


def address(text: str) -> str | Unclear:
    """One line, with the writer's own spaces, without the label said again."""
    plain = re.sub(r"\A(?:通[讯信]|注册|办公|联系|详细)?地\s*址\s*[:：]\s*", "", one_line(text))
    if is_without_content(plain) or _AS_REGISTERED.match(plain):
        return Unclear("没有写地址，或只说在别处。", "对照原件填写地址。")
    if _BEHIND_AN_ADDRESS.search(plain):
        return Unclear("不止一个地址，或后面还写了邮编、收件人、电话。", "对照原件，只填一个通讯地址。")
    return plain if _LETTERS.search(plain) else Unclear("不像一个地址。", "对照原件填写地址。")


def profile(text: str) -> str | Unclear:
    """An enterprise's own words on itself."""
    if is_without_content(text):
        return Unclear("只说“无”或在别处，没有内容。", "向企业核实后，把内容写在这一栏里。")
    return prose(text)


def prose(text: str) -> str:
    """A text of several lines without the white space around them."""
    return "\n".join(line.rstrip() for line in narrow_spaces(text).strip("\n").split("\n")).strip()
