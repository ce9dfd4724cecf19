"""What reports count: touches, enrollments, promises, complaints and calls as small tuples, streamed by lead."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from touches.model.care import CareState
from touches.model.states import FINAL, RUNNING, TouchState
from touches.store.rows import (
    ActivityRow,
    ComplaintRow,
    EnrollmentRow,
    InteractionRow,
    LeadRow,
    TouchRow,
)

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
ACTIVITY = ActivityRow.__table__  # type: ignore[attr-defined]
ENROLLMENT = EnrollmentRow.__table__  # type: ignore[attr-defined]
COMPLAINT = ComplaintRow.__table__  # type: ignore[attr-defined]
INTERACTION = InteractionRow.__table__  # type: ignore[attr-defined]
LEFT = tuple(state.value for state in (TouchState.SENT, TouchState.DELIVERED, TouchState.BOUNCED, TouchState.RETURNED))


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
        stays = self._grouped(self._stays(ids, since))
        known = {stay.id for ones in stays.values() for stay in ones}
        touches = self._grouped(touch for touch in self._touches(ids) if touch.enrollment_id in known)
        contacts = self._grouped(self._contacts(ids))
        did = self._grouped(self._activities(ids))
        for lead_id in ids:
            acts = did.get(lead_id, [])
            yield Past(
                lead_id,
                touches.get(lead_id, []),
                stays.get(lead_id, []),
                [at for _, kind, at in acts if kind == "reply"],
                contacts.get(lead_id, []),
                [at for _, kind, at in acts if kind == "purchase"],
            )

    def _grouped(self, rows: Iterator[Any]) -> dict[int, list[Any]]:
        """By lead; rows come in order of leads. Field `lead_id`, or the first one."""
        key = lambda row: row.lead_id if hasattr(row, "lead_id") else row[0]  # noqa: E731
        return {lead_id: list(ones) for lead_id, ones in groupby(rows, key=key)}

    def _touches(self, ids: Sequence[int]) -> Iterator[LeftTouch]:
        columns = [TOUCH.c["handed_over_at" if name == "at" else name] for name in LeftTouch._fields]
        condition = TOUCH.c.lead_id.in_(ids) & TOUCH.c.state.in_(LEFT) & TOUCH.c.enrollment_id.is_not(None)
        statement = select(*columns).where(condition, TOUCH.c.handed_over_at.is_not(None))
        for row in self._connection.execute(statement.order_by(TOUCH.c.lead_id, TOUCH.c.handed_over_at, TOUCH.c.id)):
            yield LeftTouch(*row)

    def _stays(self, ids: Sequence[int], since: datetime | None) -> Iterator[Stay]:
        statement = select(*(ENROLLMENT.c[name] for name in Stay._fields)).where(ENROLLMENT.c.lead_id.in_(ids))
        if since is not None:
            statement = statement.where(ENROLLMENT.c.entered_at >= since)
        for row in self._connection.execute(statement.order_by(ENROLLMENT.c.lead_id, ENROLLMENT.c.id)):
            yield Stay(*row)

    def _contacts(self, ids: Sequence[int]) -> Iterator[Contact]:
        """As `contacts_so_far` counts them."""
        columns = [INTERACTION.c[name] for name in Contact._fields]
        outside = INTERACTION.c.touch_id.is_(None) & (INTERACTION.c.direction == "out")
        condition = INTERACTION.c.lead_id.in_(ids) & outside & INTERACTION.c.undone_at.is_(None)
        statement = select(*columns).where(condition).order_by(INTERACTION.c.lead_id, INTERACTION.c.at)
        for row in self._connection.execute(statement):
            yield Contact(*row)

    def _activities(self, ids: Sequence[int]) -> Iterator[tuple[int, str, datetime]]:
        columns = (ACTIVITY.c.lead_id, ACTIVITY.c.kind, ACTIVITY.c.at)
        condition = ACTIVITY.c.lead_id.in_(ids) & ACTIVITY.c.kind.in_(("reply", "purchase"))
        for row in self._connection.execute(select(*columns).where(condition).order_by(*columns[::2])):
            yield row[0], row[1], row[2]

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
