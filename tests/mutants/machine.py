"""Runs the tests of a place against its mutants, each in a copy of a process that has everything imported.

Started by `tests.mutants` in a copy of the project, as what a mutant does to files is anybody's guess. A mutant inside a function takes
the place of the function's code in the copy; one that is done at import needs a copy of a process without our modules, and some seconds.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.abc
import importlib.util
import io
import json
import os
import resource
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

from tests.mutants.operators import Mutant, mutants_of, mutated
from tests.mutants.places import PLACES, Place

PACKAGE = Path("generator/jiebang").resolve()
KILLED, SURVIVED, UNREACHED = "killed", "survived", "unreached"
_OPTIONS = (
    "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=mutants",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
_Remembering: Any = type(functools.cache(len))
_MEMORY = 4 << 30
_PATIENCE = 4.0
"""How many times longer than before the tests may take; and so many seconds more. A mutant that goes on for ever may fill the disk."""

settings.register_profile(
    "mutants", deadline=None, max_examples=50, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
)


@dataclass(frozen=True, slots=True)
class Test:
    """A test of the program as it is: the processor's seconds, and which lines of the place's modules it came to."""

    name: str
    seconds: float
    lines: frozenset[tuple[str, int]]


class _Watch:
    """Notes what each test comes to, as a plugin of pytest."""

    def __init__(self, files: dict[str, str], forget: Callable[[], None]) -> None:
        self._files = files
        self._forget = forget
        self._lines: set[tuple[str, int]] = set()
        self.tests: list[Test] = []

    def _line(self, frame: FrameType, event: str, _: Any) -> Any:
        self._lines.add((self._files[frame.f_code.co_filename], frame.f_lineno))
        return self._line

    def _call(self, frame: FrameType, event: str, told: Any) -> Any:
        return self._line(frame, event, told) if frame.f_code.co_filename in self._files else None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        # Ours are not there before the tests are.
        from jiebang.mapping import Maps
        from tests import judging

        self._lines = set()
        # What an earlier test had worked out would hide lines from this one.
        judging._KNOWN = Maps(jobs=1)
        self._forget()
        started = time.process_time()
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            self.tests.append(Test(item.nodeid, time.process_time() - started, frozenset(self._lines)))


class _Only:
    """Keeps of the collected tests those that are named, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self._places]
        items[:] = sorted(kept, key=lambda item: self._places[item.nodeid])


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports a module as its mutant."""

    def __init__(self, name: str, file: Path, code: CodeType) -> None:
        self._name, self._file, self._code = name, file, code

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> Any:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102 - our own module, changed


def _run_apart(work: Callable[[], int], scratch: Path, seconds: float, said: Path | None = None) -> int:
    """What the work gave in a copy of this process; minus the signal that ended it. Its files go with it."""
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / ".cache").mkdir(parents=True)
    for kept in Path(".cache").resolve().glob("*"):
        if kept.is_dir():
            (scratch / ".cache" / kept.name).symlink_to(kept)
    sys.stdout.flush()
    copy = os.fork()
    if copy == 0:
        code = 70
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            os.environ["JIEBANG_CACHE"] = str(scratch / ".cache")
            nothing = os.open(os.devnull, os.O_RDWR)
            out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600) if said is not None else nothing
            for number, handle in enumerate((nothing, out, out)):
                os.dup2(handle, number)
            code = work()
        except BaseException:  # noqa: BLE001 - told, for this process ends here
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    # Of the clock, not of the processor: for what waits for ever.
    deadline = time.monotonic() + 60 + 3 * seconds
    while True:
        done, status = os.waitpid(copy, os.WNOHANG)
        if done or time.monotonic() > deadline:
            break
        time.sleep(0.01)
    # Whatever it started goes with it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(copy, signal.SIGKILL)
    if not done:
        _, status = os.waitpid(copy, 0)
    shutil.rmtree(scratch, ignore_errors=True)
    return os.waitstatus_to_exitcode(status)


def _pytest(arguments: Sequence[str], scratch: Path, *plugins: object) -> int:
    return int(pytest.main([*_OPTIONS, f"--basetemp={scratch / 'tests'}", *arguments], plugins=list(plugins)))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _codes(part)


class Bench:
    """A place with its tests, ready to be asked about mutants."""

    def __init__(self, place: Place, scratch: Path) -> None:
        self._place = place
        self._scratch = scratch
        self._sources = {module: (PACKAGE / module).read_text(encoding="utf-8") for module in place.modules}
        self.tests: list[Test] = []
        self._functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        self._caches: list[Any] = []
        self._is_warm = False

    def mutants(self) -> list[Mutant]:
        """All mutants of the place."""
        return [mutant for module, source in self._sources.items() for mutant in mutants_of(module, source)]

    def _arguments(self) -> list[str]:
        return [*self._place.tests, *(["-k", self._place.but] if self._place.but else [])]

    def warm(self) -> None:
        """Imports everything, and sees that all tests pass as long as nothing is changed."""
        with contextlib.redirect_stdout(io.StringIO()) as collected:
            code = _pytest(["--collect-only", *self._arguments()], self._scratch)
        if code:
            sys.exit(f"the tests cannot be collected:\n{collected.getvalue()[-3000:]}")
        self._is_warm = True
        self._find_functions()
        told, said = self._scratch.with_suffix(".json"), self._scratch.with_suffix(".said")
        code = _run_apart(lambda: self._watched(told), self._scratch, 3000, said)
        if code:
            sys.exit(f"the tests do not pass as things are ({code}):\n{said.read_text(encoding='utf-8')[-3000:]}")
        self.tests = [
            Test(name, seconds, frozenset((file, line) for file, line in lines))
            for name, seconds, lines in json.loads(told.read_text(encoding="utf-8"))
        ]

    def _find_functions(self) -> None:
        """The functions of the place's modules as they are, and those of them that remember what they gave."""
        files = {str(PACKAGE / module) for module in self._place.modules}
        # The tests freeze what they have imported; what is frozen is not listed.
        gc.unfreeze()
        for one in gc.get_objects():
            function = one.__wrapped__ if isinstance(one, _Remembering) else one
            if not isinstance(function, FunctionType) or function.__code__.co_filename not in files:
                continue
            if function is not one:
                self._caches.append(one)
                continue
            code = one.__code__
            self._functions.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(one)
        gc.freeze()

    def _forget(self) -> None:
        for one in self._caches:
            one.cache_clear()

    def _watched(self, told: Path) -> int:
        watch = _Watch({str(PACKAGE / module): module for module in self._place.modules}, self._forget)
        code = _pytest(self._arguments(), self._scratch, watch)
        tests = [(test.name, test.seconds, sorted(test.lines)) for test in watch.tests]
        told.write_text(json.dumps(tests), encoding="utf-8")
        return code

    def concerned(self, mutant: Mutant) -> list[Test]:
        """The tests that come to the lines of a mutant, the quickest first; all where it is done at import."""
        lines = {(mutant.module, line) for line in range(mutant.line, mutant.last_line + 1)}
        chosen = [test for test in self.tests if not mutant.function or test.lines & lines]
        return sorted(chosen, key=lambda test: test.seconds)

    def try_out(self, mutant: Mutant, tests: Sequence[Test]) -> str:
        """Whether one of the tests fails with a mutant in place."""
        if not tests:
            return UNREACHED
        file = PACKAGE / mutant.module
        code = compile(mutated(self._sources[mutant.module], mutant), str(file), "exec", dont_inherit=True)
        return KILLED if self._fails(mutant, code, tests) else SURVIVED

    def _fails(self, mutant: Mutant, code: CodeType, tests: Sequence[Test]) -> bool:
        names = [test.name for test in tests]
        files = list(dict.fromkeys(name.partition("::")[0] for name in names))

        def work() -> int:
            self._put_in_place(mutant, PACKAGE / mutant.module, code)
            return _pytest(files, self._scratch, _Only(names))

        return _run_apart(work, self._scratch, _PATIENCE * (sum(test.seconds for test in tests) + 1)) != 0

    def prove(self, mutant: Mutant) -> None:
        """Sees that what fails is the mutants' fault: put in place without a change, the module passes."""
        code = compile(self._sources[mutant.module], str(PACKAGE / mutant.module), "exec", dont_inherit=True)
        if (tests := self.concerned(mutant)[:5]) and self._fails(mutant, code, tests):
            sys.exit(f"the tests fail without a change, too: {mutant.module}")

    def _put_in_place(self, mutant: Mutant, file: Path, code: CodeType) -> None:
        if not self._is_warm:
            name = ".".join(("jiebang", *Path(mutant.module).with_suffix("").parts))
            sys.meta_path.insert(0, _Instead(name.removesuffix(".__init__"), file, code))
            return
        self._forget()
        put = 0
        for one in _codes(code):
            for function in self._functions.get((str(file), one.co_qualname, one.co_firstlineno), ()):
                if one.co_qualname == mutant.function:
                    function.__code__ = one
                    put += 1
        if not put:
            raise AssertionError(f"{mutant.name} is nowhere to be put")


