"""Simulated months with everything that goes wrong in them: no rule is broken, at any seed.

`SIMULATION_SECONDS` says for how long seeds are played, from `SIMULATION_SEED` on; on PostgreSQL it is a third of that.
A seed that breaks a rule is named with the line that repeats it.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tests.simulation.__main__ import fast_folder
from tests.simulation.nature import Deed, Fault
from tests.simulation.run import REST_DAYS, Outcome, simulate

SECONDS = float(os.environ.get("SIMULATION_SECONDS", "60"))
FIRST = int(os.environ.get("SIMULATION_SEED", "1"))
DAYS = 12
Databases = Callable[[], AbstractContextManager[str]]
ENOUGH = 60  # seeds after which everything that can go wrong must have gone wrong
EXPECTED = {*Fault, *Deed} - {Deed.RELEASE}  # which needs that something stands still for good

pytestmark = [pytest.mark.simulation, pytest.mark.timeout(0)]


def play(seed: int, server: str = "") -> Outcome:
    with tempfile.TemporaryDirectory(prefix="sim", dir=fast_folder()) as folder:
        return simulate(seed, DAYS, Path(folder), server=server)


def play_on(seconds: float, databases: Databases, *, least: int = 1) -> list[Outcome]:
    """Seed after seed, until the time is over."""
    until, seed = time.monotonic() + seconds, FIRST
    outcomes: list[Outcome] = []
    while time.monotonic() < until or len(outcomes) < least:
        with databases() as server:
            outcomes.append(play(seed, server))
        assert not outcomes[-1].violations, outcomes[-1].said()
        seed += 1
    return outcomes


def tell(name: str, outcomes: Sequence[Outcome]) -> tuple[Counter[str], Counter[str]]:
    """Say what came of it: what happened, and how the touches ended."""
    hits = sum((one.hits for one in outcomes), Counter[str]())
    counts = sum((one.counts for one in outcomes), Counter[str]())
    days = len(outcomes) * (DAYS + REST_DAYS)
    print(f"\nsimulation, {name}: {len(outcomes)} seeds from {FIRST}, {days} simulated days, {counts.total()} touches")
    print(f"  at the end: {', '.join(f'{count} {state}' for state, count in sorted(counts.items()))}")
    print(f"  happened: {', '.join(f'{count} {what}' for what, count in sorted(hits.items()))}")
    return hits, counts


def test_no_rule_is_broken_at_any_seed() -> None:
    outcomes = play_on(SECONDS, lambda: nullcontext(""))
    hits, counts = tell("sqlite", outcomes)

    missing = EXPECTED - set(hits) if len(outcomes) >= ENOUGH else set()
    assert not missing, f"in {len(outcomes)} seeds there was no {sorted(missing)}: the rig has gone lame"
    assert counts["sent"] > 5 * len(outcomes), "a rig that never sends proves nothing"


def test_no_rule_is_broken_where_two_share_a_server(postgresql_databases: Databases) -> None:
    outcomes = play_on(SECONDS / 3, postgresql_databases, least=3)
    hits, counts = tell("postgresql", outcomes)

    assert hits["rival"] > len(outcomes), "a rig in which nobody works beside proves nothing"
    assert counts["sent"] > 5 * len(outcomes), "a rig that never sends proves nothing"
