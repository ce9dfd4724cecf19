"""Queries by many keys at once, of the hot path and of walks through all leads, handed to the driver as they are.

SQLAlchemy spells out each key as a parameter of its own and puts an object around each row; here all keys are one
parameter and the rows are the driver's: instants in microseconds, documents as text.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from touches.store.arrays import array
from touches.store.json_text import decoded, encoded
from touches.store.posting import Answer, post
from touches.store.types import from_micros

_KEYS = re.compile(r"\bIN :(\w+)")
_LOCK = re.compile(r"\s+FOR (UPDATE|SHARE|KEY SHARE)( SKIP LOCKED)?")
_NAME = re.compile(r"(?<!:):(\w+)")


class Reading:
    """One statement that answers with rows. `IN :keys` stands for a list, `:name` for a single value. A lock (FOR …)
    is for PostgreSQL alone: on SQLite a writer has all rows to itself.

    `columns` is how many there are in each of many rows. SQLite gives them as one value then: its driver hands the
    interpreter's lock away for each row, and whoever computes meanwhile keeps it for a hundred times as long as a row
    takes."""

    def __init__(self, statement: str, *, columns: int = 0) -> None:
        self._lists = frozenset(_KEYS.findall(statement))
        server = _NAME.sub(r"%(\1)s", _KEYS.sub(r"= ANY(:\1)", statement))
        file = _KEYS.sub(r"IN (SELECT value FROM json_each(:\1))", _LOCK.sub("", statement))
        self._texts = {"sqlite": _bundle(file, columns) if columns else file, "postgresql": server}
        self._is_bundled = columns > 0

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """What the database answers."""
        return self.ask(connection, **values).rows()

    def ask(self, connection: Connection, **values: Any) -> Answer:
        """The same for who has more to ask before an answer is needed."""
        dialect = connection.dialect.name
        given = {name: self._list(value, dialect) if name in self._lists else value for name, value in values.items()}
        answer = post(connection, self._texts[dialect], given)
        if self._is_bundled and dialect == "sqlite":
            rows = list(map(tuple, decoded(answer.rows()[0][0])))
            answer.arrive(rows, len(rows))
        return answer

    def _list(self, keys: Iterable[Any], dialect: str) -> Any:
        return encoded(list(keys)) if dialect == "sqlite" else array(list(keys))


def _bundle(statement: str, columns: int) -> str:
    names = ", ".join([f"c{number}" for number in range(columns)])
    return f"WITH given({names}) AS ({statement}) SELECT json_group_array(json_array({names})) FROM given"  # noqa: S608


def instant(micros: int | None) -> datetime | None:
    """A stored instant, as a value."""
    return None if micros is None else from_micros(micros)
