"""What was freed goes back to the system, and what is remembered of records goes with them."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import pytest

from jiebang.mapping import Maps
from jiebang.memory import forget_records, give_back, made_anew, remembered
from jiebang.rules.judgement import judge_whole


def _resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


_LARGE_BLOCKS = """
import sys
from jiebang.memory import large_blocks_apart
def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))
if sys.argv[1] == "apart":
    large_blocks_apart()
def block(size):
    made = bytearray(size)
    made[::4096] = bytes([1]) * len(range(0, size, 4096))
    return made
# What glibc learns from: blocks as large as one that was freed are taken from the heap from then on.
block(30 << 20)
before, kept, blocks = resident(), [], []
for _ in range(20):
    blocks.append(block(4 << 20))
    kept.append([bytearray(3000) for _ in range(200)])
del blocks
print((resident() - before) >> 10)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that is told")
def test_large_blocks_go_back_to_the_system_when_they_are_freed() -> None:
    left = {
        how: int(subprocess.run([sys.executable, "-c", _LARGE_BLOCKS, how], check=True, capture_output=True).stdout)
        for how in ("apart", "as ever")
    }
    # What is kept has 12.
    assert left["apart"] < 25 and left["as ever"] > 50, left


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others give it back by themselves, or cannot be told to")
def test_what_was_freed_is_given_back_to_the_system() -> None:
    held = [bytes(2000) for _ in range(30_000)]
    # The last one stays in the way of what glibc gives back by itself.
    last = held.pop()
    del held
    before = _resident()
    give_back()
    assert before - _resident() > 40_000_000
    assert len(last) == 2000


def test_what_is_made_anew_is_equal_and_nobody_holds_what_it_was() -> None:
    held = [{"one": ["a", "b"], "two": ("c",)}]
    was = id(held[0]["one"])
    before = [*map(dict, held)]
    value = made_anew(held, tempfile.TemporaryFile)
    assert value == before[0] and not held
    assert id(value["one"]) != was


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others give it back by themselves, or cannot be told to")
def test_what_is_made_anew_does_not_keep_the_memory_of_what_it_was_made_among() -> None:
    among = [(str(number), [number + 1000]) for number in range(400_000)]
    held = [among[::100]]
    del among
    before = _resident()
    kept = made_anew(held, tempfile.TemporaryFile)
    assert len(kept) == 4000
    assert before - _resident() > 30_000_000


class _Full:
    """A file on a full disk."""

    def __enter__(self) -> _Full:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, data: bytes) -> int:
        raise OSError(28, "No space left on device")


def _none() -> IO[bytes]:
    raise OSError(13, "Permission denied")


@pytest.mark.parametrize("open_file", [_Full, _none], ids=["full", "no folder for it"])
def test_what_no_file_takes_stays_as_it_is(open_file: type[_Full]) -> None:
    value = {"one": 1}
    assert made_anew([value], open_file) is value  # type: ignore[arg-type]  # as far as it is used


def test_what_is_remembered_of_records_goes_with_them(base: Path) -> None:
    asked: list[str] = []

    @remembered(10)
    def told(text: str) -> str:
        asked.append(text)
        return text.upper()

    judged = judge_whole(base, Maps(jobs=1))
    assert [told("a"), told("a")] == ["A", "A"] and asked == ["a"]
    judged.let_go()
    assert told("a") == "A" and asked == ["a", "a"]
    forget_records()
    assert told("a") == "A" and asked == ["a", "a", "a"]
