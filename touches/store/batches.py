"""Statements of the hot path that run for many rows at once, handed to the driver as they are.

SQLAlchemy would build each row's parameters anew; here the caller gives them as the driver takes them: instants in
microseconds, documents as text.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

_NAME = re.compile(r"(?<!:):(\w+)")


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
