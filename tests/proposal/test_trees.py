"""Trees are looked at object by object before any is listed: how large a request may make them, and what git would not have written."""

from __future__ import annotations

import pytest

from jiebang.proposal import trees as module
from jiebang.proposal.repository import LINK, SUBMODULE
from jiebang.proposal.trees import BadTreeError, Introduced, Trees
from tests.proposal.objects import FILE, FOLDER, Objects

_DEEPEST = 32


@pytest.fixture
def objects() -> Objects:
    return Objects()


def _refused(objects: Objects, tree: str, base: str | None = None) -> BadTreeError | None:
    try:
        Trees(objects.repository).look_at(objects.put_tree([]) if base is None else base, tree)
    except BadTreeError as error:
        return error
    return None


def _folders(objects: Objects, tree: str, names: list[bytes]) -> str:
    """A tree that holds another one under each of these names."""
    return objects.put_tree([(FOLDER, name, tree) for name in names])


def _chain(objects: Objects, tree: str, *names: bytes) -> str:
    for name in names:
        tree = _folders(objects, tree, [name])
    return tree


def _numbered(count: int, form: bytes = b"%05d") -> list[bytes]:
    return [form % number for number in range(count)]


# How large


def test_so_many_files_may_come_and_not_one_more(objects: Objects) -> None:
    blob, other = objects.put("blob", b"x"), objects.put("blob", b"y")
    thousand = objects.put_tree([(FILE, name, blob) for name in _numbered(1000)])
    # Fifty thousand in all.
    names = _numbered(50)
    most = [(FOLDER, name, thousand) for name in names]
    assert _refused(objects, objects.put_tree(most)) is None
    more = objects.put_tree([*most, (FILE, b"x", blob)])
    error = _refused(objects, more)
    assert error is not None and error.too_large and "文件太多" in error.what and not error.path
    # What the base has already, or has with another content, is not new.
    assert _refused(objects, more, objects.put_tree([(FILE, b"x", other)])) is None
    changed = objects.put_tree([(FILE, name, other) for name in _numbered(1000)])
    assert _refused(objects, more, _folders(objects, changed, names)) is None
    assert _refused(objects, more, more) is None
    # What was a file and is a folder now is new; so is what was a link.
    assert _refused(objects, more, objects.put_tree([(FILE, name, blob) for name in names])) is not None


def test_paths_may_be_so_long_together_and_not_one_letter_more(objects: Objects) -> None:
    blob = objects.put("blob", b"x")
    files = objects.put_tree([(FILE, b"%02d" % number + b"m" * 213, blob) for number in range(16)])
    one = _chain(objects, files, *[b"d" * 200] * 4)
    # 1024 folders of four letters, in each 16 files: with the strokes between them paths of 1024 letters.
    most = [(FOLDER, name, one) for name in _numbered(1024, b"%04d")]
    assert _refused(objects, objects.put_tree(most)) is None
    error = _refused(objects, objects.put_tree([*most, (FILE, b"x", blob)]))
    assert error is not None and error.too_large
    # The letters of what lies elsewhere count; of what stays they do not.
    assert _refused(objects, objects.put_tree([*most, (FILE, b"x", blob)]), objects.put_tree(most)) is None


def test_folders_may_be_so_deep_and_not_one_deeper(objects: Objects) -> None:
    file = objects.put_tree([(FILE, b"f", objects.put("blob", b"x"))])
    deep = _chain(objects, file, *[b"d"] * _DEEPEST)
    assert _refused(objects, deep) is None
    error = _refused(objects, _chain(objects, deep, b"d"))
    assert error is not None and error.too_large and error.path == "d/" * (_DEEPEST + 1) and "32 层" in error.what
    # Also where a part was met before, less deep.
    half = _chain(objects, file, *[b"d"] * 16)
    for levels, refused in ((15, False), (16, True)):
        both = objects.put_tree([(FOLDER, b"a", half), (FOLDER, b"b", _chain(objects, half, *[b"e"] * levels))])
        assert (_refused(objects, both) is not None) is refused, levels


def test_each_folder_is_read_once_and_only_where_it_differs(objects: Objects) -> None:
    one = objects.put_tree([(FILE, b"f", objects.put("blob", b"x"))])
    same = objects.put_tree([(FILE, b"g", objects.put("blob", b"y"))])
    base = objects.put_tree([(FOLDER, b"same", same)])
    head = objects.put_tree([*((FOLDER, name, one) for name in _numbered(100)), (FOLDER, b"same", same)])
    assert _refused(objects, head, base) is None
    assert sorted(objects.asked) == sorted([base, head, one])


