"""The list of a site's files: written and read alike, never naming a place outside, no field for anything but public paths."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.errors import UserError
from jiebang.publication.extraction import texts_of
from jiebang.publication.manifest import manifest_of, read_manifest

_PATHS = st.from_regex(r"[a-z0-9._-]{1,8}(/[a-z0-9_-][a-z0-9._-]{0,8}){0,3}", fullmatch=True).filter(
    lambda path: not {".", ".."}.intersection(path.split("/"))
)


@given(st.dictionaries(_PATHS, st.binary(min_size=32, max_size=32), min_size=1))
def test_what_is_written_is_read(digests: dict[str, bytes]) -> None:
    assert read_manifest(manifest_of(digests)) == digests


ZERO = "0" * 64


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (f"{ZERO}  a".encode(), 1),
        (f"{ZERO}  a\n{ZERO}  a\n".encode(), 2),
        (f"{ZERO}  ../a\n".encode(), 1),
        (f"{ZERO}  /etc/passwd\n".encode(), 1),
        (f"{ZERO}  a/../../b\n".encode(), 1),
        (f"{ZERO}  a\\b\n".encode(), 1),
        (f"{ZERO}  ./a\n".encode(), 1),
        (f"{ZERO}  a//b\n".encode(), 1),
        (f"{ZERO[1:]}  a\n".encode(), 1),
        (f"{ZERO}  a\r\n".encode(), 1),
        (b"<html>", 1),
        ("校验值".encode("gbk"), 1),
    ],
)
def test_anything_else_is_refused_with_its_line(content: bytes, line: int) -> None:
    with pytest.raises(UserError, match="SHA256SUMS") as caught:
        read_manifest(content)
    assert caught.value.hint
    assert caught.value.message.startswith("清单 SHA256SUMS 第 ")
    if content:
        assert f"第 {line} 行" in caught.value.message


def test_the_gate_reads_the_paths_of_a_manifest_and_all_of_what_only_looks_like_one() -> None:
    digest = sha256(b"a").digest()
    (text,) = texts_of("SHA256SUMS", manifest_of({"demands/a/index.html": digest}))
    assert "demands/a/index.html" in text.content
    assert digest.hex() not in text.content
    forged = manifest_of({"a": digest}) + b"13800000000\n"
    assert any("13800000000" in text.content for text in texts_of("SHA256SUMS", forged))
