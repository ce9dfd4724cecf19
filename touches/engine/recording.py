"""What came of an offer, written down: state, ledger, attempt, address, and the next touch, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from channels.protocol import Accepted, Refused, Result, Unknown
from touches.engine.deciding import past_touch
from touches.engine.gathering import with_touch
from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.engine.planner import plan_gathered
from touches.engine.promising import make_promises
from touches.model.cadence import LedgerEntry
from touches.model.states import LedgerStatus, TouchState
from touches.planning.retries import GiveUp, PauseTransport, TryAgain, after_refusal
from touches.store.events import Event
from touches.store.hand_overs import AttemptRecord
from touches.store.touches import Move
from touches.store.units import Unit

WITHDRAWN_FOR = timedelta(minutes=1)
OWED_ONLY = "owed only:"  # key of the switch that lets nothing but notices leave on a channel, until a person ends it
PAUSED_TRANSPORT = "transport:"  # key of the switch that rests a channel; its value is an instant and the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One touch with what the other side said. `marked` tells whether the marker was set before, `why` what forbade
    a hand-over that was withdrawn."""

    each: InHand
    result: Result
    marked: bool
    began_at: datetime
    ended_at: datetime
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Recorded:
    """Counts for the report of a pass."""

    sent: int = 0
    failed: int = 0
    in_doubt: int = 0
    again: int = 0
    planned: int = 0
    alarms: list[str] = field(default_factory=list)

    def add(self, other: "Recorded") -> None:
        """Sum up."""
        self.sent += other.sent
        self.failed += other.failed
        self.in_doubt += other.in_doubt
        self.again += other.again
        self.planned += other.planned
        self.alarms.extend(other.alarms)


def record(unit: Unit, office: Office, offered: Sequence[Offered], *, plans: bool = True) -> Recorded:
    """Write down what came of offers; the order does not matter. `plans` False leaves out what follows from them."""
    recorded = Recorded()
    accepted = [one for one in offered if isinstance(one.result, Accepted)]
    _record_accepted(unit, accepted, recorded)
    if plans:
        _promise(unit, office, accepted)
    for one in offered:
        if isinstance(one.result, Refused):
            _record_refused(unit, one, one.result, recorded)
        elif isinstance(one.result, Unknown):
            _record_unknown(unit, one, one.result, recorded)
        elif not isinstance(one.result, Accepted):
            _record_withdrawn(unit, one, recorded)
    unit.hand_overs.record_attempts([_attempt(one) for one in offered])
    if plans:
        recorded.planned += _plan_next(unit, office, [one for one in offered if _is_final(one)])
    return recorded


def _record_accepted(unit: Unit, accepted: Sequence[Offered], recorded: Recorded) -> None:
    by_lease: dict[str, list[dict[str, Any]]] = {}
    for one in accepted:
        result = one.result
        row = {
            "touch_id": one.each.touch.id,
            "new_reference": getattr(result, "reference", ""),
            "new_detail": getattr(result, "detail", ""),
            "new_at": one.ended_at,
        }
        by_lease.setdefault(one.each.lease, []).append(row)
        _past(one, TouchState.SENT)
    for lease, rows in by_lease.items():
        if unit.hand_overs.record_sent(rows, lease=lease) != len(rows):
            _prove(unit, rows)
    told = [one.each.touch.id for one in accepted if one.each.news]
    if told:
        unit.ledger.tell(told, at=max(one.ended_at for one in accepted))
    recorded.sent += len(accepted)


def _promise(unit: Unit, office: Office, accepted: Sequence[Offered]) -> None:
    """What the touches said we would do is owed from now on."""
    for one in accepted:
        lead = one.each.gathered.leads.get(one.each.touch.lead_id or 0)
        if lead is not None and one.each.touch.enrollment_id is not None:
            make_promises(unit, office, one.each.touch, lead, at=one.ended_at)


def _prove(unit: Unit, rows: Sequence[dict[str, Any]]) -> None:
    """Our lease was taken away while the answer came: what was put in doubt is proven by the answer we hold."""
    for touch in unit.touches.by_ids(row["touch_id"] for row in rows).values():
        row = next(row for row in rows if row["touch_id"] == touch.id)
        values = {"handed_over_at": row["new_at"], "finished_at": row["new_at"], "reference": row["new_reference"]}
        if touch.state is TouchState.IN_DOUBT:
            unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.SENT, values=values)])