def test_so_many_folders_are_read_and_not_more(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NEW_FILES", 3)
    blob = objects.put("blob", b"x")
    # With the folder itself and the base, which is empty.
    for count, refused in ((2, False), (3, True)):
        folders = [(FOLDER, b"%d" % n, objects.put_tree([(FILE, b"%d" % n, blob)])) for n in range(count)]
        error = _refused(objects, objects.put_tree(folders))
        assert (error is not None and error.too_large and "文件夹太多" in error.what) is refused, count


# What git would not have written


@pytest.mark.parametrize(
    ("name", "mode", "words"),
    [
        (b"x", FILE, ""),
        (b"x", "100755", ""),
        (b"x", LINK, ""),
        (b"x", SUBMODULE, ""),
        (b"x", "100664", "类型"),
        (b"x", "0100644", "类型"),
        (b"x" * 255, FILE, ""),
        (b"x" * 256, FILE, "255"),
        (b"", FILE, "空的"),
        (b"a/b", FILE, "斜线"),
        (b".", FILE, "“..”"),
        (b"..", FILE, "“..”"),
        (b"...", FILE, ""),
        (b".git", FILE, "“.git”"),
        (b".GIT", FILE, "“.git”"),
        (b"git~1", FILE, "“.git”"),
        (b".git. .", FILE, "“.git”"),
        (b".git :x", FILE, "“.git”"),
        (".g\u200cit".encode(), FILE, "“.git”"),
        (b".gitignore", FILE, ""),
        (b"git", FILE, ""),
        (b"git~2", FILE, ""),
        (b"a:.git", FILE, ""),
        (b"a\nb\xff", FILE, ""),
    ],
)
def test_names_and_kinds_are_those_that_git_writes(objects: Objects, name: bytes, mode: str, words: str) -> None:
    error = _refused(objects, objects.put_tree([(mode, name, objects.put("blob", b"x"))]))
    assert words in error.what if error is not None else not words
    assert error is None or (
        words and not error.too_large and error.path in {name.decode(errors="surrogateescape"), ""}
    )


def test_a_damaged_or_missing_content_is_told(objects: Objects) -> None:
    blob = objects.put("blob", b"x")
    whole = objects.stored[objects.put_tree([(FILE, b"a", blob), (FILE, b"b", blob)])][1]
    for content, refused in ((whole, False), (whole[:-1], True), (whole + b"1", True), (b"x" + whole, True)):
        error = _refused(objects, objects.put("tree", content))
        assert (error is not None and "损坏" in error.what) is refused, content
    nothing = _refused(objects, objects.put_tree([(FILE, b"a", "0" * 40)]))
    assert nothing is not None and "编号" in nothing.what
    named = _refused(objects, objects.put_tree([(FILE, b"a", blob[:-2] + "00")]))
    assert named is None
    file = _refused(objects, objects.put_tree([(FOLDER, b"a", blob)]))
    assert file is not None and "不是" in file.what and file.path == "a/"


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([(FILE, b"a"), (FILE, b"b")], ""),
        ([(FILE, b"b"), (FILE, b"a")], "顺序"),
        ([(FILE, b"a"), (FILE, b"a")], "同名"),
        ([(FILE, b"a"), (FOLDER, b"a")], "同名"),
        # A folder stands as if a stroke were behind its name: behind `a.x`, before `a0`.
        ([(FILE, b"a.x"), (FOLDER, b"a"), (FILE, b"a0")], ""),
        ([(FOLDER, b"a"), (FILE, b"a.x")], "顺序"),
        ([(FILE, b"a0"), (FOLDER, b"a")], "顺序"),
    ],
)
def test_the_order_is_that_of_git(objects: Objects, entries: list[tuple[str, bytes]], words: str) -> None:
    blob = objects.put("blob", b"x")
    inner = objects.put_tree([(FILE, b"f", blob)])
    tree = objects.put_tree([(mode, name, inner if mode == FOLDER else blob) for mode, name in entries])
    error = _refused(objects, tree)
    assert words in error.what if error is not None else not words
    below = _refused(objects, _folders(objects, tree, [b"below"]))
    assert below is None or below.path.startswith("below/")


# What a commit brings


def test_what_a_commit_brings_is_what_none_of_its_parents_has(objects: Objects) -> None:
    old, new = objects.put("blob", b"x"), objects.put("blob", b"y")
    one = objects.put_tree([(FILE, b"a", old), (FOLDER, b"f", objects.put_tree([(FILE, b"b", old)]))])
    other = objects.put_tree([(FILE, b"a", new), (FILE, b"f", new)])
    merged = objects.put_tree([
        (FILE, b"a", new),
        (FOLDER, b"f", objects.put_tree([(FILE, b"b", old), (FILE, b"c", new), (FILE, b"d\xff", old)])),
        ("100755", b"g", old),
    ])  # fmt: skip
    trees = Trees(objects.repository)
    came = [
        Introduced("f/c", FILE, new),
        Introduced("f/d\udcff", FILE, old),
        Introduced("g", "100755", old),
    ]
    assert list(trees.introduced(merged, [one, other])) == came
    assert list(trees.introduced(merged, [merged, other])) == []
    assert list(trees.introduced(merged, [one])) == [Introduced("a", FILE, new), *came]
    assert [file.path for file in trees.introduced(merged, [])] == ["a", "f/b", "f/c", "f/d\udcff", "g"]
    # A file that becomes a folder, or is another kind of file, comes.
    assert [file.path for file in trees.introduced(merged, [other])] == ["f/b", "f/c", "f/d\udcff", "g"]
    executable = objects.put_tree([("100755", b"a", old)])
    assert [file.path for file in trees.introduced(executable, [one])] == ["a"]
