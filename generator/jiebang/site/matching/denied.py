"""What a text says its enterprise does not do: left out before it is compared, or who writes “不做激光加工” is sent to whoever wants that.
`match/ranking.js` does the same.

Read a clause at a time: what follows the denial goes up to its end or to a “只”; where nothing follows (“激光加工不做”), what stands before it. What
others do not (“国内不生产的轴承”) and what a product is without (“不含氟”) is no denial.
"""

from __future__ import annotations

import re

_ENDS = re.compile(r"([。！!？?；;，,\r\n]|\.(?!\d))", re.ASCII)
_DENIAL = (
    "(?:[不未没]有?[再曾能会是]?(?:做|涉及|从事|生产|制造|研发|研制|开发|经营|承接|提供|销售|代理|加工)(?!过?的)[过了]?"
    "|没有(?=[^。]{1,40}业务$)"
    r"|do(?:es)?(?: not|n['’]t)\b|[Nn]ot involved in\b)"
)
_DENIED_CLAUSE = re.compile(f"^[^。]*{_DENIAL}[ \u3000]*$", re.ASCII)
_DENIED = re.compile(f"{_DENIAL}[^。]+?(?=只|而是|但|仅|专|主要|but |$)", re.ASCII)


def _clause_without(clause: str) -> str:
    # The sign keeps two words apart that did not stand beside each other.
    return _DENIED.sub(",", _DENIED_CLAUSE.sub("", clause), count=1)


def without_denied(text: str) -> str:
    """The text without what it denies."""
    return "".join(map(_clause_without, _ENDS.split(text)))
