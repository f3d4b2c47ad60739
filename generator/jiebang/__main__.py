"""`python -m jiebang` is `jiebang`."""

from jiebang.cli import main

main()
