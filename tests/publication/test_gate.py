"""The gate over finished output: a private value is found however it was escaped, public ones are not taken for private."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from jiebang.catalogue import load
from jiebang.publication import Secrets, find_leaks

HIDDEN = "示例重工（武汉）集团有限公司"


@pytest.fixture
def secrets(base: Path) -> Secrets:
    return Secrets(load(base)[0])


@pytest.mark.parametrize(
    "content",
    [
        HIDDEN,
        "示例重工(武汉)集团有限公司",
        "示 例 重 工（武汉）集团\n有限公司",
        quote(HIDDEN),
        "".join(f"&#{ord(c)};" for c in HIDDEN),
        "".join(f"&#x{ord(c):x};" for c in HIDDEN),
        json.dumps({"name": HIDDEN}),
        "简称示例1号",
        "91000000000010014Q",
        "９１００００００００００１００１４Ｑ",
        "91000000000010014q",
        "电话 027 1234 5670",
        "tel:02712345670",
        "large1@example.com",
        "示例市示例大道 100 号",
        "发榜企业 E-AAAAAAA1",
        "采用磷氮协效阻燃体系，分两步造粒。",
        "主要从事示例阻燃母粒的研发和生产，建有一条中试线。",
        "示例精密机械（武汉）有限公司",
    ],
)
def test_private_values_are_found(secrets: Secrets, content: str) -> None:
    leaks = find_leaks("demands/index.html", f"<p>{content}</p>".encode(), secrets)
    assert leaks
    for leak in leaks:
        assert leak.file == "demands/index.html"
        assert leak.record.endswith(".yml")
        assert content not in repr(leak)


def test_a_file_name_is_looked_at_too(secrets: Secrets) -> None:
    assert find_leaks(f"files/{HIDDEN}.html", b"", secrets)


@pytest.mark.parametrize(
    "content",
    [
        "示例光电（武汉）股份有限公司",
        "000-00000001 qiaokou@example.org",
        "熔指：25 g/10min（230 ℃，2.16 kg）",
        "电池外壳用阻燃改性材料 Q2-0001",
        "a91000000000010014qb0c",
        "示例省中小企业主管部门",
    ],
)
def test_public_values_pass(secrets: Secrets, content: str) -> None:
    assert find_leaks("index.html", content.encode(), secrets) == []


def test_binary_files_are_read_too(secrets: Secrets) -> None:
    assert find_leaks("x.png", b"\x89PNG\xff large1@example.com", secrets)
