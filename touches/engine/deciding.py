"""Decides each touch of a claimed batch and composes what departs. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from channels.errors import UnsendableError
from channels.protocol import Channel, Outgoing
from touches.engine.departures import Departures
from touches.engine.gathering import Gathered
from touches.engine.in_hand import InHand
from touches.engine.messages import notice_of, outgoing_of
from touches.engine.office import Office
from touches.model.cadence import LedgerEntry, PastTouch, Touch
from touches.model.filling import filler
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import FINAL, LedgerStatus, TouchState
from touches.planning.departure import Cancel, Depart, Departure, Expire, Hold, Postpone
from touches.planning.gates import Passing
from touches.store.events import Event
from touches.store.notices import Notice
from touches.store.touches import Move
from touches.store.units import Unit

MOST_FAILURES = 3  # a touch that breaks on our side so often is quarantined; others go on


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A batch as it was claimed, with everything its decisions look at."""

    touches: Sequence[Touch]
    gathered: Gathered
    notices: dict[int, Notice]
    lease: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Decided:
    """A batch with its decisions made, before anything of it is written."""

    departing: list[InHand] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    shifts: dict[int, int] = field(default_factory=dict)  # enrollment -> seconds
    ended: list[int] = field(default_factory=list)  # enrollments whose touch is final: they need their next


def decide(claimed: Claim, channel: Channel, office: Office, unit: Unit) -> Decided:
    """Decide and compose each touch of a batch. One that breaks is set aside; the others go on."""
    decided = Decided()
    departures = Departures(claimed.gathered, office.house, office.library, unit, claimed.at)
    for touch in claimed.touches:
        try:
            _decide_one(touch, claimed, channel, office, departures, decided)
        except UnsendableError as error:
            _set_aside(touch, claimed, decided, f"{error.reason}: {error.detail}" if error.detail else error.reason)
        except Exception as error:  # noqa: BLE001 - one bad touch never holds up its batch
            _broke(touch, claimed, decided, f"{type(error).__name__}: {error}")
    return decided


def _decide_one(
    touch: Touch, claimed: Claim, channel: Channel, office: Office, departures: Departures, decided: Decided
) -> None:
    if touch.kind == "notice":
        lead = claimed.gathered.leads[touch.lead_id] if touch.lead_id is not None else None
        outgoing = notice_of(touch, claimed.notices[touch.id], lead, office, claimed.at)
        decided.departing.append(_in_hand(touch, outgoing, channel, claimed, None))
        return
    verdict = departures.of(touch)
    if isinstance(verdict, Hold) and verdict.reason == "no news" and touch.enrollment_id is None:
        verdict = Cancel(reason="told meanwhile by another touch, or valid no more")
    if not isinstance(verdict, Depart):
        _not_now(touch, verdict, claimed, decided)
        return
    outgoing = outgoing_of(touch, verdict, claimed.gathered.leads[touch.lead_id or 0], office, claimed.at)
    decided.departing.append(_in_hand(touch, outgoing, channel, claimed, verdict))
    if verdict.item.id != touch.news:  # `why` must not show the reason of a plan that was not carried out
        said = f"{verdict.item.id} instead of {touch.news or 'nothing'}: {verdict.because['news']}"
        decided.events.append(_event(touch, claimed.at, "news_chosen", said, verdict.because))
    _remember(touch, verdict, claimed)


def _in_hand(touch: Touch, outgoing: Outgoing, channel: Channel, claimed: Claim, depart: Depart | None) -> InHand:
    point, item = (depart.point, depart.item) if depart is not None else (None, None)
    passing = _new_passing(
        touch.id,
        touch.lead_id,
        touch.enrollment_id,
        touch.channel,
        point.address_hash if point is not None else "",
        depart.open_until if depart is not None else None,
        depart is not None,
        _capped_company(touch, claimed.gathered),
        depart is not None and depart.minds_promises,
    )
    return _new_in_hand(
        touch,
        channel.prepare(outgoing),
        passing,
        claimed.lease,
        claimed.gathered,
        claimed.at,
        outgoing.message_id,
        point.address if point is not None else touch.address,
        item.id if item is not None else "",
        item.news_class if item is not None else "",
        point.id if point is not None else None,
    )


_new_passing = filler(
    Passing,
    (
        *("touch_id", "lead_id", "enrollment_id", "channel", "address_hash", "open_until", "sells", "company_id"),
        "minds_promises",
    ),
)
_new_in_hand = filler(
    InHand,
    (
        *("touch", "prepared", "passing", "lease", "gathered", "claimed_at", "message_id", "address"),
        *("news", "news_class", "point_id"),
    ),
)
_new_entry = filler(LedgerEntry, ("lead_id", "news_class", "news", "status", "touch_id", "at"))
_new_past = filler(
    PastTouch,
    (
        *("step", "round", "number", "channel", "state", "news_class", "due_at", "handed_over_at", "policy"),
        *("enrollment_id", "finished_at"),
    ),
)


