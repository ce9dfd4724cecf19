"""Takes the result of a call back within a day: state, ledger, address and deal are as they were before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from touches.care.along import take_back_along
from touches.care.calls import DONE, Done
from touches.care.deals import reopen
from touches.care.following import hold_following
from touches.care.outcomes import Outcome
from touches.care.promises import close_promise
from touches.care.record import digest_by, note
from touches.engine.office import Office
from touches.engine.stopping import hold_touches
from touches.errors import Refused, UnknownTouch
from touches.model.cadence import Touch
from touches.model.care import CareState
from touches.model.people import Lead
from touches.model.states import EnrollmentState, TouchState
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit

UNDONE = "undone"
WITHIN = timedelta(days=1)
UNDOABLE = frozenset({TouchState.SENT, TouchState.FAILED, TouchState.READY, TouchState.OFFERING})


def undo_call(unit: Unit, office: Office, touch_id: int, *, actor: str) -> Done:
    """Let the call stand on the list again, and take back what was entered with it. Raises UnknownTouch, and Refused
    where the day is over or something that followed has left already."""
    office.library.refresh(unit)
    if touch_id not in unit.touches.by_ids([touch_id]):
        raise UnknownTouch(str(touch_id))
    now = office.clock.now()
    last = _last_result(unit, touch_id, now)
    warnings = take_back_along(unit, office, last.data, task=f"call {touch_id}", actor=actor)
    touch = _undoable(unit, touch_id)
    lead = unit.leads.by_ids([touch.lead_id or 0])[touch.lead_id or 0]
    warnings += _take_back_deal(unit, office, touch, last.data, actor)
    _hold_what_follows(unit, touch)
    _list_again(unit, touch, last.data, now)
    waits = _wait_with_its_policy(unit, touch, now)
    _restore(unit, touch, last.data)
    _take_back_words(unit, office, touch, last.data, actor=actor, at=now)
    _forget_worries(unit, lead)
    return Done(
        task=str(touch_id),
        lead=lead.key,
        outcome=UNDONE,
        state=TouchState.HELD if waits else TouchState.OFFERING,
        next_at=_due(last.data, now),
        next_touch=touch_id,
        warnings=warnings,
    )


def _undoable(unit: Unit, touch_id: int) -> Touch:
    """The call as it is now that what a complaint held goes on; Refused in another state."""
    touch = unit.touches.by_ids([touch_id])[touch_id]
    if touch.state not in UNDOABLE:
        why = f" ({touch.reason})" if touch.reason else ""
        raise Refused(f"Touch {touch_id} is {touch.state} by now{why}: its result cannot be taken back.")
    return touch


def _hold_what_follows(unit: Unit, touch: Touch) -> None:
    why_not = hold_following(unit, touch) if touch.state in (TouchState.SENT, TouchState.FAILED) else ""
    if why_not:
        raise Refused(f"The result of touch {touch.id} cannot be taken back: {why_not}.")


def _take_back_words(
    unit: Unit, office: Office, touch: Touch, data: Mapping[str, Any], *, actor: str, at: datetime
) -> None:
    """In the record by an entry of its own, and in the touch's story."""
    unit.interactions.take_back(int(data["interaction"]), who=actor, at=at, digest=digest_by(office.signer))
    note(
        unit,
        action=UNDONE,
        because=f"{data['outcome']} was taken back",
        actor=actor,
        at=at,
        lead_id=touch.lead_id,
        enrollment_id=touch.enrollment_id,
        touch_id=touch.id,
        data={"interaction": data["interaction"]},
    )


def _last_result(unit: Unit, touch_id: int, now: datetime) -> Event:
    """The latest one that stands: of two that were entered by mistake both can be taken back."""
    events = unit.events.of_touches([touch_id])
    undone = {event.data.get("interaction") for event in events if event.action == UNDONE}
    results = [event for event in events if event.action == DONE and event.data.get("interaction") not in undone]
    if not results:
        raise Refused(f"Touch {touch_id} has no result that could be taken back.")
    if now - results[-1].at > WITHIN:
        raise Refused(
            f"The result of touch {touch_id} was entered on {results[-1].at:%Y-%m-%d %H:%M} UTC: more than a day ago.",
            hint="`touches log LEAD` adds what was wrong.",
        )
    return results[-1]


