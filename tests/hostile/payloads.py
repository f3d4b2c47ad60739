"""Texts that become more than text where somebody forgets to escape them: what tries to break out of a context, in many spellings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

CONTEXTS: tuple[str, ...] = (
    # HTML: elements, attributes, contents that a parser reads otherwise, comments
    "<script>hit(1)</script>", "<img src=x onerror=hit(2)>", "<svg/onload=hit(3)>", "<body onload=hit(4)>", "<iframe srcdoc='<script>hit(5)</script>'>",
    "<details open ontoggle=hit(6)>", "<a href=javascript:hit(7)>k</a>", "<form action=javascript:hit(8)><input autofocus onfocus=hit(8)>", "<base href=//h.example/>",
    "<meta http-equiv=refresh content=0;url=//h.example>", "<link rel=stylesheet href=//h.example/c>", "<math><mtext><style><img src=x onerror=hit(9)>",
    "<object data=//h.example></object>", "<template><b>k", "<plaintext>", "<table><td>k", "<b", "</", "<!doctype html>", "<?php k ?>", "<custom-k onclick=hit(10)>",
    '" onmouseover="hit(11)" x="', "' onmouseover='hit(12)' x='", "` onmouseover=hit(13) x=`", ' onmouseover=hit(14) ', '"><u>k</u>', "'><u>k</u>", '" style="x:y',
    "</title><u>k</u>", "</textarea><u>k</u>", "</style><u>k</u>", "</script><script>hit(15)</script>", "</noscript><u>k</u>", "</svg><u>k</u>", "</template><u>k</u>",
    "</main></body></html><u>k</u>", "--><u>k</u>", "<!--", "--!><u>k</u>", "<![CDATA[<u>k</u>]]>", "]]><u>k</u>",
    # Templates, slots, placeholders
    "{{ 7 * 7 }}", "{{ self.__init__ }}", "{% include 'demand.html' %}", "{% raw %}", "{# k #}", "${7*7}", "#{7*7}", "<%= 7 %>", "<!--slot:main-->", "<!--slot:city-->",
    "%(main)s", "{0}", "{main!r}", "$main", "[[k]]", "@@k@@",
    # Markdown
    "[k](javascript:hit(16))", "![k](//h.example/p)", "<javascript:hit(17)>", "[k]: javascript:hit(18)", "**k** __k__ `k` ~~k~~", "# k", "> k", "```k", "|k|k|", "&lt;u&gt;k", "- [ ] k",
    "!!! k", ":::k", "{: onclick=hit(19) }", "http://h.example/k", "www.h.example/k",
    # Addresses
    "javascript:hit(20)", "JaVaScRiPt:hit(21)", "data:text/html,<script>hit(22)</script>", "vbscript:hit(23)", "//h.example/k", "/\\h.example/k", "file:///k", "blob:k", "?q=k&x=<u>",
    # Data: JSON in pages, tables, calendars, feeds
    '{"k":"</script><u>k"}', '\\"};hit(24)//', "\\u003cu\\u003ek", "=1+1", "+hit", "-1+1", "=HYPERLINK(1)", "END:VEVENT", "a\\nATTACH:k", "a;b,c", "&k;", "&#60;u&#62;", "<k:u xmlns:k='k'>",
    "<!ENTITY k 'k'>", "_x003C_", "%0d%0aSet-Cookie:k",
)  # fmt: skip

_SIGNS = "<>\"'&`=/(){}[]:%$#\\"
SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "decimal": lambda text: "".join(f"&#{ord(c)};" if c in _SIGNS else c for c in text),
    "hexadecimal, open": lambda text: "".join(f"&#x{ord(c):x}" if c in _SIGNS else c for c in text),
    "percent": lambda text: quote(text, safe=""),
    "script": lambda text: "".join(f"\\u{ord(c):04x}" if c in _SIGNS else c for c in text),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if c in _SIGNS else c for c in text),
    "upper": str.upper,
    "doubled": lambda text: text.replace("<", "<<").replace('"', '""'),
}
PAYLOADS = tuple(dict.fromkeys(spell(text) for spell in SPELLINGS.values() for text in CONTEXTS))


def tamed(text: str) -> str:
    """The same length and shape in letters alone: every sign that any syntax knows is a Han character."""
    return "".join(c if c.isalnum() or c.isspace() or c in "：:。，；、！？）" else "口" for c in text)
