"""Texts and files that are spelled in base64 or hexadecimal digits with nothing beside them that says so, as programs keep them.

Every page of a site is asked: letters that may belong to such a run are found by the processor's own search, and a run is only decoded once,
however many pages hold it. What comes out is passed on where it can be a text or is the beginning of a file; names of classes and paths
come out as neither.
"""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Iterator
from functools import lru_cache

from jiebang.publication.unpacking import PACKED, begins_zlib

_SHORTEST = 15
"""Letters of base64 in which a number of eleven digits is spelled. Four characters take sixteen, in two bytes each five take fourteen."""
_SHORTEST_DIGITS = 16
"""The same in hexadecimal digits, with what stands between two of them."""
_LONGEST_KEPT = 1024
_ANNOUNCED = b"base64,"
"""Stands before data that are read elsewhere."""
_LINE = 60
"""As many letters a line has at least that goes on in the next one."""
_WIDEST_BREAK = 16
"""Blanks and ends of lines between two lines."""
_LETTERS = (string.ascii_letters + string.digits + "+/-_").encode()
_DIGITS = (string.hexdigits + "xX ,:;-").encode()
_IN, _OUT = b"a", b" "


def _table(letters: bytes) -> bytes:
    return bytes(_IN[0] if letter in letters else _OUT[0] for letter in range(256))


_IS_LETTER, _IS_DIGIT = _table(_LETTERS), _table(_DIGITS)
_LAST_LINE = re.compile(rb"\s{1,%d}([A-Za-z0-9+/_-]{1,%d})(?![A-Za-z0-9+/_-])" % (_WIDEST_BREAK, _SHORTEST - 1))
_STANDARD = bytes.maketrans(b"-_", b"+/")
_DIGITS_ALONE = re.compile(rb"(?:(?<![0-9A-Fa-fx])|(?<=0x))(?:[0-9A-Fa-f]{2}){8,}(?![0-9A-Fa-f])")
"""Behind an `x` alone stand the tokens of the search, which are read as such."""
_DIGITS_APART = re.compile(rb"(?:(?:0[xX])?[0-9A-Fa-f]{2}[ ,:;-]{1,2}){7,}(?:0[xX])?[0-9A-Fa-f]{2}")
_LETTER_OR_FIGURES = re.compile(rb"(?i:.*[a-f]|(?:3[0-9])+\Z)")
"""Figures alone are those of a table, unless all of them are codes of figures."""
_BETWEEN_DIGITS = re.compile(rb"0[xX]|[ ,:;-]")
_TEXT = re.compile(
    # Han characters in UTF-8, in GBK, in two bytes of either order; Latin letters and digits in one byte and in two.
    rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2}|(?:[\xb0-\xf7][\xa1-\xfe]){4}|(?:[\x4e-\x9f].){5}|(?:.[\x4e-\x9f]){5}|[\x20-\x7e]{8}|(?:\0[\x20-\x7e]){7}|(?:[\x20-\x7e]\0){7}",
    re.DOTALL,
)
_FILES = (
    PACKED + b"\x08",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x89PNG\r\n",
    b"wOFF",
    b"wOF2",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ\0",
)
"""How files begin, as far as no word begins so by chance."""


def data_in_runs(content: bytes) -> Iterator[bytes]:
    """What the runs of some bytes spell, each once."""
    told: dict[bytes, None] = {}
    for run in _runs(content):
        told.update(dict.fromkeys(_spelt(run) if len(run) <= _LONGEST_KEPT else _spelt.__wrapped__(run)))
    for start, end in _places(content, _IS_DIGIT, _SHORTEST_DIGITS):
        told.update(dict.fromkeys(_spelt_in_digits(content[start:end])))
    yield from told


def _places(content: bytes, table: bytes, shortest: int) -> Iterator[tuple[int, int]]:
    marked, wanted, end = content.translate(table), _IN * shortest, 0
    while (start := marked.find(wanted, end)) >= 0:
        end = marked.find(_OUT, start)
        if end < 0:
            end = len(content)
        yield start, end


def _runs(content: bytes) -> Iterator[bytes]:
    """Runs of base64; of one that is broken into lines all of these."""
    lines, last = b"", -1
    for start, end in _places(content, _IS_LETTER, _SHORTEST):
        run = content[start:end]
        if lines and (len(lines) < _LINE or start - last > _WIDEST_BREAK or content[last:start].strip()):
            yield lines + _rest(content, lines, last)
            lines = b""
        # Words and paths have no capitals; of so many letters of base64 some are.
        if (lines or not run.islower()) and not content.endswith(_ANNOUNCED, 0, start):
            lines, last = lines + run, end
    if lines:
        yield lines + _rest(content, lines, last)


def _rest(content: bytes, lines: bytes, last: int) -> bytes:
    """The last line, of a few letters."""
    rest = _LAST_LINE.match(content, last) if len(lines) >= _LINE else None
    return rest[1] if rest else b""


@lru_cache(maxsize=1 << 14)
def _spelt(run: bytes) -> tuple[bytes, ...]:
    """What a run spells in base64, wherever in it that begins: words may stand before it."""
    told = []
    letters = run.translate(_STANDARD)
    for start in range(4):
        part = letters[start:]
        # One letter alone is less than a byte.
        part = part[: len(part) - (len(part) % 4 == 1)]
        data = base64.b64decode(part + b"=" * (-len(part) % 4))
        if _TEXT.search(data) or (not start and (data.startswith(_FILES) or begins_zlib(data))):
            told.append(data)
    return tuple(told)


@lru_cache(maxsize=1 << 14)
def _spelt_in_digits(run: bytes) -> tuple[bytes, ...]:
    apart = (_BETWEEN_DIGITS.sub(b"", digits) for digits in _DIGITS_APART.findall(run))
    written = [*_DIGITS_ALONE.findall(run), *filter(_LETTER_OR_FIGURES.match, apart)]
    told = (bytes.fromhex(digits.decode("ascii")) for digits in written)
    return tuple(data for data in told if _TEXT.search(data) or data.startswith(_FILES))
