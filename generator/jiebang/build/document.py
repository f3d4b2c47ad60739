"""A document made from the public view for people to take away: checked and published as a build is, looked through before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jiebang.build.pipeline import Steps
from jiebang.build.refusals import refuse_unsafe
from jiebang.build.verify import Verifier
from jiebang.errors import UserError, reason_of
from jiebang.problems import Problem, has_errors
from jiebang.publication import Publication, Secrets, publish, read_history, secrets_of
from jiebang.rules.judgement import judge
from jiebang.whole_files import READABLE, replace_file

_LIKE = "data/v1/demands.csv"
"""The file of the site that says what such a document says: the same names may stand in it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What may be shown of a catalogue, and the private values that no document may hold. `publication` is None where there are errors."""

    problems: tuple[Problem, ...]
    records: int
    publication: Publication | None = None
    secrets: Secrets | None = None
    note: str = ""


def published(catalogue: Path, steps: Steps) -> Published:
    """Checks a catalogue and reduces it to what may be public."""
    tick = steps.step("检查记录", 0)
    loaded, problems = judge(catalogue, progress=lambda done, _: tick(done))
    records = sum(1 for _ in loaded.records())
    if has_errors(problems):
        return Published(tuple(problems), records)
    history = read_history(loaded)
    return Published(tuple(problems), records, publish(loaded, history.demands), secrets_of(loaded), history.note)


def _as_read(content: bytes) -> bytes:
    """What of a file the gate is shown: all of it, and of Parquet the UTF-8 in it.

    A Parquet file is no text in any encoding: read as one in five, as the gate reads what it does not know, it holds short names by
    chance. Ours is neither packed nor coded, so every value stands in it as it is; and all of them are read back into the text.
    """
    return content.decode("utf-8", "ignore").encode() if content.startswith(b"PAR1") else content


def write_document(out: Path, content: bytes, text: str, secrets: Secrets) -> None:
    """Puts a document in place in one step, or raises UserError: for a private value in it, or for a place that cannot be written.

    `text` is what the document says: letters drawn by a typeface's own numbers, as in PDF, cannot be read back from its bytes, and
    values that stand in columns, as in Parquet, not in their order.
    What stood there before stays until then.
    """
    verifier = Verifier(secrets)
    verifier.take(out.name, _as_read(content), _LIKE)
    verifier.take(out.name, text.encode(), _LIKE)
    refuse_unsafe(verifier, "文件")
    try:
        replace_file(out, content, READABLE)
    except OSError as error:
        raise UserError(f"写不了 {out}（{reason_of(error)}）。", "检查文件夹权限和磁盘空间，或换一个位置。") from error
