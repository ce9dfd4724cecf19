"""The outbox as people see it, and what they decide there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from touches.engine.office import Office
from touches.engine.rescue import plan_after, resolve_doubt
from touches.errors import Refused, UnknownTouch
from touches.model.cadence import Touch
from touches.model.doubts import Doubt
from touches.model.states import PENDING, TouchState
from touches.store.doubts import Doubts
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit
from touches.tokens import Purpose, Signer

BATCH = 500


def outbox_rows(
    unit: Unit, *, now: datetime, states: Sequence[TouchState] = (), lead_id: int | None = None
) -> Iterator[Mapping[str, Any]]:
    """One mapping for each touch, in order of their ids, read in batches. `doubt_age` is in seconds."""
    doubts = {doubt.touch.id: doubt for doubt in Doubts(unit.connection).all()}
    after = 0
    while True:
        touches = unit.touches.page(after=after, limit=BATCH, states=states, lead_id=lead_id)
        if not touches:
            return
        leads = unit.leads.by_ids(touch.lead_id for touch in touches if touch.lead_id is not None)
        for touch in touches:
            lead = leads.get(touch.lead_id or 0)
            row = outbox_row(touch, lead.key if lead is not None else "")
            yield {**row, **_doubt_of(doubts.get(touch.id), now)}
        after = touches[-1].id


def outbox_row(touch: Touch, lead: str) -> Mapping[str, Any]:
    """The stable keys of `outbox --json`."""
    return {
        "touch": touch.id,
        "lead": lead,
        "lead_id": touch.lead_id,
        "enrollment": touch.enrollment_id,
        "policy": touch.policy,
        "version": touch.version,
        "step": touch.step,
        "round": touch.round,
        "number": touch.number,
        "kind": touch.kind,
        "channel": touch.channel,
        "address": touch.address,
        "news": "" if _chooses_anew(touch) else touch.news,
        "state": touch.state,
        "reason": touch.reason,
        "due_at": touch.due_at,
        "handed_over_at": touch.handed_over_at,
        "message_id": touch.message_id,
        "attempts": touch.attempts,
        "reference": touch.reference,
    }


def _chooses_anew(touch: Touch) -> bool:
    """Whether the news of a try before was given back, and another may be chosen. Urgent news is what its touch is."""
    return touch.state in PENDING and touch.enrollment_id is not None


def _doubt_of(doubt: Doubt | None, now: datetime) -> Mapping[str, Any]:
    if doubt is None:
        return {"doubt_age": None, "evidence": ""}
    return {"doubt_age": round((now - doubt.since).total_seconds()), "evidence": doubt.evidence}


def _known(unit: Unit, touch_id: int) -> Touch:
    found = unit.touches.by_ids([touch_id]).get(touch_id)
    if found is None:
        raise UnknownTouch(str(touch_id))
    return found


def resolve_by_hand(
    unit: Unit, touch_ids: Sequence[int], *, arrived: bool, because: str, actor: str, at: datetime
) -> list[Touch]:
    """Decide touches in doubt; UnknownTouch, or Refused for one that is not in doubt. What was decided."""
    decided = []
    for touch_id in touch_ids:
        touch = _known(unit, touch_id)
        if touch.state is not TouchState.IN_DOUBT:
            raise Refused(f"Touch {touch_id} is {touch.state}, not in doubt: there is nothing to decide.")
        resolve_doubt(unit, touch, arrived=arrived, because=because, at=at, actor=actor)
        decided.append(touch)
    return decided


def decide_doubts(
    unit: Unit, office: Office, touch_ids: Sequence[int], *, arrived: bool, because: str, actor: str
) -> int:
    """As `resolve_by_hand`, and what follows those that arrived is planned; how many were decided."""
    now = office.clock.now()
    decided = resolve_by_hand(unit, touch_ids, arrived=arrived, because=because, actor=actor, at=now)
    plan_after(unit, office, decided if arrived else (), now)
    return len(decided)


def mark_returned(unit: Unit, codes: Sequence[str], *, signer: Signer, actor: str, at: datetime) -> int:
    """Letters that came back by post; how many."""
    for code in codes:
        number = int(code) if code.isdigit() else signer.read(code, Purpose.TOUCH)
        if number is None:
            raise UnknownTouch(code)
        touch = _known(unit, number)
        if touch.state not in (TouchState.SENT, TouchState.DELIVERED):
            raise Refused(f"Touch {number} is {touch.state}: only a letter that was sent can come back.")
        unit.touches.move(
            [Move(touch_id=number, old=touch.state, new=TouchState.RETURNED, values={"reason": "returned by post"})]
        )
        unit.ledger.release([number], at=at)
        if touch.point_id is not None:
            unit.leads.update_point(touch.point_id, broken="a letter came back", broken_at=at)
        unit.events.add([_event(touch, "returned", "the letter came back by post", actor, at)])
    return len(codes)


def retry_quarantined(unit: Unit, touch_ids: Sequence[int], *, actor: str, at: datetime) -> int:
    """Let quarantined touches try again; how many."""
    for touch_id in touch_ids:
        touch = _known(unit, touch_id)
        if touch.state is not TouchState.QUARANTINED:
            raise Refused(f"Touch {touch_id} is {touch.state}, not quarantined.")
        values = {"due_at": touch.due_at or at, "failures": 0, "reason": "tried again by hand"}
        unit.touches.move([Move(touch_id=touch_id, old=TouchState.QUARANTINED, new=TouchState.READY, values=values)])
        unit.events.add([_event(touch, "retried", "tried again by hand", actor, at)])
    return len(touch_ids)


def _event(touch: Touch, action: str, because: str, actor: str, at: datetime) -> Event:
    return Event(
        at=at,
        action=action,
        because=because,
        actor=actor,
        lead_id=touch.lead_id,
        enrollment_id=touch.enrollment_id,
        touch_id=touch.id,
    )
