"""Inserts of the hot path: many rows of one shape, a fixed number of them in a statement, so that it is built once."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

# Rows in a statement: both drivers spend more on a statement than on a row, and SQLite before 3.32 takes 999 values.
_TOGETHER: Final = 32


class Appending:
    """An insert of rows whose values come in the order of `names`; `ending` is what follows, such as ON CONFLICT."""

    def __init__(self, table: str, names: Sequence[str], *, ending: str = "") -> None:
        listed = ", ".join([f'"{name}"' for name in names])
        self._head = f'INSERT INTO "{table}" ({listed}) VALUES '  # noqa: S608 - names of ours
        self._ending = f" {ending}" if ending else ""
        self._texts = {"sqlite": self._of("?", len(names)), "postgresql": self._of("%s", len(names))}

    def _of(self, mark: str, columns: int) -> tuple[str, str]:
        """The statement for one row and for many."""
        row = f"({', '.join([mark] * columns)})"
        return f"{self._head}{row}{self._ending}", f"{self._head}{', '.join([row] * _TOGETHER)}{self._ending}"

    def run(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Insert them."""
        values = list(rows)
        one, many = self._texts[connection.dialect.name]
        whole = len(values) - len(values) % _TOGETHER
        if whole:
            groups = [tuple(chain.from_iterable(values[at : at + _TOGETHER])) for at in range(0, whole, _TOGETHER)]
            connection.exec_driver_sql(many, groups)
        if values[whole:]:
            connection.exec_driver_sql(one, values[whole:])
