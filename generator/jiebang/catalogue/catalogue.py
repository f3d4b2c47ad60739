"""The whole catalogue in memory: every record read once, indexed by id, with everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from jiebang.catalogue.convert import convert
from jiebang.catalogue.decode import MAX_BYTES, decode
from jiebang.catalogue.files import RecordFile, find_records, id_promised_by, problem
from jiebang.catalogue.findings import FINDINGS
from jiebang.catalogue.nodes import Mapping, Node, Scalar, Series
from jiebang.catalogue.plain_style import value_in_plain_style
from jiebang.catalogue.record import Record, field_name, field_on_line
from jiebang.catalogue.validate import is_plainly_sound, validate
from jiebang.errors import UserError, reason_of
from jiebang.problems import Problem
from jiebang.schemas import resolved_schema

if TYPE_CHECKING:
    from jiebang.catalogue.sealed import Seal


@dataclass(slots=True, weakref_slot=True)
class Catalogue:
    """Records by kind, in the order of their paths. `unreadable` holds the ids that broken files promise by name."""

    root: Path
    districts: Record | None = None
    rounds: dict[str, Record] = field(default_factory=dict)
    """By folder name."""
    enterprises: list[Record] = field(default_factory=list)
    demands: list[Record] = field(default_factory=list)
    applications: list[Record] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    alone: Record | None = None
    """The one record that is judged, where the others are only there for it to refer to."""
    texts: object = None
    """Its public texts, where a rule has listed them already."""
    _by_id: dict[str, Record] = field(default_factory=dict)

    @classmethod
    def of_one(cls, record: Record, districts: Record | None, *others: Record | None) -> Self:
        """A record alone, with districts.yml and what else it refers to."""
        alone = cls(Path(), districts, alone=record)
        for one in (record, *others):
            if one is not None:
                alone.add(one)
        return alone

    def add(self, record: Record) -> None:
        if record.kind == "districts":
            self.districts = record
        elif record.kind == "round" and record.round:
            self.rounds[record.round] = record
        else:
            {"enterprise": self.enterprises, "demand": self.demands, "application": self.applications}[
                record.kind
            ].append(record)
            self._by_id.setdefault(record.id, record)

    @property
    def closed(self) -> int:
        """How many sealed records nobody opened: only their public parts are known."""
        return sum(record.closed for listed in (self.enterprises, self.applications) for record in listed)

    def find(self, kind: str, id_: str | None) -> Record | None:
        """The record of a kind that an id names; the first one where two files claim it."""
        record = self._by_id.get(id_) if id_ else None
        return record if record is not None and record.kind == kind else None

    def refuse_unreadable(self, id_: str) -> None:
        """Raises UserError where a file promises the record of an id, and cannot be read."""
        if id_ in self.unreadable:
            raise UserError(f"{id_} 的文件读不了。", "先运行 jiebang check 并改正。")

    def let_go(self) -> None:
        """Drops all records, when nobody asks for one any more: those who work on need not hold them. Whoever asks all the same gets
        AttributeError: a catalogue without private values would excuse everything."""
        del (
            self.districts,
            self.rounds,
            self.enterprises,
            self.demands,
            self.applications,
            self.alone,
            self.texts,
            self._by_id,
        )

    def records(self) -> Iterable[Record]:
        """All records of all kinds."""
        if self.districts is not None:
            yield self.districts
        yield from self.rounds.values()
        yield from self.enterprises
        yield from self.demands
        yield from self.applications


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file gave: its record, None where it cannot be read, and everything that is wrong with it alone."""

    record: Record | None
    problems: tuple[Problem, ...]


def read_record(file: RecordFile, data: bytes, size: int | None = None, seal: Seal | None = None) -> ReadFile:
    """One file's bytes → its record (None where it cannot be read) and its problems. `size` as in `decode`; `seal`: what was found out about
    a sealed one, whose content `data` is then."""
    if seal is not None and seal.refusals:
        return ReadFile(None, tuple(problem(r.code, file.path, r.message, r.hint) for r in seal.refusals))
    text, refusals = decode(data, size)
    closed = seal is not None and seal.closed
    only = seal.shown if seal is not None and closed else None
    root = None
    # Nothing stands in an empty file, which is what is left of one that is gone.
    if text:
        value = value_in_plain_style(text, resolved_schema(file.kind))
        if value is not None and is_plainly_sound(file.kind, value, only):
            return _told(file, data, value, seal)
        # Hardly ever needed, nor imported where nothing is wrong.
        from jiebang.catalogue.events import parse

        root, more = parse(text)
        refusals = refusals + more
    problems = [
        Problem(
            r.code,
            FINDINGS[r.code].severity,
            file.path,
            r.line,
            r.column,
            _field_of(file.kind, data, r.line),
            r.message,
            r.hint or FINDINGS[r.code].remedy,
        )
        for r in refusals
    ]
    if isinstance(root, Mapping):
        value = convert(root, resolved_schema(file.kind))
        value, found = validate(file.kind, file.path, root, value, only)
        return _told(file, data, value, seal, problems, found)
    if not problems:
        problems.append(_not_a_record(file.path, text or "", root))
    return ReadFile(None, tuple(problems))


def _told(
    file: RecordFile,
    data: bytes,
    value: dict[str, Any],
    seal: Seal | None,
    refused: Sequence[Problem] = (),
    invalid: Sequence[Problem] = (),
) -> ReadFile:
    """The record of a value that a file holds. `refused`: what its reader refused; `invalid`: what the schema found."""
    closed = seal is not None and seal.closed
    problems = [*refused, *invalid]
    if seal is not None and not closed:
        problems.extend(_other_than_told(file, value, seal))
    sound = not invalid and not closed
    record = Record(file.kind, file.path, file.round, file.district, value, data, sound=sound, closed=closed)
    return ReadFile(record, tuple(problems))


