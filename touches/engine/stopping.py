"""Ends, pauses and resumes enrollments; what waits for them is cancelled or held in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from touches.engine.office import Office
from touches.engine.planner import plan_enrollments
from touches.model.cadence import Enrollment, Touch
from touches.model.states import IN_HAND, EnrollmentState, TouchState
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit

WAITS_FOR_CALL = "waits for the call before it, whose result was undone"


def stop(unit: Unit, enrollments: Sequence[Enrollment], *, because: str, actor: str, at: datetime) -> int:
    """End enrollments: nothing more goes out for them, up to the marker. How many touches were cancelled."""
    ids = [enrollment.id for enrollment in enrollments]
    unit.enrollments.update(ids, state=EnrollmentState.STOPPED.value, reason=because, ended_at=at)
    unit.events.add(_event(enrollment, "stopped", because, actor, at) for enrollment in enrollments)
    return cancel_touches(unit, unit.touches.pending_of(ids), because=because, at=at)


def cancel_touches(unit: Unit, touches: Sequence[Touch], *, because: str, at: datetime) -> int:
    """Cancel what is not yet marked; news that was reserved is new again. How many took effect."""
    moves = [
        Move(
            touch_id=touch.id,
            old=touch.state,
            new=TouchState.CANCELLED,
            lease=touch.lease_owner,
            values={"reason": because, "finished_at": at},
        )
        for touch in touches
    ]
    moved = unit.touches.move(moves)
    unit.ledger.release(sorted(moved), at=at)
    return len(moved)


def pause(
    unit: Unit,
    enrollments: Sequence[Enrollment],
    *,
    because: str,
    actor: str,
    at: datetime,
    until: datetime | None = None,
) -> int:
    """Hold enrollments and what waits for them; `until` None: somebody has to resume them."""
    active = [enrollment for enrollment in enrollments if enrollment.state is EnrollmentState.ACTIVE]
    ids = [enrollment.id for enrollment in active]
    unit.enrollments.update(ids, state=EnrollmentState.PAUSED.value, reason=because, paused_at=at, paused_until=until)
    unit.events.add(_event(enrollment, "paused", because, actor, at) for enrollment in active)
    return hold_touches(unit, unit.touches.pending_of(ids), because=f"paused: {because}", at=at)


def hold_touches(unit: Unit, touches: Sequence[Touch], *, because: str, at: datetime) -> int:
    """Hold what is not yet marked."""
    waiting = [touch for touch in touches if touch.state is not TouchState.HELD]
    moves = [
        Move(
            touch_id=touch.id,
            old=touch.state,
            new=TouchState.HELD,
            lease=touch.lease_owner,
            values={"reason": because, "lease_owner": "", "lease_until": None},
        )
        for touch in waiting
    ]
    moved = unit.touches.move(moves)
    unit.ledger.release(sorted(touch.id for touch in waiting if touch.id in moved and touch.state in IN_HAND), at=at)
    return len(moved)


def resume(unit: Unit, office: Office, enrollments: Sequence[Enrollment], *, because: str, actor: str) -> int:
    """Let paused enrollments go on where they were. What was held is ready again and goes by its lateness rule: past
    it, it moves, and the rest with it; nothing is flushed."""
    now = office.clock.now()
    paused = [enrollment for enrollment in enrollments if enrollment.state is EnrollmentState.PAUSED]
    ids = [enrollment.id for enrollment in paused]
    unit.enrollments.update(ids, state=EnrollmentState.ACTIVE.value, reason="", paused_at=None, paused_until=None)
    unit.events.add(_event(enrollment, "resumed", because, actor, now) for enrollment in paused)
    waiting = [touch for touch in unit.touches.pending_of(ids) if touch.state is TouchState.HELD]
    held = [touch for touch in waiting if touch.reason != WAITS_FOR_CALL]
    unit.touches.move(
        [
            Move(
                touch_id=touch.id,
                old=TouchState.HELD,
                new=TouchState.READY,
                values={"due_at": touch.due_at or now, "reason": ""},
            )
            for touch in held
        ]
    )
    busy = {touch.enrollment_id for touch in unit.touches.pending_of(ids)}
    plan_enrollments(unit, office.library, office.house, [one for one in ids if one not in busy], now=now)
    return len(paused)


def _event(enrollment: Enrollment, action: str, because: str, actor: str, at: datetime) -> Event:
    return Event(
        at=at,
        action=action,
        because=because,
        actor=actor,
        lead_id=enrollment.lead_id,
        enrollment_id=enrollment.id,
    )
