"""Asking a person: at a terminal with completion, elsewhere line by line, so that a script or a pipe can answer too."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from jiebang.cli.output import console, say

Option = tuple[str, str]
"""What is put in, and what is shown beside it."""


class Asker(Protocol):
    """Raises EOFError at the end of the input and KeyboardInterrupt for Ctrl+C."""

    def line(self, options: Sequence[Option] = (), default: str = "") -> str:
        """An answer on one line; what is empty stands for the default."""
        ...

    def text(self) -> str:
        """An answer of several lines, ended by an empty one."""
        ...


class Lines:
    """Answers from standard input as it comes."""

    def _next(self) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.removesuffix("\n").removesuffix("\r")

    def line(self, options: Sequence[Option] = (), default: str = "") -> str:
        return self._next().strip() or default

    def text(self) -> str:
        lines = []
        while line := self._next().rstrip():
            lines.append(line)
        return "\n".join(lines)


class _Offer(Completer):
    """Options that hold what was typed, in their value or in what they are called."""

    def __init__(self, options: Sequence[Option]) -> None:
        self._options = options

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        typed = document.text_before_cursor.rpartition("、")[2].strip()
        for value, title in self._options:
            if typed.casefold() in f"{value} {title}".casefold():
                yield Completion(value, -len(typed), display_meta="" if title == value else title)


def _ends_at_an_empty_line() -> KeyBindings:
    """Enter on an empty last line ends a text; anywhere else it begins a new line, so that a pasted text keeps its lines."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.document.is_cursor_at_the_end and not buffer.document.current_line.strip():
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


class Terminal:
    """Answers from a keyboard, with completion and editing."""

    def line(self, options: Sequence[Option] = (), default: str = "") -> str:
        session: PromptSession[str] = PromptSession(completer=_Offer(options), complete_while_typing=True)
        return session.prompt("> ").strip() or default

    def text(self) -> str:
        session: PromptSession[str] = PromptSession(multiline=True, key_bindings=_ends_at_an_empty_line())
        return session.prompt("> ", prompt_continuation="… ").rstrip()


def asker() -> Asker:
    """A terminal where there is one on both sides, lines elsewhere."""
    return Terminal() if sys.stdin.isatty() and console().is_terminal else Lines()


def choose(ask: Asker, title: str, options: Sequence[tuple[str, str]], default: str = "") -> str:
    """One of the options, by its value or its name or what only one of them holds; asked until it is one."""
    shown = f"（直接回车：{dict(options).get(default, default)}）" if default else ""
    say(f"\n{title}{shown}", "bold")
    if len(options) <= 30:
        say("  " + "  ".join(value if value == name else f"{value} {name}" for value, name in options))
    while True:
        typed = ask.line(options, default)
        exact = [value for value, name in options if typed.casefold() in {value.casefold(), name.casefold()}]
        within = [value for value, name in options if typed and typed.casefold() in f"{value} {name}".casefold()]
        if len(exact) == 1 or (not exact and len(within) == 1):
            return (exact or within)[0]
        told = (
            "有好几个都符合，请写完整一些。" if within else "没有这一个，从列出的里面选。" if typed else "这一项要填。"
        )
        say(f"  {told}", "red")
