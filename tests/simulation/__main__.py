"""Repeats a seed, or several one after another: `python -m tests.simulation SEED… [--days N] [--trace]`."""

import argparse
import sys
import tempfile
from pathlib import Path

import structlog

from tests.simulation.run import REST_DAYS, Outcome, simulate


def main() -> int:
    """Play each seed; exit code 1 when a rule was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("seeds", type=int, nargs="+", metavar="SEED")
    parser.add_argument("--days", type=int, default=12)
    parser.add_argument("--rest", type=int, default=REST_DAYS, help="days without faults at the end")
    parser.add_argument("--trace", action="store_true", help="print everything that happened")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    outcomes = [_played(seed, asked) for seed in asked.seeds]
    return 1 if any(outcome.violations for outcome in outcomes) else 0


def _played(seed: int, asked: argparse.Namespace) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="sim", dir=fast_folder()) as folder:
        outcome = simulate(seed, asked.days, Path(folder), rest=asked.rest)
    if asked.trace:
        print("\n".join(outcome.lines))
    print(f"seed {outcome.seed}, {outcome.days} days, trace {outcome.trace}")
    print(f"touches: {dict(outcome.counts)}")
    print(f"happened: {dict(sorted(outcome.hits.items()))}")
    print("\n".join(outcome.violations) or "no rule was broken")
    return outcome


def fast_folder() -> str | None:
    """A folder in memory where the machine has one: the simulation cuts no power below the file system."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
