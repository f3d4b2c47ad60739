"""One hidden enterprise with every kind of name, put into a copy of the small valid catalogue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests import plain_yaml
from tests.conftest import FIXTURES

ENTERPRISE = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"
EFFECT = "effect: 适配示例外壳，成本控制在 30 元/kg 以内。"
"""A public field of the demand, as it is without anything typed in."""
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
    loaded: list[Any] = plain_yaml.values((FIXTURES / name).read_text(encoding="utf-8"))
    return loaded


def rename(base: Path, name: str | None, affiliate: str | None = None) -> None:
    """Gives the hidden enterprise another name, and one more affiliate. One that bears its city's name stands in that city's catalogue."""
    file = base / ENTERPRISE
    text = file.read_text(encoding="utf-8")
    if name is not None:
        text = text.replace("name: 示例重工（武汉）集团有限公司", f"name: {name}")
    if affiliate is not None:
        text = text.replace("affiliates:\n", f"affiliates:\n  - name: {affiliate}\n    relation: 母公司\n")
    file.write_text(text, encoding="utf-8")
    if name is not None and name.startswith("武汉"):
        districts = base / "districts.yml"
        told = districts.read_text(encoding="utf-8")
        districts.write_text(told.replace("  name: 示例市\n", "  name: 武汉市\n", 1), encoding="utf-8")


def type_in(base: Path, text: str) -> None:
    """Puts a text into a public field of the demand of a hidden enterprise."""
    file = base / DEMAND
    old = file.read_text(encoding="utf-8")
    assert EFFECT in old
    file.write_text(
        old.replace(EFFECT, f"effect: {json.dumps(f'见 {text} 样件', ensure_ascii=False)}"), encoding="utf-8"
    )
