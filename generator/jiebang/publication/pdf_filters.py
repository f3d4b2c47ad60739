"""The streams of a PDF, each without the filters that were laid over it: what a stream begins with tells them, as the dictionary before it
may say so in many ways and places.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

from jiebang.publication.lzw import is_lzw, without_lzw
from jiebang.publication.spelt_bytes import stream_of_letters
from jiebang.publication.unpacking import UnreadableError, within_limits

_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\r|\n)?(.*?)(?:\r\n|\r|\n)?endstream", re.DOTALL)
_MOST_FILTERS = 8
_LONGEST_DICTIONARY = 4096
_PORTION = 1 << 16
_NUMBER = rb"\s+([0-9]+)(?!\s+[0-9]+\s+R)"
_PREDICTOR, _COLUMNS, _COLOURS, _BITS = (
    re.compile(b"/" + name + _NUMBER) for name in (b"Predictor", b"Columns", b"Colors", b"BitsPerComponent")
)
_ELSEWHERE = re.compile(rb"/(?:Predictor|Columns|Colors|BitsPerComponent|DecodeParms)\s+[0-9]+\s+[0-9]+\s+R")
_OF_PICTURES = re.compile(rb"/Subtype\s*/Image\b")
_END_OF_RUNS = 128


def streams_of(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(a stream as it is written, nothing), then (the same, what is in it) for each filter that is taken off. Raises UnreadableError."""
    size = 0
    for match in _STREAM.finditer(content):
        written = data = match[1]
        yield written, b""
        for _ in range(_MOST_FILTERS):
            inner = _without_filter(data, content, match.end(1) if data is written else len(content), size)
            if not inner:
                break
            size += len(inner)
            yield written, inner
            data = inner
        else:
            raise UnreadableError("PDF 里的内容压缩了太多层")
        if data is not written and (plain := _without_predictor(content, match.start(), data)):
            yield written, plain
        if runs := _without_run_lengths(written):
            yield written, runs


def _without_filter(data: bytes, content: bytes, end: int, before: int) -> bytes:
    letters = stream_of_letters(data)
    if letters != data:
        return letters
    return _inflated(data, content, end, before) or (without_lzw(data) if is_lzw(data) else b"")


def _inflated(data: bytes, content: bytes, end: int, before: int) -> bytes:
    """As much of a flate stream as a viewer shows: of a damaged one all up to there, whatever its check sum says; and what goes on behind its
    `end` in the content, where the word that ends streams stands inside of it. Raises UnreadableError."""
    machine = zlib.decompressobj()
    try:
        told = within_limits(machine, data, before)
    except zlib.error:
        if not data or data[0] & 15 != 8 or int.from_bytes(data[:2]) % 31:
            return b""
        return _up_to_the_damage(data, before)
    for start in range(end, len(content), _PORTION):
        if machine.eof:
            break
        try:
            told += within_limits(machine, content[start : start + _PORTION], before + len(told))
        except zlib.error:
            return _up_to_the_damage(data + content[end : start + _PORTION], before)
    return told


def _up_to_the_damage(data: bytes, before: int) -> bytes:
    machine, told = zlib.decompressobj(-15), bytearray()
    for place in range(2, len(data)):
        try:
            told += within_limits(machine, data[place : place + 1], before + len(told))
        except zlib.error:
            break
    return bytes(told)


def _without_run_lengths(data: bytes) -> bytes:
    """A stream of RunLengthDecode, which is only known by its running up to its end; empty for any other."""
    if data[-1:] != bytes([_END_OF_RUNS]):
        return b""
    told, place = bytearray(), 0
    while (length := data[place]) != _END_OF_RUNS:
        told += (
            data[place + 1 : place + 2 + length]
            if length < _END_OF_RUNS
            else data[place + 1 : place + 2] * (257 - length)
        )
        place += 2 + length if length < _END_OF_RUNS else 2
        if place >= len(data):
            return b""
    return bytes(told) if place == len(data) - 1 else b""


def _without_predictor(content: bytes, start: int, data: bytes) -> bytes:
    """What is written as differences from what stands before or above it. Pixels are left as they are. Raises UnreadableError."""
    before = content[max(0, start - _LONGEST_DICTIONARY) : start]
    dictionary = before[before.rfind(b"endobj") + 1 :]
    if _OF_PICTURES.search(dictionary):
        return b""
    if _ELSEWHERE.search(dictionary):
        raise UnreadableError("PDF 里的内容怎样压缩没有写在一处")

    def told(name: re.Pattern[bytes], usual: int) -> int:
        match = name.search(dictionary)
        return int(match[1]) if match else usual

    predictor, colours = told(_PREDICTOR, 1), told(_COLOURS, 1)
    if predictor < 2 or not data:
        return b""
    pixel = max(1, colours * told(_BITS, 8) // 8)
    width = min(len(data), max(1, -(-told(_COLUMNS, 1) * colours * told(_BITS, 8) // 8)))
    if predictor == 2:
        return b"".join(_differences(row, bytes(width), pixel, 1) for row in _rows(data, width))
    plain = [bytes(width)]
    for row in _rows(data, width + 1):
        plain.append(_differences(row[1:], plain[-1], pixel, row[0]))
    return b"".join(plain[1:])


def _rows(data: bytes, width: int) -> Iterator[bytes]:
    for first, last in pairwise([*range(0, len(data), width), len(data)]):
        yield data[first:last]


def _differences(row: bytes, above: bytes, pixel: int, kind: int) -> bytes:
    """A row of the kinds that PNG has: as it is, from what is left of it, above, between the two, or nearest to both."""
    told = bytearray(row)
    for place in range(len(told)):
        left = told[place - pixel] if place >= pixel else 0
        up = above[place] if place < len(above) else 0
        corner = above[place - pixel] if pixel <= place < len(above) + pixel else 0
        nearest = min(
            (abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner)
        )[2]
        told[place] = (told[place] + (0, left, up, (left + up) // 2, nearest)[kind if kind < 5 else 0]) & 255
    return bytes(told)
