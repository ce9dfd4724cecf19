"""Repeats seeds, one after another: `python -m tests.simulation SEED… [--days N] [--postgresql] [--trace]`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import structlog

from tests.servers.postgresql import copied_database, made_database, running_server
from tests.simulation.run import REST_DAYS, Outcome, simulate


def main() -> int:
    """Play each seed; exit code 1 when a rule was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("seeds", type=int, nargs="+", metavar="SEED")
    parser.add_argument("--days", type=int, default=12)
    parser.add_argument("--rest", type=int, default=REST_DAYS, help="days without faults at the end")
    parser.add_argument("--trace", action="store_true", help="print everything that happened")
    parser.add_argument("--postgresql", action="store_true", help="on a server of its own, not on SQLite")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with _databases(asked.postgresql) as database:
        outcomes = [_played(seed, asked, database) for seed in asked.seeds]
    return 1 if any(outcome.violations for outcome in outcomes) else 0


Database = Callable[[], AbstractContextManager[str]]


@contextmanager
def _databases(postgresql: bool) -> Iterator[Database]:
    """Where seeds are played: each in an empty database."""
    if not postgresql:
        yield lambda: nullcontext("")
        return
    with running_server() as server:
        template = made_database(server)
        yield lambda: copied_database(server, template)


def _played(seed: int, asked: argparse.Namespace, database: Database) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="sim", dir=fast_folder()) as folder, database() as server:
        outcome = simulate(seed, asked.days, Path(folder), rest=asked.rest, server=server)
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
