"""`make fuzz`: looks for bytes that break a promise, led by what of the program they reach. Kept apart from the tests: it has no end.

Each target has its share of the time, in a process of its own. An input that breaks one is written to `crashes/TARGET-DIGEST.bin`; from
then on `tests/hostile/test_mutations.py` replays it, so mend the program until that passes, and commit both.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import sys
from pathlib import Path

CRASHES = Path(__file__).parent / "crashes"


def _keep(target: str, data: bytes) -> Path:
    path = CRASHES / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
    path.write_bytes(data)
    return path


def _seeds(target: str, folder: Path) -> None:
    from tests.hostile.seeds import SEEDS

    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(SEEDS[target]()):
        (folder / f"{number:04d}").write_bytes(data)


def run(target: str, seconds: int, corpus: Path) -> None:
    """Looks at one target for so long; ends the process with 0 where nothing was found."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed here: run `make fuzz`, which brings it")
    with atheris.instrument_imports(include=["jiebang"]):
        from tests.hostile import targets
    _seeds(target, corpus)

    def one(data: bytes) -> None:
        try:
            targets.held(target, data)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # Rust's programs that give up raise what is no Exception.
            print(f"{target}: {type(error).__name__}: {error} → {_keep(target, data)}", file=sys.stderr)
            raise

    arguments = [
        f"-max_total_time={seconds}",
        "-max_len=65536",
        "-timeout=60",
        "-rss_limit_mb=2048",
        "-verbosity=0",
        "-print_final_stats=1",
        # Its own copy of an input that breaks a promise; ours has the name by which it is replayed.
        f"-artifact_prefix={corpus.parent}/",
    ]
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], one)
    atheris.Fuzz()


def main() -> None:
    """All targets, or those that are named."""
    from tests.hostile.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all where none is named")
    asked = parser.parse_args()
    chosen = asked.targets or list(TARGETS)
    share = max(1, asked.seconds // len(chosen))
    found = []
    for target in chosen:
        corpus = Path(".cache") / "fuzz" / target
        process = multiprocessing.get_context("spawn").Process(target=run, args=(target, share, corpus))
        print(f"{target}: {share} s", file=sys.stderr, flush=True)
        process.start()
        process.join()
        if process.exitcode:
            found.append(target)
    if found:
        sys.exit(f"broken: {', '.join(found)}; inputs in {CRASHES}")


if __name__ == "__main__":
    main()
