"""Queries of the hot path by many keys at once, handed to the driver as they are.

SQLAlchemy spells out each key as a parameter of its own and puts an object around each row; here all keys are one
parameter and the rows are the driver's: instants in microseconds, documents as text.
"""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from touches.store.arrays import array
from touches.store.posting import Answer, post
from touches.store.types import from_micros

_KEYS = re.compile(r"\bIN :(\w+)")
_LOCK = re.compile(r"\s+FOR (UPDATE|SHARE|KEY SHARE)( SKIP LOCKED)?")
_NAME = re.compile(r"(?<!:):(\w+)")


class Reading:
    """One statement that answers with rows. `IN :keys` stands for a list, `:name` for a single value. A lock (FOR …)
    is for PostgreSQL alone: on SQLite a writer has all rows to itself."""

    def __init__(self, statement: str) -> None:
        self._lists = frozenset(_KEYS.findall(statement))
        server = _NAME.sub(r"%(\1)s", _KEYS.sub(r"= ANY(:\1)", statement))
        file = _KEYS.sub(r"IN (SELECT value FROM json_each(:\1))", _LOCK.sub("", statement))
        self._texts = {"sqlite": file, "postgresql": server}

    def rows(self, connection: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """What the database answers."""
        return self.ask(connection, **values).rows()

    def ask(self, connection: Connection, **values: Any) -> Answer:
        """The same for who has more to ask before an answer is needed."""
        dialect = connection.dialect.name
        given = {name: self._list(value, dialect) if name in self._lists else value for name, value in values.items()}
        return post(connection, self._texts[dialect], given)

    def _list(self, keys: Iterable[Any], dialect: str) -> Any:
        return json.dumps(list(keys)) if dialect == "sqlite" else array(list(keys))


def instant(micros: int | None) -> datetime | None:
    """A stored instant, as a value."""
    return None if micros is None else from_micros(micros)
