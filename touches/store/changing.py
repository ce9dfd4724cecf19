"""Updates of the hot path: one for each of many rows, on PostgreSQL all of them in one statement."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from touches.store.arrays import array
from touches.store.posting import Answer, post

_NAME = re.compile(r"(?<!:):(\w+)")


class Changing:
    """`UPDATE table SET sets WHERE condition`, with `:name` for a value of the row; `columns` are those names in the
    order of a row's values, each with its type."""

    def __init__(self, table: str, sets: str, condition: str, columns: Mapping[str, str]) -> None:
        places = {name: f"?{place}" for place, name in enumerate(columns, start=1)}
        file = f"UPDATE {table} SET {sets} WHERE {condition}"  # noqa: S608 - ours
        lists = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        rows = f"unnest({lists}) AS given({', '.join(columns)})"
        self._file = _NAME.sub(lambda found: places[found[1]], file)
        of_row = [_NAME.sub(r"given.\1", part) for part in (sets, condition)]
        self._server = f"UPDATE {table} SET {of_row[0]} FROM {rows} WHERE {of_row[1]}"  # noqa: S608 - ours

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
        """How many rows it changed."""
        return self.post(connection, rows).count() if rows else 0

    def post(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> Answer:
        """The same for who need not know yet; there is at least one row."""
        if connection.dialect.name == "sqlite":
            return post(connection, self._file, list(rows))
        return post(connection, self._server, tuple([array(column) for column in zip(*rows, strict=True)]))