def _due(data: Mapping[str, Any], now: datetime) -> datetime:
    return datetime.fromisoformat(data["due_at"]) if data["due_at"] else now


def _list_again(unit: Unit, touch: Touch, data: Mapping[str, Any], now: datetime) -> None:
    values: dict[str, Any] = {
        "reason": "",
        "due_at": _due(data, now),
        "handed_over_at": None,
        "finished_at": None,
        "attempts": max(touch.attempts - 1, 0),
    }
    if touch.state is TouchState.OFFERING:  # a try that reached nobody, and the next pass has listed it again
        back = Move(touch_id=touch.id, old=touch.state, new=TouchState.READY)
        unit.touches.move([back, Move(touch_id=touch.id, old=back.new, new=touch.state, values=values)])
        return
    if touch.state is TouchState.SENT:
        unit.ledger.release([touch.id], at=now)
    move = Move(
        touch_id=touch.id, old=touch.state, new=TouchState.OFFERING, values=values | _news(unit, touch, data, now)
    )
    if not unit.touches.move([move]):
        raise Refused(f"Touch {touch.id} was changed by somebody else meanwhile.")


def _wait_with_its_policy(unit: Unit, touch: Touch, now: datetime) -> bool:
    """Nothing stands on a list while something stands against selling; whether that is so."""
    enrollment = unit.enrollments.by_ids([touch.enrollment_id or 0]).get(touch.enrollment_id or 0)
    if enrollment is None or enrollment.state is not EnrollmentState.PAUSED:
        return False
    listed = unit.touches.by_ids([touch.id]).values()
    return bool(hold_touches(unit, list(listed), because=f"paused: {enrollment.reason}", at=now))


def _news(unit: Unit, touch: Touch, data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The news that stood on the list is reserved again; what was named instead of it is new again."""
    item = str(data["news"])
    row = unit.catalog.news(withdrawn=True).get(item)
    if not item or row is None or touch.lead_id is None:
        return {"news": "", "news_class": ""}
    unit.ledger.reserve(lead_id=touch.lead_id, news_class=row.news_class, news=item, touch_id=touch.id, at=now)
    return {"news": item, "news_class": row.news_class}


def _take_back_deal(unit: Unit, office: Office, touch: Touch, data: Mapping[str, Any], actor: str) -> list[str]:
    """A lost deal is open again; a purchase is taken back unless something has started from it."""
    lead = unit.leads.by_ids([touch.lead_id or 0])[touch.lead_id or 0]
    if data.get("lost") is not None and lead.lost_at is not None:
        reopen(unit, office, lead, actor=actor, reason="the call's result was undone")
    if data["outcome"] != Outcome.BOUGHT:
        return []
    if not unit.activities.take_back(lead.id, "purchase", source=f"touch {touch.id}"):
        raise Refused("The purchase has been seen: what it ended and started stays.", hint="Enroll the lead again.")
    stopped = unit.enrollments.by_ids(data.get("stopped", []))
    ids = [one.id for one in stopped.values() if one.state is EnrollmentState.STOPPED]
    unit.enrollments.update(ids, state=EnrollmentState.ACTIVE.value, reason="", ended_at=None)
    others = [one.policy for one in stopped.values() if one.id != touch.enrollment_id]
    return [f"{', '.join(others)} went on; what was cancelled there stays so"] if others else []


def _forget_worries(unit: Unit, lead: Lead) -> None:
    """What nobody says any more steers no news."""
    said = {one.concern for one in unit.interactions.of_leads([lead.id])[lead.id]}
    kept = [concern for concern in lead.concerns if concern in said]
    if len(kept) < len(lead.concerns):
        unit.leads.update(lead.id, concerns=kept)


def _restore(unit: Unit, touch: Touch, data: Mapping[str, Any]) -> None:
    if data.get("broke_point") and touch.point_id is not None:  # where a merge has brought it meanwhile
        unit.leads.update_point(touch.point_id, broken="", broken_at=None)
    made = unit.promises.get(int(data["promise"])) if data.get("promise") else None
    if made is not None:
        close_promise(unit, made)
    unit.promises.update(data.get("kept", []), state=CareState.OPEN.value, kept_at=None, evidence="")
