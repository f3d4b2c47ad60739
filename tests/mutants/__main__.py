"""`make mutants`: changes one thing in a module and looks whether a test fails, for a random sample in each place.

Neither mutmut nor cosmic-ray fits: the one passes over decorated functions, that is, over every rule; the other starts Python anew for
each mutant, which takes longer than the tests. What survives and may do so stands in `survivors.yml`, with the reason.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("survivors.yml")
_ENOUGH = 0.9
_INSIDE = "JIEBANG_MUTANTS_COPY"


def explained() -> dict[str, str]:
    """The mutants that may survive, with the reason."""
    return dict(yaml.safe_load(EXPLAINED.read_text(encoding="utf-8")) or {})


def _copied(target: Path) -> None:
    """The project, to be ruined; what frames need is the original's."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name, follow_symlinks=False)
    for part in ("frames", "templates"):
        if (ROOT / ".cache" / part).is_dir():
            shutil.copytree(ROOT / ".cache" / part, target / ".cache" / part)


def _again_in_a_copy() -> int:
    with tempfile.TemporaryDirectory(prefix="jiebang-mutants-") as folder:
        copy = Path(folder) / "project"
        _copied(copy)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(copy), str(copy / "generator"))),
            "JIEBANG_CACHE": str(copy / ".cache"),
            _INSIDE: str(Path(folder) / "scratch"),
        }
        arguments = [sys.executable, "-m", "tests.mutants", *sys.argv[1:]]
        return subprocess.run(arguments, cwd=copy, env=environment, check=False).returncode


def main() -> None:
    """All places, or those that are named; ends with 1 where too many survive."""
    from tests.mutants.places import PLACES

    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--sample", type=int, default=100, help="mutants of each place; 0 for all")
    parser.add_argument("--seed", default=str(random.randrange(10**6)), help="draws the same mutants again")  # noqa: S311 - no secret
    parser.add_argument("--only", type=Path, help="a file with names of mutants, one a line: these alone")
    parser.add_argument("places", nargs="*", help=f"of {', '.join(PLACES)}; all where none is named")
    asked = parser.parse_args()
    if unknown := set(asked.places) - PLACES.keys():
        parser.error(f"no place of that name: {', '.join(sorted(unknown))}")
    if asked.only is not None:
        asked.only = asked.only.resolve()
    if _INSIDE not in os.environ:
        sys.exit(_again_in_a_copy())
    sys.exit(_tried(asked.places or list(PLACES), asked.sample, asked.seed, asked.only))


def _tried(places: list[str], sample: int, seed: str, only: Path | None) -> int:
    from tests.mutants.machine import KILLED, run
    from tests.mutants.operators import Mutant

    reasons = explained()
    named = set(only.read_text(encoding="utf-8").splitlines()) if only is not None else None

    def chosen(mutants: list[Mutant]) -> list[Mutant]:
        if named is not None:
            return [mutant for mutant in mutants if mutant.name in named]
        if not sample or sample >= len(mutants):
            return mutants
        drawn = set(random.Random(seed).sample(range(len(mutants)), sample))  # noqa: S311 - no secret
        return [mutant for number, mutant in enumerate(mutants) if number in drawn]

    print(f"--seed {seed}", flush=True)
    failed = 0
    for place in places:
        results: Counter[str] = Counter()

        def told(mutant: Mutant, result: str, results: Counter[str] = results, place: str = place) -> None:
            known = reasons.get(mutant.name)
            results["explained" if result != KILLED and known is not None else result] += 1
            if result != KILLED:
                print(
                    f"{place}: {result}: {mutant.name}{f'  # {known}' if known else f'  # line {mutant.line}'}",
                    flush=True,
                )

        run(place, Path(os.environ[_INSIDE]), chosen, told)
        tried = sum(results.values())
        held = results[KILLED] + results["explained"]
        print(
            f"{place}: {tried} mutants, {results[KILLED]} killed, {results['explained']} explained, {tried - held} survived",
            flush=True,
        )
        failed += held < _ENOUGH * tried
    return min(failed, 1)


if __name__ == "__main__":
    main()
