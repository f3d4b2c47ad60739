"""What is given hostile bytes, by name: each returns where the promise holds, and raises whatever breaks it.

The first byte of an input chooses among the kinds of file that a target knows; the rest is the file.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.files import RecordFile
from jiebang.errors import UserError
from jiebang.fix import fix_record
from jiebang.forms.reading.document import file_types
from jiebang.forms.reading.document.archive import open_archive
from jiebang.forms.reading.document.grid import to_data
from jiebang.forms.reading.document.sandbox import parse
from jiebang.forms.reading.document.word_xml import parsed
from jiebang.forms.reading.forms import read_forms
from jiebang.proposal.contents import look_through
from jiebang.proposal.repository import Change, Entry, Repository
from jiebang.site.district_map import map_in
from jiebang.site.external import sources_in
from jiebang.site.synonyms import synonyms_in
from jiebang.store import DiskStore

RECORDS = (
    RecordFile("demand", "2024/x/demands/d-hostile0.yml", "2024", "x"),
    RecordFile("enterprise", "2024/x/enterprises/e-hostile0.yml", "2024", "x"),
    RecordFile("application", "2024/x/applications/a-hostile0.yml", "2024", "x"),
    RecordFile("round", "2024/round.yml", "2024", None),
    RecordFile("districts", "districts.yml", None, None),
)
FORMS = (".docx", ".xlsx", ".ods", ".xls")
SECONDS = 10.0
"""Of the processor's time, for one input. The promise for records is 1 s; instrumented code is some times slower."""


def _chosen(data: bytes, among: int) -> tuple[int, bytes]:
    return (data[0] % among if data else 0), data[1:]


def record(data: bytes) -> None:
    """The reader: a record, or a finding; none of both is a file that vanishes."""
    number, content = _chosen(data, len(RECORDS))
    read = read_record(RECORDS[number], content[: MAX_BYTES + 1], len(content))
    if read.record is None and not read.problems:
        raise AssertionError("neither a record nor a finding")
    json.dumps([(p.message, p.hint, p.field) for p in read.problems], ensure_ascii=False).encode()


def fix(data: bytes) -> None:
    """`jiebang fix`: mends to what it would leave as it is."""
    number, content = _chosen(data, len(RECORDS))
    fixed = fix_record(RECORDS[number], content)
    if fixed.text is not None:
        again = fix_record(RECORDS[number], fixed.text.encode())
        if again.text != fixed.text:
            raise AssertionError("mending again mends more")


def form(data: bytes) -> None:
    """The importers: forms, or a reason in Chinese."""
    number, content = _chosen(data, len(FORMS))
    try:
        file_types.refuse_size(content)
        kind = file_types.kind_of(f"form{FORMS[number]}", content)
        if kind == file_types.DOC:
            return
        document = parse(kind, content)
        json.dumps(to_data(document)).encode()
        read_forms(document)
    except UserError:
        return


def member(data: bytes) -> None:
    """XML of a member of a Word file."""
    with contextlib.suppress(UserError):
        parsed(data)


def archive(data: bytes) -> None:
    """The container of Office files."""
    with contextlib.suppress(UserError):
        open_archive(data)


class _One(Repository):
    """A repository of which only one file's content is asked."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, entry: Entry) -> bytes:
        return self._content


def proposal(data: bytes) -> None:
    """What the judge of a pull request says of a file's content, at a place of each kind."""
    for path in ("catalogue/2024/x/demands/d-hostile0.yml", "pages/x.md", "notes/x.txt", "x.docx"):
        entry = Entry(path, "100644", "0" * 40, len(data))
        for problem in look_through(_One(data), (Change(path, None, entry),), {path: entry}):
            json.dumps([problem.path, problem.message, problem.hint], ensure_ascii=False).encode()


def own(data: bytes) -> None:
    """A bureau's own files."""
    number, content = _chosen(data, 3)
    with contextlib.suppress(UserError):
        (lambda: sources_in(content), lambda: synonyms_in((content,)), lambda: map_in(content))[number]()


KEYS = [bytes([number]) * 16 for number in range(4)]


def store(data: bytes) -> None:
    """The file of what is kept: as if there were none, or as it was written; and usable afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "store.sqlite3").write_bytes(data)
        kept = DiskStore.open(place)
        for key, value in kept.find(KEYS).items():
            if value != b"value " + key:
                raise AssertionError("a damaged value was told")
        kept.keep([(KEYS[0], b"value " + KEYS[0])])
        kept.close()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "record": record,
    "fix": fix,
    "form": form,
    "member": member,
    "archive": archive,
    "proposal": proposal,
    "own": own,
    "store": store,
}


def held(name: str, data: bytes) -> None:
    """A target with its limit of time; raises what breaks the promise."""
    started = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        TARGETS[name](data)
    if time.process_time() - started > SECONDS:
        raise AssertionError(f"{name} took over {SECONDS} s")


def mutated(data: bytes, random: Random) -> bytes:
    """Bytes changed, cut, doubled and moved at a few places."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at, length = random.randrange(len(changed) + 1), random.choice((1, 1, 1, 2, 4, 16, 200))
        part = bytes(changed[at : at + length])
        kind = random.randrange(6)
        if kind == 0:
            changed[at : at + length] = b""
        elif kind == 1:
            changed[at:at] = part * random.randint(1, 4)
        elif kind == 2:
            changed[at:at] = random.choice(TOKENS)
        elif kind == 3:
            changed[at : at + 1] = bytes([random.randrange(256)])
        elif kind == 4:
            other = random.randrange(len(changed) + 1)
            changed[other:other] = part
        else:
            changed[at : at + length] = random.choice(TOKENS)
    return bytes(changed)


TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\r", b"\n", b"\t", b": ", b"- ", b"? ", b"# ", b"|\n", b">-\n", b"&a ", b"*a", b"!!t ", b"---\n",
    b"...\n", b"%YAML 1.1\n", b"'", b'"', b"{", b"}", b"[", b"]", b",", b"<<: ", b"\\u", "：".encode(), "１".encode(), "\u3000".encode(), "\u200b".encode(), "\u202e".encode(),
    "\u0301".encode(), b"1e999", b"-1", b"2024-02-30", b"<", b">", b"</", b"/>", b"<!--", b"]]>", b"<![CDATA[", b"&#0;", b"&#x110000;", b"&x;", b"<!DOCTYPE x>",
    b' w:val="99999999999"', b' r="ZZZZ999999"', b' t="s"', b' table:number-columns-repeated="999999"', b"<w:gridSpan w:val=\"-1\"/>", b"<w:vMerge/>", b"<w:tr/>", b"<w:tc/>",
    b"<v>-1</v>", b"<v>1e400</v>", b"<v>NaN</v>",
)  # fmt: skip


def with_member_changed(data: bytes, change: Callable[[bytes], bytes], random: Random) -> bytes:
    """An Office file with one of its members changed, or its container."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    name = random.choice(sorted(members))
    kind = random.randrange(12)
    if kind == 0:
        members.pop(name)
    elif kind == 1:
        members[random.choice(sorted(members))] = members[name]
    else:
        members[name] = change(members[name])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for member_name, content in members.items():
            written.writestr(member_name, content)
    return change(stream.getvalue()) if kind == 2 else stream.getvalue()
