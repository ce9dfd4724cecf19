"""How the engine is doing, in reads that stay cheap with ten million touches: every one goes by a partial index."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, func, literal_column, select

from touches.model.people import CHANNELS
from touches.model.states import TouchState
from touches.store.indexed import STANDS_OPEN, TOUCH, WAITS, in_states
from touches.store.queues import Queue, queues_of
from touches.store.types import EPOCH

HOUR = 3_600_000_000  # microseconds


class Vitals:
    """Counts and ages for alarms, pacing and metrics."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def oldest_due(self, now: datetime) -> dict[str, datetime]:
        """By channel: since when its oldest touch is due. A channel with nothing due is left out."""
        oldest: dict[str, datetime] = {}
        for channel in CHANNELS:
            firsts = [queue.first_due for queue in self._due_queues(channel, now)]
            if firsts:
                oldest[channel] = min(firsts)
        return oldest

    def due(self, now: datetime) -> dict[str, tuple[int, datetime]]:
        """By channel: how many touches are due, and since when the oldest of them. Counts only what is due."""
        oldest = self.oldest_due(now)
        return {channel: (self._count_due(channel, now), since) for channel, since in oldest.items()}

    def is_due(self, channel: str, now: datetime, *, up_to_id: int) -> bool:
        """Whether anything is due on a channel that was planned by then."""
        old = TOUCH.c.id <= up_to_id
        queues = self._due_queues(channel, now)
        firsts = (select(TOUCH.c.id).where(*_due(channel, queue.rank, now), old).limit(1) for queue in queues)
        return any(self._connection.execute(first).scalar() is not None for first in firsts)

    def _due_queues(self, channel: str, now: datetime) -> list[Queue]:
        return [queue for queue in queues_of(self._connection, channel) if queue.first_due <= now]

    def _count_due(self, channel: str, now: datetime) -> int:
        statements = (
            select(func.count()).select_from(TOUCH).where(*_due(channel, queue.rank, now))
            for queue in self._due_queues(channel, now)
        )
        return sum(int(self._connection.execute(statement).scalar_one()) for statement in statements)

    def open(self) -> dict[TouchState, int]:
        """How many touches are in hand, in doubt, held or quarantined."""
        statement = select(TOUCH.c.state, func.count()).where(STANDS_OPEN).group_by(TOUCH.c.state)
        return {TouchState(row[0]): row[1] for row in self._connection.execute(statement)}

    def oldest_doubt(self) -> datetime | None:
        """When the oldest touch in doubt was claimed; None without any."""
        found = select(func.min(TOUCH.c.claimed_at)).where(in_states([TouchState.IN_DOUBT]))
        oldest: datetime | None = self._connection.execute(found).scalar()
        return oldest

    def handed_over_by_hour(self, channel: str, *, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """How many touches left in each hour that had any."""
        hour = literal_column(f"handed_over_at / {HOUR}", BigInteger)  # no parameter: it stands in GROUP BY as well
        statement = (
            select(hour, func.count())
            .select_from(TOUCH)
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

    def handed_over_since(self, channel: str, since: datetime) -> int:
        """How many touches left on a channel since an instant; what may have left counts."""
        return self._count_left(channel, since)

    def may_have_left_since(self, channel: str, since: datetime) -> int:
        """The same with what is in anybody's hand and will leave now."""
        in_hand = self._count(in_states([TouchState.CLAIMED, TouchState.PREPARED]) & (TOUCH.c.channel == channel))
        return in_hand + self._count_left(channel, since)

    def _count_left(self, channel: str, since: datetime) -> int:
        # In the order in which a touch moves on: what another daemon records meanwhile is then never missed.
        doubtful = in_states([TouchState.COMMITTING, TouchState.IN_DOUBT]) & TOUCH.c.handed_over_at.is_(None)
        waiting = self._count(doubtful & (TOUCH.c.channel == channel) & (TOUCH.c.claimed_at >= since))
        return waiting + self._count((TOUCH.c.channel == channel) & (TOUCH.c.handed_over_at >= since))

    def _count(self, condition: ColumnElement[bool]) -> int:
        return int(self._connection.execute(select(func.count()).select_from(TOUCH).where(condition)).scalar_one())

    def left_since(self, channel: str, since: datetime) -> list[datetime]:
        """When touches and notices left on a channel."""
        statement = select(TOUCH.c.handed_over_at).where(TOUCH.c.channel == channel, TOUCH.c.handed_over_at >= since)
        return list(self._connection.execute(statement).scalars())

    def counts(self) -> dict[TouchState, int]:
        """How many touches are in each state."""
        statement = select(TOUCH.c.state, func.count()).group_by(TOUCH.c.state)
        return {TouchState(state): count for state, count in self._connection.execute(statement)}


def _due(channel: str, rank: int, now: datetime) -> tuple[Any, ...]:
    """By equality on channel and rank, so that the index of what is due is sought and never walked."""
    return (WAITS, TOUCH.c.channel == channel, TOUCH.c.rank == rank, TOUCH.c.due_at <= now)
