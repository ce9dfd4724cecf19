"""How the engine is doing, in reads that stay cheap with ten million touches: every one goes by a partial index."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from touches.model.states import TouchState
from touches.store.rows import TouchRow
from touches.store.types import EPOCH

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]
WAITING = (TouchState.PLANNED.value, TouchState.READY.value)
OPEN = tuple(
    state.value
    for state in (
        TouchState.CLAIMED,
        TouchState.PREPARED,
        TouchState.OFFERING,
        TouchState.COMMITTING,
        TouchState.IN_DOUBT,
        TouchState.HELD,
        TouchState.QUARANTINED,
    )
)
HOUR = 3_600_000_000  # microseconds


class Vitals:
    """Counts and ages for alarms, pacing and metrics."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, now: datetime) -> dict[str, tuple[int, datetime]]:
        """By channel: how many touches are due, and since when the oldest of them."""
        statement = (
            select(TOUCH.c.channel, func.count(), func.min(TOUCH.c.due_at))
            .where(TOUCH.c.state.in_(WAITING), TOUCH.c.due_at <= now)
            .group_by(TOUCH.c.channel)
        )
        return {row[0]: (row[1], row[2]) for row in self._connection.execute(statement)}

    def open(self) -> dict[TouchState, int]:
        """How many touches are in hand, in doubt, held or quarantined."""
        statement = select(TOUCH.c.state, func.count()).where(TOUCH.c.state.in_(OPEN)).group_by(TOUCH.c.state)
        return {TouchState(row[0]): row[1] for row in self._connection.execute(statement)}

    def oldest_doubt(self) -> datetime | None:
        """When the oldest touch in doubt was claimed; None without any."""
        found = select(func.min(TOUCH.c.claimed_at)).where(TOUCH.c.state == TouchState.IN_DOUBT.value)
        oldest: datetime | None = self._connection.execute(found).scalar()
        return oldest

    def handed_over_by_hour(self, channel: str, *, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """How many touches left in each hour that had any."""
        hour = TOUCH.c.handed_over_at.op("/", return_type=TOUCH.c.id.type)(HOUR)
        statement = (
            select(hour, func.count())
            .where(TOUCH.c.channel == channel, TOUCH.c.handed_over_at >= since, TOUCH.c.handed_over_at < until)
            .group_by(hour)
        )
        rows = self._connection.execute(statement)
        return {EPOCH + timedelta(microseconds=int(row[0]) * HOUR): row[1] for row in rows}

    def last_handed_over(self) -> datetime | None:
        """When anything last left."""
        statement = select(func.max(TOUCH.c.handed_over_at)).where(TOUCH.c.handed_over_at.is_not(None))
        last: datetime | None = self._connection.execute(statement).scalar()
        return last

    def first_handed_over(self, channel: str) -> datetime | None:
        """When a channel was first used."""
        statement = (
            select(TOUCH.c.handed_over_at)
            .where(TOUCH.c.channel == channel, TOUCH.c.handed_over_at.is_not(None))
            .order_by(TOUCH.c.handed_over_at)
            .limit(1)
        )
        first: datetime | None = self._connection.execute(statement).scalar()
        return first
