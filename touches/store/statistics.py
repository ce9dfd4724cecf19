"""What reports count: touches, enrollments, promises, complaints and calls as small tuples, streamed by lead."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from touches.model.care import CareState
from touches.model.states import FINAL, RUNNING, TouchState
from touches.store.readings import Reading, instant
from touches.store.rows import (
    ActivityRow,
    ComplaintRow,
    EnrollmentRow,
    InteractionRow,
    LeadRow,
    TouchRow,
)
from touches.store.types import from_micros, to_micros

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
ACTIVITY = ActivityRow.__table__  # type: ignore[attr-defined]
ENROLLMENT = EnrollmentRow.__table__  # type: ignore[attr-defined]
COMPLAINT = ComplaintRow.__table__  # type: ignore[attr-defined]
INTERACTION = InteractionRow.__table__  # type: ignore[attr-defined]
LEFT = tuple(state.value for state in (TouchState.SENT, TouchState.DELIVERED, TouchState.BOUNCED, TouchState.RETURNED))
EVER = -(2**62)  # microseconds, before every instant


class LeftTouch(NamedTuple):
    """A touch that was handed over."""

    lead_id: int
    enrollment_id: int
    policy: str
    step: str
    number: int
    channel: str
    news: str
    variant: str
    owner: str
    state: str
    at: datetime


class Stay(NamedTuple):
    """An enrollment."""

    id: int
    lead_id: int
    policy: str
    version: int
    state: str
    reason: str
    trigger: str
    entered_at: datetime
    ended_at: datetime | None


class Contact(NamedTuple):
    """What we said outside of any touch: in a conversation, or as a person's own contact."""

    lead_id: int
    channel: str
    at: datetime


class Past(NamedTuple):
    """All that reports ask of one lead."""

    lead_id: int
    touches: Sequence[LeftTouch]
    stays: Sequence[Stay]
    answers: Sequence[datetime]
    contacts: Sequence[Contact]
    purchases: Sequence[datetime]


STAYS = Reading(
    f"""SELECT {", ".join(Stay._fields)} FROM enrollment
    WHERE lead_id IN :ids AND entered_at >= :since ORDER BY lead_id, id""",  # noqa: S608 - names of ours
    columns=len(Stay._fields),
)
TOUCHES = Reading(
    f"""SELECT {", ".join(LeftTouch._fields[:-1])}, handed_over_at FROM touch
    WHERE lead_id IN :ids AND state IN :states AND enrollment_id IS NOT NULL AND handed_over_at IS NOT NULL
    ORDER BY lead_id, handed_over_at, id""",  # noqa: S608 - names of ours
    columns=len(LeftTouch._fields),
)
CONTACTS = Reading(
    """SELECT lead_id, channel, at FROM interaction
    WHERE lead_id IN :ids AND touch_id IS NULL AND direction = 'out' AND undone_at IS NULL ORDER BY lead_id, at""",
    columns=3,
)
ACTIVITIES = Reading(
    """SELECT lead_id, kind, at FROM activity
    WHERE lead_id IN :ids AND kind IN ('reply', 'purchase') ORDER BY lead_id, at""",
    columns=3,
)


