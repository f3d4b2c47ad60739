"""A private value in the search index is found, be it in one piece or spread over the pieces of many files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiebang.build.index_look import put_together
from jiebang.build.verify import Verifier
from jiebang.catalogue import load
from jiebang.publication import Secrets, find_leaks, publish, search_index
from jiebang.publication.gate import UNREADABLE
from jiebang.publication.search_index import DAMAGED, Rebuilt, texts_in
from jiebang.site.grouping import group_demands
from jiebang.site.paths import SEARCH
from jiebang.site.search import build_index
from jiebang.site.search.container import TABLE, Entry, lines, section, table
from jiebang.site.search.encoding import varint

HIDDEN = "示例重工（武汉）集团有限公司"


@pytest.fixture
def secrets(base: Path) -> Secrets:
    return Secrets(load(base)[0])


def _index(base: Path, title: str = "") -> dict[str, bytes]:
    """The files of the sample's index, one title exchanged."""
    site = publish(load(base)[0], {}).site
    first, *others = site.demands
    if title:
        site = replace(site, demands=(replace(first, title=title), *others))
    return {file.path: file.make(*file.inputs) for file in build_index(group_demands(site).told).files()}


def _leaks(files: dict[str, bytes], secrets: Secrets) -> set[tuple[str, str]]:
    verifier = Verifier(secrets)
    for path, content in files.items():
        verifier.take(path, content)
    verifier.read_index()
    return {(leak.file, leak.field) for leak in verifier.leaks}


def test_the_sample_is_clean(base: Path, secrets: Secrets) -> None:
    assert _leaks(_index(base), secrets) == set()


def test_a_name_that_no_single_piece_holds_is_found(base: Path, secrets: Secrets) -> None:
    files = _index(base, f"为{HIDDEN}研发外壳")
    assert not any(find_leaks(path, content, secrets) for path, content in files.items() if "pieces-" in path)
    assert (SEARCH, "企业名称") in _leaks(files, secrets)


@pytest.mark.parametrize("content", [table([Entry(HIDDEN, b"\1")]), lines([1], ["外壳", HIDDEN])])
def test_a_name_in_one_piece_is_found(secrets: Secrets, content: bytes) -> None:
    assert [leak.field for leak in find_leaks("search/x/words-0.bin", content, secrets)] == ["企业名称"]


def test_neighbours_do_not_become_a_name(secrets: Secrets) -> None:
    content = lines([1, 1], [HIDDEN[:3], HIDDEN[3:]])
    assert find_leaks("search/x/words-0.bin", content, secrets) == []


@pytest.mark.parametrize("damage", ["cut", "longer", "text", "number"])
def test_a_damaged_file_is_not_passed_over(base: Path, secrets: Secrets, damage: str) -> None:
    files = _index(base)
    path = next(path for path in files if "pieces-" in path)
    content = files[path]
    files[path] = {
        "cut": content[:-1],
        "longer": content + b"\x02\xff",
        "text": content[:4] + b"\x02\x01\x02\xff\xff" + content[4:],
        # The last number of the last list of places goes on behind its end.
        "number": content[:4] + b"\x02\x01\x02ab\x01\x80" + content[4:],
    }[damage]
    assert _leaks(files, secrets) == {(path, DAMAGED)}
    # Also where it is read together with others, of which each tells what it does.
    beside = {f"{SEARCH}x/pieces-{number}.bin": _pairs("电池外壳", 10 * number) for number in (1, 2)}
    rebuilt, damaged = put_together({**files, **beside}, {**files, **beside}.get)
    assert damaged == [path]
    assert rebuilt.text() == " 㐀 ".join(["电池外壳"] * 2)
    assert all(leak.record == UNREADABLE for leak in find_leaks(path, files[path], secrets))


def test_an_edit_changes_the_groups_of_texts_beside_it_and_no_others() -> None:
    """The groups that stay are not looked through again; none of the texts is left out."""
    texts = [f"第{number}款材料的外壳" for number in range(5000)]

    def rebuilt(texts: list[str]) -> list[str]:
        places, index = 0, Rebuilt()
        for text in texts:
            index.take(_pairs(text, places))
            places += len(text) + 2 + len(text) % 3
        assert [text.strip() for group in index.groups() for text in texts_in(group)] == texts
        return list(index.groups())

    before, after = rebuilt(texts), rebuilt([*texts[:2500], "第二五〇款材料的外壳", *texts[2501:]])
    assert 40 < len(before) < 160
    assert 0 < len(set(after) - set(before)) <= 2


_PAIRS = st.lists(st.tuples(st.text("电池外壳a", min_size=2, max_size=400), st.integers(0, 3000)), max_size=8)


@given(_PAIRS, st.data())
def test_files_that_are_read_together_tell_what_each_does(told: list[tuple[str, int]], data: st.DataObject) -> None:
    """Numbers of one, two and three bytes, lists of one place and of many; and the texts are what was put in."""
    page = [" "] * 4000
    files = []
    for text, first in told:
        # Two that tell something else of a place are no index.
        if set(page[first : first + len(text)]) == {" "}:
            page[first : first + len(text)] = text
            files.append(_pairs(text, first))
    cut = data.draw(st.integers(0, len(files)))
    together, alone = Rebuilt(), Rebuilt()
    together.take(*files[:cut])
    together.take(*files[cut:])
    for content in data.draw(st.permutations(files)):
        alone.take(content)
    assert together.text() == alone.text()
    assert "".join(together.groups()).rstrip() == "".join(page).rstrip()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "_GROUP_BITS", 1)
        groups = list(together.groups())
        patch.setattr(search_index, "_AT_ONCE", data.draw(st.integers(1, 50)))
        assert list(alone.groups()) == groups


def test_more_letters_than_two_bytes_can_number_come_back() -> None:
    text = "".join(map(chr, (*range(0x4E00, 0xA000), *range(0x20000, 0x20000 + 50_000))))
    rebuilt = Rebuilt()
    for first in range(0, len(text), 10_000):
        rebuilt.take(_pairs(text[first : first + 10_001], first))
    assert rebuilt.text() == text


def _pairs(text: str, first: int) -> bytes:
    """A file that holds each pair of a text, of which the first stands there; and one that stands nowhere."""
    names = "".join(("无处", *(text[at : at + 2] for at in range(len(text) - 1)))).encode()
    lists = [b"", *(varint((first + at) << 2) for at in range(len(text) - 1))]
    sizes = b"".join(varint(len(one)) for one in lists)
    return TABLE + section(2, names.decode(), len(lists), sizes, b"".join(lists))
