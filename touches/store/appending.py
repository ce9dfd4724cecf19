"""Inserts of the hot path: many rows of one shape, a fixed number of them in a statement, so that it is built once."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

_TOGETHER: Final = (
    32  # rows; SQLite's driver spends more on a statement than on a row, and before 3.32 takes 999 values
)


class Appending:
    """An insert of rows whose values come in the order of `names`; `ending` is what follows, such as ON CONFLICT."""

    def __init__(self, table: str, names: Sequence[str], *, ending: str = "") -> None:
        listed = ", ".join([f'"{name}"' for name in names])
        self._head = f'INSERT INTO "{table}" ({listed}) VALUES '  # noqa: S608 - names of ours
        self._ending = f" {ending}" if ending else ""
        one = f"({', '.join('?' * len(names))})"
        self._one = f"{self._head}{one}{self._ending}"
        self._many = f"{self._head}{', '.join([one] * _TOGETHER)}{self._ending}"
        self._server = f"{self._head}({', '.join(['%s'] * len(names))}){self._ending}"

    def run(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Insert them."""
        values = list(rows)
        if connection.dialect.name != "sqlite":
            if values:
                connection.exec_driver_sql(self._server, values)
            return
        whole = len(values) - len(values) % _TOGETHER
        if whole:
            groups = [tuple(chain.from_iterable(values[at : at + _TOGETHER])) for at in range(0, whole, _TOGETHER)]
            connection.exec_driver_sql(self._many, groups)
        if values[whole:]:
            connection.exec_driver_sql(self._one, values[whole:])
