"""What came back, once by (source, source_id), and what has to be known to find out whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update

from touches.model.people import PointKind
from touches.model.states import COUNTS_AS_SENT, TouchState
from touches.store.indexed import TOUCH
from touches.store.leads import LEAD, POINT
from touches.store.rows import InboundRow
from touches.store.switches import upserting

INBOUND = InboundRow.__table__  # type: ignore[attr-defined]
REVIEW = "to review"  # how `handled` begins while a person has to look at it
WAITS = "waits for its touch"
REACHED = [state.value for state in (*COUNTS_AS_SENT, TouchState.BOUNCED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that came back. `at` is when it was sent as far as it says so, `received_at` when we read it."""

    source: str
    source_id: str
    kind: str
    because: str
    sender: str
    subject: str
    body: str
    at: datetime
    received_at: datetime
    lead_id: int | None = None
    touch_id: int | None = None
    handled: str = ""
    id: int = 0
    reviewed_at: datetime | None = None


class Inbound:
    """Append-only, but for what was done about it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, arrival: Arrival) -> int | None:
        """Write it down; its id, or None when it was here before."""
        names = [name for name in Arrival.__dataclass_fields__ if name != "id"]
        statement = upserting(self._connection, INBOUND).values({name: getattr(arrival, name) for name in names})
        statement = statement.on_conflict_do_nothing(index_elements=["source", "source_id"])
        return self._connection.execute(statement.returning(INBOUND.c.id)).scalar()

    def knows(self, source: str, source_id: str) -> bool:
        """Whether it was here before."""
        statement = select(INBOUND.c.id).where(INBOUND.c.source == source, INBOUND.c.source_id == source_id)
        return self._connection.execute(statement).first() is not None

    def update(self, inbound_id: int, **changes: Any) -> None:
        """Set columns: what was done, whose it is."""
        self._connection.execute(update(INBOUND).where(INBOUND.c.id == inbound_id).values(**changes))

    def get(self, inbound_id: int) -> Arrival | None:
        """One of them."""
        return next(iter(self._read(INBOUND.c.id == inbound_id)), None)

    def to_review(self) -> list[Arrival]:
        """What waits for a person, oldest first."""
        return self._read(INBOUND.c.handled.startswith(REVIEW) & INBOUND.c.reviewed_at.is_(None))

    def waiting(self, *, limit: int) -> list[Arrival]:
        """Reports that came before what they report on, oldest first."""
        return self._read(INBOUND.c.handled == WAITS, limit=limit)

    def of_touch(self, touch_id: int) -> list[Arrival]:
        """What came back for a touch, oldest first."""
        return self._read(INBOUND.c.touch_id == touch_id)

    def count(self, kind: str, *, since: datetime) -> int:
        """How many of a kind came since an instant; several for one touch count once."""
        named = func.count(INBOUND.c.touch_id.distinct())
        nameless = func.count().filter(INBOUND.c.touch_id.is_(None))
        statement = select(named + nameless).where(INBOUND.c.kind == kind, INBOUND.c.received_at >= since)
        return int(self._connection.execute(statement).scalar_one())

    def leads_alike(self, address: str) -> list[int]:
        """Who has this mailbox in whatever case; at most 20."""
        return self._leads(func.lower(POINT.c.address) == address.lower(), limit=20)

    def leads_at_domain(self, domain: str, *, limit: int) -> list[int]:
        """Who has a mailbox at this domain."""
        return self._leads(POINT.c.address.endswith(f"@{domain}", autoescape=True), limit=limit)

    def latest_touches(self, lead_ids: Sequence[int], *, channel: str, since: datetime) -> dict[int, int]:
        """Of these leads those whom a touch on a channel reached (or may have) since an instant: its id."""
        at = func.coalesce(TOUCH.c.handed_over_at, TOUCH.c.claimed_at)
        statement = (
            select(TOUCH.c.lead_id, TOUCH.c.id)
            .where(TOUCH.c.lead_id.in_(lead_ids), TOUCH.c.channel == channel, TOUCH.c.state.in_(REACHED), at >= since)
            .order_by(at, TOUCH.c.id)
        )
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def touch_by_reference(self, channel: str, reference: str, *, since: datetime) -> int | None:
        """The touch that a provider names by its own reference."""
        condition = (TOUCH.c.reference == reference) & (TOUCH.c.channel == channel) & (TOUCH.c.handed_over_at >= since)
        return self._connection.execute(select(TOUCH.c.id).where(condition)).scalar()

    def break_address(self, kind: PointKind, address: str, *, because: str, at: datetime) -> int:
        """It must not be used any more, by whomever it is shared; how many contact points broke by this."""
        condition = (POINT.c.kind == kind.value) & (POINT.c.address == address) & (POINT.c.broken == "")
        statement = update(POINT).where(condition).values(broken=because[:200], broken_at=at)
        return self._connection.execute(statement).rowcount

    def count_soft(self, kind: PointKind, address: str, *, within: timedelta, at: datetime) -> int:
        """One more message that was given up at this address: how many since the first of the span."""
        condition = (POINT.c.kind == kind.value) & (POINT.c.address == address)
        rows = self._connection.execute(select(POINT.c.soft_bounces, POINT.c.soft_since).where(condition)).all()
        recent = [(count, since) for count, since in rows if since is not None and since > at - within]
        count, since = max(recent, default=(0, at))
        self._connection.execute(update(POINT).where(condition).values(soft_bounces=count + 1, soft_since=since))
        return int(count) + 1

    def forget_soft(self, lead_id: int, kind: PointKind) -> None:
        """The lead was reached: what was given up before says nothing any more."""
        condition = (POINT.c.lead_id == lead_id) & (POINT.c.kind == kind.value) & (POINT.c.soft_bounces > 0)
        self._connection.execute(update(POINT).where(condition).values(soft_bounces=0, soft_since=None))

    def _leads(self, condition: Any, *, limit: int) -> list[int]:
        statement = (
            select(POINT.c.lead_id)
            .join(LEAD, LEAD.c.id == POINT.c.lead_id)
            .where(POINT.c.kind == PointKind.EMAIL.value, condition, LEAD.c.dead == "")
            .distinct()
            .limit(limit)
        )
        return sorted(self._connection.execute(statement).scalars())

    def _read(self, condition: Any, *, limit: int = 0) -> list[Arrival]:
        statement = select(INBOUND).where(condition).order_by(INBOUND.c.id)
        rows = self._connection.execute(statement.limit(limit) if limit else statement).mappings()
        return [_arrival(row) for row in rows]


def _arrival(row: RowMapping) -> Arrival:
    return Arrival(**{name: row[name] for name in Arrival.__dataclass_fields__})