def still_open(unit: Unit, offered: Sequence[Offered]) -> list[Offered]:
    """Those whose outcome is not in the database yet: asked when nobody knows whether a commit took place."""
    now = unit.touches.by_ids(one.each.touch.id for one in offered)
    waiting = (TouchState.PREPARED, TouchState.COMMITTING, TouchState.IN_DOUBT)
    found = ((one, now.get(one.each.touch.id)) for one in offered)
    return [one for one, touch in found if touch and touch.state in waiting and touch.fence == one.each.touch.fence]


def _record_refused(unit: Unit, one: Offered, refused: Refused, recorded: Recorded) -> None:
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
        value = f"{verdict.until.isoformat()} {verdict.because}"
        unit.switches.set(PAUSED_TRANSPORT + touch.channel, value, at=one.ended_at)
        recorded.alarms.append(f"{touch.channel}: {verdict.because}")


def _give_up(unit: Unit, one: Offered, verdict: GiveUp, recorded: Recorded) -> None:
    touch = one.each.touch
    _give_back(unit, one, TouchState.FAILED, {"reason": verdict.because[:500], "finished_at": one.ended_at})
    _event(unit, one, "failed", verdict.because)
    _past(one, TouchState.FAILED)
    recorded.failed += 1
    if verdict.breaks_address and one.each.point_id is not None:
        unit.leads.update_point(one.each.point_id, broken=verdict.because[:200], broken_at=one.ended_at)
        _reload_lead(unit, one)
    if verdict.opts_out and one.each.passing.address_hash:
        unit.suppressions.add(
            [one.each.passing.address_hash],
            channel=touch.channel,
            reason="the provider knows an opt-out",
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


def _record_unknown(unit: Unit, one: Offered, unknown: Unknown, recorded: Recorded) -> None:
    reason = f"nobody knows whether it left ({unknown.phase}): {unknown.text}"[:500]
    if one.marked:
        _move(unit, one, TouchState.IN_DOUBT, {"reason": reason})
        recorded.in_doubt += 1
    else:
        _give_back(unit, one, TouchState.READY, {"due_at": one.ended_at, "reason": reason})
        recorded.again += 1
    _event(unit, one, "in_doubt" if one.marked else "refused", reason)


def _record_withdrawn(unit: Unit, one: Offered, recorded: Recorded) -> None:
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


def _attempt(one: Offered) -> AttemptRecord:
    result = one.result
    return AttemptRecord(
        touch_id=one.each.touch.id,
        number=one.each.touch.fence,
        owner=one.each.lease,
        phase=getattr(result, "phase", "answered" if one.marked else "offered"),
        began_at=one.began_at,
        ended_at=one.ended_at,
        outcome=type(result).__name__.lower(),
        code=getattr(result, "code", ""),
        detail=str(getattr(result, "text", "") or getattr(result, "detail", ""))[:500],
        reference=getattr(result, "reference", ""),
    )


def _past(one: Offered, state: TouchState) -> None:
    touch = one.each.touch
    if touch.lead_id is not None and touch.kind == "touch":
        history = one.each.gathered.history
        past = past_touch(touch, state, one.ended_at, news_class=one.each.news_class)
        history[touch.lead_id] = with_touch(history[touch.lead_id], past)


def _is_final(one: Offered) -> bool:
    touch = one.each.touch
    if touch.enrollment_id is None or touch.lead_id is None:
        return False
    last = [past for past in one.each.gathered.history[touch.lead_id] if past.enrollment_id == touch.enrollment_id]
    return bool(last) and last[-1].state in (TouchState.SENT, TouchState.FAILED)


def _plan_next(unit: Unit, office: Office, ended: Sequence[Offered]) -> int:
    """Plan what follows; an enrollment that was stopped meanwhile gets nothing."""
    planned = 0
    groups: dict[int, list[Offered]] = {}
    for one in ended:
        groups.setdefault(id(one.each.gathered), []).append(one)
    for group in groups.values():
        gathered = group[0].each.gathered
        ids = [one.each.touch.enrollment_id for one in group if one.each.touch.enrollment_id is not None]
        gathered.enrollments.update(unit.enrollments.by_ids(ids))
        for one in group:
            _tell(one)
        planned += plan_gathered(unit, office.library, office.house, gathered, ids, now=group[0].ended_at)
    return planned


def _tell(one: Offered) -> None:
    lead_id = one.each.touch.lead_id
    if lead_id is None or not one.each.news or not isinstance(one.result, Accepted):
        return
    entry = LedgerEntry(
        lead_id=lead_id,
        news_class=one.each.news_class,
        news=one.each.news,
        status=LedgerStatus.TOLD,
        touch_id=one.each.touch.id,
        at=one.ended_at,
    )
    one.each.gathered.told.setdefault(lead_id, {})[one.each.news_class] = entry
