"""What a SIGKILL at full speed leaves in doubt, doubled or lost: real processes and a receiver that is the judge.

Each time a pass over many due touches is killed once it has sent some hundreds; the next pass rescues what it left and
sends the rest, and then the receiver's count is compared with the database.
"""

import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from tests.chaos.rig import CONNECTIONS, Nursery, Rig, Tally, finish, receiver

LEADS = 1200  # for each kill
LINE = 40  # bytes of a Message-ID in the receiver's file, about


def measure(scale: float) -> Iterator[Figure]:
    """The worst of some kills."""
    kills = max(8, int(200 * scale))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        received = folder / "received"
        nursery = Nursery()
        try:
            with receiver(received) as port:
                rig = Rig(folder / "w", port, received)
                try:
                    doubts, tally = _killed(rig, nursery, kills)
                finally:
                    rig.close()
        finally:
            nursery.close()
    how = f"{kills} kills, {tally.rows} touches, {tally.in_doubt} in doubt in all, {CONNECTIONS} connections open"
    name = "touches in doubt after a kill, the worst"
    yield Figure(name=name, value=max(doubts), floor=CONNECTIONS, at_most=True, unit="", how=how)
    wrong = len(tally.doubled) + len(tally.lost)
    yield Figure(name="sent twice or silently lost", value=wrong, floor=0, at_most=True, unit="", how=how)


def _killed(rig: Rig, nursery: Nursery, kills: int) -> tuple[list[int], Tally]:
    dice = random.Random(1)
    doubts: list[int] = []
    tally = rig.tally(0)
    while len(doubts) < kills:
        rig.add_leads(LEADS)
        pid = nursery.start(rig, "tick")
        _wait(rig, rig.arrived() + LINE * dice.randrange(100, LEADS - 400))
        os.kill(pid, signal.SIGKILL)
        landed = nursery.reap(pid).get("signal") == signal.SIGKILL
        finish(rig, nursery)
        before, tally = tally.in_doubt, rig.tally(len(doubts) + 1)
        if landed:
            doubts.append(tally.in_doubt - before)
    return doubts, tally


def _wait(rig: Rig, goal: int) -> None:
    deadline = time.monotonic() + 60
    while rig.arrived() < goal and time.monotonic() < deadline:
        time.sleep(0.002)
