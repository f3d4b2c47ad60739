"""Map over records, map over files, reduce between them: the one way in which `check` and `build` do work that is worth remembering.

A step of the map is a pure function `(shared, items) → values`, one value an item. Its values are plain (None, numbers, texts, bytes,
and tuples, lists and dicts of these). The key of an item names everything that decides about its value; what the store knows under the
key is not worked out again. The rest goes, in portions, to an executor of `concurrent.futures`: none (here and now), processes of this
machine beside this one, which works as well, or a cluster's. Nobody else knows that there is a store or a second process, and the values are
the same either way.
"""

from __future__ import annotations

import marshal
import pickle
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jiebang.memory import large_blocks_apart, no_garbage
from jiebang.resources import program_data
from jiebang.store import DiskStore, LayeredStore, MemoryStore, Store
from jiebang.workers import Function, Parcel, cores, deaf_to_interrupts, packed_values, processes, work
from jiebang.workspace import workspace_of, writable_cache

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ThreadPoolExecutor

_WITHOUT_REFERENCES = 2
"""The format of `marshal` that does not say which values are one object."""
_FEWEST = 400
"""Fewer items than this are done sooner here than a process is started."""
_FEWEST_WITH_HELPERS = 200
"""The same where a process was started already."""
_LARGEST_INLINE = 1 << 16
"""Bytes of shared things that travel with every portion; larger ones are laid down once, where the workers read them."""
_SMALLEST_PORTION = 16
"""Items that are not worth parting further where several work at them."""
_LARGEST_PORTION = 40
"""Items that a worker gets at once: enough that it costs little to hand them over, few enough not to hold much at a time: of a hundred pages each
process holds 20 MB more."""
_LARGEST_PORTION_AFAR = 250
"""The same for somebody else's workers: what all items share travels with each portion."""
_WAITING = 2
"""Portions a worker that are handed out ahead: enough to keep all busy, few enough not to wait for them in the end."""
_WAITING_AFAR = 3
"""The same for somebody else's workers: enough for the way there, few enough not to hold all results in memory."""
_KEY = 16
"""Bytes of a key."""


def digest(*parts: bytes | memoryview | str) -> bytes:
    """A key made of parts; where one ends and the next begins is part of it."""
    state = blake2b(digest_size=_KEY)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.digest()


def digest_of_plain(*values: Any) -> bytes:
    """A key made of plain values: equal ones give equal keys, whether or not two of them are one object."""
    return digest(marshal.dumps(values, _WITHOUT_REFERENCES))


@cache
def program_digest() -> bytes:
    """Names the program that works here: its modules and schemas, Python's version, and the versions of the installed libraries."""
    package = Path(__file__).parent
    files = sorted([*package.rglob("*.py"), *(program_data() / "schemas").rglob("*.json")])
    libraries = {
        entry.name
        for folder in map(Path, sys.path)
        if folder.name in {"site-packages", "dist-packages"} and folder.is_dir()
        for entry in folder.iterdir()
        if entry.name.endswith(".dist-info")
    }
    return digest(sys.version, *sorted(libraries), *(part for file in files for part in (file.name, file.read_bytes())))


@dataclass(frozen=True, slots=True)
class Shared:
    """What all items of a step have in common. `key` names it, and goes into every item's key."""

    key: bytes
    value: Any


def packed(value: Any) -> bytes:
    """A plain value as the store keeps it."""
    return marshal.dumps(value)


def unpacked(value: bytes) -> Any:
    """A value as the function gave it."""
    return marshal.loads(value)  # noqa: S302 - our own, with a check sum


def _keys_in(joined: bytes | bytearray) -> set[bytes]:
    """The keys that were joined, each once."""
    keys = bytes(joined)
    return {keys[at : at + _KEY] for at in range(0, len(keys), _KEY)}


def _work_ahead(function: Callable[..., object], arguments: tuple[Any, ...]) -> list[tuple[bytes, bytes]]:
    store = MemoryStore()
    with no_garbage():
        function(Maps(store, jobs=1), *arguments)
    return store.everything()


