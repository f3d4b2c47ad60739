"""What a pull request may carry: plain files of modest size, with names that are safe everywhere, no archives among the records.

Nothing is unpacked here. Of an archive outside the records only the table of contents is read, for the sizes that it declares.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from jiebang.catalogue.decode import MAX_BYTES
from jiebang.catalogue.files import ENDING, file_at, id_promised_by
from jiebang.catalogue.files import problem as file_problem
from jiebang.catalogue.keys import holds_secret
from jiebang.catalogue.sealed import is_plain_of_sealed_kind, plain_records_in
from jiebang.problems import Problem
from jiebang.problems.places import said_from_root
from jiebang.proposal.attributes import line_on_records
from jiebang.proposal.checkout import CATALOGUE, in_catalogue
from jiebang.proposal.findings import finding
from jiebang.proposal.repository import LINK, SUBMODULE, Change, Entry, Repository, Tree
from jiebang.proposal.told_texts import in_page
from jiebang.publication.extraction import Text, texts_of
from jiebang.publication.unpacking import UnreadableError
from jiebang.workspace import CACHE, DISTRICT_MAP, PAGES, SETTINGS, SYNONYMS

MOST_RECORDS = 2000
"""More changed records than this in one pull request cannot be read by a person."""

_LARGEST = 10 * MAX_BYTES
_MOST_UNPACKED = 100
"""An archive that grows more than this many times when unpacked is a bomb; office files grow some ten times."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/")
_GIT_FILES = {".gitattributes", ".gitmodules", ".gitignore", ".mailmap", ".lfsconfig"}
_ATTRIBUTES = ".gitattributes"
_MAGIC = {
    b"PK": "zip 压缩包（包括 .docx、.xlsx）",
    b"Rar!": "rar 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"\xfd7zXZ": "xz 压缩包",
    b"BZh": "bzip2 压缩包",
    b"\xd0\xcf\x11\xe0": "旧式 Office 文件（.doc、.xls）",
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"\x7fELF": "程序",
    b"MZ": "程序",
}
_DOCUMENTS = frozenset((
    "doc", "docx", "docm", "dot", "dotx", "wps", "wpt", "rtf", "odt", "pages", "mht", "mhtml",
    "xls", "xlsx", "xlsm", "xlsb", "xlt", "xltx", "et", "ett", "ods", "numbers", "csv", "tsv", "ppt", "pptx", "dps", "odp",
    "pdf", "ofd", "eml", "msg", "vcf", "zip", "rar", "7z", "tar", "gz", "tgz", "xz", "bz2", "zst", "mdb", "accdb", "db", "sqlite", "sqlite3",
))  # fmt: skip
"""Endings of files in which forms come and in which private data travel."""
_PICTURES = frozenset(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif"))
"""Endings of what a stamped form becomes under a scanner or a telephone."""
_PACKED = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\xfd7zXZ",
    b"BZh",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"{\\rtf",
)
_PROGRAM = ("generator/", "tests/", "site/assets/", "benchmarks/", ".github/images/")
"""Folders of the program's own repository, whose templates and fixtures are documents and pictures."""
_LETTERS = "letters/"
"""Templates of letters, which a bureau may edit (`jiebang letter`)."""
OWN_PAGES = (f"{PAGES}/", "site/pages/")
"""What people write by hand and the site shows: of a bureau's own repository, of the program's."""
_SHOWN = (SETTINGS, DISTRICT_MAP, SYNONYMS)
"""Files beside them whose words stand on the site, too."""
_READ_BY_ALL = (".md", ".txt")
"""What a forge shows to whoever opens the repository, beside the records and at its top."""


