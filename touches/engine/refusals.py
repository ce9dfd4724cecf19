"""What becomes of a touch that did not leave, or of which nobody knows: again later, given up, in doubt."""

from datetime import timedelta
from typing import Any

from channels.protocol import Refused, Unknown
from touches.engine.deciding import past_touch
from touches.engine.gathering import with_touch
from touches.engine.offered import Offered, Recorded
from touches.engine.resting import rest
from touches.model.states import TouchState
from touches.planning.retries import GiveUp, PauseTransport, TryAgain, after_refusal
from touches.store.events import Event
from touches.store.suppressions import KNOWN_THERE
from touches.store.touches import Move
from touches.store.units import Unit

WITHDRAWN_FOR = timedelta(minutes=1)


def record_refused(unit: Unit, one: Offered, refused: Refused, recorded: Recorded) -> None:
    touch = one.each.touch
    verdict = after_refusal(
        refused,
        key=one.each.prepared.key,
        channel=touch.channel,
        attempts=touch.attempts + 1,
        first_at=touch.due_at or touch.created_at,
        now=one.ended_at,
    )
    if isinstance(verdict, GiveUp):
        _give_up(unit, one, verdict, recorded)
        return
    due_at = verdict.at if isinstance(verdict, TryAgain) else verdict.until
    _give_back(unit, one, TouchState.READY, {"due_at": due_at, "reason": verdict.because[:500]})
    _event(unit, one, "refused", verdict.because)
    recorded.again += 1
    if isinstance(verdict, PauseTransport):
        rest(unit, touch.channel, until=verdict.until, because=verdict.because, at=one.ended_at)
        recorded.alarms.append(f"{touch.channel}: {verdict.because}")


def _give_up(unit: Unit, one: Offered, verdict: GiveUp, recorded: Recorded) -> None:
    touch = one.each.touch
    _give_back(unit, one, TouchState.FAILED, {"reason": verdict.because[:500], "finished_at": one.ended_at})
    _event(unit, one, "failed", verdict.because)
    remember(one, TouchState.FAILED)
    recorded.failed += 1
    if verdict.breaks_address and one.each.point_id is not None:
        unit.leads.update_point(one.each.point_id, broken=verdict.because[:200], broken_at=one.ended_at)
        _reload_lead(unit, one)
    if verdict.opts_out and one.each.passing.address_hash:
        unit.suppressions.add(
            [one.each.passing.address_hash],
            channel=touch.channel,
            reason=KNOWN_THERE,
            source=touch.channel,
            since=one.ended_at,
        )
        _reload_lead(unit, one)


def _reload_lead(unit: Unit, one: Offered) -> None:
    """The next touch must not go to the address that just turned out to be bad."""
    lead_id = one.each.touch.lead_id
    if lead_id is not None:
        leads = dict(one.each.gathered.leads)
        leads.update(unit.leads.by_ids([lead_id]))
        one.each.gathered.leads = leads


def record_unknown(unit: Unit, one: Offered, unknown: Unknown, recorded: Recorded) -> None:
    reason = f"nobody knows whether it left ({unknown.phase}): {unknown.text}"[:500]
    if one.marked:
        _move(unit, one, TouchState.IN_DOUBT, {"reason": reason})
        recorded.in_doubt += 1
    else:
        _give_back(unit, one, TouchState.READY, {"due_at": one.ended_at, "reason": reason})
        recorded.again += 1
    _event(unit, one, "in_doubt" if one.marked else "refused", reason)


def record_withdrawn(unit: Unit, one: Offered, recorded: Recorded) -> None:
    """The marker said no: a later pass decides with all the facts, not this one over and over."""
    due_at = max(one.each.touch.due_at or one.ended_at, one.ended_at + WITHDRAWN_FOR)
    _give_back(unit, one, TouchState.READY, {"due_at": due_at, "reason": one.why[:500]})
    recorded.again += 1


def _give_back(unit: Unit, one: Offered, new: TouchState, values: dict[str, Any]) -> None:
    """It did not leave: its news is new again. Where somebody else has claimed it since, the news is theirs."""
    if _move(unit, one, new, values):
        unit.ledger.release([one.each.touch.id], at=one.ended_at)


def _move(unit: Unit, one: Offered, new: TouchState, values: dict[str, Any]) -> bool:
    """From where it is. A marker whose commit nobody confirmed may be there all the same."""
    states = (TouchState.COMMITTING,) if one.marked else (TouchState.PREPARED, TouchState.COMMITTING)
    moves = (Move(touch_id=one.each.touch.id, old=old, new=new, lease=one.each.lease, values=values) for old in states)
    if any(unit.touches.move([move]) for move in moves):
        return True
    return new is not TouchState.IN_DOUBT and _take_back(unit, one, new, values)


def _take_back(unit: Unit, one: Offered, new: TouchState, values: dict[str, Any]) -> bool:
    """Our lease was taken away and the touch put in doubt, for we seemed dead. We know that it never left: nobody has
    claimed it since, or its fence would be another."""
    now = unit.touches.by_ids([one.each.touch.id]).get(one.each.touch.id)
    if now is None or now.state is not TouchState.IN_DOUBT or now.fence != one.each.touch.fence:
        return False
    return bool(unit.touches.move([Move(touch_id=now.id, old=now.state, new=new, values=values)]))


def _event(unit: Unit, one: Offered, action: str, because: str) -> None:
    touch = one.each.touch
    unit.events.add(
        [
            Event(
                at=one.ended_at,
                action=action,
                because=because,
                lead_id=touch.lead_id,
                enrollment_id=touch.enrollment_id,
                touch_id=touch.id,
            )
        ]
    )


def remember(one: Offered, state: TouchState) -> None:
    """What is planned next for the lead counts it so."""
    touch = one.each.touch
    if touch.lead_id is not None and touch.kind == "touch":
        history = one.each.gathered.history
        past = past_touch(touch, state, one.ended_at, news_class=one.each.news_class)
        history[touch.lead_id] = with_touch(history[touch.lead_id], past)