def _capped_company(touch: Touch, gathered: Gathered) -> int | None:
    """The lead's company where touches to companies are counted."""
    lead = gathered.leads.get(touch.lead_id or 0)
    company = lead.company.id if lead is not None and lead.company is not None else None
    return company if company in gathered.colleagues else None


def _remember(touch: Touch, depart: Depart, claimed: Claim) -> None:
    """The rest of the batch counts this one as gone: colleagues and further policies of the lead keep their caps, and
    tell something else."""
    gathered = claimed.gathered
    if touch.lead_id is None:
        return
    lead = gathered.leads[touch.lead_id]
    past = past_touch(touch, TouchState.COMMITTING, claimed.at, news_class=depart.item.news_class)
    gathered.remember(lead.id, past)
    item, reserved = depart.item, LedgerStatus.RESERVED
    entry = _new_entry(lead.id, item.news_class, item.id, reserved, touch.id, claimed.at)
    gathered.told.setdefault(lead.id, {})[item.news_class] = entry
    if lead.company is not None and lead.company.id in gathered.colleagues:
        gathered.colleagues[lead.company.id][touch.id] = claimed.at
    if touch.channel in PERSONAL_CHANNELS:
        gathered.owner_calls.setdefault(lead.owner, []).append(claimed.at)


def past_touch(touch: Touch, state: TouchState, at: datetime, *, news_class: str) -> PastTouch:
    """What the planner remembers of a touch that has just got a state."""
    return _new_past(
        touch.step,
        touch.round,
        touch.number,
        touch.channel,
        state,
        news_class,
        touch.due_at,
        at if state in (TouchState.SENT, TouchState.COMMITTING) else None,
        touch.policy,
        touch.enrollment_id,
        at if state in FINAL else None,
    )


def _not_now(touch: Touch, verdict: Departure, claimed: Claim, decided: Decided) -> None:
    state, values = _outcome(verdict, claimed.at)
    reason = str(values["reason"])
    decided.moves.append(Move(touch_id=touch.id, old=TouchState.CLAIMED, new=state, lease=claimed.lease, values=values))
    because = getattr(verdict, "because", {})
    decided.events.append(_event(touch, claimed.at, state.value, reason, because))
    if isinstance(verdict, Postpone) and verdict.shift and touch.enrollment_id is not None:
        decided.shifts[touch.enrollment_id] = verdict.shift
    if isinstance(verdict, Expire | Cancel) and touch.enrollment_id is not None:
        _end(touch, state, claimed, decided)
    elif touch.lead_id is not None:
        due_at = values.get("due_at", touch.due_at)
        waits = past_touch(replace(touch, due_at=due_at), state, claimed.at, news_class=touch.news_class)
        claimed.gathered.remember(touch.lead_id, waits)


def _outcome(verdict: Departure, now: datetime) -> tuple[TouchState, dict[str, Any]]:
    match verdict:
        case Postpone():
            values = {"due_at": verdict.due_at, "latest_at": verdict.latest_at, "reason": verdict.reason}
            return TouchState.PLANNED, values | ({"channel": verdict.channel} if verdict.channel else {})
        case Hold():
            return TouchState.HELD, {"reason": verdict.reason}
        case Expire():
            return TouchState.EXPIRED, {"reason": verdict.reason, "finished_at": now}
        case Cancel():
            return TouchState.CANCELLED, {"reason": verdict.reason, "finished_at": now}
    raise TypeError(f"no outcome for {verdict!r}")


def _set_aside(touch: Touch, claimed: Claim, decided: Decided, reason: str) -> None:
    old, new, values = TouchState.CLAIMED, TouchState.QUARANTINED, {"reason": reason[:500]}
    decided.moves.append(Move(touch_id=touch.id, old=old, new=new, lease=claimed.lease, values=values))
    decided.events.append(_event(touch, claimed.at, "quarantined", reason))


def _broke(touch: Touch, claimed: Claim, decided: Decided, reason: str) -> None:
    """Our own defect: tried again twice with a pause, then a person looks at it."""
    if touch.failures + 1 >= MOST_FAILURES:
        _set_aside(touch, claimed, decided, reason)
        return
    again = claimed.at + timedelta(minutes=5 * (touch.failures + 1))
    values = {"due_at": again, "failures": touch.failures + 1, "reason": reason[:500]}
    decided.moves.append(
        Move(touch_id=touch.id, old=TouchState.CLAIMED, new=TouchState.READY, lease=claimed.lease, values=values)
    )
    decided.events.append(_event(touch, claimed.at, "broke", reason))


def _end(touch: Touch, state: TouchState, claimed: Claim, decided: Decided) -> None:
    if touch.lead_id is None or touch.enrollment_id is None:
        return
    past = past_touch(touch, state, claimed.at, news_class=touch.news_class)
    claimed.gathered.remember(touch.lead_id, past)
    decided.ended.append(touch.enrollment_id)


def _event(touch: Touch, at: datetime, action: str, because: str, data: object = None) -> Event:
    return Event(
        at=at,
        action=action,
        because=because,
        lead_id=touch.lead_id,
        enrollment_id=touch.enrollment_id,
        touch_id=touch.id,
        data=dict(data) if isinstance(data, dict) else {},
    )
