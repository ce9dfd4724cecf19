"""Lists as PostgreSQL reads them: one parameter for a column of many rows, in the server's own spelling.

The driver would look up how to write each single element, and the server would be told of each row by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel

import touches.store.rows  # noqa: F401 - the tables whose columns are asked for


def array(values: Sequence[Any]) -> str:
    """A list of numbers, texts or nothing, spelt as an array."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return f"{{{','.join(map(str, values))}}}"
    if kinds == {str}:
        joined = '","'.join(values)
        if "\\" not in joined and joined.count('"') == 2 * (len(values) - 1):
            return f'{{"{joined}"}}'
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


def kinds_of(table: str, names: Sequence[str], dialect: Dialect) -> Mapping[str, str]:
    """What the database calls the types of columns."""
    columns = SQLModel.metadata.tables[table].c
    return {name: columns[name].type.compile(dialect) for name in names}
