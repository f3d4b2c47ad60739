"""The command `jiebang`: thin commands over the library, each ending by naming the next one.

`commands` lists them and imports each only when it is asked for; `main` is the one place where an error becomes words and an exit code.
"""

from jiebang.cli.main import main

__all__ = ["main"]
