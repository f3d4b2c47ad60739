"""Texts for tests of folding: letters that fold, join, spread or say nothing, put together at random."""

from __future__ import annotations

from hypothesis import strategies as st

_LETTERS = (
    "丶丨灬㇏⼂中联重工武汉示例體坏布沈默乾坤幺麼巘髙戶囯⻋㈱株式臺灣0123456789０１２oOlLiI一二三零壹〇○幺两洞拐①⑴⒈℃㎡㎜㎛ﬁ½…—－·•、，。；：（）“”‘’｜|/-_~*+.&%=#;\\<>"
    "＜＞＆aAzZａＺЗАВОНνΝΟοıİßſéÉñŮŭμµΩΩαКкӏƷȜꞘǅ\u0301\u0338\u3099\u200b\u200d\ufeff\u00ad\u3164\uffa0\u1160\u115f가각\u1100\u1161\u11a8ᄀﾞｶガ々ヶー㍿"
    "𠀀𪩘𝐀🄁🅰×÷°±\xa0ÿ\0\t\n\r\x1f\x7f\u2028豈\ue000\uf8ff\ufffd"
)
_WORDS = (
    "示例重工（武汉）集团有限公司", "武汉zhonglian", "zhong联zhong工", "中lian2重", "quyu02示例", "〇二七一二三四五六七〇", "零2 7-一", "０２７－12345670",
    "&amp;", "&#30002;", "&#x7532", "&am", "p;", "%E7%A4%BA", "%", "\\u7532", "\\7532 ", "\\347\\224\\262", "\\x4e", "xn--", "XN--fiq", "base64,", "5Lit6IGU",
    "=E4=B8=AD", "％E7％A4％BA", "＆#30002；", "＼u7532", "U+7532", "u+4e", "u7532u4e59", "U7532", "=?UTF-8?B?55Sy?=", "=?utf-8?q?=e7=94?=", "?=", "<p>", "</p>", "<b ", 'title="', '"', "'", ">", "<!--", "-->", "<rt>", "</rt>", ' class="', " href='", "<!doctype html>", "ç¤ºä¾‹é‡å·¥", "\r\n", "  ",
)  # fmt: skip
NO_HALVES = st.characters(codec="utf-8")
"""Any letter, halves of pairs apart."""
HOSTILE = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.sampled_from(_LETTERS), NO_HALVES),
    max_size=40,
).map("".join)
"""A text that may hold anything; escapes in it may make halves of pairs."""
