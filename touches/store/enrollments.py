"""Who is in which policy version, and whether it goes on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from touches.model.cadence import Enrollment
from touches.model.filling import filler
from touches.model.states import RUNNING, EnrollmentState, Phase
from touches.store.readings import Reading, instant
from touches.store.rows import EnrollmentRow
from touches.store.types import from_micros

ENROLLMENT = EnrollmentRow.__table__  # type: ignore[attr-defined]
FIELDS = [
    "id",
    "lead_id",
    "policy",
    "version",
    "occurrence",
    "entered_at",
    "reason",
    "priority",
    "shift",
    "paused_at",
    "paused_until",
    "ended_at",
]
COLUMNS = [*(ENROLLMENT.c[name] for name in FIELDS), ENROLLMENT.c.state, ENROLLMENT.c.phase]
BY_IDS = Reading(
    f"SELECT {', '.join([*FIELDS, 'state', 'phase'])} FROM enrollment WHERE id IN :ids",  # noqa: S608 - names of ours
    columns=len(FIELDS) + 2,
)
STATES = {state.value: state for state in EnrollmentState}
PHASES = {phase.value: phase for phase in Phase}
PAUSED = text("state = 'paused'")  # as it stands in its index
RUNS = ENROLLMENT.c.state.in_([state.value for state in RUNNING])


class Enrollments:
    """A unique index holds that a lead runs at most once in a policy."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        lead_ids: Sequence[int],
        policy: str,
        version: int,
        priority: int,
        at: datetime,
        by: str,
        trigger: str = "",
    ) -> dict[int, int]:
        """Enroll leads; the ids by lead. Raises Conflict when one runs in this policy already."""
        if not lead_ids:
            return {}
        latest = self._latest(lead_ids, policy)
        same = {
            "policy": policy,
            "version": version,
            "state": EnrollmentState.ACTIVE.value,
            "phase": Phase.STEPS.value,
            "entered_at": at,
            "entered_by": by,
            "trigger": trigger,
            "priority": priority,
        }
        rows = [{"lead_id": one, "occurrence": latest.get(one, 0) + 1, **same} for one in lead_ids]
        statement = insert(ENROLLMENT).returning(ENROLLMENT.c.lead_id, ENROLLMENT.c.id)
        return {row[0]: row[1] for row in self._connection.execute(statement, rows)}

    def _latest(self, lead_ids: Sequence[int], policy: str) -> dict[int, int]:
        """How often each of the leads was in the policy."""
        statement = (
            select(ENROLLMENT.c.lead_id, func.max(ENROLLMENT.c.occurrence))
            .where(ENROLLMENT.c.lead_id.in_(lead_ids), ENROLLMENT.c.policy == policy)
            .group_by(ENROLLMENT.c.lead_id)
        )
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def by_ids(self, enrollment_ids: Iterable[int]) -> dict[int, Enrollment]:
        """The enrollments of these ids."""
        rows = BY_IDS.rows(self._connection, ids=set(enrollment_ids))
        return {row[0]: _enrollment_of(row) for row in rows}

    def states(self, enrollment_ids: Sequence[int]) -> dict[int, EnrollmentState]:
        """Only the states, for the last look before a hand-over."""
        statement = select(ENROLLMENT.c.id, ENROLLMENT.c.state).where(ENROLLMENT.c.id.in_(enrollment_ids))
        return {row[0]: EnrollmentState(row[1]) for row in self._connection.execute(statement)}

    def of_leads(self, lead_ids: Sequence[int], *, running: bool = False) -> dict[int, list[Enrollment]]:
        """All (or the running) enrollments of each lead, oldest first."""
        condition = ENROLLMENT.c.lead_id.in_(lead_ids)
        found: dict[int, list[Enrollment]] = {lead_id: [] for lead_id in lead_ids}
        for enrollment in self._read(condition & RUNS if running else condition):
            found[enrollment.lead_id].append(enrollment)
        return found

    def newest_id(self) -> int:
        """The id of the newest enrollment."""
        return int(self._connection.execute(select(func.coalesce(func.max(ENROLLMENT.c.id), 0))).scalar_one())

    def running_in(self, policy: str, *, after: int = 0, limit: int = 1000) -> list[Enrollment]:
        """Enrollments that run in any version of a policy, in order of id, for walking through in batches."""
        condition = RUNS & (ENROLLMENT.c.policy == policy) & (ENROLLMENT.c.id > after)
        return self._read(condition, limit=limit)

    def resumable(self, now: datetime, *, limit: int = 500) -> list[Enrollment]:
        """Paused enrollments whose pause has a date that has come, the earliest first."""
        over = select(*COLUMNS).where(PAUSED, ENROLLMENT.c.paused_until <= now)
        rows = self._connection.execute(over.order_by(ENROLLMENT.c.paused_until, ENROLLMENT.c.id).limit(limit))
        return [_enrollment(row) for row in rows]

    def leads_waiting_for(self, reason: str) -> list[int]:
        """The leads with something that is paused for this reason."""
        waiting = select(ENROLLMENT.c.lead_id).where(PAUSED, ENROLLMENT.c.reason == reason).distinct()
        return list(self._connection.execute(waiting).scalars())

    def update(self, enrollment_ids: Sequence[int], **changes: Any) -> None:
        """Set columns of some enrollments; enums are stored by their value."""
        if enrollment_ids:
            statement = update(ENROLLMENT).where(ENROLLMENT.c.id.in_(enrollment_ids))
            self._connection.execute(statement.values(**changes))

    def add_shifts(self, shifts: Mapping[int, int]) -> None:
        """Move the day-based steps of enrollments by so many seconds more."""
        for enrollment_id, seconds in shifts.items():
            statement = update(ENROLLMENT).where(ENROLLMENT.c.id == enrollment_id)
            self._connection.execute(statement.values(shift=ENROLLMENT.c.shift + seconds))

    def policies_running(self) -> list[str]:
        """The names of all policies in which anybody runs, in order."""
        statement = select(ENROLLMENT.c.policy).where(RUNS).distinct().order_by(ENROLLMENT.c.policy)
        return list(self._connection.execute(statement).scalars())

    def count_running(self, policy: str) -> dict[int, int]:
        """How many run in each version."""
        statement = select(ENROLLMENT.c.version, func.count()).where(RUNS, ENROLLMENT.c.policy == policy)
        rows = self._connection.execute(statement.group_by(ENROLLMENT.c.version))
        return {row[0]: row[1] for row in rows}

    def _read(self, condition: Any, *, limit: int = 0) -> list[Enrollment]:
        statement = select(*COLUMNS).where(condition).order_by(ENROLLMENT.c.id)
        rows = self._connection.execute(statement.limit(limit) if limit else statement)
        return [_enrollment(row) for row in rows]


_new = filler(Enrollment, [*FIELDS, "state", "phase"])


@lru_cache(maxsize=4096)  # read when it is claimed and once more when it is planned: mostly nothing has changed
def _enrollment_of(row: tuple[Any, ...]) -> Enrollment:
    """From what the database holds."""
    *plain, entered, reason, priority, shift, paused, until, ended, state, phase = row
    times = instant(paused), instant(until), instant(ended)
    return _new(*plain, from_micros(entered), reason, priority, shift, *times, STATES[state], PHASES[phase])


def _enrollment(row: Sequence[Any]) -> Enrollment:
    *values, state, phase = row
    return Enrollment(state=STATES[state], phase=PHASES[phase], **dict(zip(FIELDS, values, strict=True)))
