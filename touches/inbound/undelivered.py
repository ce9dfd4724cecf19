"""What came back undelivered: the touch gives its news back, the address is counted or broken, the channel may rest."""

from datetime import datetime, timedelta
from typing import TypeAlias

from touches.care.record import note
from touches.engine.alarms import alarm
from touches.engine.office import Office
from touches.engine.rescue import plan_after, resolve_doubt
from touches.engine.resting import rest
from touches.inbound.acts import BreakAddress, CountFailure, ProveArrival, RestChannel, TakeBack
from touches.inbound.values import Incoming
from touches.model.cadence import Touch
from touches.model.people import KIND_FOR_CHANNEL, PointKind
from touches.model.states import TouchState
from touches.store.touches import Move
from touches.store.units import Unit

SOFT_AT_MOST = 3
SOFT_WITHIN = timedelta(days=14)
MAY_COME_BACK = (TouchState.SENT, TouchState.DELIVERED, TouchState.IN_DOUBT)


Settling: TypeAlias = ProveArrival | TakeBack | BreakAddress | CountFailure | RestChannel


def settle(unit: Unit, office: Office, act: Settling, incoming: Incoming) -> str:
    """Do it in the caller's transaction; what was done."""
    match act:
        case ProveArrival():
            return prove_arrival(unit, office, act)
        case TakeBack():
            return take_back(unit, office, act)
        case BreakAddress():
            return break_address(unit, office, act, incoming)
        case CountFailure():
            return count_failure(unit, office, act, incoming)
        case RestChannel():
            return rest_channel(unit, office, act)


def take_back(unit: Unit, office: Office, act: TakeBack) -> str:
    """The touch bounced; what it carried is new to the lead again. The policy goes on with its next step."""
    touch = unit.touches.by_ids([act.touch_id]).get(act.touch_id)
    if touch is None or touch.state not in MAY_COME_BACK:
        return f"touch {act.touch_id} had come back before"
    now = office.clock.now()
    values: dict[str, object] = {"reason": act.because[:500]}
    if touch.state is TouchState.IN_DOUBT:
        values["finished_at"] = now
    unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.BOUNCED, values=values)])
    unit.ledger.release([touch.id], at=now)
    if touch.state is TouchState.IN_DOUBT:
        plan_after(unit, office, [touch], now)
    _note(unit, touch, "bounced", act.because, now)
    if touch.kind == "notice" and touch.lead_id is None:
        alarm(unit, office, subject=f"a notice to {touch.address} came back", body=act.because)
    return f"touch {touch.id} bounced, its news is new again"


def prove_arrival(unit: Unit, office: Office, act: ProveArrival) -> str:
    """Settle a doubt; a report that says so makes it delivered. A touch that was taken back stays so."""
    touch = unit.touches.by_ids([act.touch_id]).get(act.touch_id)
    if touch is None:
        return ""
    now = office.clock.now()
    if touch.state is TouchState.IN_DOUBT:
        resolve_doubt(unit, touch, arrived=True, because=act.because, at=now)
        plan_after(unit, office, [touch], now)
        touch = unit.touches.by_ids([touch.id])[touch.id]
    elif not act.delivered:
        return ""
    if act.delivered and touch.state is TouchState.SENT:
        unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.DELIVERED)])
        _note(unit, touch, "delivered", act.because, now)
        return f"touch {touch.id} was delivered"
    return f"touch {touch.id} arrived"


def break_address(unit: Unit, office: Office, act: BreakAddress, incoming: Incoming) -> str:
    """Nobody writes there any more, whoever shares it; what is in hand for it is decided anew."""
    kind = _kind(incoming)
    now = office.clock.now()
    broken = unit.inbound.break_address(kind, act.address, because=act.because, at=now)
    lead_ids = unit.leads.at_address(kind, act.address)
    for lead_id in lead_ids:
        note(unit, action="address_broken", because=act.because, actor="engine", at=now, lead_id=lead_id)
    _give_back_in_hand(unit, lead_ids, act.address, now)
    return "the address is broken" if broken else "the address was broken before"


def count_failure(unit: Unit, office: Office, act: CountFailure, incoming: Incoming) -> str:
    """One more that was given up; the third within 14 days breaks the address."""
    count = unit.inbound.count_soft(_kind(incoming), act.address, within=SOFT_WITHIN, at=office.clock.now())
    if count < SOFT_AT_MOST:
        return f"failure {count} of {SOFT_AT_MOST} at this address"
    because = f"soft bounces: {count} within {SOFT_WITHIN.days} days, the last: {act.because}"
    return break_address(unit, office, BreakAddress(address=act.address, because=because), incoming)


def rest_channel(unit: Unit, office: Office, act: RestChannel) -> str:
    """The channel rests and an operator is told, once an hour at most: one strict receiver must not silence us."""
    now = office.clock.now()
    alarm(unit, office, subject=f"{act.channel}: we are refused", body=act.because)
    if not unit.switches.first_time("policy bounce", f"{act.channel}/{now:%Y%m%d%H}", at=now):
        return "refused; the channel has rested for it before"
    rest(unit, act.channel, until=act.until, because=act.because, at=now)
    return f"{act.channel} rests until {act.until:%H:%M} UTC"


def _give_back_in_hand(unit: Unit, lead_ids: list[int], address: str, now: datetime) -> None:
    """Composed for an address that has just turned out to be bad: ready again, so that another way is chosen."""
    held = unit.touches.of_leads(lead_ids, states=(TouchState.CLAIMED, TouchState.PREPARED))
    moves = [
        Move(
            touch_id=touch.id,
            old=touch.state,
            new=TouchState.READY,
            lease=touch.lease_owner,
            values={"due_at": touch.due_at or now},
        )
        for touches in held.values()
        for touch in touches
        if touch.address == address and touch.kind == "touch"
    ]
    unit.ledger.release(sorted(unit.touches.move(moves)), at=now)


def _kind(incoming: Incoming) -> PointKind:
    return KIND_FOR_CHANNEL[incoming.channel][0]


def _note(unit: Unit, touch: Touch, action: str, because: str, at: datetime) -> None:
    note(
        unit,
        action=action,
        because=because,
        actor="engine",
        at=at,
        lead_id=touch.lead_id,
        enrollment_id=touch.enrollment_id,
        touch_id=touch.id,
    )
