"""Records of an earlier schema → today's: one step from each version to the next, on the text, so that comments and order stay.

A record says its version (`schema: demand/1`), and so does its schema. A step changes what a schema no longer takes, and nothing else;
the line with the version is changed here. `STEPS` keeps every step there ever was: a record may come from any year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jiebang.catalogue.amend import value_of
from jiebang.catalogue.versions import current_version

_LINE = re.compile(r"""^(schema:[ ]*["']?)([a-z]+)/(\d{1,6})(["']?[ ]*(?:\#.*)?)$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """From version `start` of a kind's schema to the next one. `what` says in Chinese what becomes of a record; `change` takes its text
    and gives the new one, without minding the line with the version."""

    kind: str
    start: int
    what: str
    change: Callable[[str], str]


STEPS: tuple[Step, ...] = ()
"""None yet: each schema is in its first version. See CONTRIBUTING.md."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A record's text in today's version, with the steps that were gone; `start` is the version that it had."""

    text: str
    start: int
    steps: tuple[Step, ...]


class MigrationError(Exception):
    """A record that no step leads from, or that a step has damaged; the message is Chinese, without a value of the record."""


def is_earlier(kind: str, text: str) -> bool:
    """Whether a text tells a version of the kind's schema before today's."""
    found = _LINE.search(text)
    return found is not None and found[2] == kind and int(found[3]) < current_version(kind)


def migrated(kind: str, text: str, steps: Sequence[Step] | None = None) -> Migrated:
    """Leads a record's text to today's version. What tells no version is left as it is: `jiebang check` says what is wrong with it.

    Raises MigrationError for a version newer than the program's, for one from which no step leads, and where a step gives no record.
    """
    known = {(step.kind, step.start): step for step in (STEPS if steps is None else steps)}
    wanted = current_version(kind)
    found = _LINE.search(text)
    if found is None or found[2] != kind:
        return Migrated(text, wanted, ())
    start = version = int(found[3])
    if version > wanted:
        raise MigrationError(f"格式 {kind}/{version} 比这个程序认得的 {kind}/{wanted} 新；请换用较新的程序")
    gone: list[Step] = []
    while version < wanted:
        step = known.get((kind, version))
        if step is None:
            raise MigrationError(f"没有从格式 {kind}/{version} 到下一版的步骤")
        version += 1
        text = _LINE.sub(rf"\g<1>\g<2>/{version}\g<4>", step.change(text), count=1)
        if not _is_record(kind, text):
            raise MigrationError(f"从格式 {kind}/{version - 1} 到 {kind}/{version} 的步骤改坏了这份记录，没有写入")
        gone.append(step)
    return Migrated(text, start, tuple(gone))


def _is_record(kind: str, text: str) -> bool:
    try:
        value_of(kind, text)
    except ValueError:
        return False
    return True
