"""Connections that were left alone: nobody is given one that the server has closed meanwhile."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text

from touches.store.units import Store


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Store]:
    made = Store(postgresql_url)
    yield made
    made.close()


def pid_of(store: Store) -> int:
    with store.read() as unit:
        return int(unit.connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_the_same_connection_is_used_again_and_again(store: Store) -> None:
    assert len({pid_of(store) for _ in range(5)}) == 1


def test_a_connection_that_the_server_closed_is_replaced_unseen(store: Store, postgresql_url: str) -> None:
    before, other = pid_of(store), Store(postgresql_url)
    with other.write() as unit:
        unit.connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": before})
    other.close()
    assert pid_of(store) != before


def test_all_connections_of_a_server_that_went_are_replaced_at_once(store: Store, postgresql_url: str) -> None:
    made: list[object] = []
    event.listen(store.engine, "connect", lambda *_: made.append(1))
    with store.read() as one, store.read() as two:
        pids = [unit.connection.execute(text("SELECT pg_backend_pid()")).scalar_one() for unit in (one, two)]
    other = Store(postgresql_url)
    with other.write() as unit:
        for pid in pids:
            unit.connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.close()
    with store.read() as one, store.read() as two:
        assert not {unit.connection.execute(text("SELECT pg_backend_pid()")).scalar_one() for unit in (one, two)} & {
            *pids
        }
    assert len(made) == 4
