"""A catalogue that somebody damaged ends in findings or in a site: by day a few, by night hundreds of them."""

from __future__ import annotations

import random
import subprocess
import sys

from tests.conftest import ROOT
from tests.hostile.catalogues import CHANGES, damaged, whole
from tests.turns import at_night


def test_damaged_catalogues_end_in_findings_or_in_a_site() -> None:
    count, first = (2000, 0) if at_night() else (6, random.randrange(10**6))  # noqa: S311 - no secret
    arguments = ["-m", "tests.hostile.catalogues", "--first", str(first), "--count", str(count)]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert done.stdout.startswith(f"{count} catalogues, 0 broken")


def test_every_kind_of_damage_is_done_and_can_be_done_again() -> None:
    done = {kind.partition(":")[0] for number in range(200) for kind in damaged(whole(), number)[1]}
    assert done == CHANGES.keys()
    assert damaged(whole(), 7) == damaged(whole(), 7)
