"""The check sum of what stands one behind the other, from those of its parts."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from jiebang.site.exports.checksums import Checked, checked, joined


@given(st.lists(st.binary(max_size=3000), max_size=6))
def test_parts_have_the_check_sum_of_the_whole(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    assert joined(map(checked, parts)) == Checked(len(whole), zlib.crc32(whole))


@given(st.binary(min_size=1, max_size=50), st.integers(0, 3_000_000))
def test_a_long_part_moves_the_one_before_it_as_far(content: bytes, zeros: int) -> None:
    assert joined([checked(content), checked(bytes(zeros))]).crc == zlib.crc32(content + bytes(zeros))
