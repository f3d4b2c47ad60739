"""Records → the public view, and the look at the finished site that lets nothing private pass."""

from jiebang.publication.gate import Leak, Secrets, find_leaks
from jiebang.publication.history import GitHistory, read_history
from jiebang.publication.publish import HeldBack, Publication, publish

__all__ = ["GitHistory", "HeldBack", "Leak", "Publication", "Secrets", "find_leaks", "publish", "read_history"]
