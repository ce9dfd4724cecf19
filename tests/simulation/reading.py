"""A look at the rows of a database beside the engine, by statements that both kinds of database understand."""

import sqlite3
from collections.abc import Mapping
from typing import Any, Protocol

Row = Mapping[str, Any]


class Reader(Protocol):
    """Sees what is committed."""

    def rows(self, statement: str, *values: object) -> list[Row]:
        """What the database says; `?` stands for a value."""

    def close(self) -> None:
        """Give the connection back."""


class SqliteReader:
    """Reads a file."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        self._connection.row_factory = sqlite3.Row

    def rows(self, statement: str, *values: object) -> list[Row]:
        """What the database says."""
        return [dict(row) for row in self._connection.execute(statement, values)]

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


class PostgresqlReader:
    """Asks a server."""

    def __init__(self, address: str) -> None:
        import psycopg
        from psycopg.rows import dict_row

        self._connection = psycopg.connect(address, autocommit=True, row_factory=dict_row)
        self._connection.execute("SET search_path = public, sim")

    def rows(self, statement: str, *values: object) -> list[Row]:
        """What the database says."""
        return list(self._connection.execute(statement.replace("?", "%s").encode(), values))

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
