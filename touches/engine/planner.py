"""Plans the next touch of enrollments and writes it down, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from touches.engine.gathering import Gathered, gather, with_touch
from touches.engine.library import Library
from touches.engine.plans import Form, plans_of
from touches.model.cadence import PastTouch, TouchDraft
from touches.model.states import FINAL, EnrollmentState
from touches.planning.house import House
from touches.planning.next_touch import Finish, PlanTouch, next_touch
from touches.store.events import Event
from touches.store.planned_touches import OwnValues, StoredValues
from touches.store.units import Unit

MOST_AT_ONCE = 50  # final drafts (a holdout) in a row; more is a policy that only plans what ends at once


def plan_enrollments(
    unit: Unit, library: Library, house: House, enrollment_ids: Iterable[int], *, now: datetime
) -> int:
    """Give each enrollment its next touch, or finish it; how many touches were planned."""
    ids = list(enrollment_ids)
    gathered = gather(unit, library, ids, now=now)
    return plan_gathered(unit, library, house, gathered, ids, now=now)


def plan_gathered(
    unit: Unit, library: Library, house: House, gathered: Gathered, enrollment_ids: Sequence[int], *, now: datetime
) -> int:
    """The same with everything loaded before, and brought up to date by the caller."""
    plans = plans_of(gathered, house, library, unit)
    drafts: list[TouchDraft] = []
    alike: list[tuple[OwnValues, StoredValues]] = []
    events: list[Event] = []
    for enrollment_id in enrollment_ids:
        if enrollment_id not in gathered.enrollments:
            continue
        form = plans.form_of(enrollment_id, gathered, unit, now)
        if form is not None:
            alike.append(_filled(form, gathered, enrollment_id))
            continue
        made, event = _plan_one(unit, library, house, gathered, enrollment_id, now)
        drafts.extend(made)
        events.extend(event)
    unit.touches.add(drafts, alike=alike, at=now)
    unit.events.add(events)
    return len(alike) + sum(draft.state not in FINAL for draft in drafts)


def _filled(form: Form, gathered: Gathered, enrollment_id: int) -> tuple[OwnValues, StoredValues]:
    """The row of a touch whose plan others have as well."""
    lead = gathered.leads[gathered.enrollments[enrollment_id].lead_id]
    point = lead.points[form.place]
    gathered.history[lead.id] = [*gathered.history.get(lead.id, ()), form.past_of(enrollment_id)]
    return (enrollment_id, lead.id, point.id, point.address, lead.owner), form.values


def _plan_one(
    unit: Unit, library: Library, house: House, gathered: Gathered, enrollment_id: int, now: datetime
) -> tuple[list[TouchDraft], list[Event]]:
    drafts: list[TouchDraft] = []
    for _ in range(MOST_AT_ONCE):
        situation = gathered.situation(enrollment_id, library, unit)
        plan = next_touch(situation, house, library.pool, now)
        if isinstance(plan, Finish):
            return drafts, [_finish(unit, gathered, enrollment_id, plan, now)]
        if not isinstance(plan, PlanTouch):
            return drafts, []
        drafts.append(plan.draft)
        if plan.phase is not situation.enrollment.phase:
            unit.enrollments.update([enrollment_id], phase=plan.phase.value)
            gathered.enrollments[enrollment_id] = replace(situation.enrollment, phase=plan.phase)
        lead_id = situation.lead.id
        gathered.history[lead_id] = with_touch(gathered.history[lead_id], past_of(plan.draft, now))
        if plan.draft.state not in FINAL:
            return drafts, []
    return drafts, []


def _finish(unit: Unit, gathered: Gathered, enrollment_id: int, plan: Finish, now: datetime) -> Event:
    enrollment = gathered.enrollments[enrollment_id]
    state = EnrollmentState.FINISHED
    unit.enrollments.update([enrollment_id], state=state.value, reason=plan.because, ended_at=now)
    gathered.enrollments[enrollment_id] = replace(enrollment, state=state, reason=plan.because, ended_at=now)
    return Event(
        at=now, action="finished", because=plan.because, lead_id=enrollment.lead_id, enrollment_id=enrollment_id
    )


def past_of(draft: TouchDraft, now: datetime) -> PastTouch:
    """What the planner will remember of a touch that is about to be written."""
    return PastTouch(
        step=draft.step,
        round=draft.round,
        number=draft.number,
        channel=draft.channel,
        state=draft.state,
        news_class=draft.news_class,
        due_at=draft.due_at,
        handed_over_at=None,
        policy=draft.policy,
        enrollment_id=draft.enrollment_id,
        finished_at=now if draft.state in FINAL else None,
    )
