"""The command `jiebang`: thin commands over the library, each ending by naming the next one."""

from jiebang.cli.main import main

__all__ = ["main"]
