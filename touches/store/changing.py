"""Updates of the hot path: one for each of many rows, on PostgreSQL all of them in one statement, on SQLite a fixed
number of them, for its driver hands the interpreter's lock away with each; and updates that answer with their rows."""

import re
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from touches.store.appending import TOGETHER, grouped
from touches.store.arrays import array
from touches.store.posting import Answer, post
from touches.store.readings import Reading

_NAME = re.compile(r"(?<!:):(\w+)")


class Changing:
    """`UPDATE table SET sets WHERE condition`, with `:name` for a value of the row; `columns` are those names in the
    order of a row's values, each with its type."""

    def __init__(self, table: str, sets: str, condition: str, columns: Mapping[str, str]) -> None:
        lists = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        rows = f"unnest({lists}) AS given({', '.join(columns)})"
        new, fits = [_NAME.sub(r"given.\1", part) for part in (sets, condition)]
        self._server = f"UPDATE {table} SET {new} FROM {rows} WHERE {fits}"  # noqa: S608 - ours
        self._one, self._many = (
            f"UPDATE {table} SET {new} FROM {_values(columns, number)} AS given WHERE {fits}"  # noqa: S608 - ours
            for number in (1, TOGETHER)
        )

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
        """How many rows it changed."""
        return self.post(connection, rows).count() if rows else 0

    def post(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> Answer:
        """The same for who need not know yet; there is at least one row."""
        if connection.dialect.name == "sqlite":
            return self._on_file(connection, rows)
        return post(connection, self._server, tuple([array(column) for column in zip(*rows, strict=True)]))

    def _on_file(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> Answer:
        groups, rest = grouped(sorted(rows, key=itemgetter(0)))  # in the order of the file
        answers = [post(connection, text, given) for text, given in ((self._many, groups), (self._one, rest)) if given]
        answer = answers[0]
        answer.arrive([], sum(each.count() for each in answers))
        return answer


def _values(columns: Collection[str], rows: int) -> str:
    """So many rows as SQLite reads them."""
    named = ", ".join([f"column{place} AS {name}" for place, name in enumerate(columns, start=1)])
    row = f"({', '.join('?' * len(columns))})"
    return f"(SELECT {named} FROM (VALUES {', '.join([row] * rows)}))"  # noqa: S608 - names of ours


class Taking:
    """`UPDATE …` that answers with `columns` of the rows it changed. SQLite reads them afterwards and all at once: they
    are those that fit `where` then. Where a query chooses them, both say `IN :chosen`."""

    def __init__(self, update: str, columns: Sequence[str], *, where: str, chosen: str = "") -> None:
        named = ", ".join(columns)
        self._server = Reading(f"{update.replace(':chosen', f'({chosen})')} RETURNING {named}")
        self._choice = Reading(chosen, columns=1) if chosen else None
        self._change = Reading(update)
        self._changed = Reading(f"SELECT {named} FROM touch WHERE {where}", columns=len(columns))  # noqa: S608 - ours

    def ask(self, connection: Connection, **values: Any) -> Answer:
        """The rows, for who has more to ask before they are needed."""
        if connection.dialect.name != "sqlite":
            return self._server.ask(connection, **values)
        if self._choice is not None:
            values["chosen"] = [row[0] for row in self._choice.rows(connection, **values)]
        self._change.ask(connection, **values)
        return self._changed.ask(connection, **values)
