"""Touches on their way out: claimed under a lease, marked, recorded, and the tries that were made of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from touches.model.cadence import Lane, Touch, lane_of
from touches.model.filling import filler
from touches.model.states import TouchState
from touches.store.appending import Appending
from touches.store.changing import Changing, Taking
from touches.store.indexed import TOUCH, WAITS, in_states
from touches.store.posting import Answer
from touches.store.queues import queues_of
from touches.store.readings import Reading, instant
from touches.store.touches import TOUCH_FIELDS, touch_of
from touches.store.types import to_micros

LEASED = (TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING)
NEWEST = 2**62  # above every id
DUE_STATES = (TouchState.PLANNED.value, TouchState.READY.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who works on a batch until when. `token` is new for every claim, so it fences: a late write by an owner whose
    lease was taken away changes nothing."""

    token: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRecord:
    """One try to hand over, as it ended."""

    touch_id: int
    number: int
    owner: str
    phase: str
    began_at: datetime
    ended_at: datetime
    outcome: str
    code: str = ""
    detail: str = ""
    reference: str = ""


class PreparedRow(NamedTuple):
    """A touch that is composed: what it is known by outside, and what it tells to whom."""

    touch_id: int
    message_id: str
    digest: str
    address: str
    point_id: int | None
    news: str
    news_class: str


class SentRow(NamedTuple):
    """A touch that was accepted: the other side's name for it and its words."""

    touch_id: int
    reference: str
    detail: str
    at: datetime


class HandOvers:
    """What a dispatcher does with the rows of touches; a lease fences each of its writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim_due(
        self,
        channel: str,
        *,
        now: datetime,
        up_to_id: int,
        limit: int,
        lease: Lease,
        lanes: Sequence[Lane] = tuple(Lane),
    ) -> list[Touch]:
        """Take up to `limit` due touches of a channel, in the order of their ranks and due times; what is owed also
        above `up_to_id`.

        One statement a rank; PostgreSQL skips rows that another daemon is taking, on SQLite the writer is alone.
        """
        taken: list[Touch] = []
        due = (queue.rank for queue in queues_of(self._connection, channel) if queue.first_due <= now)
        for rank in (rank for rank in due if lane_of(rank) in lanes):
            if len(taken) == limit:
                break
            up_to = NEWEST if lane_of(rank) is Lane.OWED else up_to_id
            values = {"channel": channel, "rank": rank, "up_to": up_to, "most": limit - len(taken)}
            owner = {"owner": lease.token, "until": to_micros(lease.until), "now": to_micros(now)}
            claimed = [_claimed(row) for row in CLAIM.ask(self._connection, **values, **owner).rows()]
            taken.extend(sorted(claimed, key=lambda touch: (touch.due_at or now, touch.id)))
        return taken

    def still_claimed(self, touch_ids: Sequence[int], *, lease: str) -> Answer:
        """Those that are as they were claimed under a lease; they stay so until the end of the transaction."""
        return STILL_CLAIMED.ask(self._connection, touch_ids=touch_ids, held_by=lease)

    def mark_committing(self, touch_ids: Sequence[int], *, lease: str, until: datetime, now: datetime) -> Answer:
        """The durable marker before the irrevocable byte, for those that are still ours; also once more for those
        that have it already. The answer has their ids, after the commit too. `claimed_at` says from then on when they
        were marked."""
        values = {"held_by": lease, "new_until": to_micros(until), "new_claimed": to_micros(now)}
        return MARK.ask(self._connection, touch_ids=touch_ids, **values)

    def record_prepared(self, rows: Iterable[PreparedRow], *, lease: str) -> None:
        """Claimed touches are composed."""
        values = [(*row, lease) for row in rows]
        if values:
            PREPARED.post(self._connection, values)

    def record_sent(self, rows: Iterable[SentRow], *, lease: str) -> Answer:
        """Marked touches, at least one, were accepted. The answer counts for how many it took effect."""
        return SENT.post(self._connection, [(*row[:3], to_micros(row.at), lease) for row in rows])

    def record_attempts(self, attempts: Sequence[AttemptRecord]) -> None:
        """Append what was tried."""
        TRIED.run(self._connection, [_attempt_row(attempt) for attempt in attempts])

    def leased(self, *, before: datetime | None = None, not_by: str = "") -> list[Touch]:
        """Touches in somebody's hand: those whose lease ended, or all that are not of this owner. They are locked; what
        another transaction has locked is left out, for a frozen writer must not freeze who comes to the rescue."""
        condition = in_states(LEASED) & (TOUCH.c.lease_owner != "")
        if before is not None:
            condition &= TOUCH.c.lease_until < before
        if not_by:
            condition &= ~TOUCH.c.lease_owner.startswith(not_by + "#", autoescape=True)
        statement = select(TOUCH).where(condition).order_by(TOUCH.c.id).with_for_update(skip_locked=True)
        rows = self._connection.execute(statement).mappings()
        return [touch_of(row) for row in rows]

    def leases(self) -> set[str]:
        """The leases under which touches are in somebody's hand, also those that have ended."""
        condition = in_states(LEASED) & (TOUCH.c.lease_owner != "")
        return set(self._connection.execute(select(TOUCH.c.lease_owner).where(condition).distinct()).scalars())

    def extend(self, leases: Iterable[str], *, seconds: float, now: datetime) -> None:
        """Keep batches for longer; `now` by the database's clock."""
        mine = TOUCH.c.lease_owner.in_(sorted(leases))
        statement = update(TOUCH).where(in_states(LEASED), mine)
        self._connection.execute(statement.values(lease_until=now + timedelta(seconds=seconds)))


