"""click's own words in Chinese: a gettext catalogue beside this module, bound before the first command is parsed."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "click"
LOCALE = Path(__file__).parent / "locale"


def speak_chinese() -> None:
    """Makes gettext, and through it click, answer in Chinese whatever the machine's language is."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
