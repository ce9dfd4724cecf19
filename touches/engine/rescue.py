"""Gives back what dead owners held: before the marker it is ready again, after it nobody knows whether it left."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit


def rescue(office: Office, *, alone: bool) -> tuple[int, int]:
    """Rescue touches of dead owners: how many are ready again, how many are in doubt.

    `alone` (SQLite with the dispatch lock): whoever else held one is dead. Otherwise a lease must have ended by the
    database's clock.
    """
    with office.store.write() as unit:
        before = None if alone else unit.database_now()
        orphans = unit.touches.leased(before=before, not_by=office.owner_name if alone else "")
        now = office.clock.now()
        ready = [_given_back(touch, now) for touch in orphans if touch.state is not TouchState.COMMITTING]
        doubt = [_doubted(touch) for touch in orphans if touch.state is TouchState.COMMITTING]
        unit.touches.move([*ready, *doubt])
        unit.ledger.release([move.touch_id for move in ready], at=now)
        unit.events.add(_events(orphans, now))
        return len(ready), len(doubt)


def _given_back(touch: Touch, now: datetime) -> Move:
    values = {"due_at": touch.due_at or now}
    return Move(touch_id=touch.id, old=touch.state, new=TouchState.READY, lease=touch.lease_owner, values=values)


def _doubted(touch: Touch) -> Move:
    values = {"reason": "its owner died between the marker and the answer"}
    return Move(touch_id=touch.id, old=touch.state, new=TouchState.IN_DOUBT, lease=touch.lease_owner, values=values)


def _events(orphans: Sequence[Touch], now: datetime) -> list[Event]:
    return [
        Event(
            at=now,
            action="rescued",
            because=f"{touch.lease_owner} died while the touch was {touch.state}",
            lead_id=touch.lead_id,
            enrollment_id=touch.enrollment_id,
            touch_id=touch.id,
        )
        for touch in orphans
    ]


def renew_leases(office: Office) -> None:
    """Keep what this process holds; called well within the length of a lease."""
    with office.store.write() as unit:
        until = unit.database_now() + timedelta(seconds=office.desk.lease_seconds)
        unit.touches.extend(office.owner_name, until=until)


def settle_doubts(unit: Unit, office: Office) -> tuple[int, int]:
    """Apply `in_doubt` of each channel: assume_sent and resend decide, hold leaves it to a person or a proof."""
    now = office.clock.now()
    sent = again = 0
    for touch in unit.touches.in_states([TouchState.IN_DOUBT]):
        rule = office.desk.in_doubt.get(touch.channel, "hold")
        if rule == "assume_sent":
            sent += resolve_doubt(unit, touch, arrived=True, because="in_doubt = assume_sent", at=now)
        elif rule == "resend":
            again += resolve_doubt(unit, touch, arrived=False, because="in_doubt = resend", at=now)
    return sent, again


def resolve_doubt(
    unit: Unit, touch: Touch, *, arrived: bool, because: str, at: datetime, actor: str = "engine", reference: str = ""
) -> bool:
    """Decide a touch in doubt: it arrived, or it did not and goes out again under the same id."""
    if arrived:
        values = {"handed_over_at": touch.due_at or at, "finished_at": at, "reason": because}
        values |= {"reference": reference} if reference else {}
        move = Move(touch_id=touch.id, old=TouchState.IN_DOUBT, new=TouchState.SENT, values=values)
    else:
        values = {"due_at": at, "reason": because}
        move = Move(touch_id=touch.id, old=TouchState.IN_DOUBT, new=TouchState.READY, values=values)
    if not unit.touches.move([move]):
        return False
    (unit.ledger.tell if arrived else unit.ledger.release)([touch.id], at=at)
    event = Event(
        at=at,
        action="doubt_resolved",
        because=f"{'it arrived' if arrived else 'it did not arrive'}: {because}",
        actor=actor,
        lead_id=touch.lead_id,
        enrollment_id=touch.enrollment_id,
        touch_id=touch.id,
    )
    unit.events.add([event])
    return True
