"""One piece of work in a thread of its own, done a while after it was asked for: whoever asks goes on at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

_LONGEST_WAIT = 5.0
"""Seconds that work in hand is given to end when nobody wants it any more."""


class Afterwards:
    """Does `work` some time after the last time it was asked for, never twice at once; what was asked meanwhile is done once more.

    `give_up` is called when the context ends, for work in hand to end soon.
    """

    def __init__(self, work: Callable[[], None], give_up: Callable[[], None]) -> None:
        self._work = work
        self._give_up = give_up
        self._due: float | None = None
        self._over = False
        self._asked = threading.Condition()
        self._thread = threading.Thread(target=self._follow, name="afterwards", daemon=True)

    def ask(self, pause: float = 0.0) -> None:
        """Asks for the work in so many seconds, unless it is asked for again until then."""
        with self._asked:
            self._due = time.monotonic() + pause
            self._asked.notify_all()

    def _follow(self) -> None:
        while self._is_due():
            self._work()

    def _is_due(self) -> bool:
        """Waits until the work is due; False where it will not be any more."""
        with self._asked:
            while not self._over:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = None
                    return True
                self._asked.wait(left)
            return False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._asked:
            self._over = True
            self._asked.notify_all()
        self._give_up()
        self._thread.join(_LONGEST_WAIT)
