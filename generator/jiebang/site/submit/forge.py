"""`extra.forge` of mkdocs.yml: where staff commit records, if the form is to open the forge's page for a new file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

KINDS = ("", "github", "gitea", "gitlab", "gitee", "gitcode")
_NAMES = {"kind", "url", "branch", "folder"}


def forge_complaint(extra: Mapping[str, Any]) -> str | None:
    """What is wrong with the setting, as a Chinese sentence; None where nothing is. An empty kind turns the links off."""
    forge = extra.get("forge")
    if forge is None:
        return None
    if not isinstance(forge, Mapping) or set(forge) - _NAMES:
        return "mkdocs.yml 中 extra.forge 只能有 kind、url、branch、folder 四项"
    kind = forge.get("kind") or ""
    if kind not in KINDS:
        return "mkdocs.yml 中 extra.forge.kind 应为 github、gitea、gitlab、gitee、gitcode 或留空"
    if not kind:
        return None
    if not re.fullmatch(r"https?://[^\s?#]+[^\s?#/]", str(forge.get("url") or "")):
        return "mkdocs.yml 中 extra.forge.url 应为仓库的网址，以 http:// 或 https:// 开头，结尾没有斜线"
    if re.match(r"https?://[^/]*@", str(forge["url"])):
        return "mkdocs.yml 中 extra.forge.url 不能写账号和令牌：网站上人人看得到，已经提交过的令牌请作废"
    if not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*", str(forge.get("branch") or "")):
        return "mkdocs.yml 中 extra.forge.branch 应为分支名，例如 main"
    return None
