"""The queues in which touches of a channel wait: one for each rank. However many wait, each costs one seek."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from touches.store.indexed import WAITS
from touches.store.readings import Reading
from touches.store.types import from_micros


class Queue(NamedTuple):
    """What waits under one rank, and since or until when its first one does."""

    rank: int
    first_due: datetime


_NEXT = f"SELECT rank FROM touch WHERE {WAITS} AND channel = :channel"  # noqa: S608 - names of ours
_FIRST = f"SELECT due_at FROM touch WHERE {WAITS} AND channel = :channel AND touch.rank = queue.rank"  # noqa: S608
QUEUES = Reading(
    f"""WITH RECURSIVE queue(rank) AS (
        SELECT ({_NEXT} ORDER BY rank LIMIT 1)
        UNION ALL
        SELECT ({_NEXT} AND touch.rank > queue.rank ORDER BY rank LIMIT 1) FROM queue WHERE queue.rank IS NOT NULL)
    SELECT queue.rank, ({_FIRST} ORDER BY due_at LIMIT 1) FROM queue WHERE queue.rank IS NOT NULL"""  # noqa: S608
)


def queues_of(connection: Connection, channel: str) -> list[Queue]:
    """The queues of a channel, the one that leaves first before the others."""
    found = QUEUES.rows(connection, channel=channel)
    return sorted(Queue(rank, from_micros(first)) for rank, first in found)
