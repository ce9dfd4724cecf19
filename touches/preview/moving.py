"""Moves running enrollments to a newer version: at once with what is planned, or from their next step on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from touches.engine.gathering import Gathered, gather
from touches.engine.office import Office
from touches.engine.planner import plan_enrollments
from touches.model.cadence import Enrollment, Touch, TouchDraft, key_of
from touches.model.states import FINAL, PENDING, EnrollmentState, TouchState
from touches.planning.next_touch import PlanTouch, next_touch
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit

BATCH = 500


class Moving(StrEnum):
    """Whom publishing moves to the new version."""

    NEW_ONLY = "new-only"  # nobody: those inside keep their version
    NEXT_STEP = "next-step"  # what is planned stays when it is; the new version holds from the touch after
    ALL = "all"  # what is planned is planned anew


def would_move(unit: Unit, policy: str, number: int) -> int:
    """How many run in other versions."""
    return sum(count for version, count in unit.enrollments.count_running(policy).items() if version != number)


def move_running(unit: Unit, office: Office, policy: str, number: int, how: Moving, *, actor: str) -> int:
    """Move everybody who runs in another version, in the caller's transaction; how many. The library must know the
    version (refresh it first)."""
    moved = after = 0
    while batch := unit.enrollments.running_in(policy, after=after, limit=BATCH):
        after = batch[-1].id
        others = [one for one in batch if one.version != number]
        if how is not Moving.NEW_ONLY and others:
            _move(unit, office, others, number, how, actor)
            moved += len(others)
    return moved


def _move(unit: Unit, office: Office, batch: Sequence[Enrollment], number: int, how: Moving, actor: str) -> None:
    now = office.clock.now()
    ids = [one.id for one in batch]
    unit.enrollments.update(ids, version=number)
    unit.events.add(_event(one, number, how, actor, now) for one in batch)
    if how is Moving.ALL:
        gathered = gather(unit, office.library, ids, now=now)
        waiting = [touch for touch in unit.touches.pending_of(ids) if touch.state in PENDING and not touch.attempts]
        for touch in waiting:
            _plan_anew(unit, office, gathered, touch, now)
        after = unit.touches.by_ids(touch.id for touch in waiting).values()
        ended = [touch.enrollment_id or 0 for touch in after if touch.state in FINAL]
        plan_enrollments(unit, office.library, office.house, ended, now=now)


def _plan_anew(unit: Unit, office: Office, gathered: Gathered, touch: Touch, now: datetime) -> None:
    """The row that waits becomes the touch that comes now: nothing of it has left, and its id means nothing yet."""
    if touch.enrollment_id is None:
        return
    situation = gathered.situation(touch.enrollment_id, office.library, unit)
    if situation.enrollment.state is not EnrollmentState.ACTIVE:
        return
    before = [past for past in situation.history if key_of(past) != key_of(touch)]
    plan = next_touch(replace(situation, history=before), office.house, office.library.pool, now)
    if not isinstance(plan, PlanTouch):
        values = {"reason": plan.because, "finished_at": now}
        unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.CANCELLED, values=values)])
        return
    if plan.phase is not situation.enrollment.phase:
        unit.enrollments.update([touch.enrollment_id], phase=plan.phase.value)
    _become(unit, touch, plan.draft, now)


def _become(unit: Unit, touch: Touch, draft: TouchDraft, now: datetime) -> None:
    planned = Move(touch_id=touch.id, old=touch.state, new=TouchState.PLANNED, values=_columns(draft))
    if unit.touches.move([planned]):
        unit.decisions.replace(touch.id, draft.because)
    if draft.state is not TouchState.PLANNED:
        finished = {"finished_at": now} if draft.state is TouchState.CANCELLED else {}
        values = {"reason": draft.reason, **finished}
        unit.touches.move([Move(touch_id=touch.id, old=TouchState.PLANNED, new=draft.state, values=values)])


def _columns(draft: TouchDraft) -> dict[str, Any]:
    names = (
        *("version", "step", "round", "number", "channel", "point_id", "address", "news", "news_class", "reason"),
        *("due_at", "latest_at", "local_time", "zone", "rank", "owner", "variant"),
    )
    return {name: getattr(draft, name) for name in names}


def _event(one: Enrollment, number: int, how: Moving, actor: str, now: datetime) -> Event:
    return Event(
        at=now,
        action="moved",
        because=f"from version {one.version} to {number} ({how})",
        actor=actor,
        lead_id=one.lead_id,
        enrollment_id=one.id,
        data={"from": one.version, "to": number},
    )
