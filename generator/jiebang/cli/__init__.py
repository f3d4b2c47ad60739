"""The command `jiebang`: thin commands over the library, each ending by naming the next one.

`commands` lists them and imports each only when it is asked for; `main` is the one place where an error becomes words and an exit code.
"""

import signal
from contextlib import suppress

_told = signal.getsignal(signal.SIGINT)
# Only the first thread may ask for this; another one meets no Ctrl+C either.
with suppress(ValueError):
    # Until there is somebody who puts it into words, Ctrl+C ends the command without any.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from jiebang.cli.main import main  # noqa: E402 - see above

with suppress(ValueError):
    signal.signal(signal.SIGINT, _told or signal.SIG_DFL)

__all__ = ["main"]
