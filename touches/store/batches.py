"""Statements of the hot path that run for many rows at once, handed to the driver as they are.

SQLAlchemy would build each row's parameters anew; here the caller gives them as the driver takes them: instants in
microseconds, documents as text.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

Column: TypeAlias = Sequence[Any] | str | int | None
# In one statement: SQLite's driver spends more on a statement than on a row. Before 3.32 it takes 999 values.
_ROWS_AT_ONCE: Final = 500 if sqlite3.sqlite_version_info >= (3, 32) else 40
_VALUES_AT_ONCE: Final = 6000 if sqlite3.sqlite_version_info >= (3, 32) else 900


def insert_rows(
    connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]], *, ending: str = ""
) -> None:
    """Insert thousands of rows, their values in the order of `names`; `ending` is what follows, such as ON CONFLICT."""
    values = list(rows)
    start = f"INSERT INTO {table} ({', '.join(names)}) VALUES"
    if connection.dialect.name != "sqlite":
        marks = f"({', '.join(['%s'] * len(names))})"
        if values:
            connection.exec_driver_sql(f"{start} {marks} {ending}", values)
        return
    marks = f"({', '.join('?' * len(names))})"
    for at, end in _parts(len(values), _ROWS_AT_ONCE):
        part = values[at:end]
        statement = f"{start} {', '.join([marks] * len(part))} {ending}"
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(part)))


def insert_alike(connection: Connection, table: str, columns: Mapping[str, Column]) -> None:
    """Insert thousands of rows, a column at a time: a sequence has a value for each row, all have as many; anything
    else is the value of every row, and is handed over once."""
    own = {name: column for name, column in columns.items() if isinstance(column, list | tuple | range)}
    shared = {name: column for name, column in columns.items() if name not in own}
    if connection.dialect.name != "sqlite":
        rows = [(*row, *shared.values()) for row in zip(*own.values(), strict=True)]
        insert_rows(connection, table, [*own, *shared], rows)
        return
    start = f"INSERT INTO {table} ({', '.join([*shared, *own])}) SELECT {'?, ' * len(shared)}own.* FROM (VALUES "  # noqa: S608
    marks = f"({', '.join('?' * len(own))})"
    size = max(map(len, own.values()), default=0)
    together = max(1, _VALUES_AT_ONCE // len(own)) if own else 1
    for at, end in _parts(size, together):
        part = zip(*(column[at:end] for column in own.values()), strict=True)
        statement = f"{start}{', '.join([marks] * (end - at))}) AS own"
        connection.exec_driver_sql(statement, (*shared.values(), *chain.from_iterable(part)))


def _parts(count: int, most: int) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of parts of `most` rows, the rest in powers of two: SQLite's driver keeps the statements that
    it was given last, and those for thousands of values are large, so there should be few different ones."""
    at = 0
    while at < count:
        size = most if count - at >= most else 1 << (count - at).bit_length() - 1
        yield at, at + size
        at += size