def _other_than_told(file: RecordFile, value: dict[str, Any], seal: Seal) -> Iterator[Problem]:
    """What the public part of a sealed record says otherwise than the record itself."""
    told, said = dict(seal.public), {name: value[name] for name in seal.shown if name in value}
    for name in seal.shown:
        if told.get(name) != said.get(name):
            yield problem("F012", file.path, f"公开部分的“{field_name(file.kind, (name,))}”与密封的内容不一致。")


def _not_a_record(path: str, text: str, root: Node | None) -> Problem:
    """A file that reads well and whose outermost is no mapping: what it is instead, at its first line of content."""
    lines = text.split("\n")
    line = next((n for n, row in enumerate(lines, 1) if row.strip() and not row.lstrip().startswith("#")), 1)
    if not text.strip():
        what, hint = "文件是空的。", "填写内容；不需要的文件请删除。"
    elif isinstance(root, Series):
        what, hint = "最外层是一个列表（每行以“- ”开头）。", "去掉行首的“- ”，写成“项目: 内容”，一份文件一条记录。"
    elif root is None or (isinstance(root, Scalar) and not root.text):
        what, hint = "文件里只有注释，没有内容。", "填写内容；不需要的文件请删除。"
    else:
        what, hint = "文件里只有一段文字。", "写成“项目: 内容”，冒号用半角，冒号后面空一格。"
    column = len(lines[line - 1]) - len(lines[line - 1].lstrip()) + 1
    finding = FINDINGS["Y113"]
    return Problem("Y113", finding.severity, path, line, column, "文件内容", f"{what}应是一组“项目: 内容”。", hint)


def _field_of(kind: str, data: bytes, line: int) -> str:
    """The field that a refused place belongs to, even where the file could not be decoded."""
    return (
        field_on_line(kind, data[:MAX_BYTES].decode("utf-8", errors="replace").replace("\r\n", "\n"), line)
        if line
        else "文件内容"
    )


def read_bytes(path: Path) -> tuple[bytes, int]:
    """(at most one byte over the limit, bytes in the file): a huge file costs no memory, and is refused by its size."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        return stream.read(MAX_BYTES + 1), os.fstat(stream.fileno()).st_size


def load(
    root: Path, progress: Callable[[int, int], None] | None = None, *, whole: bool = True
) -> tuple[Catalogue, list[Problem]]:
    """Reads a catalogue, one file after the other; nothing in it can raise. `progress` is called with (files done, files in all).

    Raises KeyNeededError where sealed records cannot be opened, unless whoever asks can do without the `whole` of them.
    """
    files, problems = find_records(root)
    if whole:
        refuse_closed(files)
    return assemble(root, files, problems, _one_by_one(root, files), progress)


def refuse_closed(files: Iterable[RecordFile]) -> None:
    """Raises KeyNeededError where files are sealed and no identity was named."""
    sealed = sum(file.is_sealed for file in files)
    if not sealed:
        return
    # Neither the reader of forms in a browser nor a catalogue without sealed records takes along what opens them.
    from jiebang.catalogue.keys import KeyNeededError, keyring

    if keyring() is None:
        raise KeyNeededError(sealed)


def assemble(
    root: Path,
    files: list[RecordFile],
    problems: Iterable[Problem],
    reads: Iterable[ReadFile | OSError],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of files that were read, one answer each in their order. `problems`: what finding the files found."""
    catalogue, problems = Catalogue(root), list(problems)
    for number, (file, read) in enumerate(zip(files, reads, strict=True), 1):
        if isinstance(read, OSError):
            problems.append(problem("F008", file.path, f"读不出这个文件：{reason_of(read)}。"))
            catalogue.unreadable.add(_promised_id(file))
            continue
        problems.extend(read.problems)
        if read.record is not None:
            catalogue.add(read.record)
        else:
            catalogue.unreadable.add(_promised_id(file))
        if progress is not None:
            progress(number, len(files))
    problems.extend(missing_files(files))
    return catalogue, problems


def _one_by_one(root: Path, files: list[RecordFile]) -> Iterator[ReadFile | OSError]:
    for file in files:
        try:
            content = read_content(root, file)
        except OSError as error:
            yield error
        else:
            yield read_record(file, *content)


def read_content(root: Path, file: RecordFile) -> tuple[bytes, int, Seal | None]:
    """(content, size, seal) of a file, opened where it is sealed and an identity was named. Raises OSError."""
    data, size = read_bytes(root / file.path)
    if not file.is_sealed:
        return data, size, None
    # As in `refuse_closed`.
    from jiebang.catalogue.keys import keyring
    from jiebang.catalogue.sealed import content_of

    return content_of(file, data, size, keyring())


def _promised_id(file: RecordFile) -> str:
    return id_promised_by(file.path)


def missing_files(files: list[RecordFile]) -> Iterable[Problem]:
    """A problem for each file that a catalogue must have and has not."""
    present = {file.path for file in files}
    if "districts.yml" not in present:
        yield problem(
            "F007", "districts.yml", "目录里没有 districts.yml（区划）。", "从空白目录复制一份：jiebang new catalogue。"
        )
    for folder in sorted({file.round for file in files if file.round}):
        path = f"{folder}/round.yml"
        if path not in present:
            yield problem("F007", path, "这个文件夹里没有 round.yml（轮次）。")
