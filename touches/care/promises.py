"""Promises: made, kept, renewed, listed. What their clock does by itself stands in `overdue`."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from touches.care.conversation_clock import too_often_noted
from touches.care.departments import Need, ask_department
from touches.care.holds import apply_holds
from touches.care.local import clock_of
from touches.care.overdue import tell_of_delay
from touches.care.promise_clock import CALL_AT, is_overdue
from touches.care.record import note
from touches.engine.office import Office
from touches.errors import NotFound, Refused
from touches.model.care import CareState, Promise, PromiseDraft
from touches.model.people import Lead
from touches.store.units import Unit


class UnknownPromise(NotFound):
    """No promise has this number."""

    noun = "promise"
    listing = "touches promise list"


def add_promise(
    unit: Unit,
    office: Office,
    lead: Lead,
    text: str,
    *,
    by: datetime,
    actor: str,
    owner: str = "",
    need: Need | None = None,
    touch_id: int | None = None,
) -> Promise:
    """Record a promise and start its clock. Refused for no words or a time that has passed; UnknownDepartment."""
    now = office.clock.now()
    if not text.strip():
        raise Refused("A promise without words is none.", hint="Write what we said we would do.")
    if by <= now:
        shown = clock_of(lead, office.house).shown(by)
        raise Refused(f"{shown} (local time of the lead) has passed.", hint="A promise needs a time to come.")
    draft = PromiseDraft(
        lead_id=lead.id,
        text=text,
        by=by,
        owner=owner or lead.owner,
        made_at=now,
        made_by=actor,
        touch_id=touch_id,
    )
    promise_id = unit.promises.add([draft])[0]
    data = {"promise": promise_id}
    because = f"{text}, by {by.isoformat()}"
    note(unit, action="promised", because=because, actor=actor, at=now, lead_id=lead.id, data=data)
    if need is not None:
        ask_department(unit, office, lead, get_promise(unit, promise_id), need, actor=actor)
    return get_promise(unit, promise_id)


def get_promise(unit: Unit, promise_id: int) -> Promise:
    """The promise of this number; UnknownPromise."""
    found = unit.promises.get(promise_id)
    if found is None:
        raise UnknownPromise(str(promise_id))
    return found


def _running(unit: Unit, promise_id: int) -> Promise:
    promise = get_promise(unit, promise_id)
    if promise.state not in (CareState.OPEN, CareState.BROKEN):
        raise Refused(f"Promise {promise_id} is {promise.state} already.")
    return promise


def keep_promise(unit: Unit, office: Office, promise_id: int, *, evidence: str, actor: str) -> Promise:
    """It is done: what departments owed to it is closed, and selling goes on. Raises UnknownPromise, Refused."""
    promise = _running(unit, promise_id)
    now = office.clock.now()
    unit.promises.update([promise_id], state=CareState.KEPT.value, evidence=evidence, kept_at=now)
    parts = [part.id for part in unit.promises.parts_of(promise_id) if part.state in (CareState.OPEN, CareState.BROKEN)]
    unit.promises.update(parts, state=CareState.CLOSED.value)
    late = "" if now <= promise.by else ", late"
    because = f"kept{late}: {evidence}" if evidence else f"kept{late}"
    data = {"promise": promise_id}
    note(unit, action="promise_kept", because=because, actor=actor, at=now, lead_id=promise.lead_id, data=data)
    apply_holds(unit, office, [promise.lead_id], because="the promise was kept", actor=actor)
    return get_promise(unit, promise_id)


def renew_promise(unit: Unit, office: Office, promise_id: int, *, by: datetime, reason: str, actor: str) -> Promise:
    """A new deadline, which is counted and needs a reason; from the third on others hear of it. Raises UnknownPromise,
    Refused."""
    promise = _running(unit, promise_id)
    now = office.clock.now()
    if not reason.strip():
        raise Refused("A renewed promise needs a reason.", hint="Say with --reason what the customer was told.")
    if by <= now:
        raise Refused("The new time has passed.", hint="A promise needs a time to come.")
    unit.promises.update(
        [promise_id],
        state=CareState.OPEN.value,
        by=by,
        renewals=promise.renewals + 1,
        missed=promise.missed + is_overdue(promise, now),
        renewal_reason=reason,
        warned_at=None,
        interim_at=None,
        escalated_at=None,
    )
    data = {"promise": promise_id, "from": promise.by.isoformat(), "to": by.isoformat()}
    note(unit, action="promise_renewed", because=reason, actor=actor, at=now, lead_id=promise.lead_id, data=data)
    apply_holds(unit, office, [promise.lead_id], because="the promise was renewed", actor=actor)
    renewed = get_promise(unit, promise_id)
    if too_often_noted(renewed.renewals):
        tell_of_delay(unit, office, renewed)
    return renewed


def withdraw_promise(unit: Unit, office: Office, promise_id: int, *, because: str, actor: str) -> str:
    """Take it back, for what made it was undone. Where somebody has worked on it since it stays: why, or empty.
    UnknownPromise."""
    promise = get_promise(unit, promise_id)
    stays = _why_it_stays(promise)
    if not stays:
        close_promise(unit, promise)
        at, data = office.clock.now(), {"promise": promise_id}
        note(unit, action="promise_withdrawn", because=because, actor=actor, at=at, lead_id=promise.lead_id, data=data)
    return stays


def _why_it_stays(promise: Promise) -> str:
    if promise.state not in (CareState.OPEN, CareState.BROKEN):
        return f"it is {promise.state} already"
    if promise.renewals:
        return "it was renewed, and the customer was told a new time"
    return "its time has passed, and the customer was told that it is not done yet" if promise.interim_at else ""


def close_promise(unit: Unit, promise: Promise) -> None:
    """Nobody owes it any more."""
    unit.promises.update([promise.id], state=CareState.CLOSED.value)


def promise_rows(
    unit: Unit, now: datetime, *, open_only: bool = False, overdue_only: bool = False, lead_id: int | None = None
) -> Iterator[Mapping[str, Any]]:
    """The rows of `promise list`, the earliest deadline first."""
    promises = unit.promises.running() if open_only or overdue_only else unit.promises.all()
    leads = unit.leads.by_ids({promise.lead_id for promise in promises})
    for promise in promises:
        overdue = is_overdue(promise, now)
        if (overdue_only and not overdue) or (lead_id is not None and promise.lead_id != lead_id):
            continue
        yield promise_row(promise, leads[promise.lead_id].key, overdue=overdue)


def promise_row(promise: Promise, lead: str, *, overdue: bool) -> Mapping[str, Any]:
    """The stable keys of a promise."""
    return {
        "promise": promise.id,
        "lead": lead,
        "lead_id": promise.lead_id,
        "text": promise.text,
        "by": promise.by,
        "owner": promise.owner,
        "state": promise.state,
        "overdue": overdue,
        "department": promise.department,
        "part_of": promise.parent_id,
        "touch": promise.touch_id,
        "renewals": promise.renewals,
        "renewal_reason": promise.renewal_reason,
        "made_at": promise.made_at,
        "kept_at": promise.kept_at,
        "evidence": promise.evidence,
    }


def call_back_promise(
    unit: Unit, office: Office, lead: Lead, *, at: datetime, grace: timedelta, touch_id: int, actor: str
) -> Promise:
    """A call agreed for an hour is a promise like any other."""
    shown = clock_of(lead, office.house).shown(at)
    return add_promise(unit, office, lead, f"{CALL_AT}{shown}", by=at + grace, actor=actor, touch_id=touch_id)
