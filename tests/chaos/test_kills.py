"""SIGKILL at any moment: nothing twice, nothing silently lost, and what nobody can know is listed.

The receiver is the judge, never our own database. Two wrong designs run in the same rig and must be found out.
"""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.rig import CONNECTIONS, Nursery, Rig, Tally, finish, kill_often, receiver

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(0 if os.environ.get("SOAK_SECONDS") or os.environ.get("CHAOS_TIMES") else 600),
]

SEED = int(os.environ.get("CHAOS_SEED", "1"))
SOAK = float(os.environ.get("SOAK_SECONDS", "0"))
TIMES = int(os.environ.get("CHAOS_TIMES", "1"))
KILLS = {"sqlite": 100 * TIMES, "postgresql": 40 * TIMES}


def run(folder: Path, nursery: Nursery, *, url: str, life: str, kills: int, name: str, soak: float = 0.0) -> Tally:
    received = folder / "received"
    with receiver(received) as port:
        rig = Rig(folder / "w", port, received, url=url)
        try:
            rig.add_leads(800)
            until = time.monotonic() + soak if soak else 0.0
            landed = kill_often(rig, nursery, random.Random(SEED), kills=kills, life=life, until=until)
            if life in ("tick", "daemon"):
                finish(rig, nursery)
            tally = rig.tally(landed)
        finally:
            rig.close()
    print(f"\n{tally.said(name)}, seed {SEED}")
    return tally


def honest(tally: Tally) -> None:
    assert tally.doubled == []
    assert tally.lost == []
    assert tally.unfinished == 0
    assert tally.in_doubt <= tally.kills * CONNECTIONS
    assert tally.rows > tally.kills * 3  # a rig that never sends proves nothing


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_pass_killed_at_any_moment_sends_nothing_twice_and_loses_nothing(
    database: str, tmp_path: Path, nursery: Nursery, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgresql_url") if database == "postgresql" else ""

    tally = run(tmp_path, nursery, url=url, life="tick", kills=KILLS[database], name=f"ours, {database}", soak=SOAK / 2)

    honest(tally)


def test_a_daemon_killed_at_any_moment_sends_nothing_twice_and_loses_nothing(tmp_path: Path, nursery: Nursery) -> None:
    tally = run(tmp_path, nursery, url="", life="daemon", kills=10, name="ours, the daemon, sqlite")

    honest(tally)


@pytest.mark.parametrize(
    ("life", "found"),
    [("send then mark", lambda tally: tally.doubled), ("mark then send", lambda tally: tally.lost)],
)
def test_the_rig_finds_the_fault_of_a_wrong_design(
    life: str, found: Callable[[Tally], list[str]], tmp_path: Path, nursery: Nursery
) -> None:
    tally = run(tmp_path, nursery, url="", life=life, kills=15, name=f"negative control, {life}")

    assert found(tally), "the rig cannot see the fault that it is there for"
