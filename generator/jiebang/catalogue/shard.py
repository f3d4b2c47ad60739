"""One of n parts of a catalogue's files, for machines that share the work of a check.

A path belongs to exactly one part, told by itself alone: what else stands in the catalogue, and on which machine, moves it nowhere. So the
parts together hold everything once, and a file that is added changes one part only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` (from 1) of `count`."""

    number: int = 1
    count: int = 1

    def holds(self, path: str) -> bool:
        """Whether a path, relative to the catalogue, belongs to this part: a record's, a folder's, that of no file at all."""
        # A name that is not UTF-8 is a finding, and has to belong somewhere too.
        digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest) % self.count == self.number - 1


WHOLE = Shard()
