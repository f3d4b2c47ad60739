"""Faults at every operation of the commands that write: after each, everything stands as before or as it should, and whole; the next run
ends the work and leaves nothing lying about; and what is said is a sentence in Chinese."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from jiebang.whole_files import clear_left
from tests.conftest import FIXTURES, ROOT
from tests.faults.injecting import FAULTS
from tests.faults.machine import Done, Machine
from tests.forms import make
from tests.reviews import renew_reviews
from tests.turns import at_night, by_day

Tree = dict[str, bytes]
_EMPTY = b"\0an empty folder"
_LEFT = re.compile(r"(^|/)\.(jiebang-[^/]*\.part|public\.(staging-|old-|lock))")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    started = Machine(tmp_path_factory.mktemp("machine"))
    yield started
    started.close()


def _tree(folder: Path) -> Tree:
    """Everything below a folder but what is kept between runs; of a link to a folder and of a folder that is empty the name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else _EMPTY
        for path in folder.rglob("*")
        if path.relative_to(folder).parts[0] != ".cache" and (path.is_file() or not any(path.iterdir()))
    }


def _but_for_ids(tree: Tree) -> list[tuple[str, bytes]]:
    """A tree in which ids are all the same: who imports the rest of a form draws the rest of the ids anew."""
    named = re.compile("(?<![a-z])[dea]-[0-9a-hjkmnp-tv-z]{8}", re.IGNORECASE)
    return sorted(
        (
            named.sub("ID", name),
            named.sub("ID", content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"),
        )
        for name, content in tree.items()
    )


def _lying_about(folder: Path) -> list[str]:
    """What lies about among what is kept between runs."""
    return sorted(path.name for path in (folder / ".cache").rglob("*") if _LEFT.search(path.name))


@dataclass(frozen=True, slots=True)
class Case:
    """A command to be run in a folder that `prepare` made. `whole`: parts of it that change together or not at all, even where the
    process dies; `again`: the same command, run once more, ends what was begun."""

    arguments: tuple[str, ...]
    prepare: Callable[[Path, Machine], None]
    typed: str = ""
    whole: str = ""
    again: bool = True
    exchange: bool = True


_DEMANDS = ("2024/qiaokou/demands/d-aaaaaaa1.yml", "2024/zone/demands/d-bbbbbbb2.yml")


def _records(folder: Path, _: Machine) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(FIXTURES / "base", folder / "catalogue")


def _empty_place(folder: Path, machine: Machine) -> None:
    _records(folder, machine)
    (folder / "bureau").mkdir()


def _slips(folder: Path, machine: Machine) -> None:
    _records(folder, machine)
    for name in _DEMANDS:
        file = folder / "catalogue" / name
        file.write_text(file.read_text(encoding="utf-8").replace("\n", "  \n", 3), encoding="utf-8")


@cache
def _two_demands() -> bytes:
    """A filled-in form. Made once: it holds the time."""
    return make.annex1_docx(None, [("示例材料甲", make.CONTENT), ("示例材料乙", make.CONTENT)])


def _form(folder: Path, machine: Machine) -> None:
    _records(folder, machine)
    make.put(folder, "form.docx", _two_demands())


def _forwarded(folder: Path, machine: Machine) -> None:
    _records(folder, machine)
    moved = ("move", "A-AAAAAAA1", "forwarded", "--day", "2024-11-05", "--yes")
    assert machine.run(moved, folder).code == 0


def _edited(folder: Path, old: str, new: str) -> None:
    file = folder / "catalogue" / _DEMANDS[0]
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    renew_reviews(folder / "catalogue")


def _built(folder: Path, machine: Machine) -> None:
    """A site that was built, and a record that changed since. In a folder that has one already, that one is built again: a copy would have
    other times, by which a build tells what stands unchanged."""
    if folder.exists():
        _edited(folder, "schedule: 2 年", "schedule: 1 年")
    else:
        _records(folder, machine)
        (folder / ".cache").mkdir(mode=0o700)
        for part in ("frames", "templates"):
            if (ROOT / ".cache" / part).is_dir():
                shutil.copytree(ROOT / ".cache" / part, folder / ".cache" / part)
    done = machine.run(("build",), folder)
    assert done.code == 0, done.said
    _edited(folder, "schedule: 1 年", "schedule: 2 年")


CASES = {
    "fix": Case(("fix", "--write"), _slips),
    "import": Case(("import", "form.docx", "--round", "2024", "--district", "zone", "--stamped", "--no-secrets", "--date", "2024-07-08"), _form),
    "move": Case(
        ("move", "D-AAAAAAA1", "已揭榜", "--day", "2024-12-10"), _forwarded, typed="A-AAAAAAA1\n是\n", again=False
    ),
    "new round": Case(("new", "round", "--yes"), _records, again=False),
    "new catalogue": Case(("new", "catalogue", "bureau", "--city", "示例市", "--district", "示例区"), _empty_place, whole="bureau/", again=False),
    "codeowners": Case(("codeowners",), _records),
    "report": Case(("report", "winners", "--format", "xlsx"), _records),
    "export": Case(("export", "E-AAAAAAA1", "--out", "form.docx"), _records),
    "build": Case(("build",), _built, whole="public/"),
    "build in two renames": Case(("build",), _built, whole="public/", exchange=False),
}  # fmt: skip
_BUILDS = ("build", "build in two renames")
"""The dearest: one of them is tried by day."""
_BY_DAY = {"build": 1, "build in two renames": 1, "new catalogue": 2, "export": 2, "report": 2}
"""Faults tried by day; of the others three."""


def _chosen(name: str, case: Case, seen: tuple[str, ...]) -> list[tuple[str, int]]:
    """Fault and number of the operation: by night all, but where links and writes are hundreds, every fourth with one."""
    rarely = {"link", "write", "database", "open"} if name.startswith(("build", "new catalogue")) else set[str]()
    every = [
        (fault, number)
        for number, kind in enumerate(seen, 1)
        for place, fault in enumerate(FAULTS)
        if kind not in rarely or (number % 4 == 0 and number // 4 % len(FAULTS) == place)
    ]
    if not case.exchange:
        # What is different there is the switch.
        every = [(fault, number) for fault, number in every if seen[number - 1] == "rename"]
    if at_night():
        return every
    return random.sample(every, min(_BY_DAY.get(name, 3), len(every)))


def _without_left(tree: Tree) -> Tree:
    return {name: content for name, content in tree.items() if not _LEFT.search(name)}


def _judge(case: Case, fault: str, kind: str, found: Tree, old: Tree, new: Tree) -> None:
    # What cannot be removed is left, as of a process that died.
    if fault != "kill" and kind != "remove":
        assert [name for name in found if _LEFT.search(name)] == []
    # A process that dies may leave a folder that it made, with nothing in it; the folders for private files stay in any case.
    found = {
        name: content
        for name, content in _without_left(found).items()
        if content != _EMPTY or name in old or not (fault == "kill" or name.startswith("private-"))
    }
    site = {name: content for name, content in found.items() if case.whole and name.startswith(case.whole)}
    olds, news = ({n: c for n, c in tree.items() if case.whole and n.startswith(case.whole)} for tree in (old, new))
    # A process that dies between two renames leaves nothing in the place, for the next one to put there.
    is_away = fault == "kill" and not case.exchange and site == {}
    assert site in (olds, news) or is_away
    for name in old.keys() | new.keys() | found.keys():
        assert found.get(name) in (old.get(name), new.get(name)) or (is_away and name in olds | news), name
    if fault != "kill" and kind != "remove" and case.arguments[0] not in {"fix", "report"}:
        assert found in (old, new)


@pytest.mark.parametrize("name", [*(name for name in CASES if name not in _BUILDS), *by_day(_BUILDS, 1)])
def test_whatever_fails_old_or_new_stands_whole(name: str, machine: Machine, tmp_path: Path) -> None:
    case = CASES[name]
    folder = tmp_path / "now"

    def run(fault: str = "", at: int = 0) -> Done:
        return machine.run(case.arguments, folder, fault, at, typed=case.typed, exchange=case.exchange)

    case.prepare(folder, machine)
    old = _tree(folder)
    whole = run()
    assert whole.code == 0, whole.said
    new = _tree(folder)
    assert new != old and "Traceback" not in whole.said
    assert [n for n in new if _LEFT.search(n)] == []
    tried = 0
    for fault, at in _chosen(name, case, whole.seen):
        case.prepare(folder, machine)
        assert _tree(folder) == old
        done = run(fault, at)
        told = f"{name}: {fault} at {at} of {len(whole.seen)} ({whole.seen[at - 1]})\n{done.said}"
        try:
            assert "Traceback" not in done.said and "程序自身出了错" not in done.said
            assert done.code in {0, 1, 2, 130} or (fault == "kill" and done.code == -9)
            assert done.code <= 0 or re.search("[一-鿿]", done.said)
            found = _tree(folder)
            _judge(case, fault, whole.seen[at - 1], found, old, new)
            if case.again or {n: c for n, c in _without_left(found).items() if c != _EMPTY} == old:
                assert (again := run()).code == 0, again.said
                assert _but_for_ids(_tree(folder)) == _but_for_ids(new)
            else:
                # The next command that writes there.
                for place in {path.parent for path in folder.rglob(".jiebang-*")}:
                    clear_left(place)
                assert not any(_LEFT.search(name) for name in _tree(folder))
            assert _lying_about(folder) == []
        except AssertionError as error:
            raise AssertionError(told) from error
        tried += 1
    print(f"{name}: {tried} faults at {len(whole.seen)} operations")
