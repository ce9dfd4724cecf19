"""A sender frozen for longer than its lease: others take over, and when it wakes up it neither writes nor sends."""

import os
import random
import signal
from pathlib import Path

import pytest

from tests.chaos.rig import CONNECTIONS, Nursery, Rig, finish, pause, receiver

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]
ROUNDS = 4


def freeze(rig: Rig, nursery: Nursery, dice: random.Random) -> None:
    """One sender stops in the middle of its work, another works off what is due, then the first one goes on."""
    rig.add_leads(600)
    frozen = nursery.start(rig, "tick")
    goal = rig.arrived() + dice.randrange(1, 6000)
    while rig.arrived() < goal and rig.due():
        pause(0.002)
    os.kill(frozen, signal.SIGSTOP)
    try:
        finish(rig, nursery)
    finally:
        os.kill(frozen, signal.SIGCONT)
    nursery.reap(frozen)


def test_a_sender_frozen_beyond_its_lease_sends_nothing_twice(
    postgresql_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    received = tmp_path / "received"
    dice = random.Random(7)
    with receiver(received) as port:
        # Frozen between two statements it is idle, in the middle of sending some it is not: docs/how-to/postgresql.md
        limits = ("idle_in_transaction_session_timeout%3D2000", "transaction_timeout%3D15000")
        frozen_for = "options=" + "%20".join(f"-c%20{limit}" for limit in limits)
        rig = Rig(tmp_path / "w", port, received, url=f"{postgresql_url}&{frozen_for}")
        for _ in range(ROUNDS):
            freeze(rig, nursery, dice)
        finish(rig, nursery)
        tally = rig.tally(ROUNDS)
        rig.close()
    print(f"\n{tally.said('frozen beyond the lease, postgresql')}")

    assert (tally.doubled, tally.lost, tally.unfinished) == ([], [], 0)
    assert tally.in_doubt <= ROUNDS * CONNECTIONS  # once awake it says itself what it never began
