"""After an edit, the files that list everything are put together from what stands in place and from what the edited portion says now."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from jiebang.build.parts import KnownParts, KnownPartWriter, Noted
from jiebang.site.files import Part, PartWriter
from tests.build.building import DEMAND, build_site, edit, files_of

LISTS = ("demands.json", "demands.ndjson", "demands.csv", "demands.xlsx")


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How many parts were made, by function. Portions are of one demand each, so that a small catalogue has several."""
    monkeypatch.setattr("jiebang.site.exports.portions.SIZE", 1)
    counted: Counter[str] = Counter()
    plain = KnownPartWriter.part

    def part(self: KnownPartWriter, make: object, *inputs: object) -> Part:
        def counting(*given: object) -> Part:
            counted[f"{make.__module__}.{make.__qualname__}"] += 1  # type: ignore[attr-defined]  # a function
            return make(*given)  # type: ignore[no-any-return,operator]  # a part's

        counting.__module__, counting.__qualname__ = make.__module__, make.__qualname__  # type: ignore[attr-defined]  # a function
        return plain(self, counting, *inputs)

    monkeypatch.setattr(KnownPartWriter, "part", part)
    yield counted


def _clean(base: Path, tmp_path: Path) -> dict[str, bytes]:
    """The files of a build that knows of no other."""
    build_site(base, tmp_path / "clean", None)
    return files_of(tmp_path / "clean")


def _portions(out: Path) -> int:
    return len((out / "data/v1/demands.ndjson").read_bytes().splitlines())


def test_an_edit_has_the_parts_of_its_portion_made_again_and_no_others(
    base: Path, tmp_path: Path, store: Path, made: Counter[str]
) -> None:
    out = tmp_path / "public"
    build_site(base, out, store)
    assert _portions(out) > 1
    assert len(made) == len(LISTS)
    assert set(made.values()) == {_portions(out)}
    for says, said in (("研发", "另外研发"), ("另外研发", "再研发一种")):
        made.clear()
        edit(base, DEMAND, f"summary: {says}", f"summary: {said}")
        build_site(base, out, store)
        assert set(made.values()) == {1}
    made.clear()
    assert files_of(out) == _clean(base, tmp_path)


def test_a_part_that_is_not_what_stood_there_is_made_again(
    base: Path, tmp_path: Path, store: Path, made: Counter[str]
) -> None:
    """Whoever changes a list by hand, even so that its size and its stamp stay, changes nothing of the next one."""
    out = tmp_path / "public"
    build_site(base, out, store)
    portions = _portions(out)
    for name in LISTS:
        file = out / "data/v1" / name
        content = file.read_bytes()
        file.write_bytes(content[:-40] + bytes(40))
    made.clear()
    edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    build_site(base, out, store)
    assert set(made.values()) == {portions}
    assert files_of(out) == _clean(base, tmp_path)


def test_what_is_noted_of_a_file_is_held_to_the_file(
    base: Path, tmp_path: Path, store: Path, made: Counter[str]
) -> None:
    """A note that speaks of another place in the file, as a damaged store might tell, brings nothing of it into the next one."""
    out = tmp_path / "public"
    build_site(base, out, store)
    portions = _portions(out)
    plain = KnownParts.noted

    def misled(self: KnownParts, content: bytes | None) -> dict[bytes, Noted]:
        return {name: (at + 1, size, named, told) for name, (at, size, named, told) in plain(self, content).items()}

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(KnownParts, "noted", misled)
        made.clear()
        edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
        build_site(base, out, store)
    assert set(made.values()) == {portions}
    assert files_of(out) == _clean(base, tmp_path)


def test_a_workbook_of_many_parts_is_one_that_programs_open(base: Path, tmp_path: Path, store: Path) -> None:
    out = tmp_path / "public"
    build_site(base, out, store)
    edit(base, DEMAND, "summary: 研发", "summary: 另外研发")
    build_site(base, out, store)
    content = (out / "data/v1/demands.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        table = archive.getinfo("xl/worksheets/sheet1.xml")
        assert table.compress_type == zipfile.ZIP_DEFLATED
        # What the directory says stands before the member, too: some programs read one, some the other.
        head = content[table.header_offset : table.header_offset + 30]
        assert int.from_bytes(head[8:10], "little") == zipfile.ZIP_DEFLATED
        assert int.from_bytes(head[14:18], "little") == table.CRC
        assert int.from_bytes(head[18:22], "little") == table.compress_size
        assert int.from_bytes(head[22:26], "little") == table.file_size == len(archive.read(table))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("需求").to_python()
    assert len(rows) == _portions(out) + 1
    assert any("另外研发" in str(cell) for row in rows for cell in row)


def test_without_a_site_in_place_each_part_is_made() -> None:
    stream = io.BytesIO()
    assert PartWriter(stream).part(lambda word: Part(word), b"one") == (b"one", None)