def look_through(
    repository: Repository, changes: tuple[Change, ...], after: Tree, elsewhere: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Everything wrong with the files that a pull request adds or changes. `elsewhere`: ids that are sealed on another branch, where this
    one has no records of its own, as notes and published sites have none."""
    yield from _too_many(changes)
    sealed = sealed_in((*after, *(change.path for change in changes))) | elsewhere
    for change in changes:
        if change.after is not None:
            yield from _name(change.path)
            yield from content_problems(repository, change.after)
    yield from _twins({change.path for change in changes if change.after is not None}, after)
    if sealed:
        # A copy that has lain there since before is one from the moment when its record is sealed.
        fresh = any(change.before is None and is_sealed(change.path) for change in changes)
        for entry in after.values() if fresh else [change.after for change in changes if change.after is not None]:
            yield from plain_copy(repository, entry, sealed)


def _too_many(changes: tuple[Change, ...]) -> Iterator[Problem]:
    records = sum(in_catalogue(change.path) for change in changes)
    if records > MOST_RECORDS:
        yield finding("R507", CATALOGUE, f"一次改动了 {records} 个记录文件，最多 {MOST_RECORDS} 个。")


def _name(path: str) -> Iterator[Problem]:
    if path == CATALOGUE:
        yield file_problem("F001", path, "catalogue 应是文件夹。")
    # Below catalogue/ the check of the catalogue itself is stricter, and says so.
    if not in_catalogue(path) and not _PLAIN.issuperset(path):
        yield file_problem(
            "F002",
            path,
            "文件名里有控制符、冒号、空格、汉字或其他特殊字符。",
            "文件名只用字母、数字、点、连字符和下划线。",
        )
    name = path.rpartition("/")[2].casefold()
    if name in _GIT_FILES and (in_catalogue(path) or name not in {_ATTRIBUTES, ".gitignore"}):
        yield finding("R508", path, "这个文件会改变 git 怎样读、怎样显示记录和提交。")
    if path.partition("/")[0].casefold() == CACHE:
        yield finding("R508", path, f"{CACHE}/ 里是程序自己保存的检查结果，放进仓库就等于由提交人来写检查结果。")


def sealed_in(paths: Iterable[str]) -> frozenset[str]:
    """Ids of the sealed records among the files of a repository."""
    return frozenset(id_promised_by(path) for path in paths if is_sealed(path))


def is_sealed(path: str) -> bool:
    """Whether a path of the repository is that of a sealed record."""
    if not path.endswith(ENDING) or not in_catalogue(path):
        return False
    file = file_at(path.removeprefix(f"{CATALOGUE}/"))
    return file is not None and file.is_sealed


def unsealed(repository: Repository, entry: Entry) -> Iterator[Problem]:
    """Whether a file of the catalogue is, or holds, in plain what has to be sealed: whatever its name, and whether it can be read or not."""
    if not in_catalogue(entry.path) or is_sealed(entry.path) or entry.mode in {LINK, SUBMODULE}:
        return
    is_plain = is_plain_of_sealed_kind(entry.path)
    if is_plain or (entry.size <= _LARGEST and plain_records_in(repository.read(entry))):
        yield finding("R545", entry.path, "这份记录是明文。")


def plain_copy(repository: Repository, entry: Entry, sealed: frozenset[str]) -> Iterator[Problem]:
    """Whether a file outside the catalogue, whose own check knows those in it, holds sealed records in plain. `sealed`: their ids."""
    if not sealed or in_catalogue(entry.path) or entry.mode in {LINK, SUBMODULE} or entry.size > _LARGEST:
        return
    if twins := plain_records_in(repository.read(entry)).intersection(sealed):
        yield file_problem("F013", entry.path, f"这个文件里有 {len(twins)} 份已经密封的记录的明文。")


def content_problems(repository: Repository, entry: Entry) -> Iterator[Problem]:
    """What is wrong with a file whatever its name is."""
    inside = in_catalogue(entry.path)
    if entry.mode in {LINK, SUBMODULE}:
        what = "符号链接" if entry.mode == LINK else "子模块（另一个 git 仓库）"
        # Below catalogue/ the check of the catalogue itself says it.
        if not inside:
            yield file_problem("F001", entry.path, f"这是{what}，不是普通文件。")
        return
    if entry.size > (MAX_BYTES if inside else _LARGEST):
        limit = "1 MiB" if inside else f"{_LARGEST // MAX_BYTES} MiB"
        yield finding("R507", entry.path, f"文件有 {entry.size / 1_048_576:.1f} MiB，最多 {limit}。")
        return
    content = repository.read(entry)
    kind = next((name for magic, name in _MAGIC.items() if content.startswith(magic)), "")
    if inside and (kind or b"\0" in content):
        yield finding("R506", entry.path, f"这是{kind or '二进制文件'}，不是记录；没有打开。{_growth(content)}")
    elif growth := _growth(content):
        yield finding("R506", entry.path, f"这个压缩包没有打开。{growth}", "删除这个文件。")
    elif not inside and _is_document(entry.path, content):
        yield finding("R506", entry.path, f"这是{kind or '表格、文档或压缩包'}，没有打开；收到的表格不放进仓库。")
    elif entry.path.rpartition("/")[2].casefold() == _ATTRIBUTES and (number := line_on_records(entry.path, content)):
        message = f"第 {number} 行让 git 对记录另作处理：不显示改动、不放进导出的压缩包，或换一个样子读写。"
        yield finding("R508", entry.path, message, "删除这一行；这里只写换行和记录以外的文件。")
    if kind == "" and _is_read_by_all(entry.path) and (private := in_page(entry.path, content)):
        yield finding("R540", entry.path, f"这个文件里有{'、'.join(private)}（不在这里写出）。")
    if holds_secret(content):
        yield finding("R546", entry.path, "这个文件里有打开密封记录的密钥（不在这里写出）。")


def _is_read_by_all(path: str) -> bool:
    """Whether a file is shown as it was typed, on the site or where the repository is opened."""
    at_the_top = "/" not in path or path.startswith(f"{CATALOGUE}/")
    return path.startswith(OWN_PAGES) or path in _SHOWN or (at_the_top and path.endswith(_READ_BY_ALL))


def names_in_page(
    repository: Repository, entry: Entry, names_a_hidden_one: Callable[[str, bool], bool]
) -> Iterator[Problem]:
    """Whether what is written or drawn by hand for the site gives the name of a hidden enterprise, be it in what a picture says of itself."""
    is_shown = entry.path.startswith(OWN_PAGES) or entry.path in _SHOWN
    if not is_shown or entry.mode in {LINK, SUBMODULE} or entry.size > _LARGEST:
        return
    texts = _texts(entry.path, repository.read(entry))
    if any(names_a_hidden_one(text.content, text.code_like) for text in texts):
        yield finding("R554", entry.path, "这个文件里有一家不公开名称的企业的名称（不在这里写出）。")


def _texts(path: str, content: bytes) -> Iterator[Text]:
    """What can be read in a file; of one that nobody can look through, what was read until then."""
    if b"\0" not in content:
        yield Text(content.decode("utf-8", errors="replace"))
    with suppress(UnreadableError):
        yield from texts_of(path, content)


def _is_document(path: str, content: bytes) -> bool:
    """Whether a file outside the records is one in which a form may have come, at a place where no such file belongs."""
    # The last two: `form.docx.bak` is what it was before somebody set it aside.
    endings = path.rpartition("/")[2].casefold().rstrip("~").split(".")[1:][-2:]
    ending = endings[-1] if endings else ""
    if path.startswith(_PROGRAM):
        return False
    if ending in _PICTURES and not path.startswith(OWN_PAGES):
        return True
    if _DOCUMENTS.isdisjoint(endings) and not content.startswith(_PACKED):
        return False
    if path.startswith(OWN_PAGES) and ending == "pdf" and content.startswith(b"%PDF"):
        return False
    if path.startswith(_LETTERS) and ending == "docx":
        return False
    return not (path.startswith("wheels/") and ending == "whl")


def _growth(content: bytes) -> str:
    """A sentence on how much an archive would grow, where that is beyond all measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            declared = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return ""
    times = declared // len(content)
    return f"解开后是现在的 {times:,} 倍。" if times > _MOST_UNPACKED else ""


def _twins(touched: set[str], after: Tree) -> Iterator[Problem]:
    """Files outside the records that differ from another by case or Unicode form only."""
    alike: dict[str, list[str]] = defaultdict(list)
    for path in sorted(after):
        if not in_catalogue(path):
            alike[unicodedata.normalize("NFC", path).casefold()].append(path)
    for paths in alike.values():
        for path in paths[1:]:
            if touched.intersection(paths):
                yield file_problem("F003", path, f"与 {said_from_root(paths[0], CATALOGUE)} 只差大小写或字形。")
