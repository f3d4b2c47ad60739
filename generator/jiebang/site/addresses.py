"""Addresses of the web that people write into settings and commands, as the network writes them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?|[0-9A-Fa-f:.]+:[0-9A-Fa-f:.]*")
_OF_A_PATH = "/%:@!$&'()*+,;=~"


class AccountError(ValueError):
    """An address with an account in it, maybe with its password."""


def folder_address(address: str) -> str:
    """The address of a folder, with a slash behind it: a name or a folder in Chinese in letters that every program takes. Raises ValueError
    for what is none."""
    parts = urlsplit(address)
    if parts.username is not None:
        raise AccountError
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or parts.port == 0:
        raise ValueError
    if parts.query or parts.fragment:
        raise ValueError
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{quote(parts.path, safe=_OF_A_PATH).rstrip('/')}/"
