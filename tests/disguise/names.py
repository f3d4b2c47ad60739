"""One hidden enterprise with every kind of name, put into a copy of the small valid catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.conftest import FIXTURES

ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
_ALIASES = """    - 简称示例1号
    - 示例重装
  former_names:
    - 示例机器总厂
  english_names:
    - Example Heavy Industries Group Co., Ltd.
  brands:
    - 示例鼎牌
  domains:
    - slzg-heavy.example
"""


def give_names(base: Path) -> None:
    """Adds former, English and other names to the hidden enterprise of the base catalogue."""
    file = base / ENTERPRISE
    text = file.read_text(encoding="utf-8")
    assert text.count("    - 简称示例1号\n") == 1
    file.write_text(text.replace("    - 简称示例1号\n", _ALIASES), encoding="utf-8")


def listed(name: str) -> list[Any]:
    """The entries of a fixture that is a YAML list."""
    loaded: list[Any] = yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))
    return loaded