def _third_party(place: Place, scratch: Path) -> list[str]:
    """The modules of others that the tests of a place import."""
    told = scratch.with_suffix(".modules")

    def work() -> int:
        code = _pytest(["--collect-only", *place.tests], scratch)
        ours = ("jiebang", "tests", "__m")
        names = [name for name, module in sys.modules.items() if module is not None and not name.startswith(ours)]
        told.write_text(json.dumps(names), encoding="utf-8")
        return code

    _run_apart(work, scratch, 300)
    return list(json.loads(told.read_text(encoding="utf-8")))


def run(
    name: str, scratch: Path, chosen: Callable[[list[Mutant]], list[Mutant]], told: Callable[[Mutant, str], None]
) -> None:
    """Tries the chosen mutants of a place; `told` hears of each."""
    place = PLACES[name]
    for module in _third_party(place, scratch):
        try:
            importlib.import_module(module)
        except Exception:  # noqa: BLE001, S112 - a convenience; who needs it imports it again
            continue
    bench = Bench(place, scratch)
    mutants = chosen(bench.mutants())
    at_import = [mutant for mutant in mutants if not mutant.function]
    warm = Bench(place, scratch)
    # The copies for what is done at import are made before our own modules are there.
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        code = 1
        try:
            os.close(reading)
            warm.warm()
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                tests = [(test.name, test.seconds) for test in warm.tests]
                print(json.dumps(["tests", tests]), file=out, flush=True)
                inside = [(number, mutant) for number, mutant in enumerate(mutants) if mutant.function]
                for at, (number, mutant) in enumerate(inside):
                    if at == 0:
                        warm.prove(mutant)
                    result = warm.try_out(mutant, warm.concerned(mutant))
                    print(json.dumps([number, result]), file=out, flush=True)
            code = 0
        except SystemExit as stop:
            print(stop.code, file=sys.stderr, flush=True)
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as lines:
        for line in lines:
            number, result = json.loads(line)
            if number == "tests":
                bench.tests = [Test(test, seconds, frozenset()) for test, seconds in result]
            else:
                told(mutants[number], result)
    if os.waitpid(copy, 0)[1]:
        sys.exit(f"{name}: the tests did not run")
    for at, mutant in enumerate(at_import):
        if at == 0:
            bench.prove(mutant)
        told(mutant, bench.try_out(mutant, bench.concerned(mutant)))
