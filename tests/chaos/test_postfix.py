"""A real Postfix on the other side: refusals between what it takes, and passes that are killed while it takes them."""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.rig import CONNECTIONS, Nursery, Rig, finish, pause
from tests.servers.postfix import Postfix, missing, running_postfix

pytestmark = [
    pytest.mark.system,
    pytest.mark.chaos,
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(missing()), reason=missing() or "Postfix is there"),
]
KILLS = 6
LEADS = 1000
STATES = "SELECT state, count(*) FROM touch WHERE step = 'first' GROUP BY state"


@pytest.fixture
def postfix() -> Iterator[Postfix]:
    with running_postfix() as server:
        yield server


def test_a_postfix_gets_each_mail_once_whatever_it_refuses_and_whoever_is_killed(
    postfix: Postfix, tmp_path: Path, nursery: Nursery
) -> None:
    received, dice = tmp_path / "received", random.Random(4)
    rig = Rig(tmp_path / "w", postfix.port, received)
    rig.add_leads(LEADS)
    for _ in range(KILLS):
        sender = nursery.start(rig, "tick")
        pause(dice.uniform(0.2, 0.6))
        os.kill(sender, signal.SIGKILL)
        nursery.reap(sender)
    finish(rig, nursery)
    arrived = postfix.delivered()
    received.write_text("".join(f"{name}\n" * times for name, times in arrived.items()), encoding="ascii")
    tally = rig.tally(KILLS)
    with rig.store.read() as unit:
        states = {row[0]: row[1] for row in unit.connection.exec_driver_sql(STATES)}
    rig.close()
    print(f"\n{tally.said('a real Postfix')}; {states}")

    assert (tally.doubled, tally.lost) == ([], [])
    assert tally.in_doubt <= KILLS * CONNECTIONS
    assert states["failed"] == states["ready"] == LEADS // 10
    assert states["sent"] + tally.in_doubt == LEADS * 8 // 10