CLAIMED_TIMES = ("due_at", "latest_at", "created_at", "handed_over_at", "finished_at")
CLAIMED_COLUMNS = (*CLAIMED_TIMES, *(name for name in TOUCH_FIELDS if name not in CLAIMED_TIMES))
CLAIM = Taking(
    """UPDATE touch SET state = 'claimed', lease_owner = :owner, lease_until = :until, claimed_at = :now,
    fence = fence + 1 WHERE id IN :chosen""",
    CLAIMED_COLUMNS,
    where="id IN :chosen",
    chosen=f"""SELECT id FROM touch
    WHERE {WAITS} AND channel = :channel AND rank = :rank AND due_at <= :now AND id <= :up_to
    ORDER BY due_at, id LIMIT :most FOR UPDATE SKIP LOCKED""",  # noqa: S608 - names of ours
)
# `IS TRUE` keeps PostgreSQL to the ids that are given: by its statistics hardly anything is open, and it would compare
# each of them with all that is.
STILL_CLAIMED = Reading(
    "SELECT id FROM touch WHERE id IN :touch_ids AND (state = 'claimed' AND lease_owner = :held_by) IS TRUE FOR UPDATE",
    columns=1,
)
PREPARED = Changing(
    "touch",
    """state = 'prepared', message_id = :new_message_id, digest = :new_digest, address = :new_address,
    point_id = :new_point_id, news = :new_news, news_class = :new_news_class""",
    "touch.id = :touch_id AND (lease_owner = :held_by AND state = 'claimed') IS TRUE",
    {
        "touch_id": "bigint",
        **dict.fromkeys(("new_message_id", "new_digest", "new_address"), "text"),
        "new_point_id": "bigint",
        **dict.fromkeys(("new_news", "new_news_class", "held_by"), "text"),
    },
)
MARK = Taking(
    """UPDATE touch SET state = 'committing', lease_until = :new_until, claimed_at = :new_claimed,
    attempts = attempts + CASE WHEN state = 'prepared' THEN 1 ELSE 0 END
    WHERE id IN :touch_ids AND (state IN ('prepared', 'committing') AND lease_owner = :held_by) IS TRUE""",
    ("id",),
    where="id IN :touch_ids AND (state = 'committing' AND lease_owner = :held_by) IS TRUE",
)
SENT = Changing(
    "touch",
    """state = 'sent', reason = '', reference = :new_reference, detail = :new_detail,
    handed_over_at = :new_at, finished_at = :new_at, lease_owner = '', lease_until = NULL""",
    "touch.id = :touch_id AND (lease_owner = :held_by AND state = 'committing') IS TRUE",
    {"touch_id": "bigint", "new_reference": "text", "new_detail": "text", "new_at": "bigint", "held_by": "text"},
)
TRIED = Appending("attempt", (*AttemptRecord.__dataclass_fields__,))


def _attempt_row(it: AttemptRecord) -> tuple[Any, ...]:
    times = to_micros(it.began_at), to_micros(it.ended_at)
    return it.touch_id, it.number, it.owner, it.phase, *times, it.outcome, it.code, it.detail, it.reference


_new_claimed = filler(Touch, ("state", *CLAIMED_COLUMNS))


def _claimed(row: Sequence[Any]) -> Touch:
    times, plain = row[: len(CLAIMED_TIMES)], row[len(CLAIMED_TIMES) :]
    return _new_claimed(TouchState.CLAIMED, *[instant(micros) for micros in times], *plain)
