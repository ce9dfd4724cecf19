"""Statements of the hot path that run for many rows at once, handed to the driver as they are.

SQLAlchemy would build each row's parameters anew; here the caller gives them as the driver takes them: instants in
microseconds, documents as text.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

_NAME = re.compile(r"(?<!:):(\w+)")
# In one statement: SQLite's driver spends more on a statement than on a row. Before 3.32 it takes 999 values.
_ROWS_AT_ONCE: Final = 500 if sqlite3.sqlite_version_info >= (3, 32) else 40


class Batch:
    """One statement with named parameters (`:name`), run once for every row."""

    def __init__(self, statement: str) -> None:
        self._texts = {"sqlite": statement, "postgresql": _NAME.sub(r"%(\1)s", statement)}

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """How many rows it changed."""
        if not rows:
            return 0
        return connection.exec_driver_sql(self._texts[connection.dialect.name], list(rows)).rowcount


def insert_of(table: str, columns: Sequence[str], *, ending: str = "") -> Batch:
    """An insert of these columns; `ending` is what follows, such as ON CONFLICT."""
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f":{name}" for name in columns)
    return Batch(f'INSERT INTO "{table}" ({names}) VALUES ({values}) {ending}'.rstrip())  # noqa: S608 - names of ours


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
    for at in range(0, len(values), _ROWS_AT_ONCE):
        part = values[at : at + _ROWS_AT_ONCE]
        statement = f"{start} {', '.join([marks] * len(part))} {ending}"
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(part)))
