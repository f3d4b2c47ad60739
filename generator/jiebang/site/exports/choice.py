"""What somebody who takes the demands away asks for: of which round and district, and in a form that this machine can make."""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.view import Demand


class FormError(Exception):
    """A form cannot be made on this machine; `str` says why and `hint` what to do, both in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Choice:
    """Of which round and district; None for all."""

    round: str | None = None
    district: str | None = None

    def takes(self, demand: Demand) -> bool:
        return self.round in {None, demand.round} and self.district in {None, demand.district}
