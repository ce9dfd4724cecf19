"""Gives back what dead owners held: before the irrevocable byte it is ready again, after it answers decide."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from touches.engine.journal import Answer, Testimony, forget, testimony_of
from touches.engine.office import Office
from touches.engine.planner import plan_enrollments
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.planning.proof import is_unproven
from touches.store.doubts import Doubts
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit

UNSENT = (TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING, TouchState.IN_DOUBT)
Testimonies = Mapping[str, Testimony | None]


def rescue(office: Office, *, alone: bool) -> tuple[int, int]:
    """Rescue touches of dead owners: how many are ready again, how many are in doubt.

    `alone` (SQLite with the dispatch lock): whoever else held one is dead. Otherwise a lease must have ended by the
    database's clock. A journal of the dead owner tells which marked touches had begun, and which were answered.
    """
    with office.store.write() as unit:
        before = None if alone else unit.database_now()
        orphans = unit.hand_overs.leased(before=before, not_by=office.owner_name if alone else "")
        if not orphans:
            return 0, 0
        testimonies = _heard(orphans, office.desk.journal_at)
        now = office.clock.now()
        moves = [_rescued(touch, testimonies.get(_owner(touch)), now) for touch in orphans]
        unit.touches.move(moves)
        by_state = {
            state: [move.touch_id for move in moves if move.new is state]
            for state in (TouchState.READY, TouchState.SENT, TouchState.IN_DOUBT)
        }
        unit.ledger.release(by_state[TouchState.READY], at=now)
        unit.ledger.tell(by_state[TouchState.SENT], at=now)
        unit.events.add(_events(orphans, moves, now))
        sent = set(by_state[TouchState.SENT])
        plan_after(unit, office, [touch for touch in orphans if touch.id in sent], now)
        remaining = {_owner_of(lease) for lease in unit.hand_overs.leases()}
    _forget([owner for owner, heard in testimonies.items() if heard and owner not in remaining], office.desk.journal_at)
    return len(by_state[TouchState.READY]), len(by_state[TouchState.IN_DOUBT])


def plan_after(unit: Unit, office: Office, touches: Iterable[Touch], now: datetime) -> int:
    """The next touches of enrollments whose touch was just found to be sent."""
    ids = [touch.enrollment_id for touch in touches if touch.enrollment_id is not None]
    if not ids:
        return 0
    office.library.refresh(unit)
    return plan_enrollments(unit, office.library, office.house, ids, now=now)


def _owner(touch: Touch) -> str:
    return _owner_of(touch.lease_owner)


def _owner_of(lease: str) -> str:
    return lease.rpartition("#")[0]


def _heard(orphans: Sequence[Touch], folder: str) -> Testimonies:
    """The journals of the owners, where there are any on this machine."""
    marked = {_owner(touch) for touch in orphans if touch.state is TouchState.COMMITTING}
    return {owner: testimony_of(Path(folder), owner) for owner in marked} if folder else {}


def _forget(owners: Iterable[str], folder: str) -> None:
    """Only where no lease of the owner is left: they end one after another, and each needs what the journal says."""
    for owner in owners:
        forget(Path(folder), owner)


def _rescued(touch: Touch, testimony: Testimony | None, now: datetime) -> Move:
    if touch.state is not TouchState.COMMITTING:
        return _given_back(touch, now)
    if testimony is None:
        return _doubted(touch)
    attempt = (touch.id, touch.fence)
    answer = testimony.answers.get(attempt)
    if answer is not None:
        return _answered(touch, answer, now)
    return _doubted(touch) if attempt in testimony.begun else _given_back(touch, now)


def _given_back(touch: Touch, now: datetime) -> Move:
    values = {"due_at": touch.due_at or now}
    return Move(touch_id=touch.id, old=touch.state, new=TouchState.READY, lease=touch.lease_owner, values=values)


def _answered(touch: Touch, answer: Answer, now: datetime) -> Move:
    if not answer.accepted:
        return _given_back(touch, now)
    values = {
        "handed_over_at": answer.at,
        "finished_at": answer.at,
        "reference": answer.reference,
        "reason": "",
        "detail": "the answer was in the journal",
    }
    return Move(touch_id=touch.id, old=touch.state, new=TouchState.SENT, lease=touch.lease_owner, values=values)


def _doubted(touch: Touch) -> Move:
    values = {"reason": "its owner died between the marker and the answer"}
    return Move(touch_id=touch.id, old=touch.state, new=TouchState.IN_DOUBT, lease=touch.lease_owner, values=values)


def _events(orphans: Sequence[Touch], moves: Sequence[Move], now: datetime) -> list[Event]:
    return [
        Event(
            at=now,
            action="rescued",
            because=f"{touch.lease_owner} died while the touch was {touch.state}: it is {move.new}",
            lead_id=touch.lead_id,
            enrollment_id=touch.enrollment_id,
            touch_id=touch.id,
        )
        for touch, move in zip(orphans, moves, strict=True)
    ]


def give_back(office: Office, fences: Mapping[int, int]) -> int:
    """Touches of our own (id: fence of our claim) that surely were never offered are ready again, also those that
    were put in doubt because we seemed dead; how many."""
    with office.store.write() as unit:
        now = office.clock.now()
        found = unit.touches.by_ids(fences).values()
        mine = [touch for touch in found if touch.fence == fences[touch.id] and touch.state in UNSENT]
        given = unit.touches.move([_given_back(touch, now) for touch in mine])
        unit.ledger.release(sorted(given), at=now)
        return len(given)


def settle_doubts(unit: Unit, office: Office, *, provers: Collection[str] = ()) -> tuple[int, int]:
    """Apply `in_doubt` of each channel: assume_sent and resend decide, hold leaves it to a person or a proof. What a
    channel among `provers` may still prove waits for it."""
    now = office.clock.now()
    sent: list[Touch] = []
    again = 0
    doubts = (
        doubt for doubt in Doubts(unit.connection).all() if doubt.touch.channel not in provers or is_unproven(doubt)
    )
    for touch in (doubt.touch for doubt in doubts):
        rule = office.desk.in_doubt.get(touch.channel, "hold")
        if rule == "assume_sent" and resolve_doubt(unit, touch, arrived=True, because="in_doubt = assume_sent", at=now):
            sent.append(touch)
        elif rule == "resend":
            again += resolve_doubt(unit, touch, arrived=False, because="in_doubt = resend", at=now)
    plan_after(unit, office, sent, now)
    return len(sent), again


def resolve_doubt(
    unit: Unit, touch: Touch, *, arrived: bool, because: str, at: datetime, actor: str = "engine", reference: str = ""
) -> bool:
    """Decide a touch in doubt: it arrived when it was marked, or it did not and goes out again under the same id."""
    if arrived:
        left_at = min(Doubts(unit.connection).since(touch.id), at)
        values = {"handed_over_at": left_at, "finished_at": at, "reason": because}
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
