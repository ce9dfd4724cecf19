"""Simulated months with everything that goes wrong in them: no rule is broken, at any seed.

`SIMULATION_SECONDS` says for how long seeds are played, from `SIMULATION_SEED` on. A seed that breaks a rule is named
with the line that repeats it.
"""

import os
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation.__main__ import fast_folder
from tests.simulation.nature import Deed, Fault
from tests.simulation.run import REST_DAYS, Outcome, simulate

SECONDS = float(os.environ.get("SIMULATION_SECONDS", "60"))
FIRST = int(os.environ.get("SIMULATION_SEED", "1"))
DAYS = 12
ENOUGH = 60  # seeds after which everything that can go wrong must have gone wrong
EXPECTED = {*Fault, *Deed} - {Deed.RELEASE}  # which needs that something stands still for good

pytestmark = [pytest.mark.simulation, pytest.mark.timeout(0)]


def play(seed: int) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="sim", dir=fast_folder()) as folder:
        return simulate(seed, DAYS, Path(folder))


def test_no_rule_is_broken_at_any_seed() -> None:
    until, seed = time.monotonic() + SECONDS, FIRST
    outcomes: list[Outcome] = []
    while time.monotonic() < until or not outcomes:
        outcomes.append(play(seed))
        assert not outcomes[-1].violations, outcomes[-1].said()
        seed += 1
    hits = sum((one.hits for one in outcomes), Counter[str]())
    counts = sum((one.counts for one in outcomes), Counter[str]())
    days = len(outcomes) * (DAYS + REST_DAYS)
    print(f"\nsimulation: {len(outcomes)} seeds from {FIRST}, {days} simulated days, {counts.total()} touches")
    print(f"  at the end: {', '.join(f'{count} {state}' for state, count in sorted(counts.items()))}")
    print(f"  happened: {', '.join(f'{count} {what}' for what, count in sorted(hits.items()))}")

    missing = EXPECTED - set(hits) if len(outcomes) >= ENOUGH else set()
    assert not missing, f"in {len(outcomes)} seeds there was no {sorted(missing)}: the rig has gone lame"
    assert counts["sent"] > 5 * len(outcomes), "a rig that never sends proves nothing"
