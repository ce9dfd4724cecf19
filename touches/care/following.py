"""What follows a call or a changed deal: the next touch of an enrollment, also one that waited for an undone call."""

from collections.abc import Iterable, Sequence

from touches.engine.gathering import gather
from touches.engine.office import Office
from touches.engine.planner import plan_enrollments
from touches.engine.stopping import WAITS_FOR_CALL, cancel_touches
from touches.model.cadence import Touch, key_of
from touches.model.states import TouchState
from touches.planning.next_touch import PlanTouch, next_touch
from touches.store.touches import Move
from touches.store.units import Unit

WAITING = frozenset({TouchState.PLANNED, TouchState.READY, TouchState.HELD})


def plan_after(unit: Unit, office: Office, enrollment_ids: Iterable[int]) -> list[int]:
    """Give enrollments what comes next, counted from now; the ids of their open touches."""
    ids = list(dict.fromkeys(enrollment_ids))
    waiting = [touch for touch in unit.touches.pending_of(ids) if touch.reason == WAITS_FOR_CALL]
    for touch in waiting:
        _plan_again(unit, office, touch)
    now = office.clock.now()
    busy = {touch.enrollment_id for touch in unit.touches.pending_of(ids)}
    plan_enrollments(unit, office.library, office.house, [one for one in ids if one not in busy], now=now)
    return [touch.id for touch in unit.touches.pending_of(ids)]


def _plan_again(unit: Unit, office: Office, touch: Touch) -> None:
    """A touch has one row for ever, so the one that waited gets the plan that it would get if it were new. Where the
    plan is another by now, the row ends and the other is planned."""
    now = office.clock.now()
    gathered = gather(unit, office.library, [touch.enrollment_id or 0], now=office.clock.now())
    lead_id = touch.lead_id or 0
    gathered.history[lead_id] = [past for past in gathered.history[lead_id] if key_of(past) != key_of(touch)]
    situation = gathered.situation(touch.enrollment_id or 0, office.library, unit)
    plan = next_touch(situation, office.house, office.library.pool, now)
    if not isinstance(plan, PlanTouch) or (plan.draft.step, plan.draft.round) != (touch.step, touch.round):
        cancel_touches(unit, [touch], because="the plan is another by now", at=now)
        return
    draft = plan.draft
    if draft.state is not TouchState.PLANNED:
        return  # no way or no time for it yet: it stays held, and the reason says why
    values = {
        "channel": draft.channel,
        "point_id": draft.point_id,
        "address": draft.address,
        "news": draft.news,
        "news_class": draft.news_class,
        "due_at": draft.due_at,
        "latest_at": draft.latest_at,
        "local_time": draft.local_time,
        "reason": "",
    }
    if unit.touches.move([Move(touch_id=touch.id, old=TouchState.HELD, new=TouchState.PLANNED, values=values)]):
        unit.decisions.replace(touch.id, draft.because)


def hold_following(unit: Unit, touch: Touch) -> str:
    """Let what was planned after a call wait until its result is entered again; why that cannot be, or empty."""
    after = [one for one in following(unit, touch) if one.state not in (TouchState.CANCELLED, TouchState.EXPIRED)]
    gone = next((one for one in after if one.state not in WAITING), None)
    if gone is not None:
        return f"the touch after it ({gone.id}, {gone.step}) is {gone.state} already"
    held = [one for one in after if one.state is TouchState.HELD]
    again = {one.id: one.due_at or one.created_at for one in held}
    unit.touches.move(
        [
            Move(touch_id=one, old=TouchState.HELD, new=TouchState.READY, values={"due_at": at})
            for one, at in again.items()
        ]
    )
    moves = [
        Move(
            touch_id=one.id,
            old=TouchState.READY if one.id in again else one.state,
            new=TouchState.HELD,
            values={"reason": WAITS_FOR_CALL},
        )
        for one in after
    ]
    return "" if len(unit.touches.move(moves)) == len(moves) else "the touch after it is just leaving"


def following(unit: Unit, touch: Touch) -> Sequence[Touch]:
    """The touches of the same enrollment that were planned after this one. Nothing follows urgent news: what else is
    urgent for the lead belongs to no enrollment either."""
    if touch.enrollment_id is None:
        return []
    own = unit.touches.of_leads([touch.lead_id or 0])[touch.lead_id or 0]
    return [one for one in own if one.enrollment_id == touch.enrollment_id and one.id > touch.id]
