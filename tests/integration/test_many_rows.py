"""Many rows or keys in one statement: what is written is what is read, on both databases."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touches.store.appending import Appending
from touches.store.arrays import array
from touches.store.changing import Changing
from touches.store.readings import Reading
from touches.store.units import Store

# What PostgreSQL's own spelling of lists gives a meaning to, and any other text; it stores no zero character.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from('\\"{},\n NULnul'))
ROWS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=70)
ADD = Appending("setting", ("key", "value", "at", "by"))
CHANGE = Changing("setting", "value = :value, by = ''", "key = :name", {"name": "text", "value": "text"})
VALUES = Reading('SELECT key, value, at, "by" FROM setting WHERE key IN :keys')
ALL = Reading("SELECT key, value FROM setting")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = Store(database_url)
    yield made
    made.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_rows_are_read_as_they_were_written(store: Store, rows: list[tuple[str, str]]) -> None:
    values = dict(rows)
    with store.write() as unit:
        unit.connection.exec_driver_sql("DELETE FROM setting")
        ADD.run(unit.connection, [(key, value, 7, "me") for key, value in values.items()])
        assert set(VALUES.rows(unit.connection, keys=list(values))) == {(*one, 7, "me") for one in values.items()}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_each_row_is_changed_to_its_own_value(store: Store, rows: list[tuple[str, str]]) -> None:
    values = dict(rows)
    with store.write() as unit:
        unit.connection.exec_driver_sql("DELETE FROM setting")
        ADD.run(unit.connection, [(key, "before", 7, "me") for key in values])
        assert CHANGE.run(unit.connection, list(values.items())) == len(values)
        assert dict(ALL.rows(unit.connection)) == values


def test_nothing_is_written_and_found_where_nothing_is_given(store: Store) -> None:
    with store.write() as unit:
        ADD.run(unit.connection, [])
        assert CHANGE.run(unit.connection, []) == 0
        assert VALUES.rows(unit.connection, keys=[]) == []


@pytest.mark.parametrize(
    ("values", "spelt"),
    [
        ([], "{}"),
        ([1, 22, -3], "{1,22,-3}"),
        ([1, None], "{1,NULL}"),
        (["a", "b c"], '{"a","b c"}'),
        (["NULL", None, ""], '{"NULL",NULL,""}'),
        (['"', "\\"], '{"\\"","\\\\"}'),
    ],
)
def test_a_list_is_spelt_as_the_server_reads_it(values: list[object], spelt: str) -> None:
    assert array(values) == spelt
