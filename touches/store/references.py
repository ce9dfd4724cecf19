"""Rows that point to nothing: told by the file's own foreign keys, and by the ids that no foreign key watches."""

from collections import Counter

from sqlalchemy import Connection

from touches.store.rows import metadata
from touches.store.rows.base import POINTS_TO


def loose_rows(connection: Connection) -> Counter[str]:
    """How many rows of a table point to what is not there, as `attempt to touch`. A server watches its foreign keys
    itself; a file may have been written to with them off."""
    loose = Counter({name: count for name, count in _unwatched(connection).items() if count})
    if connection.dialect.name == "sqlite":
        loose.update(f"{row[0]} to {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
    return loose


def _unwatched(connection: Connection) -> Counter[str]:
    found: Counter[str] = Counter()
    for table in metadata.sorted_tables:
        for column in (column for column in table.columns if POINTS_TO in column.info):
            there = column.info[POINTS_TO]
            question = f"""SELECT count(*) FROM "{table.name}" WHERE "{column.name}" IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM "{there}" WHERE "{there}".id = "{table.name}"."{column.name}")"""  # noqa: S608 - names of ours
            found[f"{table.name} to {there}"] += int(connection.exec_driver_sql(question).scalar_one())
    return found
