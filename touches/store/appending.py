"""Inserts of the hot path: many rows of one shape. On SQLite a fixed number of them in a statement, so that it is built
once; on PostgreSQL all in one statement, a column at a time, and a column in which all say the same only once."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from touches.store.arrays import array, kinds_of
from touches.store.posting import post

# Rows in a statement: SQLite's driver spends more on a statement than on a row, and before 3.32 it takes 999 values.
TOGETHER: Final = 32


def grouped(rows: Sequence[Sequence[Any]]) -> tuple[list[tuple[Any, ...]], list[Sequence[Any]]]:
    """The values of TOGETHER rows at a time, and the rows that are left."""
    whole = len(rows) - len(rows) % TOGETHER
    groups = [tuple(chain.from_iterable(rows[at : at + TOGETHER])) for at in range(0, whole, TOGETHER)]
    return groups, list(rows[whole:])


class Appending:
    """An insert of rows whose values come in the order of `names`; `ending` is what follows, such as ON CONFLICT."""

    def __init__(self, table: str, names: Sequence[str], *, ending: str = "") -> None:
        listed = ", ".join([f'"{name}"' for name in names])
        self._table = table
        self._names = names
        self._head = f'INSERT INTO "{table}" ({listed}) '
        self._ending = f" {ending}" if ending else ""
        self._made: dict[tuple[bool, ...], str] = {}  # for PostgreSQL, by which columns say the same in all rows

    @cached_property
    def _file(self) -> tuple[str, str]:
        """The statement of SQLite for one row and for many."""
        row = f"({', '.join('?' * len(self._names))})"
        start = f"{self._head}VALUES "
        return f"{start}{row}{self._ending}", f"{start}{', '.join([row] * TOGETHER)}{self._ending}"

    def run(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Insert them, on PostgreSQL with the next trip: an error of a row is raised then."""
        values = list(rows)
        if connection.dialect.name != "sqlite":
            if values:
                self._run_by_columns(connection, values)
            return
        one, many = self._file
        groups, rest = grouped(values)
        if groups:
            connection.exec_driver_sql(many, groups)
        if rest:
            connection.exec_driver_sql(one, rest)

    def _run_by_columns(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
        columns = list(zip(*rows, strict=True))
        same = tuple([column.count(column[0]) == len(rows) for column in columns])
        if all(same):  # rows without anything of their own are told apart by one column all the same
            same = (False, *same[1:])
        if same not in self._made:
            self._made[same] = self._by_columns(same, connection.dialect)
        once = [column[0] for column, is_same in zip(columns, same, strict=True) if is_same]
        each = [array(column) for column, is_same in zip(columns, same, strict=True) if not is_same]
        post(connection, self._made[same], (*once, *each))

    def _by_columns(self, same: Sequence[bool], dialect: Dialect) -> str:
        kinds = kinds_of(self._table, self._names, dialect)
        own = [name for name, is_same in zip(self._names, same, strict=True) if not is_same]
        chosen = [
            f"%s::{kinds[name]}" if is_same else f'given."{name}"'
            for name, is_same in zip(self._names, same, strict=True)
        ]
        lists = ", ".join([f"%s::{kinds[name]}[]" for name in own])
        given = ", ".join([f'"{name}"' for name in own])
        rows = f"unnest({lists}) AS given({given})"
        return f"{self._head}SELECT {', '.join(chosen)} FROM {rows}{self._ending}"  # noqa: S608 - names of ours
