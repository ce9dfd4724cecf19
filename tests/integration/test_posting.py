"""Statements that nobody waits for: they happen in order, with their transaction or not at all."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from touches.errors import DatabaseUnreachable
from touches.store.appending import Appending
from touches.store.posting import post
from touches.store.readings import Reading
from touches.store.units import Conflict, Store, Unit

ADD = Appending("setting", ("key", "value", "at", "by"))
VALUES = Reading("SELECT value FROM setting WHERE key = :key")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


def put(unit: Unit, key: str, value: str) -> None:
    ADD.run(unit.connection, [(key, value, 1, "me")])


def put_all(store: Store, *pairs: tuple[str, str], broken: bool = False) -> None:
    with store.write() as unit:
        for key, value in pairs:
            put(unit, key, value)
        if broken:
            raise ZeroDivisionError


def put_and_break(unit: Unit, key: str) -> None:
    with unit.savepoint():
        put(unit, key, "x")
        raise ZeroDivisionError


def lose_connection(store: Store) -> None:
    with store.write() as unit:
        pid = post(unit.connection, "SELECT pg_backend_pid()", ()).rows()[0][0]
        with store.write() as other:
            other.connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        put(unit, "a", "1")


def values(store: Store, key: str) -> list[str]:
    with store.read() as unit:
        return [row[0] for row in VALUES.rows(unit.connection, key=key)]


def test_what_was_posted_is_committed(store: Store) -> None:
    put_all(store, ("a", "1"))
    assert values(store, "a") == ["1"]


def test_later_statements_find_what_was_posted_before(store: Store) -> None:
    with store.write() as unit:
        put(unit, "a", "1")
        assert VALUES.rows(unit.connection, key="a") == [("1",)]
        put(unit, "b", "2")
        assert unit.switches.get("b") == "2"


def test_answers_keep_until_after_the_commit(store: Store) -> None:
    with store.write() as unit:
        put(unit, "a", "1")
        found = VALUES.ask(unit.connection, key="a")
        unit.switches.set("a", "2", at=unit.database_now())
    assert found.rows() == [("1",)]


def test_what_was_posted_goes_with_its_transaction(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        put_all(store, ("a", "1"), broken=True)
    put_all(store, ("b", "2"))
    assert (values(store, "a"), values(store, "b")) == ([], ["2"])


def test_a_conflict_of_what_was_posted_undoes_the_transaction(store: Store) -> None:
    put_all(store, ("a", "1"))
    with pytest.raises(Conflict):
        put_all(store, ("b", "2"), ("a", "again"))
    assert (values(store, "a"), values(store, "b")) == (["1"], [])
    put_all(store, ("c", "3"))
    assert values(store, "c") == ["3"]


def test_a_part_that_fails_alone_takes_what_was_posted_in_it_along(store: Store) -> None:
    with store.write() as unit:
        put(unit, "a", "1")
        with pytest.raises(ZeroDivisionError):
            put_and_break(unit, "b")
        put(unit, "c", "3")
    assert [values(store, key) for key in "abc"] == [["1"], [], ["3"]]


def test_a_lost_connection_is_said_and_the_next_is_another(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    with pytest.raises(DatabaseUnreachable):
        lose_connection(store)
    assert values(store, "a") == []
    put_all(store, ("a", "2"))
    assert values(store, "a") == ["2"]
    store.close()
