"""Lets held touches go when what they waited for has come: news, a channel, the end of a pause."""

from collections.abc import Sequence

from touches.engine.gathering import Gathered, gather
from touches.engine.office import Office
from touches.engine.stopping import WAITS_FOR_CALL, resume, stop
from touches.model.cadence import Touch
from touches.model.states import EnrollmentState, TouchState
from touches.planning.channel_choice import choose_channel
from touches.planning.due import settle, slot_for
from touches.planning.house import zones_of
from touches.planning.news_choice import choose_news
from touches.planning.next_touch import hearer_of, spec_of
from touches.planning.reach import why_unreachable
from touches.store.touches import Move
from touches.store.units import Unit

BATCH = 500


def release_held(office: Office) -> int:
    """Look at every held touch again; how many are ready now. The departure decides once more before it leaves."""
    released = after = 0
    while True:
        with office.store.write() as unit:
            office.library.refresh(unit)
            touches = unit.touches.held(after=after, limit=BATCH)
            if not touches:
                return released
            released += _release(unit, office, touches)
            after = touches[-1].id


def _release(unit: Unit, office: Office, touches: Sequence[Touch]) -> int:
    touches = _without_unreachable(unit, office, touches)
    ids = [touch.enrollment_id for touch in touches if touch.enrollment_id is not None]
    outside = [touch.lead_id for touch in touches if touch.enrollment_id is None and touch.lead_id is not None]
    gathered = gather(unit, office.library, ids, now=office.clock.now(), lead_ids=outside)
    waiting = [touch for touch in touches if touch.reason != WAITS_FOR_CALL and touch.kind == "touch"]
    free = [touch for touch in waiting if _may_go(unit, office, touch, gathered)]
    now = office.clock.now()
    moves = [
        Move(
            touch_id=touch.id,
            old=TouchState.HELD,
            new=TouchState.READY,
            values={"due_at": max(touch.due_at or now, touch.created_at), "reason": ""},
        )
        for touch in free
    ]
    return len(unit.touches.move(moves))


def _without_unreachable(unit: Unit, office: Office, touches: Sequence[Touch]) -> list[Touch]:
    """Nobody waits for ever for a lead whose last address broke: their enrollments end. The touches of the others."""
    leads = unit.leads.by_ids({touch.lead_id for touch in touches if touch.lead_id is not None})
    gone = {lead.id: because for lead in leads.values() if (because := why_unreachable(lead))}
    for lead_id, enrollments in unit.enrollments.of_leads(sorted(gone), running=True).items():
        stop(unit, enrollments, because=gone[lead_id], actor="engine", at=office.clock.now())
    return [touch for touch in touches if touch.lead_id not in gone]


def _may_go(unit: Unit, office: Office, touch: Touch, gathered: Gathered) -> bool:
    situation = gathered.situation_of(touch, office.library, unit)
    if situation.enrollment.state is EnrollmentState.PAUSED:
        return False
    if situation.enrollment.state is not EnrollmentState.ACTIVE:
        return True  # the departure cancels it
    if situation.let_down and situation.minds_promises:
        return False
    step = situation.step_of(touch.step)
    if step is None:
        return True
    now = office.clock.now()
    choice = choose_channel(step, situation.policy, situation.lead, office.house, now=now)
    if choice.point is None:
        return False
    zone = zones_of(situation.lead, choice.point, office.house).main
    hearer = hearer_of(situation, now, zone)
    news = choose_news(spec_of(step, touch.variant), office.library.pool, hearer, keep_considered=False)
    if news.item is None:
        return touch.enrollment_id is None  # urgent news that is valid no more: the departure cancels it
    slot = slot_for(situation, choice.channel, zones_of(situation.lead, choice.point, office.house).zones, office.house)
    return settle(situation, now, "", choice.channel, slot, office.house, now).at is not None


def end_pauses(office: Office) -> int:
    """Resume what was paused until a date that has come; how many enrollments."""
    with office.store.write() as unit:
        office.library.refresh(unit)
        due = unit.enrollments.resumable(office.clock.now())
        return resume(unit, office, due, because="its pause has ended", actor="engine")
