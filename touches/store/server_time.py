"""The database's own clock: leases go by it, whatever the clocks of the machines say."""

from datetime import datetime

from sqlalchemy import Connection

from touches.store.posting import Answer, post
from touches.store.types import from_micros

_TEXTS = {
    "sqlite": "SELECT CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
    "postgresql": "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
}


def ask_time(connection: Connection) -> Answer:
    """For `time_of`: what the clock shows when the statement is done."""
    return post(connection, _TEXTS[connection.dialect.name], ())


def time_of(answer: Answer) -> datetime:
    """The time that `ask_time` was told."""
    return from_micros(int(answer.rows()[0][0]))