class Statistics:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pasts(self, *, since: datetime | None = None, batch: int = 1000) -> Iterator[Past]:
        """One value for each lead who was ever enrolled, in order of id; constant memory. With `since`, enrollments
        that began since."""
        after = 0
        while True:
            statement = select(ENROLLMENT.c.lead_id).where(ENROLLMENT.c.lead_id > after).distinct()
            if since is not None:
                statement = statement.where(ENROLLMENT.c.entered_at >= since)
            ids = list(self._connection.execute(statement.order_by(ENROLLMENT.c.lead_id).limit(batch)).scalars())
            if not ids:
                return
            yield from self._pasts(ids, since)
            after = ids[-1]

    def _pasts(self, ids: Sequence[int], since: datetime | None) -> Iterator[Past]:
        stays = self._stays(ids, since)
        touches, contacts, acts = self._touches(ids), self._contacts(ids), self._activities(ids)
        for lead_id in ids:
            own = stays[lead_id]
            known = {stay.id for stay in own}
            did = acts[lead_id]
            yield Past(
                lead_id,
                [touch for touch in touches[lead_id] if touch.enrollment_id in known],
                own,
                [at for kind, at in did if kind == "reply"],
                contacts[lead_id],
                [at for kind, at in did if kind == "purchase"],
            )

    def _stays(self, ids: Sequence[int], since: datetime | None) -> Mapping[int, list[Stay]]:
        found: dict[int, list[Stay]] = defaultdict(list)
        began = to_micros(since) if since is not None else EVER
        for *plain, entered, ended in STAYS.rows(self._connection, ids=ids, since=began):
            stay = Stay._make((*plain, from_micros(entered), instant(ended)))
            found[stay.lead_id].append(stay)
        return found

    def _touches(self, ids: Sequence[int]) -> Mapping[int, list[LeftTouch]]:
        found: dict[int, list[LeftTouch]] = defaultdict(list)
        for *plain, at in TOUCHES.rows(self._connection, ids=ids, states=LEFT):
            touch = LeftTouch._make((*plain, from_micros(at)))
            found[touch.lead_id].append(touch)
        return found

    def _contacts(self, ids: Sequence[int]) -> Mapping[int, list[Contact]]:
        """As `contacts_so_far` counts them."""
        found: dict[int, list[Contact]] = defaultdict(list)
        for lead_id, channel, at in CONTACTS.rows(self._connection, ids=ids):
            found[lead_id].append(Contact(lead_id, channel, from_micros(at)))
        return found

    def _activities(self, ids: Sequence[int]) -> Mapping[int, list[tuple[str, datetime]]]:
        found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
        for lead_id, kind, at in ACTIVITIES.rows(self._connection, ids=ids):
            found[lead_id].append((kind, from_micros(at)))
        return found

    def complaints(self) -> list[tuple[int, datetime, datetime | None]]:
        """Lead, when it was opened, when it was solved; without those that ended unsolved, with a person who died or
        was erased."""
        columns = (COMPLAINT.c.lead_id, COMPLAINT.c.opened_at, COMPLAINT.c.solved_at)
        told = (COMPLAINT.c.state == CareState.OPEN.value) | COMPLAINT.c.solved_at.is_not(None)
        rows = self._connection.execute(select(*columns).where(told).order_by(COMPLAINT.c.id))
        return [(row[0], row[1], row[2]) for row in rows]

    def bought_after(self, lead_id: int, at: datetime) -> bool:
        """Whether the lead bought again."""
        condition = (ACTIVITY.c.lead_id == lead_id) & (ACTIVITY.c.kind == "purchase") & (ACTIVITY.c.at > at)
        return self._connection.execute(select(ACTIVITY.c.id).where(condition).limit(1)).first() is not None

    def calls(self) -> list[tuple[str, int, int]]:
        """By owner or caller: calls and meetings with a length, and how many lasted more than 15 minutes."""
        long = func.count().filter(INTERACTION.c.minutes > 15)
        condition = (
            INTERACTION.c.channel.in_(("call", "meeting"))
            & INTERACTION.c.minutes.is_not(None)
            & INTERACTION.c.undone_at.is_(None)
        )
        statement = select(INTERACTION.c.who, func.count(), long).where(condition).group_by(INTERACTION.c.who)
        return [(row[0], row[1], row[2]) for row in self._connection.execute(statement.order_by(INTERACTION.c.who))]

    def without_next_touch(self, *, batch: int = 1000) -> Iterator[int]:
        """Living leads for whom nothing is planned, held, on a list or in doubt, in order of id."""
        waits = select(TOUCH.c.id).where(
            TOUCH.c.lead_id == LEAD.c.id,
            TOUCH.c.kind == "touch",
            TOUCH.c.state.not_in([state.value for state in FINAL]),
        )
        paused = select(ENROLLMENT.c.id).where(
            ENROLLMENT.c.lead_id == LEAD.c.id, ENROLLMENT.c.state.in_([state.value for state in RUNNING])
        )
        after = 0
        while True:
            statement = select(LEAD.c.id).where(LEAD.c.id > after, LEAD.c.dead == "", ~waits.exists(), ~paused.exists())
            ids = list(self._connection.execute(statement.order_by(LEAD.c.id).limit(batch)).scalars())
            if not ids:
                return
            yield from ids
            after = ids[-1]