class Maps:
    """A store, and where the work is done: `jobs` processes of this machine (1: none but this one), or an `executor` of somebody else's.

    `scratch`: the folder in which shared things are laid down for other processes, private ones too; by default the system's.
    """

    def __init__(
        self,
        store: Store | None = None,
        jobs: int | None = None,
        executor: Executor | None = None,
        scratch: Path | None = None,
    ) -> None:
        large_blocks_apart()
        self._store = store if store is not None else MemoryStore()
        self._jobs = jobs if jobs is not None else cores()
        self._executor = executor
        self._is_ours = executor is None
        self._starter: ThreadPoolExecutor | None = None
        self._ahead: Future[Any] | None = None
        self._helpers_begun = False
        self._scratch = scratch
        self._laid_down: tempfile.TemporaryDirectory[str] | None = None
        self._parcels: dict[bytes, Parcel] = {}
        """What is laid down there, by the keys of what it holds."""
        self._used = bytearray()
        """The keys that were asked for or kept, joined, some of them more than once: as a set they would take six times as much."""

    def map(
        self,
        function: Function,
        shared: Shared,
        keys: Sequence[bytes],
        load: Callable[[int], Any],
        fewest: int = _FEWEST,
    ) -> Iterator[bytes]:
        """The packed value of each item, in order (see `unpacked`). `load` gives an item by its number, when it is needed.

        `fewest`: from so many items on that the store does not know, other processes help.
        """
        full = self.keys(function, shared.key, keys)
        known = self.known(full)
        # Of equal items the first one is worked out.
        first = {key: number for number, key in reversed(list(enumerate(full))) if key not in known}
        missing = sorted(first.values())
        made = self.made(function, shared, missing, load, fewest)
        return self._in_order(full, known, made)

    def _in_order(
        self, full: Sequence[bytes], values: dict[bytes, bytes], made: Iterator[tuple[list[int], list[bytes]]]
    ) -> Iterator[bytes]:
        """The values by and by, each let go of when the last that has its key was told."""
        left = Counter(full)
        for key in full:
            while key not in values:
                numbers, fresh = next(made)
                pairs = [(full[number], value) for number, value in zip(numbers, fresh, strict=True)]
                self.keep(pairs)
                values.update(pairs)
            left[key] -= 1
            yield values[key] if left[key] else values.pop(key)

    def keys(self, function: Function, shared: bytes, keys: Sequence[bytes]) -> list[bytes]:
        """The keys of a step's items in the store."""
        named = digest(program_digest(), function.__module__, function.__qualname__, shared)
        return [digest(named, key) for key in keys]

    def known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What the store knows of these keys, packed."""
        self.use(keys)
        return self._store.find(keys)

    def use(self, keys: Iterable[bytes]) -> None:
        """Keeps `sweep` from dropping what stands under these keys, which somebody may ask for in another run."""
        joined = b"".join(keys)
        if len(joined) % _KEY:
            raise ValueError("a key is made by `digest`")
        self._used += joined

    def note_used(self, key: bytes) -> None:
        """Notes under a key all those that were used until now, for `use_noted` of a later run that does without them."""
        self.note(key, b"".join(_keys_in(self._used)))

    def use_noted(self, key: bytes) -> None:
        """As `use`, of all that were noted under a key."""
        self.use_joined(self.look_up(key) or b"")

    def use_joined(self, keys: bytes) -> None:
        """As `use`, of keys that are joined."""
        self._used += keys

    def keep(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Hands packed values to the store."""
        self._store.keep(values)

    def made(
        self,
        function: Function,
        shared: Shared,
        missing: Sequence[int],
        load: Callable[[int], Any],
        fewest: int = _FEWEST,
        at_once: tuple[int, int] = (_SMALLEST_PORTION, _LARGEST_PORTION),
    ) -> Iterator[tuple[list[int], list[bytes]]]:
        """(numbers, packed values) of items that are worked out now, portion by portion as they come; nothing of it is kept. `at_once`: how many
        are handed over at least, and at most.

        Where other processes of this machine help, this one takes portions, too, whenever nothing has come from them.
        """
        # Those that were started already are of use for fewer.
        enough = fewest if self._executor is None else min(fewest, _FEWEST_WITH_HELPERS)
        executor = self._helpers() if len(missing) >= enough else None
        if executor is None:
            for numbers in _portions(missing, 1, *at_once):
                yield numbers, packed_values(function, shared.value, [load(number) for number in numbers])
            return
        from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait

        if self._is_ours and self._ahead is None:
            self._hand_ahead(executor, int)
        # Afar as few as give each worker some: smaller ones would not pay for the way.
        sizes = at_once
        if not self._is_ours:
            sizes = (-(-len(missing) // (self._jobs * 4)), _LARGEST_PORTION_AFAR)
        portions = _portions(missing, self._jobs, *sizes)
        loaded = ((numbers, [load(number) for number in numbers]) for numbers in portions)
        parcel: Parcel | None = None
        handed: dict[Future[list[bytes]], tuple[list[int], list[Any]]] = {}
        # What is to be done here: a worker was killed, for want of memory perhaps, or there is nothing to wait for.
        left: list[tuple[list[int], list[Any]]] = []
        while True:
            while len(handed) < self._most_handed() and (portion := next(loaded, None)):
                parcel = parcel or self._parcel(shared)
                try:
                    handed[executor.submit(work, function, parcel, portion[1])] = portion
                except BrokenExecutor:
                    left.append(portion)
                    break
            done = [future for future in handed if future.done()]
            if not done and not left:
                if self._is_ours and (portion := next(loaded, None)):
                    left.append(portion)
                elif handed:
                    done = list(wait(handed, return_when=FIRST_COMPLETED).done)
                else:
                    return
            for future in done:
                numbers, items = handed.pop(future)
                if isinstance(future.exception(), BrokenExecutor):
                    left.append((numbers, items))
                else:
                    yield numbers, future.result()
            while left:
                numbers, items = left.pop()
                yield numbers, packed_values(function, shared.value, items)

    def _most_handed(self) -> int:
        """How many portions are handed out at most at this moment."""
        if not self._is_ours:
            return _WAITING_AFAR * self._jobs
        if not self._helpers_begun:
            return 0
        # Behind what is done ahead no portion should wait that could be done here.
        busy = self._ahead is not None and not self._ahead.done()
        return _WAITING * (self._jobs - 1 - busy)

    def ahead(self, function: Callable[..., object], *arguments: Any, then: str = "") -> Callable[[], None]:
        """Has another process of this machine call `function(maps, *arguments)` meanwhile, for what it leaves on the disk and in the store.

        What is returned waits for it. Where there is no other process, or it failed, nothing was done: whoever needs it does it himself,
        and is told then what is wrong. `then`: a module that they will be asked for later, imported before they part.
        """
        executor = self._helpers(then) if self._is_ours else None
        if executor is None:
            return lambda: None
        ahead = self._hand_ahead(executor, _work_ahead, function, arguments)

        def wait() -> None:
            if ahead.exception() is None:
                self.keep(ahead.result())

        return wait

    def _hand_ahead(self, executor: Executor, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Hands something to another process that may have to be started first, for which nobody waits: it imports much."""
        from concurrent.futures import ThreadPoolExecutor

        def hand_and_wait() -> Any:
            future = executor.submit(function, *arguments)
            self._helpers_begun = True
            return future.result()

        self._starter = self._starter or ThreadPoolExecutor(1, initializer=deaf_to_interrupts)
        self._ahead = self._starter.submit(hand_and_wait)
        return self._ahead

    def _helpers(self, then: str = "") -> Executor | None:
        if self._executor is None and self._jobs > 1 and self._is_ours:
            # This process works, too.
            self._executor = processes(self._jobs - 1, ("jiebang.rules.facts", *([then] if then else [])))
        return self._executor

    def _parcel(self, shared: Shared) -> Parcel:
        if shared.key in self._parcels:
            return self._parcels[shared.key]
        if not self._is_ours:
            return Parcel(shared.key, pickle.dumps(shared.value, protocol=pickle.HIGHEST_PROTOCOL))
        # What is large goes straight to the disk: of a large catalogue it is too much to be at hand once more.
        with tempfile.SpooledTemporaryFile(
            _LARGEST_INLINE, dir=None if self._scratch is None else str(self._scratch)
        ) as stream:
            pickle.dump(shared.value, stream, protocol=pickle.HIGHEST_PROTOCOL)
            size = stream.tell()
            stream.seek(0)
            if size <= _LARGEST_INLINE:
                return Parcel(shared.key, stream.read())
            if self._laid_down is None:
                # mkdtemp makes it for its owner alone.
                self._laid_down = tempfile.TemporaryDirectory(prefix="jiebang-", dir=self._scratch)
            place = Path(self._laid_down.name) / shared.key.hex()
            with place.open("wb") as target:
                shutil.copyfileobj(stream, target)
        # Of everything private dozens of steps make use, one for each portion of a large file.
        parcel = self._parcels[shared.key] = Parcel(shared.key, str(place))
        return parcel

    def begin_anew(self) -> None:
        """Lets go of the processes of this machine that helped; the next step that needs some starts others, which takes a second of computing.
        What the steps before left in them would stay there to the end: of a large catalogue, as much again as what they need."""
        self._end_processes()

    def work_alone(self) -> None:
        """The same, and starts no others: for a last step of which each would hold as much again of what is at hand here."""
        self._end_processes()
        if self._is_ours:
            self._jobs = 1

    def _end_processes(self, *, cancelling: bool = False) -> None:
        """Ends those that were started here. `cancelling`: what they were handed and have not begun is no longer wanted."""
        if self._starter is not None:
            self._starter.shutdown()
        if self._is_ours and self._executor is not None:
            self._executor.shutdown(cancel_futures=cancelling)
            self._executor = None
        self._starter, self._ahead, self._helpers_begun = None, None, False

    def scratch_file(self) -> IO[bytes]:
        """A file without a name, for what is too large to be at hand; gone when it is closed."""
        return tempfile.TemporaryFile(dir=self._scratch)

    def recall(self, key: bytes, make: Callable[[], Any]) -> Any:
        """What a reduction gave for the same inputs, or what it gives now. A plain value, as of a map."""
        full = digest(program_digest(), b"reduce", key)
        known = self.look_up(full)
        if known is None:
            known = make()
            self.note(full, known)
        return known

    def look_up(self, key: bytes) -> Any:
        """What was noted under a key; None where nothing was."""
        known = self.known([key]).get(key)
        return None if known is None else unpacked(known)

    def note(self, key: bytes, value: Any) -> None:
        """Notes a plain value under a key, for `look_up` of a later run."""
        self.use([key])
        self._store.keep([(key, marshal.dumps(value))])

    def sweep(self, times: int) -> None:
        """Called at the end of a run that did the whole of its work: what it did not use is dropped where there is so many times more of it."""
        self._store.forget_all_but(_keys_in(self._used), times)

    def close(self) -> None:
        """Ends the processes that were started, and closes the store."""
        self._end_processes(cancelling=True)
        if self._laid_down is not None:
            self._laid_down.cleanup()
            self._laid_down = None
            self._parcels.clear()
        self._store.close()

    def __enter__(self) -> Maps:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def maps_of(catalogue: Path, jobs: int | None = None, executor: Executor | None = None) -> Maps:
    """The maps of a catalogue's workspace, with what earlier runs left in its cache folder; without such a folder, for this run alone."""
    return maps_in(workspace_of(catalogue), jobs, executor)


def maps_in(workspace: Path | None, jobs: int | None = None, executor: Executor | None = None) -> Maps:
    """As `maps_of`, of a workspace; None where there is none."""
    folder = writable_cache(workspace)
    return Maps(DiskStore.open(folder) if folder is not None else None, jobs, executor, folder)


def maps_in_memory(catalogue: Path) -> Maps:
    """As `maps_of`, for a process that asks again and again: everything that was asked for once is at hand."""
    folder = writable_cache(workspace_of(catalogue))
    return Maps(LayeredStore(DiskStore.open(folder)) if folder is not None else None, scratch=folder)


def _portions(
    missing: Sequence[int], workers: int, smallest: int = _SMALLEST_PORTION, largest: int = _LARGEST_PORTION
) -> Iterator[list[int]]:
    """Numbers in portions: for several workers smaller and smaller ones, for all to end at the same time; none so large that much is held
    at once."""
    start = 0
    while start < len(missing):
        share = (len(missing) - start) // (workers * 4)
        size = min(largest, max(smallest, share)) if workers > 1 else largest
        yield list(missing[start : start + size])
        start += size
